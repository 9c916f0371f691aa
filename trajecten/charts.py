"""Bars beside their numbers: a chart and its equal table in one, for figures that people compare.

Plain Python. A page shows a ``BarTable`` with ``components/bar_table.html``: each row has its numbers in cells, and
one bar made of them. Who does not see the bar reads the same in the cells.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise

Tone = Literal["good", "part", "bad", "late", "open", "plain"]
Scale = Literal["shares", "amounts"]


@dataclass(frozen=True)
class Series:
    """One column of numbers, which are one colour of the bars."""

    label: str | Promise
    tone: Tone


@dataclass(frozen=True)
class BarRow:
    """What is compared, with a number for each series. ``note`` is said behind the bar.

    ``tone`` is that of the whole bar where the rows themselves are good, bad or open.
    """

    label: str | Promise
    values: Sequence[int]
    url: str = ""
    note: str | Promise = ""
    tone: Tone | None = None

    @property
    def total(self) -> int:
        return sum(self.values)


@dataclass(frozen=True)
class Part:
    """One coloured part of a bar: where it begins and how wide it is, in percent of the whole width."""

    tone: Tone
    start: float
    width: float


@dataclass(frozen=True)
class BarTable:
    """Rows to compare. ``shares`` draws each row over the whole width, ``amounts`` all rows on one scale.

    Refused (ValueError): a row with more or fewer numbers than there are series, and a number below zero.
    """

    key: str
    caption: str | Promise
    subject: str | Promise
    series: Sequence[Series]
    rows: Sequence[BarRow]
    scale: Scale = "amounts"

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row.values) != len(self.series) or any(value < 0 for value in row.values):
                raise ValueError(f"{row.label} needs {len(self.series)} numbers of 0 or more.")

    @property
    def longest(self) -> int:
        return max((row.total for row in self.rows), default=0)

    def drawn(self) -> list[tuple[BarRow, list[tuple[Series, int]], list[Part]]]:
        """Each row with its numbers beside their series, and the parts of its bar; none where there is nothing."""
        return [(row, list(zip(self.series, row.values, strict=True)), self._parts(row)) for row in self.rows]

    def _parts(self, row: BarRow) -> list[Part]:
        whole = row.total if self.scale == "shares" else self.longest
        parts, start = [], 0.0
        for series, value in zip(self.series, row.values, strict=True):
            if value:
                width = 100 * value / whole
                parts.append(Part(row.tone or series.tone, round(start, 3), round(width, 3)))
                start += width
        return parts
