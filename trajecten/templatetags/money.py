"""Amounts of money as people read them."""

from decimal import Decimal

from django import template
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from trajecten import money

register = template.Library()


@register.filter
def euro(amount: Decimal) -> str:
    """The amount with cents: "€ 1.234,50" in Dutch, with a space that does not break."""
    return f"€\N{NO-BREAK SPACE}{number_format(amount, decimal_pos=2, force_grouping=True)}"


register.filter("whole_euro", money.whole)
register.filter("euro_change", money.change)

MILLIARD, MILLION, THOUSAND = 10**9, 10**6, 10**3


@register.filter
def about_euro(amount: float) -> str:
    """A large amount as people say it: "€ 1,2 miljard", "€ 68,9 miljoen", "€ 612.000", "€ 850"."""
    size = abs(amount)
    if round(size / MILLION, 1) >= THOUSAND:
        return _("%(amount)s billion") % {"amount": _euro_of(amount / MILLIARD, 1)}
    if round(size / THOUSAND) >= THOUSAND:
        return _("%(amount)s million") % {"amount": _euro_of(amount / MILLION, 1)}
    return _euro_of(round(amount, -3) if size >= 10 * THOUSAND else amount, 0)


def _euro_of(amount: float, decimals: int) -> str:
    told = number_format(round(abs(amount), decimals), decimal_pos=decimals, force_grouping=True)
    minus = "\N{MINUS SIGN}" if round(amount, decimals) < 0 else ""
    return f"{minus}€\N{NO-BREAK SPACE}{told}"


@register.filter
def quantity(number: Decimal) -> str:
    """The number without zeros that say nothing: "2" or "1,5"."""
    whole = number == number.to_integral_value()
    return number_format(number.quantize(Decimal(1)) if whole else number.normalize(), force_grouping=True)
