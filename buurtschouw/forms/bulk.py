"""Choosing several reports in the queue, and what to do with them."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from buurtschouw.enums import BulkAction
from buurtschouw.forms.handling import MAX_MESSAGE, STATUS_TILES
from buurtschouw.forms.merging import MAX_NUMBER
from buurtschouw.method import MAX_BULK
from buurtschouw.models import AnswerTemplate, Report
from trajecten.forms.deadlines import DeadlineField
from trajecten.models import User

ROUND = "round"


class NumbersField(forms.MultipleChoiceField):
    """Numbers of reports; whether they exist is for who looks them up."""

    widget = forms.MultipleHiddenInput

    def valid_value(self, value: Any) -> bool:
        return str(value).isdecimal() and 0 < int(str(value)[:11]) <= MAX_NUMBER


class SelectionForm(forms.Form):
    """Which reports, or ``all`` of the list's filter; and the act that was pressed."""

    numbers = NumbersField(required=False)
    all = forms.BooleanField(required=False)
    action = forms.ChoiceField(choices=[*BulkAction.choices, (ROUND, "")])

    def chosen(self, listed: QuerySet[Report]) -> list[Report]:
        """The reports, in the order of the list; never more than ``MAX_BULK`` of a whole list."""
        self.is_valid()
        if self.cleaned_data.get("all"):
            return list(listed[:MAX_BULK])
        numbers = [int(number) for number in self.cleaned_data.get("numbers", [])]
        return list(Report.objects.filter(pk__in=numbers).with_names().order_by("pk"))


class BulkForm(forms.Form):
    """What is done with each of the reports. Only the fields of the act that was chosen are there."""

    FIELDS = {
        BulkAction.ANSWER: ("template", "status", "planned_for", "forwarded_to", "message"),
        BulkAction.ASSIGN: ("to",),
        BulkAction.MERGE: ("kept",),
        BulkAction.PUBLISH: (),
    }

    template = forms.ModelChoiceField(
        label=_("Begin with a template"),
        required=False,
        queryset=AnswerTemplate.objects.none(),
        empty_label=_("No template"),
    )
    status = forms.ChoiceField(
        label=_("What is happening with them?"),
        choices=list(STATUS_TILES.items()),
        widget=forms.RadioSelect(attrs={"class": "portal-tiles"}),
        error_messages={"required": _("Choose what is happening with them.")},
    )
    planned_for = DeadlineField(
        label=_("Planned for"), required=False, help_text=_("Only with “Planned for a date”.")
    )
    forwarded_to = forms.CharField(
        label=_("Forwarded to"), required=False, max_length=120, help_text=_("Only with “Forwarded”.")
    )
    message = forms.CharField(
        label=_("Your message to each reporter"),
        max_length=MAX_MESSAGE,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "The portal fills in {nummer}, {straat} and so on for each report. {gepland} is the day that you promise, "
            "{gemeld} that of the report itself."
        ),
        error_messages={"required": _("Write what you want to tell the reporters.")},
    )
    to = forms.ModelChoiceField(
        label=_("Colleague"), required=False, queryset=User.objects.none(), empty_label=_("Nobody")
    )
    kept = forms.ModelChoiceField(
        label=_("Which report is kept? The others follow it."),
        queryset=Report.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": _("Choose which report is kept.")},
    )

    def __init__(
        self,
        *args: Any,
        action: str,
        reports: Iterable[Report],
        officials: QuerySet[User],
        templates: QuerySet[AnswerTemplate],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name in set(self.fields) - set(self.FIELDS[BulkAction(action)]):
            del self.fields[name]
        kept = Report.objects.filter(pk__in=[report.pk for report in reports]).with_names()
        for name, rows in (("template", templates), ("to", officials), ("kept", kept.order_by("pk"))):
            if name in self.fields:
                self.fields[name].queryset = rows  # type: ignore[attr-defined]
        if "kept" in self.fields:
            self.fields["kept"].label_from_instance = lambda row: f"{row.title} ({row.pk})"  # type: ignore[attr-defined]

    def act(self) -> dict[str, Any]:
        """What ``bulk.prepare`` takes."""
        return {name: value for name, value in self.cleaned_data.items() if name != "template"}

    def filled(self, **kwargs: Any) -> "BulkForm":
        """The same with the words of the chosen template behind what was typed; placeholders stay as they are."""
        typed = {name: self[name].value() for name in self.fields}
        found = (
            self.fields["template"].queryset.filter(pk=typed["template"] or 0) if typed["template"] else []
        )  # type: ignore[attr-defined]
        for template in found:
            typed["message"] = "\n\n".join(filter(None, [(typed["message"] or "").strip(), template.text]))
            typed["status"] = typed["status"] or template.status
        return BulkForm(initial=typed, **kwargs)
