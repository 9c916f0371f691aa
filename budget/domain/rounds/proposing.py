"""Which lines a round begins with: from the expenditure of a version of the budget.

One line for each comparable task field (6.7, whatever is below it), or for each programme that a coordinator divided
the task fields over. Amounts are rounded to whole units; what rounds to nothing is left out.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter

from django.db.models import Q
from django.utils.translation import gettext as _

from budget.domain.rounds.refusals import RoundRefused
from budget.iv3 import codes, names
from budget.method import FIXED_BY_LAW, MOST_LINES, SHIFT_PERCENT
from budget.models import BudgetLine, LineText, Programme, Round, RoundLine, Theme

FIELDS, PROGRAMMES = "fields", "programmes"


@dataclass(frozen=True)
class Choice:
    """By what lines are made, whether only of chosen themes, and how many percent they can go down or up."""

    by: str = FIELDS
    only_chosen: bool = False
    percent: int = SHIFT_PERCENT


def propose(found: Round, choice: Choice) -> list[RoundLine]:
    """Lines that are not kept yet, in the order of their codes, without a position.

    Refused (``RoundRefused``): a choice that gives no lines, or more than ``MOST_LINES``.
    """
    made = list(_of_programmes(found, choice) if choice.by == PROGRAMMES else _of_fields(found, choice))
    if not made:
        raise RoundRefused(_("This choice gives no lines: there is no expenditure in it."), field="by")
    if len(made) > MOST_LINES:
        message = _("This choice gives %(n)d lines. More than %(most)d nobody reads; choose otherwise.")
        raise RoundRefused(message % {"n": len(made), "most": MOST_LINES}, field="by")
    return made


def chosen_fields(found: Round) -> set[str]:
    """The comparable task fields of the themes that were chosen in this trajectory."""
    themes = Theme.objects.filter(trajectory=found.trajectory_id, is_chosen=True)
    return {
        codes.comparable(code) for fields in themes.values_list("task_fields", flat=True) for code in fields
    }


def _of_fields(found: Round, choice: Choice) -> Iterator[RoundLine]:
    totals: dict[str, int] = defaultdict(int)
    for line in _lines(found, choice):
        totals[line.group] += line.expenditure
    told = {text.task_field: text for text in LineText.objects.filter(task_field__in=totals)}
    for code in sorted(totals, key=codes.sort_key):
        text = told.get(code)
        what = "\n".join(filter(None, [text.what, text.pays_for])) if text else ""
        duty = FIXED_BY_LAW.get(code, "")
        made = line_of(found, code, str(names.name(code)), Decimal(totals[code]), choice.percent, str(duty))
        if made:
            made.text = what[:600]
            yield made


def _of_programmes(found: Round, choice: Choice) -> Iterator[RoundLine]:
    lines = list(_lines(found, choice))
    year = found.budget.year
    still = Q(until_year__isnull=True) | Q(until_year__gte=year)
    rows = (
        Programme.objects.filter(still, from_year__lte=year).order_by("from_year").prefetch_related("shares")
    )
    newest = {programme.code: programme for programme in rows}
    for programme in sorted(newest.values(), key=attrgetter("code")):
        shares = {share.task_field: share.share for share in programme.shares.all()}
        amount = sum((_part(line, programme.code, shares) for line in lines), Decimal())
        made = line_of(found, programme.code, programme.name, amount, choice.percent)
        if made:
            made.text = programme.goal[:600]
            yield made


def _part(line: BudgetLine, programme: str, shares: Mapping[str, Decimal]) -> Decimal:
    """What of a line falls under a programme: all where its rows name one, else by the nearest share."""
    if line.programme:
        return Decimal(line.expenditure if line.programme == programme else 0)
    share = next((shares[code] for code in codes.chain(line.task_field) if code in shares), Decimal())
    return line.expenditure * share


def _lines(found: Round, choice: Choice) -> Iterable[BudgetLine]:
    rows = BudgetLine.objects.filter(budget=found.budget_id, expenditure__gt=0)
    rows = rows.exclude(task_field__in=codes.BELOW_MAIN).defer("rows", "places")
    return rows.filter(group__in=chosen_fields(found)) if choice.only_chosen else rows


def line_of(
    found: Round, code: str, name: str, euro: Decimal, percent: int, duty: str = ""
) -> RoundLine | None:
    """A line with its bounds: so many percent down and up, and not down where a duty says so. None for nothing."""
    baseline = round(euro / found.unit)
    if baseline <= 0:
        return None
    room = baseline * percent // 100
    reason = _("At most %(percent)d percent in one year: more can't be done well.") % {"percent": percent}
    return RoundLine(
        municipality_id=found.municipality_id,
        round=found,
        code=code,
        name=name[:120],
        baseline=baseline,
        floor=baseline if duty else baseline - room,
        floor_reason=duty or reason,
        cap=baseline + room,
        cap_reason=reason,
    )
