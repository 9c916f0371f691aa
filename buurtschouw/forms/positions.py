"""The place of something in a list, as a coordinator fills it in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class PositionField(forms.IntegerField):
    """A number that a column of small numbers holds."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            label=_("Place in the list"),
            min_value=0,
            max_value=32_000,
            help_text=_("A lower number comes first."),
            error_messages={"required": _("Fill in a number.")},
            **options,
        )
