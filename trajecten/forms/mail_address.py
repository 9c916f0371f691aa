"""A field for a mail address."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from trajecten.validators import LONGEST_EMAIL, NOT_AN_EMAIL_ADDRESS, canonical_email


class MailAddressField(forms.EmailField):
    """A mail address, in the one form in which it is kept (``validators.canonical_email``)."""

    widget = forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"})
    default_error_messages = {
        "required": _("Fill in your e-mail address."),
        "invalid": NOT_AN_EMAIL_ADDRESS,
    }
    default_validators = []

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Your e-mail address"))
        super().__init__(**{"max_length": LONGEST_EMAIL, **kwargs})

    def to_python(self, value: Any) -> str:
        typed = super().to_python(value)
        return canonical_email(typed) if typed else ""
