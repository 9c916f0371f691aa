"""Rectangles of a whole, columns over years, and a place among others."""

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from tests.templates.markup import tree
from trajecten import money
from trajecten.charts import Series
from trajecten.columns import HEIGHT, ColumnChart, ColumnRow
from trajecten.strip import Strip
from trajecten.treemap import Block, Treemap, squarified


@given(st.lists(st.floats(1, 1e5), min_size=1, max_size=40), st.floats(50, 2000), st.floats(50, 2000))
def test_the_rectangles_are_as_large_as_their_values_and_within_the_whole(
    values: list[float], width: float, height: float
) -> None:
    ordered = sorted(values, reverse=True)
    rects = squarified(ordered, width, height)
    total, whole = sum(ordered), width * height
    for value, rect in zip(ordered, rects, strict=True):
        assert rect.width * rect.height == pytest.approx(whole * value / total, rel=1e-6, abs=whole * 1e-9)
        assert rect.x + rect.width <= width * (1 + 1e-9) + 1e-6
        assert rect.y + rect.height <= height * (1 + 1e-9) + 1e-6


def test_the_example_of_the_paper() -> None:
    rects = squarified([6, 6, 4, 3, 2, 2, 1], 6, 4)
    assert [(round(each.x, 2), round(each.y, 2)) for each in rects] == [
        (0, 0), (0, 2), (3, 0), (4.71, 0), (3, 2.33), (4.2, 2.33), (5.4, 2.33),
    ]  # fmt: skip


def test_no_two_rectangles_cover_each_other() -> None:
    rects = squarified([40, 30, 12, 8, 5, 3, 1, 1], 328, 480)
    for place, one in enumerate(rects):
        for other in rects[place + 1 :]:
            beside = one.x + one.width <= other.x + 1e-6 or other.x + other.width <= one.x + 1e-6
            under = one.y + one.height <= other.y + 1e-6 or other.y + other.height <= one.y + 1e-6
            assert beside or under


def test_values_that_rise_or_are_nothing_are_refused() -> None:
    for values in ([1, 2], [1, 0], [-1]):
        with pytest.raises(ValueError, match="above 0"):
            squarified(values, 10, 10)


def test_each_part_is_a_link_with_its_words_once_for_each_width() -> None:
    blocks = [
        Block("Social domain", 80, "€ 80", "/6/"),
        Block("Economy", 20, "€ 20", "/3/"),
        Block("Minus", -5, "− € 5", "/0/"),
    ]
    found = tree(render_to_string("components/treemap.html", {"map": Treemap("x", "What", blocks)}))
    links = found.every("a")
    assert [link["href"] for link in links] == ["/6/", "/3/"] * 2
    assert links[0]["aria-label"] == "Social domain € 80"


def test_words_that_do_not_fit_are_left_out() -> None:
    drawing = Treemap("x", "X", [Block("Verslavingszorginstelling", 99.9, "€ 1"), Block("Klein", 0.1, "€ 1")])
    wide, narrow = drawing.drawings
    assert [len(tile.lines) for tile in wide.tiles] == [2, 0]
    tight = Treemap("x", "X", [Block("Groot", 85, "€ 9"), Block("Volksgezondheid", 15, "€ 1")]).drawings[0]
    assert [(tile.is_small, len(tile.lines)) for tile in tight.tiles] == [(False, 2), (True, 2)]
    for tile in (*wide.tiles, *narrow.tiles):
        for _line, _x, y in tile.lines:
            assert y < tile.rect.y + tile.rect.height


def test_where_the_name_is_too_long_the_amount_stays() -> None:
    blocks = [Block("Groot", 85, "€ 9"), Block("Volkshuisvestingsbeleid", 15, "€ 1")]
    large, long = Treemap("x", "X", blocks).drawings[0].tiles
    assert (large.is_named, long.is_named) == (True, False)
    assert [text for text, _x, _y in long.lines] == ["€ 1"]
    found = tree(render_to_string("components/treemap.html", {"map": Treemap("x", "X", blocks)}))
    assert [title.text for title in found.every("title")][:1] == ["Volkshuisvestingsbeleid € 1"]


def test_columns_stand_on_one_scale_and_nothing_is_drawn_below_zero() -> None:
    series = (Series("plan", "open"), Series("spent", "good"))
    rows = [ColumnRow("2024", (50, 100)), ColumnRow("2025", (-3, None))]
    chart = ColumnChart("x", "X", "Year", series, rows)
    assert [(column.tone, column.height) for column in chart.columns] == [
        ("open", HEIGHT / 2),
        ("good", HEIGHT),
    ]
    with translation.override("en"):
        page = tree(render_to_string("components/column_chart.html", {"chart": chart}))
    assert [cell.text for cell in page.every("td")] == ["50", "100", "-3", "–"]


def test_a_row_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="2024"):
        ColumnChart("x", "X", "Year", (Series("plan", "open"),), [ColumnRow("2024", (1, 2))])


def test_the_strip_runs_from_0_to_the_highest() -> None:
    found = Strip([0, 50, 100], own=50, middle=50)
    assert found.dots == [3.0, 50.0, 97.0]
    assert (found.own_at, found.middle_at) == (50.0, 50.0)
    assert Strip([0, 0], own=0, middle=0).dots == [3.0, 3.0]


@pytest.mark.parametrize(
    ("amount", "told"),
    [
        (68_875_000, "€ 68.9 million"),
        (1_240_000_000, "€ 1.2 billion"),
        (999_960_000, "€ 1 billion"),
        (612_345, "€ 612,000"),
        (999_700, "€ 1 million"),
        (850.4, "€ 850"),
        (-68_875_000, "− € 68.9 million"),
        (0, "€ 0"),
    ],
)
def test_large_amounts_are_told_as_people_say_them(amount: float, told: str) -> None:
    with translation.override("en"):
        assert money.about(amount).replace("\xa0", " ") == told
        assert money.whole(1234.6).replace("\xa0", " ") == "€ 1,235"
