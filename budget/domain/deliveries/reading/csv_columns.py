"""Rows of a CSV file by the column, for those that are in order: which are almost all that come in.

What stands in a column is checked once for each text that is different, by the same functions that check a row, and the
rest is done for all rows at once. Of a file in which anything is not in order nothing is taken; read row by row it is
told what is wrong with which.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import polars as pl

from budget.domain.deliveries import frames
from budget.domain.deliveries.reading import amounts, checks
from budget.domain.deliveries.reading.csv_heading import Columns
from budget.domain.deliveries.reading.csv_whose import Whose
from budget.domain.deliveries.reading.gathering import Bucket
from budget.domain.deliveries.rows import Figures

# Amounts that mean one thing only, and are no larger than can be right or are refused for it.
_PLAIN = r"^-?[0-9]{1,12}(\.0)?$"


class NotInOrder(ValueError):
    """Something has to be looked at row by row."""


def figures(cells: pl.DataFrame, columns: Columns, whose: Whose) -> list[Figures]:
    """The figures of all rows. Raises ``ValueError``: ``NotInOrder``, or what a check raises."""
    cells = _with_amount(cells, columns)
    buckets, cells = _gathered(cells, whose)
    rows = pl.concat(_side(cells, columns, name, side) for name, side in columns.sides)
    rows = rows.sort("at", "place", maintain_order=True)
    if frames.are_twice(rows):
        raise NotInOrder
    parts = frames.split(rows.select(*frames.SCHEMA), rows["at"], len(buckets))
    return [
        replace(bucket.figures(), rows=frames.Rows(own), are_unlike=True)
        for bucket, own in zip(buckets, parts, strict=True)
    ]


def _with_amount(cells: pl.DataFrame, columns: Columns) -> pl.DataFrame:
    """Without the rows that are empty. An amount has to stand in all others, on whatever side."""
    has_amount = pl.any_horizontal(pl.col(name) != "" for name, _side in columns.sides)
    others = cells.filter(~has_amount)
    if others.select((pl.exclude("place") != "").any()).to_numpy().any():
        raise NotInOrder
    return cells.filter(has_amount) if others.height else cells


def _gathered(cells: pl.DataFrame, whose: Whose) -> tuple[list[Bucket], pl.DataFrame]:
    """The buckets in the order of the file, and the cells with in ``at`` the number of that of their row."""
    cells = cells.with_columns(begins=frames.begins(*whose.names))
    runs = cells.filter("begins").select("place", *whose.names)
    heads = runs.unique(whose.names, keep="first", maintain_order=True)
    found = [whose.bucket(place, texts) for place, *texts in heads.iter_rows()]
    if whose.complaints.errors:
        raise NotInOrder
    numbers = {bucket: number for number, bucket in enumerate(dict.fromkeys(found))}
    heads = heads.with_columns(at=pl.Series([numbers[one] for one in found], dtype=pl.Int64)).drop("place")
    at = runs.join(heads, on=whose.names, how="left", maintain_order="left")["at"]
    own = at.gather(cells["begins"].cum_sum() - 1)
    return list(numbers), cells.drop("begins", *whose.names).with_columns(at=own)


def _side(cells: pl.DataFrame, columns: Columns, name: str, side: str) -> pl.DataFrame:
    """The rows with an amount on this side."""
    codes = [column for column in ("taakveld", "categorie", "programma") if column in columns.at]
    here = cells.select("at", "place", name, *codes).filter(pl.col(name) != "")

    def code(column: str, check: Callable[[str], str]) -> pl.Series | pl.Expr:
        return frames.looked_up(here[column], check) if column in codes else pl.lit("")

    return here.select(
        "at",
        "place",
        side=pl.lit(side),
        task_field=code("taakveld", checks.task_field),
        category=code("categorie", partial(checks.category, of=side)),
        programme=code("programma", checks.programme),
        amount=_euro(here[name]),
    )


def _euro(texts: pl.Series) -> pl.Series:
    if texts.str.contains(_PLAIN).all():
        euro = texts.str.strip_suffix(".0").cast(pl.Int64) * amounts.THOUSAND
    else:
        euro = frames.looked_up(texts, _amount, pl.Int64)
    if not euro.is_between(-amounts.MAX_EURO, amounts.MAX_EURO).all():
        raise NotInOrder
    return euro


def _amount(text: str) -> int:
    return amounts.from_text(text.strip(), amounts.THOUSAND)
