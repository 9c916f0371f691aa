"""The same figures by programme."""

from typing import Any

import pytest

from budget.domain.figures.programmes import by_programme
from budget.domain.figures.totals import totals
from budget.models import BudgetLine
from tests.factories.budget import BudgetFactory, ProgrammeFactory

pytestmark = pytest.mark.usefixtures("in_scope")


def found(budget: Any) -> dict[str, int]:
    made = by_programme(budget, totals(budget))
    return {total.code: total.amounts.expenditure for total in made.totals}


def test_shares_divide_a_line_into_whole_euros_that_add_up() -> None:
    ProgrammeFactory(code="2", shares={"6.3": "0.33333", "5.1": 1})
    ProgrammeFactory(code="10", shares={"6.3": "0.33333"})
    budget = BudgetFactory(lines={"6.3": 1001, "5.1": 7, "0.10": 900})
    assert found(budget) == {"2": 340, "10": 334, "": 334}
    assert list(found(budget)) == ["2", "10", ""]


def test_a_part_of_a_task_field_falls_under_the_programme_of_the_whole() -> None:
    ProgrammeFactory(code="1", shares={"6": 1})
    ProgrammeFactory(code="2", shares={"5.7": 1})
    assert found(BudgetFactory(lines={"6.711": 5, "6.3": 2, "5.7": 4})) == {"1": 7, "2": 4}


def test_programmes_of_other_years_take_nothing() -> None:
    ProgrammeFactory(code="1", from_year=2020, until_year=2025, shares={"6.3": 1})
    ProgrammeFactory(code="2", from_year=2027, shares={"6.3": 1})
    assert found(BudgetFactory(lines={"6.3": 9})) == {"": 9}


def test_rows_that_name_programmes_go_before_shares() -> None:
    ProgrammeFactory(code="1", shares={"6.3": 1})
    budget = BudgetFactory()
    for programme, amount in (("1", 4), ("9", 6)):
        BudgetLine.objects.create(
            budget=budget, task_field="6.3", group="6.3", main="6", programme=programme, expenditure=amount
        )
    made = by_programme(budget, totals(budget))
    assert made.is_from_rows
    assert [(total.code, total.programme and total.programme.code) for total in made.totals] == [
        ("1", "1"),
        ("9", None),
    ]
    assert found(budget) == {"1": 4, "9": 6}
