"""What the rows of budgets come to: their checksums, their lines, and how two versions differ."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from budget.domain.deliveries import frames
from budget.domain.deliveries.rows import Figures
from budget.enums import Side
from budget.iv3 import codes
from budget.method import BOOKKEEPING

# Expenditure, income, and of each what is only moved within the books.
Amounts = list[int]
# Task field and programme.
LineKey = tuple[str, str]

AMOUNTS = ("expenditure", "income", "moved_expenditure", "moved_income")
_KEPT = ("task_field", "programme", *AMOUNTS, "rows", "places")


@dataclass(frozen=True, eq=False)
class Tally:
    """What the rows of one budget come to, in euro.

    ``expenditure`` and ``income`` are of all rows, also of what is moved within the books. ``digest`` does not depend
    on the order of rows, nor on rows of nothing. ``lines`` has for each task field (and programme) the columns of
    ``BudgetLine`` of these names: ``task_field``, ``programme``, ``AMOUNTS``, and as lists ``rows`` and ``places``.
    """

    digest: str
    expenditure: int
    income: int
    lines: pl.DataFrame

    def amounts(self) -> dict[LineKey, Amounts]:
        found = self.lines.select("task_field", "programme", *AMOUNTS).iter_rows()
        return {(code, programme): amounts for code, programme, *amounts in found}


def tally(figures: Sequence[Figures]) -> list[Tally]:
    """What each of these figures comes to: all of them are added up at once, as they have few rows each."""
    rows = frames.joined(figures)
    lines = _lines(rows)
    are_unlike = all(one.are_unlike for one in figures) or not frames.are_twice(rows)
    digests = _digests(lines if are_unlike else _lines(_summed(rows)))
    totals = _totals(lines)
    parts = frames.split(lines.select(*_KEPT), lines["at"], len(figures))
    return [
        Tally(digests.get(at, _digest("")), *totals.get(at, (0, 0)), lines=own)
        for at, own in enumerate(parts)
    ]


def _lines(rows: pl.DataFrame) -> pl.DataFrame:
    """With ``counted``, the rows that are not nothing, in an order that doesn't depend on that of the file."""
    is_income, is_moved = pl.col("side") == Side.INCOME, pl.col("category").is_in(BOOKKEEPING)
    kind = (~is_income & ~is_moved, is_income & ~is_moved, ~is_income & is_moved, is_income & is_moved)
    rows = rows.with_columns(
        *(
            pl.when(one).then("amount").otherwise(0).alias(name)
            for one, name in zip(kind, AMOUNTS, strict=True)
        ),
        rows=pl.concat_str("side", "category", "amount", separator=" "),
    )
    lines = rows.group_by("at", "task_field", "programme", maintain_order=True).agg(
        pl.sum(*AMOUNTS), "rows", places="place", counted=pl.col("rows").filter(pl.col("amount") != 0)
    )
    return lines.with_columns(pl.col("counted").list.eval(pl.element().sort()))


def _summed(rows: pl.DataFrame) -> pl.DataFrame:
    """One row for each key."""
    return rows.group_by("at", *frames.KEY, maintain_order=True).agg(pl.sum("amount"), place=pl.lit(0))


def _digests(lines: pl.DataFrame) -> dict[int, str]:
    counted = pl.col("counted").list.join(";")
    lines = lines.filter(pl.col("counted").list.len() > 0).select(
        "at", line=pl.concat_str("task_field", "programme", counted, separator="\t")
    )
    written = lines.group_by("at").agg(pl.col("line").sort().str.join("\n"))
    return {at: _digest(text) for at, text in written.iter_rows()}


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _totals(lines: pl.DataFrame) -> dict[int, tuple[int, int]]:
    """Expenditure and income with what is moved within the books, for each of the figures that has rows."""
    spent, received = (pl.sum(name, f"moved_{name}") for name in ("expenditure", "income"))
    totals = lines.group_by("at").agg(spent=pl.sum_horizontal(spent), received=pl.sum_horizontal(received))
    return {at: (spent, received) for at, spent, received in totals.iter_rows()}


def changes(old: Mapping[LineKey, Amounts], new: Mapping[LineKey, Amounts]) -> list[dict[str, Any]]:
    """Per task field and side what it was and is, in euro with what is moved within the books; only what differs.

    A task field of which only the division over categories changed has the same amount twice.
    """
    was, now = _by_task_field(old), _by_task_field(new)
    return list(_different(was, now))


def _by_task_field(lines: Mapping[LineKey, Amounts]) -> dict[str, Amounts]:
    found: dict[str, Amounts] = {}
    for (task_field, _programme), amounts in lines.items():
        above = found.setdefault(task_field, [0, 0, 0, 0])
        found[task_field] = [one + other for one, other in zip(above, amounts, strict=True)]
    return found


def _different(was: Mapping[str, Amounts], now: Mapping[str, Amounts]) -> Iterator[dict[str, Any]]:
    for code in sorted({*was, *now}, key=codes.sort_key):
        before, after = was.get(code, [0] * 4), now.get(code, [0] * 4)
        for place, side in enumerate((Side.EXPENDITURE, Side.INCOME)):
            if (before[place], before[place + 2]) != (after[place], after[place + 2]):
                yield {
                    "task_field": code,
                    "side": side.value,
                    "old": before[place] + before[place + 2],
                    "new": after[place] + after[place + 2],
                }
