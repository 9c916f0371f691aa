"""Which lines a round begins with: from the expenditure of a version of the budget.

One line for each comparable task field (6.7, whatever is below it), or for each programme, with the amount that
all other pages have of it. Amounts are rounded to whole units; what rounds to nothing is left out.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from budget.domain.figures.programmes import ProgrammeTotal, by_programme
from budget.domain.figures.totals import totals
from budget.domain.rounds.refusals import RoundRefused
from budget.enums import LineKind
from budget.iv3 import codes, names
from budget.method import FIXED_BY_LAW, MOST_LINES, SHIFT_PERCENT
from budget.models import BudgetLine, LineText, Round, RoundLine, Theme

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
    sums: dict[str, int] = defaultdict(int)
    for line in _lines(found, choice):
        sums[line.group] += line.expenditure
    told = {text.task_field: text for text in LineText.objects.filter(task_field__in=sums)}
    for code in sorted(sums, key=codes.sort_key):
        text = told.get(code)
        what = "\n".join(filter(None, [text.what, text.pays_for])) if text else ""
        duty = FIXED_BY_LAW.get(code, "")
        made = line_of(found, code, str(names.name(code)), Decimal(sums[code]), choice.percent, str(duty))
        if made:
            made.text = what[:600]
            yield made


def _of_programmes(found: Round, choice: Choice) -> Iterator[RoundLine]:
    wanted = chosen_fields(found) if choice.only_chosen else None
    for total in by_programme(found.budget, totals(found.budget)).totals:
        programme = total.programme
        if programme is None:
            continue
        amount = _amount(total, wanted)
        kind = LineKind.PROGRAMME
        made = line_of(found, programme.code, programme.name, amount, choice.percent, kind=kind)
        if made:
            made.text = programme.goal[:600]
            yield made


def _amount(total: ProgrammeTotal, wanted: set[str] | None) -> Decimal:
    """What a programme spends, as all figures have it; only of these comparable task fields, unless that is None."""
    amounts = (
        amounts.expenditure
        for field, amounts in total.fields.items()
        if wanted is None or codes.comparable(field) in wanted
    )
    return Decimal(sum(amounts))


def _lines(found: Round, choice: Choice) -> Iterable[BudgetLine]:
    rows = BudgetLine.objects.filter(budget=found.budget_id, expenditure__gt=0)
    rows = rows.exclude(task_field__in=codes.BELOW_MAIN).defer("rows", "places")
    return rows.filter(group__in=chosen_fields(found)) if choice.only_chosen else rows


def line_of(
    found: Round,
    code: str,
    name: str,
    euro: Decimal,
    percent: int,
    duty: str = "",
    kind: LineKind = LineKind.FIELD,
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
        kind=kind,
        code=code,
        name=name[:120],
        baseline=baseline,
        floor=baseline if duty else baseline - room,
        floor_reason=duty or reason,
        cap=baseline + room,
        cap_reason=reason,
    )
