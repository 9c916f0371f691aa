"""How whole amounts of money are written."""

from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _

MILLIARD, MILLION, THOUSAND = 10**9, 10**6, 10**3
MINUS = "\N{MINUS SIGN}"
BELOW_ZERO = f"{MINUS}\N{NO-BREAK SPACE}"


def whole(amount: float) -> str:
    """The amount without cents: "€ 12.500" or "− € 12.500" in Dutch, with spaces that do not break."""
    amount = round(amount)
    sign = BELOW_ZERO if amount < 0 else ""
    return f"{sign}€\N{NO-BREAK SPACE}{number_format(abs(amount), decimal_pos=0, force_grouping=True)}"


def about(amount: float) -> str:
    """A large amount as people say it: "€ 1,2 miljard", "€ 68,9 miljoen", "€ 55 miljoen", "€ 612.000", "€ 850"."""
    size = abs(amount)
    if round(size / MILLION, 1) >= THOUSAND:
        return _("%(amount)s billion") % {"amount": _with_one_decimal(amount / MILLIARD)}
    if round(size / THOUSAND) >= THOUSAND:
        return _("%(amount)s million") % {"amount": _with_one_decimal(amount / MILLION)}
    return whole(round(amount, -3) if size >= 10 * THOUSAND else amount)


def _with_one_decimal(amount: float) -> str:
    shown = round(abs(amount), 1)
    told = number_format(shown, decimal_pos=0 if shown.is_integer() else 1, force_grouping=True)
    return f"{BELOW_ZERO if round(amount, 1) < 0 else ''}€\N{NO-BREAK SPACE}{told}"


def sign(amount: float | Decimal) -> str:
    """What stands before a change: plus, the minus sign of typography, or nothing."""
    return MINUS if amount < 0 else "+" if amount else ""


def change_in_cents(amount: Decimal) -> str:
    """A change with its sign and two digits, rounded: "− € 3,22"; "€ 0,00" where nothing changes."""
    rounded = round(amount, 2)
    told = number_format(abs(rounded), decimal_pos=2, force_grouping=True)
    return f"{sign(rounded)}\N{NO-BREAK SPACE}€\N{NO-BREAK SPACE}{told}".strip()


def change(amount: int) -> str:
    """A change with its sign: "+ € 12.500", "− € 12.500"; without one where nothing changes."""
    return f"+\N{NO-BREAK SPACE}{whole(amount)}" if amount > 0 else whole(amount)
