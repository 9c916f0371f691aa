"""The figures of the demo: whole, alike from year to year, and the same when they are loaded again."""

from typing import Any

import pytest
from django_scopes import scopes_disabled

from budget.demo import figures
from budget.models import Budget, BudgetLine
from tests.factories.core import MunicipalityFactory

pytestmark = pytest.mark.django_db


def test_the_figures_are_loaded_once() -> None:
    MunicipalityFactory()
    figures.load()
    with scopes_disabled():
        kept = list(Budget.objects.order_by("pk").values_list("pk", "digest"))
        figures.load()
        assert list(Budget.objects.order_by("pk").values_list("pk", "digest")) == kept
        ours = Budget.objects.filter(municipality__code="GM9901")
        assert ours.filter(kind="primitive").count() == 5
        assert ours.filter(kind="estimate").count() == 3
        assert Budget.objects.filter(kind="primitive", year=2026).count() == 8


def test_task_fields_can_be_compared_over_the_years() -> None:
    MunicipalityFactory()
    figures.load()

    def of(year: int, **group: Any) -> int:
        rows = BudgetLine.objects.filter(
            budget__year=year, budget__kind="primitive", budget__municipality__code="GM9901", **group
        )
        return sum(rows.values_list("expenditure", flat=True))

    with scopes_disabled():
        for group in ("6.2", "6.6", "6.7", "6.8"):
            assert 0.9 < of(2025, group=group) / of(2024, group=group) / figures.GROWTH < 1.3
        assert 3000 < of(2026) / 30905 < 4500
