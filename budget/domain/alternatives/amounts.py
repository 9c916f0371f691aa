"""Amounts of a round, which are in its unit, as people read and write them."""

import re
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from trajecten import money

# "69.375", "+ 100", "-5%", "€ 1.000"; a comma only in a percentage.
TYPED = re.compile(r"^([+-]?)(\d+(?:[.,]\d+)*)(%?)$")
NICE = (1, 2, 5)


class NotAnAmount(ValueError):
    """What was typed is no amount; the text says what is asked."""


def euro(amount: int, unit: int) -> str:
    """The amount in whole euro: "€ 68.875.000" in Dutch, with a space that does not break."""
    return money.whole(amount * unit)


def change(amount: int, unit: int) -> str:
    """A change in whole euro, with its sign: "+ € 500.000"."""
    return money.change(amount * unit) if amount else _("as it is")


def percent(amount: int, baseline: int) -> Decimal:
    """The change as a percentage of the baseline, with one decimal."""
    if not baseline:
        return Decimal()
    return (Decimal(100 * amount) / baseline).quantize(Decimal("0.1"), ROUND_HALF_UP)


def step(baseline: int) -> int:
    """By how much one press of plus or minus moves a line: some percent of it, as 1, 2 or 5 with zeros behind."""
    wanted = max(1, baseline // 100)
    size = 10 ** (len(str(wanted)) - 1)
    return max(nice * size for nice in NICE if nice * size <= wanted)


def read(typed: str, baseline: int) -> int:
    """The change that somebody means: a new amount ("69.375"), a change ("+100", "-100") or a percentage ("-5%").

    Whole units; dots and spaces in a number group it. Empty is no change. Raises ``NotAnAmount``.
    """
    text = re.sub(r"[\s€]", "", typed).replace("\N{MINUS SIGN}", "-").replace("\N{EN DASH}", "-")
    if not text:
        return 0
    found = TYPED.match(text)
    if not found:
        raise NotAnAmount(_("Fill in a whole number, for example 1250, +100 or -5%."))
    sign, digits, is_percent = found.groups()
    if is_percent:
        return _of_percent(sign, digits, baseline)
    if "," in digits or not re.fullmatch(r"\d+|\d{1,3}(\.\d{3})+", digits):
        raise NotAnAmount(_("Fill in a whole number, for example 1250, +100 or -5%."))
    number = int(digits.replace(".", ""))
    if number > 10**12:
        raise NotAnAmount(_("This number is too large."))
    if sign:
        return number if sign == "+" else -number
    return number - baseline


def _of_percent(sign: str, digits: str, baseline: int) -> int:
    if not re.fullmatch(r"\d{1,4}([.,]\d{1,3})?", digits):
        raise NotAnAmount(_("Fill in a percentage, for example +2,5% or -5%."))
    part = Decimal(digits.replace(",", ".")) * baseline / 100
    whole = int(part.quantize(Decimal(1), ROUND_HALF_UP))
    return -whole if sign == "-" else whole
