"""Columns beside each other over the years, above an equal table: figures of which two of one year are compared.

Plain Python. A page shows a ``ColumnChart`` with ``components/column_chart.html``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.functional import Promise

from trajecten.charts import Series

WIDTH, HEIGHT, GAP = 600, 200, 0.3
# More moments than fit beside each other on a phone.
MANY = 6


@dataclass(frozen=True)
class ColumnRow:
    """One moment with a number for each series; None where there is none. ``note`` is said with it."""

    label: str
    values: Sequence[float | None]
    note: str | Promise = ""


@dataclass(frozen=True)
class Column:
    """Where one column stands."""

    tone: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class ColumnChart:
    """Refused (ValueError): a row with more or fewer values than there are series. Below zero no column is drawn."""

    key: str
    caption: str | Promise
    subject: str | Promise
    series: Sequence[Series]
    rows: Sequence[ColumnRow]

    width = WIDTH
    height = HEIGHT

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row.values) != len(self.series):
                raise ValueError(f"{row.label} needs {len(self.series)} numbers.")

    @property
    def highest(self) -> float:
        return max((value or 0 for row in self.rows for value in row.values), default=0)

    @cached_property
    def columns(self) -> list[Column]:
        """All columns on one scale, from the left."""
        if self.highest <= 0:
            return []
        step = WIDTH / len(self.rows)
        wide = step * (1 - GAP) / len(self.series)
        found = []
        for number, row in enumerate(self.rows):
            for place, (series, value) in enumerate(zip(self.series, row.values, strict=True)):
                height = HEIGHT * max(value or 0, 0) / self.highest
                x = number * step + step * GAP / 2 + place * wide
                if height:
                    found.append(
                        Column(series.tone, *(round(v, 2) for v in (x, HEIGHT - height, wide, height)))
                    )
        return found

    @property
    def labels(self) -> list[tuple[str, float]]:
        """The moments with the middle of their columns; where there are many, every second one from the last."""
        step = WIDTH / max(len(self.rows), 1)
        every = 2 if len(self.rows) > MANY else 1
        kept = [number for number in range(len(self.rows)) if (len(self.rows) - 1 - number) % every == 0]
        return [(self.rows[number].label, round(number * step + step / 2, 2)) for number in kept]

    def told(self) -> list[tuple[ColumnRow, list[tuple[Series, str]]]]:
        """Each row with its numbers as people read them, a dash for none."""
        return [
            (
                row,
                [
                    (series, "–" if value is None else series.told(value))
                    for series, value in zip(self.series, row.values, strict=True)
                ],
            )
            for row in self.rows
        ]
