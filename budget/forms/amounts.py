"""Fields for amounts in a round's unit."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from budget.domain.alternatives import amounts

# More than any municipality has, and well within what the database holds.
MOST = 10**12


class AmountField(forms.CharField):
    """A whole number of units from 0, with or without dots between the thousands."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    default_error_messages = {
        "required": _("Fill in an amount."),
        "invalid": _("Fill in a whole number, for example 1250."),
    }

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        try:
            number = amounts.read(text, 0)
        except amounts.NotAnAmount:
            number = -1
        if not 0 <= number <= MOST:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return number


class ChangeField(forms.CharField):
    """What somebody does with one line: a new amount, a change or a percentage; cleaned to the change."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})

    def __init__(self, *, baseline: int, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=40, **kwargs)
        self.baseline = baseline

    def clean(self, value: Any) -> Any:
        try:
            return amounts.read(super().clean(value), self.baseline)
        except amounts.NotAnAmount as error:
            raise ValidationError(str(error), code="invalid") from error
