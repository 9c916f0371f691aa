"""No number that is hidden can be reckoned from what is shown: tried against who knows the rule."""

from collections import defaultdict
from collections.abc import Mapping
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trajecten.domain.dashboards.suppression import SMALL, suppress

numbers = st.lists(st.integers(0, 40), min_size=1, max_size=12)


def table(values: list[int] | tuple[int, ...]) -> dict[int, int]:
    return dict(enumerate(values))


def page(*tables: Mapping[int, int]) -> tuple[object, ...]:
    """What is shown, to compare."""
    shown = suppress(*tables)
    return (shown.total, *(tuple(cells.values()) for cells in shown.tables))


@pytest.mark.parametrize(
    ("values", "shown"),
    [
        ([9, 12, 0], [9, 12, 0]),
        ([3, 9, 12], [None, None, 12]),
        ([3, 4, 12], [None, None, 12]),
        ([1, 1, 12], [None, None, None]),
        ([3, 9, 9, 12], [None, None, None, 12]),
        ([4, 4, 5], [None, None, None]),
        ([4, 4], [None, None]),
        ([1, 1, 1, 1, 1, 1], [None] * 6),
        ([2, 0], [None, None]),
        ([0, 0], [0, 0]),
    ],
)
def test_what_is_hidden(values: list[int], shown: list[int | None]) -> None:
    assert list(suppress(table(values)).tables[0].values()) == shown


def test_fewer_than_five_people_are_not_shown_at_all() -> None:
    assert suppress(table([2, 2]), table([4])).total is None
    assert suppress(table([2, 3]), table([5])).total == 5


@given(numbers)
def test_no_small_number_is_shown(values: list[int]) -> None:
    shown = suppress(table(values))
    assert not any(number is not None and 0 < number < SMALL for number in shown.tables[0].values())
    assert shown.total is None or shown.total == sum(values)


@given(numbers)
def test_a_hidden_number_is_never_alone_beside_a_total(values: list[int]) -> None:
    shown = suppress(table(values))
    hidden = [cell for cell, number in shown.tables[0].items() if number is None]
    assert shown.total is None or len(hidden) != 1


@given(numbers, st.randoms())
def test_exchanging_hidden_numbers_changes_nothing_on_the_page(values: list[int], rng: object) -> None:
    shown = suppress(table(values)).tables[0]
    places = [cell for cell, number in shown.items() if number is None]
    exchanged = [values[cell] for cell in places]
    rng.shuffle(exchanged)  # type: ignore[attr-defined]
    other = table(values) | dict(zip(places, exchanged, strict=True))
    assert page(table(values)) == page(other)


@given(numbers)
def test_every_number_that_can_be_shown_safely_is_shown(values: list[int]) -> None:
    """What is hidden beside small numbers is the next larger ones, no others."""
    shown = suppress(table(values))
    if shown.total is not None:
        hidden = [values[cell] for cell, number in shown.tables[0].items() if number is None]
        seen = [number for number in shown.tables[0].values() if number]
        assert not hidden or not seen or max(hidden) < min(seen)


def reckoned(possible: list[tuple[dict[int, int], ...]]) -> list[object]:
    """Pages on which somebody who knows the rule, and tries every possibility, finds a hidden number."""
    by_page = defaultdict(list)
    for tables in possible:
        by_page[page(*tables)].append(tables)
    found = []
    for shown, behind in by_page.items():
        for number, cells in enumerate(shown[1:]):
            for cell, value in enumerate(cells):  # type: ignore[arg-type]
                if value is None and len({tables[number][cell] for tables in behind}) == 1:
                    found.append((shown, number, cell))
    return found


@pytest.mark.parametrize(("cells", "most"), [(1, 12), (2, 14), (3, 11), (4, 8), (5, 6)])
def test_who_knows_the_rule_and_tries_everything_finds_nothing(cells: int, most: int) -> None:
    assert reckoned([(table(values),) for values in product(range(most + 1), repeat=cells)]) == []


def test_two_tables_of_the_same_people_give_nothing_away_together() -> None:
    first = [table(values) for values in product(range(8), repeat=3)]
    second = [table(values) for values in product(range(12), repeat=2)]
    both = [(one, other) for one in first for other in second if sum(one.values()) == sum(other.values())]
    assert reckoned(both) == []


def test_tables_of_other_people_are_refused() -> None:
    with pytest.raises(ValueError):
        suppress(table([1, 2]), table([4]))
