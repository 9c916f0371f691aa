"""Bars beside their numbers: a chart and its equal table in one, for figures that people compare.

Plain Python. A page shows a ``BarTable`` with ``components/bar_table.html``: each row has its numbers in cells, and
one bar made of them. Who does not see the bar reads the same in the cells. A cell can have words where there is no
number to show; they are no part of the bar.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.formats import number_format
from django.utils.functional import Promise

Tone = Literal["good", "part", "bad", "late", "open", "plain"]
Value = float | str | Promise


@dataclass(frozen=True)
class Series:
    """One column of numbers, which are one colour of the bars; ``drawn`` is False for a column of numbers only."""

    label: str | Promise
    tone: Tone
    drawn: bool = True
    decimals: int = 0

    def told(self, value: Value) -> str:
        """The number as people read it, or the words that stand in its place."""
        if not isinstance(value, int | float):
            return str(value)
        return number_format(round(value, self.decimals), decimal_pos=self.decimals, force_grouping=True)


@dataclass(frozen=True)
class Tag:
    """A state in words; ``tone`` is one of ``components/tag.html``."""

    text: str | Promise
    tone: str


@dataclass(frozen=True)
class BarRow:
    """What is compared, with a number for each series, or words where there is none. ``note`` is said with it.

    ``tone`` is that of the whole bar where the rows themselves are good, bad or open.
    """

    label: str | Promise
    values: Sequence[Value]
    url: str = ""
    note: str | Promise = ""
    tone: Tone | None = None
    tag: Tag | None = None


@dataclass(frozen=True)
class Part:
    """One coloured part of a bar: where it begins and how wide it is, in percent of the whole width."""

    tone: Tone
    start: float
    width: float


@dataclass(frozen=True)
class Mark:
    """A line across every bar, for what they are compared with."""

    label: str | Promise
    value: float


@dataclass(frozen=True)
class BarTable:
    """Rows to compare, drawn on one scale. It begins at ``begin``, the lowest number there can be.

    Refused (ValueError): a row with more or fewer values than there are series, a number below that, and more than one
    series in bars that do not begin at 0.
    """

    key: str
    caption: str | Promise
    subject: str | Promise
    series: Sequence[Series]
    rows: Sequence[BarRow]
    mark: Mark | None = None
    begin: float = 0.0

    def __post_init__(self) -> None:
        if self.begin and sum(series.drawn for series in self.series) > 1:
            raise ValueError("Only bars of one series can begin elsewhere than at 0.")
        for row in self.rows:
            if len(row.values) != len(self.series) or not all(
                self._has_room(*cell) for cell in self._cells(row)
            ):
                raise ValueError(f"{row.label} needs {len(self.series)} numbers of {self.begin} or more.")

    def _has_room(self, series: Series, value: Value) -> bool:
        return not isinstance(value, int | float) or value >= (self.begin if series.drawn else 0)

    @property
    def longest(self) -> float:
        """What fills the whole width, counted from where the bars begin."""
        lengths = (*(self._length(row) for row in self.rows), self.mark.value if self.mark else 0.0)
        return max(0.0, max(lengths) - self.begin)

    @property
    def marked_at(self) -> float | None:
        """Where the mark begins, in percent of the whole width, of which it takes one; None without one."""
        if not self.mark or not self.longest:
            return None
        return max(0.0, min(99.0, round(100 * (self.mark.value - self.begin) / self.longest, 3)))

    def drawn(self) -> list[tuple[BarRow, list[tuple[Series, str]], list[Part] | None]]:
        """Each row with its numbers beside their series, and the parts of its bar: none for 0, None for only words."""
        return [
            (row, [(series, series.told(value)) for series, value in self._cells(row)], self._parts(row))
            for row in self.rows
        ]

    def _cells(self, row: BarRow) -> list[tuple[Series, Value]]:
        return list(zip(self.series, row.values, strict=True))

    def _numbers(self, row: BarRow) -> list[tuple[Series, float]]:
        """What of a row is drawn."""
        return [
            (series, value)
            for series, value in self._cells(row)
            if series.drawn and isinstance(value, int | float)
        ]

    def _length(self, row: BarRow) -> float:
        return sum(value for _series, value in self._numbers(row))

    def _parts(self, row: BarRow) -> list[Part] | None:
        if not self._numbers(row):
            return None
        parts: list[Part] = []
        start = 0.0
        for series, value in self._numbers(row):
            if value > self.begin:
                width = 100 * (value - self.begin) / self.longest
                parts.append(Part(row.tone or series.tone, round(start, 3), round(width, 3)))
                start += width
        return parts
