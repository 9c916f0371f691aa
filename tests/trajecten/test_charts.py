"""Bars beside their numbers (trajecten/charts.py, components/bar_table.html)."""

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from tests.templates.markup import Element, tree
from trajecten.charts import BarRow, BarTable, Mark, Part, Series, Tag

KEPT = (Series("kept", "good"), Series("partly", "part"), Series("broken", "bad"))


def chart(*rows: BarRow) -> BarTable:
    return BarTable("promises", "Promises", "Team", KEPT, rows)


def drawn(table: BarTable) -> Element:
    with translation.override("en"):
        return tree(render_to_string("components/bar_table.html", {"chart": table}))


def test_on_one_scale_the_longest_row_fills_the_width() -> None:
    table = chart(BarRow("Green", (6, 2, 0)), BarRow("Streets", (1, 0, 1)))
    assert [parts for _row, _numbers, parts in table.drawn()] == [
        [Part("good", 0, 75), Part("part", 75, 25)],
        [Part("good", 0, 12.5), Part("bad", 12.5, 12.5)],
    ]


@given(st.lists(st.tuples(*[st.integers(0, 10**9)] * 3), max_size=8))
def test_no_bar_is_wider_than_its_cell_and_no_part_covers_another(
    rows: list[tuple[int, int, int]],
) -> None:
    for _row, _numbers, parts in chart(*(BarRow("x", values) for values in rows)).drawn():
        end = 0.0
        for part in parts or ():
            assert part.start == pytest.approx(end, abs=0.01)
            end = part.start + part.width
        assert end <= 100.01


def test_a_number_is_rounded_and_not_cut_off() -> None:
    average = Series("average", "good", decimals=1)
    with translation.override("nl"):
        assert [average.told(number) for number in (3.66, 3.64, 12.0)] == ["3,7", "3,6", "12,0"]


def test_words_and_columns_of_numbers_only_are_no_part_of_the_bar() -> None:
    series = (Series("people", "plain"), Series("live there", "plain", drawn=False), Series("late", "late"))
    table = BarTable("x", "X", "Area", series, [BarRow("A", ("not shown", 9000, 1)), BarRow("B", (2, 1, 1))])
    shown = [([told for _series, told in cells], parts) for _row, cells, parts in table.drawn()]
    assert shown[0][0] == ["not shown", "9.000", "1"]
    assert shown[0][1] == [Part("late", 0, 33.333)]
    assert sum(part.width for part in shown[1][1]) == pytest.approx(100, abs=0.01)


@pytest.mark.parametrize(("value", "at"), [(2.0, 50.0), (0.0, 0.0), (9.0, 99.0)])
def test_a_mark_crosses_every_bar_on_their_scale(value: float, at: float) -> None:
    series = (Series("share", "plain", decimals=1),)
    table = BarTable("x", "X", "Area", series, [BarRow("A", (4.0,))], mark=Mark("all together", value))
    assert table.marked_at == at
    page = drawn(table)
    assert page.one("rect", cls="portal-chart__mark")["x"] == str(at)
    assert "all together" in page.text
    assert "4.0" in page.one("tbody").text


def test_bars_of_a_scale_that_begins_at_1_begin_there() -> None:
    series = (Series("score", "plain", decimals=1), Series("people", "plain", drawn=False))
    rows = [BarRow("A", (3.0, 0)), BarRow("B", (1.0, 2)), BarRow("C", ("not scored", 0))]
    table = BarTable("x", "X", "Stop", series, rows, mark=Mark("the highest", 5.0), begin=1.0)
    assert [parts for _row, _numbers, parts in table.drawn()] == [[Part("plain", 0, 50)], [], None]
    assert table.marked_at == 99.0


def test_a_number_below_the_begin_is_refused_and_so_are_parts_that_do_not_begin_at_0() -> None:
    with pytest.raises(ValueError, match="numbers of 1"):
        BarTable("x", "X", "Stop", (Series("score", "plain"),), [BarRow("A", (0.5,))], begin=1.0)
    with pytest.raises(ValueError, match="one series"):
        BarTable("x", "X", "Stop", KEPT, [], begin=1.0)


def test_where_there_is_no_number_there_is_no_bar() -> None:
    page = drawn(BarTable("x", "X", "Area", (Series("people", "plain"),), [BarRow("A", ("not shown",))]))
    assert page.every("svg") == []
    assert "not shown" in page.text


def test_a_tag_says_with_what_is_compared_how_it_is() -> None:
    page = drawn(chart(BarRow("Green", (6, 2, 0), tag=Tag("hardly heard", "danger"))))
    assert page.one("tbody").one("th").text == "Green hardly heard"


@pytest.mark.parametrize("values", [(1, 2), (1, 2, 3, 4), (1, -1, 0)])
def test_a_row_needs_a_number_of_0_or_more_for_each_series(values: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="Green needs 3 numbers"):
        chart(BarRow("Green", values))


def test_the_table_says_all_that_the_bars_show() -> None:
    page = drawn(chart(BarRow("Green", (6, 2, 0), url="/green/", note="two people")))
    assert page.one("caption").text == "Promises"
    assert [cell.text for cell in page.one("thead").every("th")] == [
        "Team",
        "kept",
        "partly",
        "broken",
        "As a bar",
    ]
    (row,) = page.one("tbody").every("tr")
    assert [cell.text for cell in row.every("td")][:3] == ["kept6", "partly2", "broken0"]
    assert row.one("a")["href"] == "/green/"
    assert row.one("svg")["aria-hidden"] == "true"
    assert [part["width"] for part in row.every("rect")] == ["75.0", "25.0"]
