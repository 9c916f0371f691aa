"""The day by which something has to be done, as every form asks for it."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from trajecten.domain.promises import checking
from trajecten.domain.promises.refusals import PromiseRefused


class DeadlineField(forms.DateField):
    """Today or later, and not so far away that nobody who reads it will see it; another day is refused with why.

    ``standing`` is the day that it has now: that one may stay, also when it has passed.
    """

    standing: date | None = None

    def __init__(self, *, error_messages: dict[str, Any] | None = None, **options: Any) -> None:
        messages = {
            "required": _("Fill in by when it is done."),
            "invalid": _("This is not a date. Write it like 2026-12-04."),
            **(error_messages or {}),
        }
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=widget, error_messages=messages, **options)

    def clean(self, value: Any) -> date | None:
        day = super().clean(value)
        if day is not None and day != self.standing:
            try:
                checking.new_deadline(day)
            except PromiseRefused as refused:
                raise forms.ValidationError(refused.message) from refused
        return day
