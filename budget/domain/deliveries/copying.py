"""Lines of new budgets with their rows into the database by COPY, which takes many thousands in a second."""

import io
from collections.abc import Iterator, Sequence

import polars as pl
from django.db import connection

from budget.domain.deliveries import frames
from budget.domain.deliveries.tallies import AMOUNTS
from budget.iv3 import codes

_AT_ONCE = 5000  # lines, about a megabyte
_LINES = (
    'COPY budget_budgetline ("budget_id", "task_field", "group", "main", "programme", "expenditure", "income", '
    '"moved_expenditure", "moved_income", "rows", "places") FROM STDIN'
)


class _Texts:
    """What COPY reads, made while the database works on what went before."""

    def __init__(self, texts: Iterator[bytes]) -> None:
        self.texts = texts

    def read(self, _size: int = 0) -> bytes:
        return next(self.texts, b"")


def copy_lines(batches: Sequence[tuple[int, pl.DataFrame]]) -> None:
    """The lines of each budget (``tallies.Tally.lines``), which is known by its key in the database."""
    if not batches:
        return
    keys = pl.Series([key for key, _lines in batches], dtype=pl.Int64)
    own = keys.gather(frames.numbered([lines.height for _key, lines in batches]))
    lines = pl.concat(lines for _key, lines in batches).with_columns(budget=own)
    with connection.cursor() as cursor:
        cursor.copy_expert(_LINES, _Texts(map(_text, lines.iter_slices(_AT_ONCE))))


def _text(lines: pl.DataFrame) -> bytes:
    group, main = (frames.looked_up(lines["task_field"], of) for of in (codes.comparable, codes.main))
    columns = lines.select(
        "budget",
        "task_field",
        group.alias("group"),
        main.alias("main"),
        _escaped(pl.col("programme")),
        *AMOUNTS,
        pl.col("rows").list.join(";"),
        pl.col("places").cast(pl.List(pl.String)).list.join(" "),
    )
    written = io.BytesIO()
    columns.write_csv(written, include_header=False, separator="\t", quote_style="never")
    return written.getvalue()


def _escaped(texts: pl.Expr) -> pl.Expr:
    for sign, written in (("\\", "\\\\"), ("\t", "\\t"), ("\n", "\\n"), ("\r", "\\r")):
        texts = texts.str.replace_all(sign, written, literal=True)
    return texts
