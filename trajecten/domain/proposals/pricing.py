"""What a proposal costs, in euro, with VAT per rate.

The amount of a line is rounded to cents, so that a column of amounts adds up; the VAT is rounded once per rate,
over the sum of that rate, as on an invoice. Half a cent is rounded away from zero.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Protocol

CENT = Decimal("0.01")


class Priced(Protocol):
    """So many, at so many euro each, without VAT; the rate is in percents."""

    quantity: Decimal
    unit_price: Decimal
    vat_rate: int


@dataclass(frozen=True)
class OfRate:
    """All lines of one rate together."""

    rate: int
    base: Decimal
    vat: Decimal


@dataclass(frozen=True)
class Totals:
    """What it costs: per rate that occurs, the highest first, and altogether."""

    rates: tuple[OfRate, ...]

    @property
    def base(self) -> Decimal:
        return sum((rate.base for rate in self.rates), Decimal("0.00"))

    @property
    def vat(self) -> Decimal:
        return sum((rate.vat for rate in self.rates), Decimal("0.00"))

    @property
    def total(self) -> Decimal:
        return self.base + self.vat


def cents(amount: Decimal) -> Decimal:
    """The amount in whole cents."""
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


def amount_of(line: Priced) -> Decimal:
    """What a line costs without VAT."""
    return cents(line.quantity * line.unit_price)


def totals(lines: Iterable[Priced]) -> Totals:
    """What these lines cost together."""
    bases: dict[int, Decimal] = {}
    for line in lines:
        bases[line.vat_rate] = bases.get(line.vat_rate, Decimal("0.00")) + amount_of(line)
    return Totals(
        tuple(
            OfRate(rate, base, cents(base * rate / 100)) for rate, base in sorted(bases.items(), reverse=True)
        )
    )
