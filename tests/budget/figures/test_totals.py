"""The sums of a budget, against figures that were counted by hand."""

from typing import Any

import pytest
from django_scopes import scope

from budget.domain.figures import rows, sizes, totals, versions, years
from budget.domain.figures.totals import Amounts
from budget.enums import BudgetKind, Period
from budget.models import BudgetLine
from tests.factories.budget import BudgetFactory, YearSizeFactory, add_row
from trajecten.models import Area

pytestmark = pytest.mark.usefixtures("in_scope")

LINES = {
    "0.1": (2000, 100),
    "0.10": (500, 900),
    "0.11": (0, 40),
    "6.3": (68875, 41000),
    "6.711": (1200, 10),
    "6.712": (800, 0),
    "7.3": (3000, 3300),
}


def test_sums_per_main_field_group_and_all_without_what_moves_between_years() -> None:
    found = totals.totals(BudgetFactory(lines=LINES))
    assert [(each.code, each.amounts.expenditure) for each in found.mains] == [
        ("0", 2000),
        ("6", 70875),
        ("7", 3000),
    ]
    assert [(each.code, each.amounts.expenditure) for each in found.groups("6")] == [
        ("6.3", 68875),
        ("6.7", 2000),
    ]
    assert found.all == Amounts(75875, 44410)
    assert found.between_years == Amounts(500, 940)
    assert found.of("0") == Amounts(2000, 100)
    assert found.of("0.10") == Amounts(500, 900)
    assert found.of("6.7") == Amounts(2000, 10)
    assert found.of("6.7").net == 1990


def test_a_code_is_text_and_0_1_is_not_0_10() -> None:
    found = totals.totals(BudgetFactory(lines=LINES))
    assert found.codes("0.1") == ["0.1"]
    assert found.codes("6.7") == ["6.711", "6.712"]
    assert [part.code for part in found.parts("6.7")] == ["6.711", "6.712"]
    assert found.parts("6.3") == []
    assert not found.has("5.1")


def test_programmes_of_one_task_field_are_added_up() -> None:
    budget = BudgetFactory()
    for programme, amount in (("1", 30), ("2", 12)):
        BudgetLine.objects.create(
            budget=budget, task_field="5.1", group="5.1", main="5", programme=programme, expenditure=amount
        )
    assert totals.totals(budget).of("5.1").expenditure == 42


def test_over_years_6_711_and_6_71a_and_6_71_are_all_6_7() -> None:
    BudgetFactory(year=2022, lines={"6.71": 100, "6.72": 50})
    BudgetFactory(year=2024, lines={"6.71a": 120, "6.72a": 60})
    BudgetFactory(year=2026, lines={"6.711": 70, "6.712": 65, "6.751": 40, "6.91": 999})
    found = years.over_years("6.7", versions.versions())
    assert [(each.year, each.planned.expenditure) for each in found if each.planned] == [
        (2022, 150),
        (2024, 180),
        (2026, 175),
    ]


def test_over_years_planned_beside_realised_and_no_year_that_has_no_such_line() -> None:
    BudgetFactory(year=2024, lines={"5.1": 100})
    BudgetFactory(year=2024, kind=BudgetKind.AMENDED, lines={"5.1": 110})
    BudgetFactory(year=2024, kind=BudgetKind.REALISED, period=Period.ACCOUNTS, lines={"5.1": 104})
    BudgetFactory(year=2025, lines={"5.2": 1})
    BudgetFactory(year=2027, kind=BudgetKind.ESTIMATE, base_year=2025, lines={"5.1": 90})
    BudgetFactory(year=2027, kind=BudgetKind.ESTIMATE, base_year=2026, lines={"5.1": 95})
    found = {
        each.year: (
            each.planned and each.planned.expenditure,
            each.realised and each.realised.expenditure,
        )
        for each in years.over_years("5.1", versions.versions())
    }
    assert found == {2024: (110, 104), 2025: (None, None), 2027: (95, None)}


def test_a_main_field_over_years_leaves_out_what_moves_between_years() -> None:
    BudgetFactory(year=2026, lines=LINES)
    assert years.over_years("0", versions.versions())[0].planned == Amounts(2000, 100)


@pytest.mark.django_db
def test_over_years_is_one_statement_whatever_the_years(django_assert_num_queries: Any) -> None:
    for year in range(2017, 2027):
        BudgetFactory(year=year, lines={"5.1": 1})
    found = versions.versions()
    with django_assert_num_queries(1):
        assert len(years.over_years("5.1", found)) == 10


def test_the_plan_after_changes_is_shown_first_and_old_versions_never() -> None:
    old = BudgetFactory(year=2026, is_current=False, number=1)
    new = BudgetFactory(year=2026, number=2)
    amended = BudgetFactory(year=2026, kind=BudgetKind.AMENDED)
    spent = BudgetFactory(year=2025, kind=BudgetKind.REALISED, period=Period.ACCOUNTS)
    BudgetFactory(year=2025, kind=BudgetKind.REALISED, period=Period.QUARTER_2)
    BudgetFactory(year=2028, kind=BudgetKind.ESTIMATE, base_year=2026)
    found = versions.versions()
    assert old not in found.budgets
    assert found.years == [2026, 2025]
    assert found.chosen(None, "") == amended
    assert found.chosen(2026, BudgetKind.PRIMITIVE) == new
    assert found.chosen(2025, BudgetKind.PRIMITIVE) == spent
    assert found.chosen(2028, "") is None
    assert found.chosen(2019, "") is None


def test_per_inhabitant_and_household_by_the_year_else_by_the_areas(areas: list[Any]) -> None:
    YearSizeFactory(year=2026, inhabitants=40000, households=18000)
    size = sizes.size(2026)
    assert size is not None
    assert size.per_inhabitant(68_875_000) == 1721.875
    assert size.per_household(9_000_000) == 500
    other = sizes.size(2020)
    assert other is not None
    assert (other.inhabitants, other.households, other.is_of_areas) == (8400, 3800, True)


def test_a_year_of_nobody_has_no_size() -> None:
    Area.objects.all().delete()
    assert sizes.size(2026) is None


def test_the_rows_are_the_figure_with_what_is_left_out() -> None:
    budget = BudgetFactory(lines=LINES)
    add_row(budget, 90, "L", "6.711", 300, category="7.1")
    found = totals.totals(budget)
    listed = rows.rows_of(budget, found, "6.7")
    spent, received = rows.checks(listed, found, "6.7")
    assert (spent.rows, spent.moved, spent.shown) == (2300, 300, 2000)
    assert (received.rows, received.moved, received.shown) == (10, 0, 10)
    assert [row.place for row in listed] == [9, 10, 11, 90]


def test_figures_of_another_municipality_are_not_there(other_municipality: Any, municipality: Any) -> None:
    with scope(municipality=other_municipality):
        BudgetFactory(municipality=other_municipality, lines={"5.1": 1})
    assert versions.versions().budgets == ()
    assert not versions.have_figures()
