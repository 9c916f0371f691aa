"""The place among municipalities of the same size."""

from typing import Any

import pytest
from django_scopes import scope

from budget.domain.figures import similar
from budget.enums import BudgetKind
from tests.factories.budget import BudgetFactory, YearSizeFactory
from tests.factories.core import MunicipalityFactory

pytestmark = pytest.mark.usefixtures("in_scope")


def elsewhere(number: int, inhabitants: int, lines: dict[str, int], **budget: Any) -> None:
    other = MunicipalityFactory(code=f"GM8{number:03}", name=f"Plaats {number}")
    with scope(municipality=other):
        YearSizeFactory(municipality=other, inhabitants=inhabitants)
        BudgetFactory(municipality=other, lines=lines, **budget)


@pytest.fixture
def budget(in_scope: Any) -> Any:
    YearSizeFactory(inhabitants=40000)
    return BudgetFactory(lines={"6.3": 40_000_000, "6.711": 4_000_000, "0.10": 999_000_000})


def test_the_place_mean_and_median_are_per_inhabitant_of_the_same_class(budget: Any) -> None:
    elsewhere(1, 20_000, {"6.3": 30_000_000, "6.71": 1_000_000})
    elsewhere(2, 49_999, {"6.3": 24_999_500})
    elsewhere(3, 50_000, {"6.3": 1})
    elsewhere(4, 19_999, {"6.3": 1})
    found = similar.compare(budget, "6.3")
    assert found is not None
    assert [(member.name, member.per_inhabitant) for member in found.members] == [
        ("Plaats 1", 1500),
        ("Polderwijk", 1000),
        ("Plaats 2", 500),
    ]
    assert (found.place, found.mean, found.median) == (2, 1000, 1000)
    assert (found.at_least, found.under) == (20_000, 50_000)


def test_a_finer_code_is_compared_as_its_comparable_one_and_who_has_no_line_spends_nothing(
    budget: Any,
) -> None:
    elsewhere(1, 20_000, {"6.3": 30_000_000, "6.71": 1_000_000})
    elsewhere(2, 25_000, {"6.3": 1})
    found = similar.compare(budget, "6.711")
    assert found is not None
    assert [member.per_inhabitant for member in found.members] == [100, 50, 0]


def test_all_together_leaves_out_what_moves_between_years(budget: Any) -> None:
    elsewhere(1, 20_000, {"6.3": 20_000_000, "0.11": 5})
    elsewhere(2, 20_000, {"6.3": 20_000_000})
    found = similar.compare(budget, "")
    assert found is not None
    assert [member.per_inhabitant for member in found.members] == [1100, 1000, 1000]


def test_other_kinds_years_and_old_versions_are_not_compared_with(budget: Any) -> None:
    elsewhere(1, 20_000, {"6.3": 1}, kind=BudgetKind.AMENDED)
    elsewhere(2, 20_000, {"6.3": 1}, year=2025)
    elsewhere(3, 20_000, {"6.3": 1}, is_current=False)
    elsewhere(4, 20_000, {"6.3": 1})
    assert similar.compare(budget, "6.3") is None
    elsewhere(5, 20_000, {"6.3": 1})
    found = similar.compare(budget, "6.3")
    assert found is not None
    assert [member.name for member in found.members] == ["Polderwijk", "Plaats 4", "Plaats 5"]


def test_a_year_without_a_size_is_not_compared() -> None:
    assert similar.compare(BudgetFactory(lines={"6.3": 1}), "6.3") is None


def test_classes_of_size_begin_at_their_bound() -> None:
    assert similar.size_class(19_999) == (0, 20_000)
    assert similar.size_class(20_000) == (20_000, 50_000)
    assert similar.size_class(900_000) == (250_000, None)


def test_as_many_statements_for_three_municipalities_as_for_ten(
    budget: Any, django_assert_num_queries: Any
) -> None:
    for number in range(2):
        elsewhere(number, 20_000, {"6.3": 1})
    with django_assert_num_queries(4):
        similar.compare(budget, "6.3")
    for number in range(2, 9):
        elsewhere(number, 20_000, {"6.3": 1})
    with django_assert_num_queries(4):
        found = similar.compare(budget, "6.3")
    assert found is not None
    assert len(found.members) == 10


def test_who_spend_the_same_have_the_same_place_and_only_the_nearest_are_shown(budget: Any) -> None:
    for number, amount in enumerate((9, 8, 7, 7, 2, 1)):
        elsewhere(number, 40_000, {"6.3": amount * 10_000_000})
    found = similar.compare(budget, "6.3")
    assert found is not None
    assert [place for place, _member in found.placed] == [1, 2, 3, 3, 5, 6, 7]
    assert [place for place, _member in found.around] == [3, 3, 5, 6, 7]
    assert found.place == 5
