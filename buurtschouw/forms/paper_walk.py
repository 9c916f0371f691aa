"""A form on paper as it is typed in, and the file with what a walker could not send."""

import uuid
from collections.abc import Iterator
from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buurtschouw.domain.checklist import StopList
from buurtschouw.domain.paper_forms import ROWS, Seen
from buurtschouw.enums import ReportKind
from buurtschouw.forms.walking import KIND_TILES
from buurtschouw.method import SCORES
from buurtschouw.models import MAX_TEXT, Schouw, Stop
from trajecten.forms.days import NearDayField
from trajecten.forms.mail_address import MailAddressField
from trajecten.forms.names import NameField

NO_SCORE = [("", "–")]
# A form that names only the day was filled in by its noon, or when the walk began on that day.
NOON = time(12)


class PaperWalkForm(forms.Form):
    """Who walked and when, a score for each statement at each stop, and rows for what was seen."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    name = NameField(
        label=_("Name on the form"),
        required=False,
        max_length=80,
        help_text=_("Leave it empty when there is none."),
    )
    email = MailAddressField(
        label=_("E-mail address on the form"),
        required=False,
        help_text=_("Who wrote an address gets a mail when something is answered."),
    )
    walked_on = NearDayField(label=_("Day of the walk"))

    def __init__(self, *args: Any, schouw: Schouw, stops: list[StopList], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.schouw = schouw
        self.stops = stops
        if not self.is_bound:
            walked_at = timezone.localtime(schouw.walk_at) if schouw.walk_at else timezone.localtime()
            self.initial |= {"key": uuid.uuid4(), "walked_on": walked_at.date()}
        for each in stops:
            for statement in each.statements:
                self.fields[_score_name(each.stop, statement.pk)] = forms.TypedChoiceField(
                    label=statement.text,
                    required=False,
                    coerce=int,
                    empty_value=None,
                    choices=[*NO_SCORE, *((value, str(value)) for value in SCORES)],
                )
        for number in range(1, ROWS + 1):
            self._add_row(number)

    def _add_row(self, number: int) -> None:
        kinds = [(kind.value, KIND_TILES[kind]) for kind in ReportKind]
        stops = Stop.objects.filter(schouw=self.schouw).order_by("position")
        self.fields |= {
            f"kind_{number}": forms.ChoiceField(label=_("What is it?"), required=False, choices=kinds),
            f"category_{number}": forms.ModelChoiceField(
                label=_("Theme"), required=False, queryset=self.schouw.themes(), empty_label="–"
            ),
            f"stop_{number}": forms.ModelChoiceField(
                label=_("At a stop"), required=False, queryset=stops, empty_label="–"
            ),
            f"address_{number}": forms.CharField(label=_("Address or place"), required=False, max_length=200),
            f"text_{number}": forms.CharField(
                label=_("What was seen"),
                required=False,
                max_length=MAX_TEXT,
                widget=forms.Textarea(attrs={"rows": 2}),
            ),
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for number in range(1, ROWS + 1):
            self._check_row(number, cleaned)
        if not self.errors and not self.scores() and not self.seen():
            self.add_error(None, _("Fill in at least one score, or one thing that was seen."))
        return cleaned

    def _check_row(self, number: int, cleaned: dict[str, Any]) -> None:
        """A row in which something stands needs words, a theme and a place."""
        given = {name: cleaned.get(f"{name}_{number}") for name in ("category", "stop", "address", "text")}
        if not any(given.values()):
            return
        if not given["text"]:
            self.add_error(f"text_{number}", _("Write in a few words what is going on."))
        if not given["category"]:
            self.add_error(f"category_{number}", _("Choose what it is about."))
        if not given["stop"] and not given["address"]:
            self.add_error(f"address_{number}", _("Choose a stop, or fill in an address or place."))

    def scores(self) -> list[tuple[int, int, int]]:
        """(stop, statement, value) of each score that was given."""
        names = ((each.stop, statement.pk) for each in self.stops for statement in each.statements)
        found = ((stop.pk, key, self.cleaned_data.get(_score_name(stop, key))) for stop, key in names)
        return [(stop, key, value) for stop, key, value in found if value is not None]

    def seen(self) -> list[Seen]:
        """The rows in which something stands."""
        return [
            Seen(
                row=number,
                kind=self.cleaned_data[f"kind_{number}"] or ReportKind.PROBLEM,
                category=self.cleaned_data[f"category_{number}"],
                text=self.cleaned_data[f"text_{number}"],
                stop=self.cleaned_data[f"stop_{number}"],
                address=self.cleaned_data[f"address_{number}"],
            )
            for number in range(1, ROWS + 1)
            if self.cleaned_data.get(f"text_{number}")
        ]

    def walked_at(self) -> datetime:
        """The moment that the form is of: that of the walk when it was on this day, else noon."""
        day = self.cleaned_data["walked_on"]
        begun = self.schouw.walk_at and timezone.localtime(self.schouw.walk_at)
        if begun and begun.date() == day:
            return begun
        return timezone.make_aware(datetime.combine(day, NOON))

    def score_groups(self) -> Iterator[dict[str, Any]]:
        """Each stop with its fields, as the page shows them."""
        for each in self.stops:
            fields = [self[_score_name(each.stop, statement.pk)] for statement in each.statements]
            if fields:
                yield {"stop": each.stop, "fields": fields}

    def rows(self) -> Iterator[dict[str, Any]]:
        """Each row with its fields; ``has_errors`` opens it."""
        for number in range(1, ROWS + 1):
            names = ("kind", "category", "text", "stop", "address")
            fields = [self[f"{name}_{number}"] for name in names]
            given = any(field.value() for field in fields[1:])
            yield {"number": number, "fields": fields, "is_open": number == 1 or given}


def _score_name(stop: Stop, statement: int) -> str:
    return f"score_{stop.pk}_{statement}"


class WalkFileForm(forms.Form):
    """The file that a walker saved from the app."""

    file = forms.FileField(
        label=_("The file of the walker"),
        help_text=_("Its name ends in .zip. Reading it twice does no harm."),
        widget=forms.ClearableFileInput(attrs={"class": "portal-file", "accept": ".zip,application/zip"}),
        error_messages={
            "required": _("Choose the file first."),
            "empty": _("This file is empty. Choose it again."),
        },
    )
