"""A field for a day that lies not far from today."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# How far from today such a day may lie; outside it a year was mistyped.
AGO = timedelta(days=366)
AHEAD = timedelta(days=3 * 366)


class NearDayField(forms.DateField):
    """A day from a year ago to three years ahead. Refused: another one, for its year was mistyped."""

    default_error_messages = {
        "invalid": _("This is not a date. Write it like 2026-12-04."),
        "far": _("This date is more than a year ago or more than three years ahead. Is the year right?"),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)

    def validate(self, value: date | None) -> None:
        super().validate(value)
        today = timezone.localdate()
        if value and not today - AGO <= value <= today + AHEAD:
            raise ValidationError(self.error_messages["far"], code="far")
