"""Changes of lines as they are drawn: a bar to the right for more, to the left for less, on one scale."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from budget.models import OutcomeLine

HALF = 50.0


@dataclass(frozen=True)
class Drawn:
    """A line with its bar: where it begins and how wide it is, in percent of the whole width; zero is in the middle."""

    row: OutcomeLine
    change: int
    start: float
    width: float

    @property
    def tone(self) -> str:
        return "good" if self.change > 0 else "late"

    def said(self) -> str:
        """How many people want more, less, and leave it, as far as there are such people; no part of it breaks."""
        told = (
            (self.row.raised_by, _("%(n)s more")),
            (self.row.lowered_by, _("%(n)s less")),
            (self.row.unchanged_by, _("%(n)s leave it")),
        )
        parts = (words % {"n": number} for number, words in told if number)
        return ", ".join(part.replace(" ", "\N{NO-BREAK SPACE}") for part in parts)


def drawn(rows: Sequence[OutcomeLine]) -> list[Drawn]:
    """The lines, the largest change first; lines that stay come last, in the order of the budget."""
    largest = max((abs(row.euro) for row in rows), default=0)
    found = [_bar(row, row.euro, largest) for row in rows]
    return sorted(found, key=lambda each: -abs(each.change))


def _bar(row: OutcomeLine, change: int, largest: int) -> Drawn:
    width = round(HALF * abs(change) / largest, 2) if largest else 0.0
    return Drawn(row, change, HALF if change > 0 else HALF - width, width)


def moved(rows: Iterable[OutcomeLine]) -> int:
    """How much goes from one line to another, in whole euro."""
    return sum(row.euro for row in rows if row.euro > 0)
