"""The lines of an amendment: what goes where, and that it covers itself."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from budget.models import Outcome, OutcomeLine
from trajecten import money


@dataclass(frozen=True)
class Shift:
    """A line that changes, in whole euro."""

    line: OutcomeLine
    now: int
    change: int

    @property
    def becomes(self) -> int:
        return self.now + self.change

    @property
    def name(self) -> str:
        return self.line.line.name

    def text(self) -> str:
        """As a point for the council reads it."""
        words = {
            "code": self.line.line.code,
            "name": self.name,
            "amount": money.whole(abs(self.change)),
            "now": money.whole(self.now),
            "becomes": money.whole(self.becomes),
        }
        if self.change > 0:
            return _("%(code)s %(name)s: %(amount)s more, from %(now)s to %(becomes)s.") % words
        return _("%(code)s %(name)s: %(amount)s less, from %(now)s to %(becomes)s.") % words


def shifts(outcome: Outcome) -> list[Shift]:
    """The lines that change, in the order of the budget. Their changes add up to 0: each euro more is covered by a
    euro less."""
    unit = outcome.round.unit
    rows = outcome.lines.select_related("line").exclude(mean=0)
    return [Shift(row, row.line.baseline * unit, row.mean * unit) for row in rows]


def moved(found: Sequence[Shift]) -> int:
    """How much goes from one line to another, in whole euro: all that is more, which is all that is less."""
    return sum(shift.change for shift in found if shift.change > 0)
