"""Figures of a delivery, as a reader gives them."""

from typing import Any

from budget.domain.deliveries.rows import Figures, Row
from budget.enums import BudgetKind, DeliveryState
from tests.factories.budget import DeliveryFactory


def a_row(task_field: str = "6.3", amount: int = 1000, **own: Any) -> Row:
    return Row(
        **{"place": 2, "side": "L", "category": "", "programme": "", **own},
        task_field=task_field,
        amount=amount,
    )


def some_figures(*rows: Row, **own: Any) -> Figures:
    plain = {"code": "GM9999", "name": "", "year": 2026, "kind": BudgetKind.PRIMITIVE, "period": 0}
    return Figures(
        **{**plain, "base_year": None, "inhabitants": None, **own}, rows=rows or (a_row(), a_row("5.1", 2000))
    )


def a_delivery(**own: Any) -> Any:
    return DeliveryFactory(state=DeliveryState.READING, ended_at=None, **own)
