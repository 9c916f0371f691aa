"""What a proposal costs: VAT per rate, rounded half up to cents."""

from dataclasses import dataclass
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trajecten.domain.proposals import pricing
from trajecten.enums import VatRate


@dataclass(frozen=True)
class Line:
    quantity: Decimal
    unit_price: Decimal
    vat_rate: int


def line(quantity: str, price: str, rate: int = 21) -> Line:
    return Line(Decimal(quantity), Decimal(price), rate)


LINES = st.lists(
    st.builds(
        Line,
        quantity=st.decimals(0, 1000, places=2),
        unit_price=st.decimals(-5000, 50000, places=2),
        vat_rate=st.sampled_from(VatRate.values),
    ),
    max_size=12,
)


@given(LINES)
def test_the_sums_add_up(lines: list[Line]) -> None:
    totals = pricing.totals(lines)
    assert totals.base == sum((pricing.amount_of(each) for each in lines), Decimal(0))
    assert totals.total == totals.base + sum((rate.vat for rate in totals.rates), Decimal(0))
    assert [rate.rate for rate in totals.rates] == sorted({each.vat_rate for each in lines}, reverse=True)
    for amount in (totals.base, totals.vat, totals.total):
        assert amount == amount.quantize(Decimal("0.01"))


@given(LINES)
def test_the_vat_of_a_rate_is_at_most_half_a_cent_off(lines: list[Line]) -> None:
    for rate in pricing.totals(lines).rates:
        assert abs(rate.vat - rate.base * rate.rate / 100) <= Decimal("0.005")


@given(LINES, st.randoms())
def test_the_order_of_the_lines_changes_nothing(lines: list[Line], random: object) -> None:
    mixed = list(lines)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert pricing.totals(mixed) == pricing.totals(lines)


@pytest.mark.parametrize(
    ("amount", "rounded"),
    [("0.005", "0.01"), ("0.004999", "0.00"), ("2.675", "2.68"), ("-0.005", "-0.01"), ("1", "1.00")],
)
def test_half_a_cent_is_rounded_away_from_zero(amount: str, rounded: str) -> None:
    assert str(pricing.cents(Decimal(amount))) == rounded


def test_vat_is_rounded_once_per_rate_and_not_per_line() -> None:
    totals = pricing.totals([line("1", "0.12"), line("1", "0.12"), line("1", "0.12")])
    assert totals.vat == Decimal("0.08")  # 0.0756; three times 0.0252 rounded would be 0.09


def test_three_rates() -> None:
    totals = pricing.totals([line("2.5", "480"), line("1", "100", 9), line("3", "20", 0)])
    assert [(rate.rate, rate.base, rate.vat) for rate in totals.rates] == [
        (21, Decimal("1200.00"), Decimal("252.00")),
        (9, Decimal("100.00"), Decimal("9.00")),
        (0, Decimal("60.00"), Decimal("0.00")),
    ]
    assert totals.total == Decimal("1621.00")


def test_nothing_costs_nothing() -> None:
    assert pricing.totals([]).total == Decimal("0.00")
