"""Amounts as people type them (trajecten/forms/amounts.py)."""

from decimal import Decimal
from typing import Any

import pytest
from django import forms
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from trajecten.forms.amounts import AmountField


class AmountForm(forms.Form):
    amount = AmountField(min_value=-1_000_000, max_value=10_000_000)


def read(typed: str) -> Any:
    return AmountField().clean(typed)


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("1.234,56", "1234.56"),
        ("1234,56", "1234.56"),
        ("1234.56", "1234.56"),
        ("1,234.56", "1234.56"),
        ("1.234", "1234"),
        ("1.234.567", "1234567"),
        ("12.5", "12.5"),
        ("12,5", "12.5"),
        ("0.50", "0.50"),
        ("0,5", "0.5"),
        ("480", "480"),
        ("480,-", "480"),
        ("480,--", "480"),
        ("€ 1.234,56", "1234.56"),
        ("€\N{NO-BREAK SPACE}480", "480"),
        ("-25,00", "-25.00"),
        ("\N{MINUS SIGN}25", "-25"),
        ("007", "7"),
    ],
)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_an_amount_means_the_same_in_every_language(language: str, typed: str, amount: str) -> None:
    with translation.override(language):
        assert read(typed) == Decimal(amount)


@pytest.mark.parametrize(
    "typed",
    [
        "1,234",
        "1.23,45",
        "1.2345,00",
        "12.34.56",
        "0.500",
        "1,2,3",
        "1,234,567",
        "1.234,567",
        "12,345.6.7",
        "1234.567",
        "veel",
        "1e3",
        "NaN",
        "-",
        ",50",
        "5,",
        "1 234x",
        "²",
    ],
)
def test_what_can_be_read_in_no_way_or_in_two_is_refused_with_an_example(typed: str) -> None:
    with translation.override("en"), pytest.raises(forms.ValidationError, match=r"1\.234,56 or 1234,56"):
        read(typed)


@given(st.decimals(min_value=-1_000_000, max_value=10_000_000, places=2))
def test_what_the_field_shows_it_reads_back(amount: Decimal) -> None:
    for language in ("nl", "en"):
        with translation.override(language):
            shown = AmountForm(initial={"amount": amount})["amount"].value()
            widget = AmountForm.base_fields["amount"].widget
            assert read(str(widget.format_value(shown))) == amount


def test_limits_and_emptiness() -> None:
    with translation.override("en"):
        assert AmountForm({"amount": ""}).errors["amount"] == ["Fill in a number."]
        assert "10000000" in AmountForm({"amount": "10.000.001"}).errors["amount"][0].replace(",", "")
