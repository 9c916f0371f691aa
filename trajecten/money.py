"""How whole amounts of money are written."""

from django.utils.formats import number_format


def whole(amount: float) -> str:
    """The amount without cents: "€ 12.500" in Dutch, with spaces that do not break and a real minus sign."""
    amount = round(amount)
    sign = "\N{MINUS SIGN}" if amount < 0 else ""
    return f"{sign}€\N{NO-BREAK SPACE}{number_format(abs(amount), decimal_pos=0, force_grouping=True)}"


def change(amount: int) -> str:
    """A change with its sign: "+ € 12.500", "− € 12.500"; without one where nothing changes."""
    if amount == 0:
        return whole(0)
    sign = "+" if amount > 0 else "\N{MINUS SIGN}"
    return f"{sign}\N{NO-BREAK SPACE}{whole(abs(amount))}"
