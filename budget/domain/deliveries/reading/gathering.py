"""Rows of a delivery gathered by municipality, year and kind."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from budget.domain.deliveries.reading.kinds import Kind
from budget.domain.deliveries.rows import Figures, Row

Progress = Callable[[int], None]
EVERY = 5000  # rows between two words of how far it is


@dataclass(eq=False)
class Bucket:
    """The rows of one budget so far. ``seen`` is the row in the file of each key, for what may stand there once;
    ``are_unlike`` that it was looked at for all rows."""

    code: str
    year: int
    kind: Kind
    name: str = ""
    inhabitants: int | None = None
    rows: list[Row] = field(default_factory=list)
    seen: dict[tuple[str, str, str, str], int] = field(default_factory=dict)
    are_unlike: bool = False

    def figures(self) -> Figures:
        kind = self.kind
        return Figures(
            code=self.code,
            name=self.name,
            year=self.year,
            kind=kind.kind,
            period=kind.period,
            base_year=kind.base_year,
            inhabitants=self.inhabitants,
            rows=self.rows,
            are_unlike=self.are_unlike,
        )


class Gathering:
    """The buckets of a delivery, each made when its first row comes."""

    def __init__(self) -> None:
        self._buckets: dict[tuple[str, int, Kind], Bucket] = {}

    def bucket(self, code: str, year: int, kind: Kind) -> Bucket:
        key = (code, year, kind)
        if key not in self._buckets:
            self._buckets[key] = Bucket(code, year, kind)
        return self._buckets[key]

    def buckets(self) -> list[Bucket]:
        return list(self._buckets.values())

    def figures(self) -> list[Figures]:
        return [bucket.figures() for bucket in self._buckets.values() if bucket.rows]


@dataclass(frozen=True)
class Read:
    """What a file, or files that belong together, came to. ``notes`` is what was left out, in words."""

    name: str
    format: str
    figures: list[Figures]
    notes: list[str] = field(default_factory=list)


def twice(first: int) -> str:
    """Why a row is refused that stands in the file already, in row ``first``."""
    return _("The same municipality, kind, task field, category and programme stands in row %(n)d.") % {
        "n": first
    }
