"""Money of the whole municipality over its areas, by a stated key."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budget.domain import area_keys
from budget.domain.figures import areas as areas_of
from budget.domain.figures.dividing import divide
from budget.domain.figures.totals import totals
from budget.enums import AreaKeyKind
from budget.models import AreaBooking, AreaKey, AreaKeyUse, AreaWeight
from tests.factories.budget import BudgetFactory, ProgrammeFactory
from tests.factories.core import AreaFactory
from trajecten.enums import AreaKind
from trajecten.models import Area

LINES = {"5.7": 1001, "6.3": 500}


@given(st.integers(-(10**9), 10**9), st.lists(st.integers(0, 10**6), min_size=1, max_size=20).filter(any))
def test_parts_add_up_and_are_less_than_one_euro_off(amount: int, weights: list[int]) -> None:
    parts = divide(amount, weights)
    assert sum(parts) == amount
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - amount * weight / sum(weights)) < 1 + 1e-6
        assert part == 0 or weight


def test_the_largest_remainder_gets_the_last_euro() -> None:
    assert divide(10, [1, 1, 1]) == [4, 3, 3]
    assert divide(100, [1, 2, 4]) == [14, 29, 57]
    assert divide(-10, [1, 1, 1]) == [-4, -3, -3]


def test_weights_below_0_or_all_0_divide_nothing() -> None:
    for weights in ([1, -1], [0, 0]):
        with pytest.raises(ValueError, match="Weights"):
            divide(10, weights)


@pytest.fixture
def budget(in_scope: Any) -> Any:
    return BudgetFactory(lines=LINES)


def divided(budget: Any, code: str, level: str = AreaKind.WIJK) -> Any:
    return areas_of.divided(budget, totals(budget), code, level)


def test_without_a_key_by_inhabitants_and_the_areas_are_the_whole(budget: Any, areas: list[Any]) -> None:
    found = divided(budget, "5.7")
    assert [(area.name, amount) for area, amount in found.shares] == [("De Linde", 501), ("Oostpolder", 500)]
    assert [(part.key.kind, part.amount) for part in found.keys] == [(AreaKeyKind.INHABITANTS, 1001)]
    assert found.undivided == 0


def test_an_area_of_which_nobody_knows_its_people_gets_nothing_and_is_told(
    budget: Any, areas: list[Any]
) -> None:
    empty = AreaFactory(name="Bedrijventerrein", inhabitants=None, households=None)
    found = divided(budget, "5.7")
    assert found.without_people == (empty,)
    assert empty not in [area for area, _amount in found.shares]
    assert sum(found.amounts.values()) == 1001


def test_nobody_in_any_area_and_nothing_can_be_divided(in_scope: Any, budget: Any) -> None:
    Area.objects.update(inhabitants=None)
    found = divided(budget, "5.7")
    assert (found.shares, found.undivided) == ([], 1001)


def test_each_line_by_its_own_key_the_nearest_in_what_it_is_part_of(budget: Any, areas: list[Any]) -> None:
    linde, polder = areas
    own = AreaKey.objects.create(
        municipality=budget.municipality, name="Groen", kind=AreaKeyKind.OWN, source="Beheerkaart"
    )
    for area, weight in ((linde, 3), (polder, 1)):
        AreaWeight.objects.create(municipality=budget.municipality, key=own, area=area, weight=weight)
    AreaKeyUse.objects.create(municipality=budget.municipality, task_field="5.7", key=own)
    assert divided(budget, "5.7").amounts == {linde.pk: 751, polder.pk: 250}
    assert divided(budget, "6.3").amounts == {linde.pk: 250, polder.pk: 250}
    part = BudgetFactory(year=2025, lines={"5.71": 400})
    assert divided(part, "5.7").amounts == {linde.pk: 300, polder.pk: 100}


def test_weights_of_buurten_count_for_their_wijk(budget: Any, areas: list[Any]) -> None:
    linde, polder = areas
    parts = [AreaFactory(buurt=True, parent=parent) for parent in (linde, linde, polder)]
    key = area_keys.keep(
        key=AreaKey(municipality=budget.municipality),
        by=None,
        name="Lantaarns",
        kind=AreaKeyKind.OWN,
        source="Telling",
        weights={area: Decimal(1) for area in parts},
    )
    area_keys.use(municipality=budget.municipality, by=None, keys={"5.7": key})
    assert divided(budget, "5.7").amounts == {linde.pk: 667, polder.pk: 334}
    assert divided(budget, "5.7", AreaKind.BUURT).amounts == dict(
        zip([part.pk for part in parts], (334, 334, 333), strict=True)
    )


def test_bookings_are_what_was_booked_and_the_rest_is_undivided(budget: Any, areas: list[Any]) -> None:
    key = AreaKey.objects.create(
        municipality=budget.municipality, name="Boekingen", kind=AreaKeyKind.BOOKINGS, source="Grootboek"
    )
    AreaKeyUse.objects.create(municipality=budget.municipality, task_field="5", key=key)
    AreaBooking.objects.create(
        municipality=budget.municipality, budget=budget, task_field="5.7", area=areas[1], amount=600
    )
    found = divided(budget, "5.7")
    assert found.amounts == {areas[1].pk: 600}
    assert found.undivided == 401


@pytest.fixture
def book(budget: Any) -> Any:
    """Books amounts in areas, on a task field that is divided as it was booked."""

    def made(field: str, amounts: dict[Any, int]) -> None:
        own = {"municipality": budget.municipality}
        key, _made = AreaKey.objects.get_or_create(
            name="Boekingen", kind=AreaKeyKind.BOOKINGS, source="Grootboek", **own
        )
        AreaKeyUse.objects.get_or_create(task_field=field, key=key, **own)
        for area, amount in amounts.items():
            AreaBooking.objects.create(budget=budget, task_field=field, area=area, amount=amount, **own)

    return made


def test_what_was_booked_in_areas_of_before_is_not_divided(budget: Any, areas: list[Any], book: Any) -> None:
    """They are on no page, so their money would be nowhere."""
    linde = areas[0]
    old = AreaFactory(year=linde.year - 1)
    parts = [AreaFactory(buurt=True, parent=parent, year=parent.year) for parent in (linde, old)]
    book("5.7", {linde: 100, old: 400, parts[0]: 20, parts[1]: 30})
    found = divided(budget, "5.7")
    assert (found.amounts, found.undivided) == ({linde.pk: 120}, 881)
    by_buurt = divided(budget, "5.7", AreaKind.BUURT)
    assert (by_buurt.amounts, by_buurt.undivided) == ({parts[0].pk: 20}, 981)


def test_more_booked_than_the_figures_have_is_told_apart(budget: Any, areas: list[Any], book: Any) -> None:
    book("5.7", {areas[0]: 1500, areas[1]: -100})
    book("6.3", {areas[1]: 200})
    found = areas_of.of_programme(
        budget,
        totals(budget),
        ProgrammeFactory(shares={"5.7": 1, "6.3": 1}, municipality=budget.municipality),
    )
    assert found is not None
    assert found.amounts == {areas[0].pk: 1500, areas[1].pk: 100}
    assert (found.undivided, found.overbooked) == (300, 399)
    assert sum(found.amounts.values()) + found.undivided - found.overbooked == 1501


def test_of_bookings_a_programme_has_its_part_of_each_line_and_loses_no_euro(
    budget: Any, areas: list[Any], book: Any
) -> None:
    third = AreaFactory(year=areas[0].year)
    book("5.7", {areas[0]: 333, areas[1]: 333, third: 335})
    book("6.3", {third: 500})
    programme = ProgrammeFactory(municipality=budget.municipality, shares={"5.7": "0.5", "6.3": 1})
    found = areas_of.of_programme(budget, totals(budget), programme)
    assert found is not None
    assert found.amounts == {areas[0].pk: 167, areas[1].pk: 166, third.pk: 168 + 500}
    assert (found.undivided, found.overbooked) == (0, 0)


def test_no_areas_no_division(budget: Any) -> None:
    Area.objects.all().delete()
    assert divided(budget, "5.7") is None


def test_as_many_statements_whatever_the_keys_and_areas(
    budget: Any, areas: list[Any], django_assert_num_queries: Any
) -> None:
    found = totals(BudgetFactory(year=2025, lines={f"5.{n}": 10 for n in range(1, 8)}))
    for number in range(1, 8):
        key = AreaKey.objects.create(
            municipality=budget.municipality, name=f"Sleutel {number}", kind=AreaKeyKind.OWN, source="Zelf"
        )
        AreaWeight.objects.create(municipality=budget.municipality, key=key, area=areas[0], weight=number)
        AreaKeyUse.objects.create(municipality=budget.municipality, task_field=f"5.{number}", key=key)
    for number in range(20):
        AreaFactory(code=f"WK9901{30 + number}")
    with django_assert_num_queries(3):
        division = areas_of.divided(budget, found, "5")
    assert division is not None
    assert len(division.keys) == 7


def test_a_key_without_source_weight_or_own_name_is_refused(budget: Any, areas: list[Any]) -> None:
    def keep(**parts: Any) -> AreaKey:
        own = {"name": "Groen", "kind": AreaKeyKind.OWN, "source": "Kaart", "weights": {areas[0]: Decimal(1)}}
        return area_keys.keep(key=AreaKey(municipality=budget.municipality), by=None, **{**own, **parts})

    for field, parts in (("source", {"source": " "}), ("rows", {"weights": {areas[0]: Decimal(0)}})):
        with pytest.raises(area_keys.KeyRefused) as refused:
            keep(**parts)
        assert refused.value.field == field
    keep()
    with pytest.raises(area_keys.KeyRefused) as refused:
        keep()
    assert refused.value.field == "name"
    assert AreaKey.objects.count() == 1


def test_a_programme_that_rows_name_is_what_they_say_in_the_areas_too(budget: Any, areas: list[Any]) -> None:
    programme = ProgrammeFactory(municipality=budget.municipality, code="1", shares={"5.7": 1})
    budget.lines.filter(task_field="6.3").update(programme="1")
    found = areas_of.of_programme(budget, totals(budget), programme)
    assert found is not None
    assert [(part.fields, part.amount) for part in found.keys] == [(["6.3"], 500)]


def test_a_programme_takes_its_part_of_each_task_field(budget: Any, areas: list[Any]) -> None:
    programme = ProgrammeFactory(municipality=budget.municipality, shares={"5.7": "0.5", "6.3": 1})
    found = areas_of.of_programme(budget, totals(budget), programme)
    assert found is not None
    assert sum(amount for _area, amount in found.shares) == 501 + 500
    assert [part.amount for part in found.keys] == [1001]
    nothing = ProgrammeFactory(municipality=budget.municipality, shares={"2.1": 1})
    assert areas_of.of_programme(budget, totals(budget), nothing) is None
    key = AreaKey.objects.create(
        municipality=budget.municipality, name="Geboekt", kind=AreaKeyKind.BOOKINGS, source="Beheer"
    )
    AreaKeyUse.objects.create(municipality=budget.municipality, task_field="5.7", key=key)
    own = {"municipality": budget.municipality, "budget": budget, "task_field": "5.7"}
    AreaBooking.objects.create(area=areas[0], amount=800, **own)
    half = areas_of.of_programme(budget, totals(budget), programme)
    assert half is not None
    assert {area.name: amount for area, amount in half.shares}["De Linde"] == 400 + 250
    assert half.undivided == 501 - 400
