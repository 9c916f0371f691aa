"""Rows in columns: a frame has the columns of ``Row``, and of rows of several figures ``at``, the number of theirs."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, overload

import numpy as np
import polars as pl

from budget.domain.deliveries.rows import Figures, Row

SCHEMA = {
    "place": pl.Int64,
    "side": pl.String,
    "task_field": pl.String,
    "category": pl.String,
    "programme": pl.String,
    "amount": pl.Int64,
}
KEY = ("side", "task_field", "category", "programme")


class Rows(Sequence[Row]):
    """The rows of a frame with the columns of ``SCHEMA``, each made when it is asked for."""

    def __init__(self, frame: pl.DataFrame) -> None:
        self.frame = frame

    def __len__(self) -> int:
        return self.frame.height

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> "Rows": ...
    def __getitem__(self, at: int | slice) -> "Row | Rows":
        return Rows(self.frame[at]) if isinstance(at, slice) else Row(*self.frame.row(at))

    def __iter__(self) -> Iterator[Row]:
        return map(Row._make, self.frame.iter_rows())


def joined(figures: Sequence[Figures]) -> pl.DataFrame:
    """The rows of all of them below each other."""
    frames = [_frame(one.rows) for one in figures]
    at = numbered([frame.height for frame in frames])
    return pl.concat([pl.DataFrame(schema=SCHEMA), *frames]).with_columns(at=at)


def numbered(heights: Sequence[int]) -> pl.Series:
    """For each row of frames below each other the number of its frame."""
    return pl.Series(np.repeat(np.arange(len(heights)), heights), dtype=pl.Int64)


def _frame(rows: Sequence[Row]) -> pl.DataFrame:
    if isinstance(rows, Rows):
        return rows.frame
    return pl.DataFrame(list(rows), schema=SCHEMA, orient="row")


def are_twice(rows: pl.DataFrame) -> bool:
    """Whether two rows of the same figures have the same key.

    Hashes of them are compared, in a third of the memory. So once in millions of files it can be said of a file without
    such rows, which then takes the longer way to the same outcome; the other way around it can't go wrong.
    """
    return bool(rows.select("at", *KEY).hash_rows().is_duplicated().any())


def begins(*names: str) -> pl.Expr:
    """Whether a row has something else in these columns than the row before it."""
    is_other = pl.any_horizontal(pl.col(name) != pl.col(name).shift() for name in names)
    return is_other.fill_null(value=True)


def split(frame: pl.DataFrame, at: pl.Series, many: int) -> list[pl.DataFrame]:
    """The part of each of so many figures, of a frame in which they stand in that order; ``at`` says whose a row is."""
    ends = np.searchsorted(at.to_numpy(), range(many), side="right").tolist()
    return [frame[start:end] for start, end in zip([0, *ends], ends, strict=False)]


def looked_up(texts: pl.Series, make: Callable[[str], Any], dtype: Any = pl.String) -> pl.Series:
    """What is made of each text; of those that are the same it is made once. Raises what ``make`` raises."""
    known = texts.unique(maintain_order=True)
    return texts.replace_strict(known, pl.Series(map(make, known), dtype=dtype))
