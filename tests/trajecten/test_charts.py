"""Bars beside their numbers (trajecten/charts.py, components/bar_table.html)."""

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from tests.templates.markup import Element, tree
from trajecten.charts import BarRow, BarTable, Part, Scale, Series

KEPT = (Series("kept", "good"), Series("partly", "part"), Series("broken", "bad"))


def chart(*rows: BarRow, scale: Scale = "amounts") -> BarTable:
    return BarTable("promises", "Promises", "Team", KEPT, rows, scale)


def drawn(table: BarTable) -> Element:
    with translation.override("en"):
        return tree(render_to_string("components/bar_table.html", {"chart": table}))


def test_on_one_scale_the_longest_row_fills_the_width() -> None:
    table = chart(BarRow("Green", (6, 2, 0)), BarRow("Streets", (1, 0, 1)))
    assert [parts for _row, _numbers, parts in table.drawn()] == [
        [Part("good", 0, 75), Part("part", 75, 25)],
        [Part("good", 0, 12.5), Part("bad", 12.5, 12.5)],
    ]


def test_shares_fill_the_width_in_every_row_that_has_anything() -> None:
    table = chart(
        BarRow("Green", (6, 2, 0)), BarRow("Streets", (1, 0, 1)), BarRow("Water", (0, 0, 0)), scale="shares"
    )
    assert [sum(part.width for part in parts) for _row, _numbers, parts in table.drawn()] == [100, 100, 0]


@given(st.lists(st.tuples(*[st.integers(0, 10**9)] * 3), max_size=8), st.sampled_from(["amounts", "shares"]))
def test_no_bar_is_wider_than_its_cell_and_no_part_covers_another(
    rows: list[tuple[int, int, int]], scale: Scale
) -> None:
    for _row, _numbers, parts in chart(*(BarRow("x", values) for values in rows), scale=scale).drawn():
        end = 0.0
        for part in parts:
            assert part.start == pytest.approx(end, abs=0.01)
            end = part.start + part.width
        assert end <= 100.01


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
