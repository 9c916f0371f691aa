"""By when something is promised, as a field."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

YEARS_AHEAD = 30


def within_reach(day: date) -> None:
    """Refuse a day so far ahead that its year must be a mistake."""
    last = timezone.localdate().year + YEARS_AHEAD
    if day.year > last:
        raise ValidationError(gettext("Look at the year: it can be %(last)s at most.") % {"last": last})


def deadline_field(*, required_message: str | Promise = "", **options: Any) -> forms.DateField:
    """A day, by the browser's own calendar."""
    return forms.DateField(
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        validators=[within_reach],
        error_messages={
            "required": required_message,
            "invalid": _("This is not a date. Write it like 2026-12-04."),
        },
        **options,
    )
