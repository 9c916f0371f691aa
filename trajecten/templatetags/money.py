"""Amounts of money as people read them."""

from decimal import Decimal

from django import template
from django.utils.formats import number_format

from trajecten import money

register = template.Library()


@register.filter
def euro(amount: Decimal) -> str:
    """The amount with cents: "€ 1.234,50" in Dutch, with a space that does not break."""
    return f"€\N{NO-BREAK SPACE}{number_format(amount, decimal_pos=2, force_grouping=True)}"


register.filter("whole_euro", money.whole)
register.filter("euro_change", money.change)
register.filter("about_euro", money.about)


@register.filter
def size_of_euro(amount: int) -> str:
    """The whole amount without its sign."""
    return money.whole(abs(amount))


@register.filter
def quantity(number: Decimal) -> str:
    """The number without zeros that say nothing: "2" or "1,5"."""
    whole = number == number.to_integral_value()
    return number_format(number.quantize(Decimal(1)) if whole else number.normalize(), force_grouping=True)
