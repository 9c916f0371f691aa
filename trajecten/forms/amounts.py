"""Amounts as people type them."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

# 1234 | 1.234 | 1234,56 | 1.234,56 | 480,-
DUTCH = re.compile(r"-?(?:\d+|[1-9]\d{0,2}(?:\.\d{3})+)(?:,\d{1,2}|,--?)?")
# 1234.56
PLAIN = re.compile(r"-?\d+\.\d{1,2}")
# 1,234.56: with both marks it can be read in one way only.
ENGLISH = re.compile(r"-?[1-9]\d{0,2}(?:,\d{3})+\.\d{1,2}")
NOT_AN_AMOUNT = _("Write the number like 1.234,56 or 1234,56.")
NO_WHOLE_AMOUNT = _("Write the amount in whole euros, like 12.500.")


class AmountField(forms.DecimalField):
    """A number with at most two decimals, in Dutch notation or with a point before the decimals.

    Three digits after a single point are thousands, as in Dutch: 1.234 is 1234. Three digits after a single comma
    are refused, because it can't be known what was meant; so is a group of thousands that has not three digits.
    """

    widget = forms.TextInput(attrs={"inputmode": "decimal"})

    def __init__(self, **kwargs: Any) -> None:
        messages = {"required": _("Fill in a number."), "invalid": NOT_AN_AMOUNT}
        super().__init__(decimal_places=2, localize=True, error_messages=messages, **kwargs)

    def to_python(self, value: Any) -> Decimal | None:
        if value in self.empty_values or not isinstance(value, str):
            return super().to_python(value)
        return Decimal(plain(value))


class WholeAmountField(AmountField):
    """A number of whole euros, in the notations of ``AmountField``; cents are refused. Gives an int."""

    widget = forms.TextInput(attrs={"inputmode": "text"})

    def to_python(self, value: Any) -> Decimal | None:
        try:
            return super().to_python(value)
        except forms.ValidationError as error:
            raise forms.ValidationError(NO_WHOLE_AMOUNT, code="invalid") from error

    def clean(self, value: Any) -> Any:
        found = super().clean(value)
        if found is not None and found != found.to_integral_value():
            raise forms.ValidationError(_("Write whole euros, without cents."), code="cents")
        return None if found is None else int(found)


def plain(typed: str) -> str:
    """What was typed as Python reads a number; refused (``ValidationError``) when it can be read in no way, or two."""
    words = re.sub(r"[\s€]", "", typed).replace("\N{MINUS SIGN}", "-")
    if DUTCH.fullmatch(words):
        return words.rstrip("-").rstrip(",").replace(".", "").replace(",", ".")
    if PLAIN.fullmatch(words) or ENGLISH.fullmatch(words):
        return words.replace(",", "")
    raise forms.ValidationError(NOT_AN_AMOUNT, code="invalid")
