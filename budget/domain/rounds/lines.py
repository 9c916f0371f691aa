"""The lines of a round, before it is opened."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from budget.domain.rounds import locking
from budget.domain.rounds.refusals import RoundRefused
from budget.enums import LineKind
from budget.method import MOST_LINES
from budget.models import Round, RoundLine
from trajecten.domain import activities
from trajecten.models import User


@dataclass(frozen=True)
class Words:
    """What stands on a line. Amounts in the round's unit."""

    name: str
    text: str
    baseline: int
    floor: int
    cap: int
    floor_reason: str = ""
    cap_reason: str = ""


class LineChanged(RoundRefused):
    """Somebody else changed ``line`` since it was read; the message says how it stands now."""

    def __init__(self, line: RoundLine) -> None:
        self.line = line
        message = _(
            "Somebody else changed this line while you were typing. Now it is: %(words)s. At least %(floor)d, at most "
            "%(cap)d. Keep yours again to replace it."
        )
        words = ". ".join(filter(None, (line.name, line.text)))
        super().__init__(message % {"words": words, "floor": line.floor, "cap": line.cap})


def words_of(line: RoundLine) -> Words:
    return Words(**{name: getattr(line, name) for name in Words.__dataclass_fields__})


def check(words: Words) -> None:
    """Refuse (``RoundRefused``) a floor below zero or above the budget, and a cap below it."""
    if not 0 <= words.floor <= words.baseline:
        raise RoundRefused(_("“At least” lies between 0 and what is in the budget."), field="floor")
    if words.cap < words.baseline:
        raise RoundRefused(_("“At most” is not less than what is in the budget."), field="cap")


@transaction.atomic
def keep(
    *,
    found: Round,
    rows: Mapping[int, Words],
    seen: Mapping[int, Words] | None = None,
    remove: Collection[int] = (),
    by: User,
) -> None:
    """Change lines, by their key, and remove some. What is no line of this round (any more) is left alone.

    ``seen`` is how lines stood when they were read. Refused (``RoundRefused``) after it was opened, and as ``check``;
    ``LineChanged`` for a line that stands otherwise by now. Then nothing changes.
    """
    newest = locking.lock_unopened(found)
    lines = {line.pk: line for line in RoundLine.objects.filter(round=newest)}
    for key, words in rows.items():
        if key in lines and key not in remove:
            check(words)
            if seen and words_of(lines[key]) != seen.get(key, words_of(lines[key])):
                raise LineChanged(lines[key])
            for name, value in vars(words).items():
                setattr(lines[key], name, value)
    RoundLine.objects.bulk_update(lines.values(), list(Words.__dataclass_fields__))
    RoundLine.objects.filter(round=newest, pk__in=remove).delete()
    activities.record(verb="budget_lines_changed", target=newest, by=by)


@transaction.atomic
def add(*, found: Round, kind: LineKind, code: str, words: Words, by: User) -> RoundLine:
    """Add a line at the end. Refused as ``keep``, for a code that is there already, and above ``MOST_LINES``."""
    newest = locking.lock_unopened(found)
    check(words)
    rows = RoundLine.objects.filter(round=newest)
    if rows.filter(code=code).exists():
        raise RoundRefused(_("There is a line with this code already."), field="code")
    if rows.count() >= MOST_LINES:
        message = _("There are %(n)d lines already. More nobody reads.")
        raise RoundRefused(message % {"n": MOST_LINES})
    last = rows.aggregate(last=Max("position"))["last"]
    made: RoundLine = RoundLine.objects.create(
        municipality_id=newest.municipality_id,
        round=newest,
        kind=kind,
        code=code,
        position=0 if last is None else last + 1,
        **vars(words),
    )
    activities.record(verb="budget_lines_changed", target=newest, by=by)
    return made
