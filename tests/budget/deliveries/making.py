"""Figures of a delivery, as a reader gives them."""

import io
import json
from typing import Any

import pytest

from budget.domain.deliveries.reading import recognising
from budget.domain.deliveries.reading.kinds import Asked
from budget.domain.deliveries.reading.sources import Source
from budget.domain.deliveries.rows import Figures, FiguresRefused, Row
from budget.domain.figures import rows, totals
from budget.enums import BudgetKind, DeliveryState
from budget.models import Budget
from tests.factories.budget import DeliveryFactory

NOTHING = Asked()


def a_row(task_field: str = "6.3", amount: int = 1000, **own: Any) -> Row:
    return Row(
        **{"place": 2, "side": "L", "category": "", "programme": "", **own},
        task_field=task_field,
        amount=amount,
    )


def some_figures(*own_rows: Row, **own: Any) -> Figures:
    plain = {"code": "GM9999", "name": "", "year": 2026, "kind": BudgetKind.PRIMITIVE, "period": 0}
    return Figures(
        **{**plain, "base_year": None, "inhabitants": None, **own},
        rows=own_rows or (a_row(), a_row("5.1", 2000)),
    )


def a_delivery(**own: Any) -> Any:
    return DeliveryFactory(state=DeliveryState.READING, ended_at=None, **own)


def a_source(content: bytes | str, name: str = "begroting.csv") -> Source:
    raw = content.encode() if isinstance(content, str) else content
    return Source(name, lambda: io.BytesIO(raw), len(raw))


def read(
    content: bytes | str | dict | list, *, asked: Asked = NOTHING, name: str = "begroting.csv"
) -> list[Figures]:
    """The figures of one file; what is no text or bytes is written as JSON."""
    raw = content if isinstance(content, bytes | str) else json.dumps(content)
    (found,) = recognising.read([a_source(raw, name)], asked=asked)
    return found.figures


def wrong(content: bytes | str | dict | list, *, asked: Asked = NOTHING) -> list[tuple[int | None, str, str]]:
    """Row, column and value of each mistake in one file."""
    with pytest.raises(FiguresRefused) as refused:
        read(content, asked=asked)
    return [(one.row, one.column, one.value) for one in refused.value.errors]


def rows_of(budget: Budget) -> list[Row]:
    """All rows that are kept of a budget, in the order of the file."""
    found = totals.totals(budget)
    kept = [
        row for code in found.fields for row in rows.rows_of(budget, found, code) if row.task_field == code
    ]
    return sorted(kept, key=lambda row: row.place)
