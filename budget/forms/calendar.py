"""The dates of the calendar of planning and control of one budget."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from budget.domain.planning import dates
from budget.enums import Moment
from budget.method import CALENDAR

FIRST_YEAR, LAST_YEAR = 2017, 2100


class CalendarForm(forms.Form):
    """A day for each moment; an empty one is the usual day. A day must be in the year of its moment or beside it."""

    def __init__(self, *args: Any, year: int, own: Mapping[str, date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.year = year
        for usual in CALENDAR:
            day = date_format(dates.usual_day(usual, year), "j F Y")
            self.fields[usual.moment.value] = forms.DateField(
                label=capfirst(str(usual.moment.label)),
                required=False,
                initial=own.get(usual.moment),
                help_text=_("Empty: the usual day, %(day)s.") % {"day": day},
                widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
                error_messages={"invalid": gettext_lazy("This is not a date. Write it like 2026-12-04.")},
            )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for usual in CALENDAR:
            day, year = given.get(usual.moment.value), self.year + usual.years
            if day and abs(day.year - year) > 1:
                self.add_error(usual.moment.value, _("Choose a day in or around %(year)d.") % {"year": year})
        return given

    def days(self) -> dict[Moment, date | None]:
        """Of each moment its own day, or None."""
        return {Moment(name): day for name, day in self.cleaned_data.items()}


class YearForm(forms.Form):
    """The budget of which year; what is no year asks nothing."""

    year = forms.IntegerField(required=False, min_value=FIRST_YEAR, max_value=LAST_YEAR)

    def asked(self, otherwise: int) -> int:
        """The year that was asked for."""
        self.is_valid()
        return self.cleaned_data.get("year") or otherwise
