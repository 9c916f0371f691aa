"""Amounts as people write and read them."""

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from budget.domain.alternatives import amounts
from budget.domain.alternatives.judging import Change
from budget.models import RoundLine
from budget.views.alternatives.lines import Moved


@pytest.mark.parametrize(
    ("typed", "change"),
    [
        ("", 0),
        ("1250", 250),
        ("1.250", 250),
        ("€ 900", -100),
        ("+100", 100),
        ("-1.000", -1000),
        ("\N{MINUS SIGN} 100", -100),
        ("-5%", -50),
        ("+2,55%", 26),
        ("0,05 %", 1),
    ],
)
def test_what_is_typed_is_a_new_amount_a_change_or_a_percentage(typed: str, change: int) -> None:
    assert amounts.read(typed, 1000) == change


@pytest.mark.parametrize("typed", ["veel", "1,5", "1.25", "--3", "5%%", "1e5", "10000000000000"])
def test_what_is_no_amount_is_refused(typed: str) -> None:
    with pytest.raises(amounts.NotAnAmount):
        amounts.read(typed, 1000)


@given(baseline=st.integers(1, 10**10), change=st.integers(-(10**10), 10**10))
def test_what_a_page_shows_is_read_as_the_same(baseline: int, change: int) -> None:
    if baseline + change >= 0:
        assert amounts.read(str(baseline + change), baseline) == change
    assert amounts.read(f"{change:+}", baseline) == change


def test_amounts_are_told_in_whole_euros() -> None:
    with translation.override("nl"):
        assert amounts.euro(68875, 1000) == "€\N{NO-BREAK SPACE}68.875.000"
        assert amounts.change(-5, 100) == "\N{MINUS SIGN}\N{NO-BREAK SPACE}€\N{NO-BREAK SPACE}500"


def test_a_change_is_told_with_its_sign_before_the_amount() -> None:
    less = Moved(RoundLine(baseline=2391), Change(-100), 1000, 31_000)
    more = Moved(RoundLine(baseline=1247), Change(100), 1000, 0)
    with translation.override("nl"):
        assert (less.percent, less.each.replace("\N{NO-BREAK SPACE}", " ")) == ("−4,2%", "− € 3,23")
        assert (more.percent, more.each) == ("+8,0%", "")
        many = Moved(RoundLine(baseline=10_000), Change(1000), 1000, 3)
        assert many.each.replace("\N{NO-BREAK SPACE}", " ") == "+ € 333.333,33"


@pytest.mark.parametrize(("baseline", "step"), [(5, 1), (199, 1), (250, 2), (68875, 500), (100_000, 1000)])
def test_a_press_moves_a_line_by_about_a_percent(baseline: int, step: int) -> None:
    assert amounts.step(baseline) == step
