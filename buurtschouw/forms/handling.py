"""What officials fill in on the page of a report."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.contrib.gis.geos import Point
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from buurtschouw.domain import answer_templates, pausing
from buurtschouw.enums import ReportKind, ReportStatus
from buurtschouw.forms.reporting import LATITUDES, LONGITUDES
from buurtschouw.models import AnswerTemplate, Destination, Report, Subtask
from trajecten.enums import Moderation
from trajecten.forms.deadlines import DeadlineField
from trajecten.forms.moderation import HideForm
from trajecten.models import Attachment, User

MAX_MESSAGE = 4000
# What the column of a report's version holds.
MAX_VERSION = 2**31 - 1

# What the choice of a status means, on the tile.
STATUS_TILES: Mapping[str, str | Promise] = {
    ReportStatus.ACKNOWLEDGED: _("Acknowledged"),
    ReportStatus.PLANNED: _("Planned for a date"),
    ReportStatus.IN_PROGRESS: _("In progress"),
    ReportStatus.WAITING: _("Question to the reporter"),
    ReportStatus.DONE: _("Done"),
    ReportStatus.NOT_DONE: _("Not done, with a reason"),
    ReportStatus.FORWARDED: _("Forwarded"),
}

# Sentences to begin a message with. Nothing is sent that an official did not write or choose.
STARTERS: Mapping[str, tuple[str | Promise, ...]] = {
    ReportStatus.ACKNOWLEDGED: (
        _("Thank you for your report. We are going to look on the spot."),
        _("Thank you for telling us again. We are sorry that it was not solved. We are going to look again."),
    ),
    ReportStatus.PLANNED: (
        _("We have been to look, and have planned the repair."),
        _("We have asked the contractor to do this."),
    ),
    ReportStatus.IN_PROGRESS: (
        _("The work has begun. You will hear from us when it is done."),
        _("It takes longer than we thought, because"),
    ),
    ReportStatus.WAITING: (
        _("We have been to look and could not find it. Can you tell us exactly where it is?"),
        _("Is it still there? If it is gone, we can close your report."),
    ),
    ReportStatus.DONE: (
        _("It has been repaired. Thank you for your report."),
        _("We have cleared it away. Thank you for your report."),
    ),
    ReportStatus.NOT_DONE: (
        _("We have been to look and are not going to do this, because"),
        _("This ground is not ours, so we can't change it. What you can do:"),
    ),
    ReportStatus.FORWARDED: (
        _("This is not ours to do. We have passed on your report, without your name, to who does."),
    ),
}


STARTERS_OF: Mapping[str, Mapping[str, tuple[str | Promise, ...]]] = {
    ReportKind.PROBLEM: STARTERS,
    ReportKind.COMPLIMENT: {
        ReportStatus.ACKNOWLEDGED: (_("Thank you, that is nice to read."),),
        ReportStatus.DONE: (
            _("Thank you for your compliment. We have passed it on to the colleagues who look after this."),
        ),
        ReportStatus.FORWARDED: (
            _("Thank you. This is the work of others. We have passed on your compliment, without your name."),
        ),
    },
    ReportKind.IDEA: {
        ReportStatus.ACKNOWLEDGED: (
            _("Thank you for your idea. We are going to find out whether it is possible."),
            _("Thank you for telling us again. We look at your idea once more."),
        ),
        ReportStatus.PLANNED: (_("We like this idea and are going to do this:"),),
        ReportStatus.IN_PROGRESS: (_("We have begun with your idea."), STARTERS[ReportStatus.IN_PROGRESS][1]),
        ReportStatus.DONE: (_("Your idea has been carried out. Thank you."),),
        ReportStatus.NOT_DONE: (_("We looked at your idea and are not going to do this, because"),),
        ReportStatus.FORWARDED: (
            _("This is not ours to do. We have passed on your idea, without your name, to who can."),
        ),
    },
}


def tiles_of(report: Report) -> Mapping[str, str | Promise]:
    """What the choice of a status means for this kind of report, on the tile."""
    if report.kind == ReportKind.COMPLIMENT:
        return {**STATUS_TILES, ReportStatus.DONE: _("Passed on, with thanks")}
    return STATUS_TILES


class AnswerForm(forms.Form):
    """The answer to the reporter. ``version`` is that of the report the official was looking at.

    The tiles offer what may follow now; a question only where it reaches somebody. A status that may not (an
    old page, somebody else's answer) is refused by the domain, with why and what is allowed, so any status passes here.
    """

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=MAX_VERSION)
    status = forms.ChoiceField(
        label=_("What is happening with it?"),
        choices=ReportStatus.choices,
        widget=forms.RadioSelect(attrs={"class": "portal-tiles"}),
        error_messages={"required": _("Choose what is happening with it.")},
    )
    planned_for = DeadlineField(
        label=_("Planned for"),
        required=False,
        help_text=_("Only with “Planned for a date”. The reporter reads this date; it is a promise."),
    )
    forwarded_to = forms.CharField(
        label=_("Forwarded to"),
        required=False,
        max_length=120,
        help_text=_("Only with “Forwarded”. For example: Waterschap, ProRail, the housing corporation."),
    )
    message = forms.CharField(
        label=_("Your message to the reporter"),
        error_messages={
            "required": _("Write what you want to tell the reporter. If it is not done: why not.")
        },
        max_length=MAX_MESSAGE,
        help_text=_(
            "Short sentences. Say what you do, when, and why. Write no names: others can read this too. "
            "{gepland} becomes the day that you promise."
        ),
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(self, *args: Any, report: Report, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("version", report.version)
        tiles, starters = tiles_of(report), STARTERS_OF[report.kind]
        allowed = [status for status in tiles if status in report.means.answers[report.status]]
        if ReportStatus.WAITING in allowed and not pausing.is_reachable(report):
            allowed.remove(ReportStatus.WAITING)
            self.fields["status"].help_text = _(
                "The reporter left no address, so you can't ask them anything."
            )
        self.offered = allowed
        self.fields["status"].widget.choices = [(status, tiles[status]) for status in allowed]
        if len(allowed) == 1:
            self.initial.setdefault("status", allowed[0])
        self._ask_about_tasks(report)
        self.starters = [
            {"status": status, "label": tiles[status], "sentences": starters[status]}
            for status in allowed
            if status in starters
        ]

    def _ask_about_tasks(self, report: Report) -> None:
        """While tasks wait, "done" is said with a tick and a reason."""
        waiting = Subtask.objects.filter(report=report, done_at__isnull=True).count()
        if not waiting:
            return
        label = ngettext("Done, although %(n)d task is open", "Done, although %(n)d tasks are open", waiting)
        self.fields["despite_tasks"] = forms.BooleanField(label=label % {"n": waiting}, required=False)
        self.fields["despite_reason"] = forms.CharField(
            label=_("Why is it done all the same?"),
            required=False,
            max_length=300,
            help_text=_("Only with “Done”. Colleagues read this, the reporter does not."),
        )

    def filled(self, template: AnswerTemplate, *, report: Report, by: User) -> "AnswerForm":
        """The same form with the words of a template behind what was typed, and its status where none was chosen."""
        typed = {name: self[name].value() for name in self.fields}
        words = answer_templates.filled(template.text, report=report, by=by)
        typed["message"] = "\n\n".join(part for part in ((typed["message"] or "").strip(), words) if part)
        typed["status"] = typed["status"] or template.status
        return AnswerForm(initial=typed, report=report)

    def _chose(self, status: ReportStatus) -> bool:
        """Whether this was chosen and may be: why it may not, the domain says."""
        return self.cleaned_data.get("status") == status and status in self.offered

    def clean_planned_for(self) -> date | None:
        """Said here too, so that who left out the message as well reads both at once."""
        day: date | None = self.cleaned_data["planned_for"]
        if day is None and self._chose(ReportStatus.PLANNED):
            raise forms.ValidationError(_("Fill in for which date it is planned."))
        return day

    def clean_forwarded_to(self) -> str:
        """Not who has a system of its own: then nothing would go there, while the reporter reads that it did."""
        whom: str = self.cleaned_data["forwarded_to"].strip()
        if not whom and self._chose(ReportStatus.FORWARDED):
            raise forms.ValidationError(_("Fill in to whom you forward it."))
        if whom and Destination.objects.filter(is_active=True, name__iexact=whom).exists():
            raise forms.ValidationError(
                _("Reports go to them by themselves. Choose “Forward it to another system”, below.")
            )
        return whom

    def renewed(self, report: Report) -> "AnswerForm":
        """The same form with everything that was typed, for the report as it is now."""
        typed = self.data.copy()
        typed["version"] = report.version
        return AnswerForm(typed, report=report)


class SeenForm(forms.Form):
    """Which version of the report stood on the page when a form beside the answer was sent, if it says so."""

    version = forms.IntegerField(required=False, min_value=1, max_value=MAX_VERSION)

    def version_seen(self) -> int | None:
        """None when the page does not say, or says something impossible."""
        return self.cleaned_data["version"] if self.is_valid() else None


class AssignForm(forms.Form):
    """Who looks after the report; nobody is a choice too."""

    to = forms.ModelChoiceField(
        label=_("Colleague"),
        required=False,
        queryset=User.objects.none(),
        empty_label=_("Nobody"),
        error_messages={"invalid_choice": _("This person does not answer reports here (any more).")},
    )

    def __init__(self, *args: Any, officials: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["to"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
        field.queryset = officials


class NoteForm(forms.Form):
    """A word for colleagues."""

    text = forms.CharField(
        label=_("New note"),
        max_length=MAX_MESSAGE,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write your note first.")},
    )


class ModerationForm(HideForm):
    """Whether everybody may read the words and see the photos, those that stood on the page."""

    moderation = forms.TypedChoiceField(
        choices=[(value.value, value.label) for value in (Moderation.PUBLISHED, Moderation.HIDDEN)],
        coerce=Moderation,
    )
    photos = forms.ModelMultipleChoiceField(
        queryset=Attachment.objects.none(), to_field_name="uuid", required=False
    )

    def __init__(self, *args: Any, photos: QuerySet[Attachment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = self.data.get("moderation") == Moderation.HIDDEN
        field = self.fields["photos"]
        assert isinstance(field, forms.ModelMultipleChoiceField)  # noqa: S101
        field.queryset = photos


class PlaceForm(forms.Form):
    """Where it is, by the pin on the map or by two numbers (WGS84 degrees)."""

    lat = forms.FloatField(
        label=_("Latitude"),
        min_value=LATITUDES[0],
        max_value=LATITUDES[1],
        help_text=_("For example: 52.6324"),
        error_messages={"required": _("Put the pin on the map, or fill in both numbers.")},
    )
    lon = forms.FloatField(
        label=_("Longitude"),
        min_value=LONGITUDES[0],
        max_value=LONGITUDES[1],
        help_text=_("For example: 4.7534"),
        error_messages={"required": _("Put the pin on the map, or fill in both numbers.")},
    )

    def point(self) -> Point:
        return Point(self.cleaned_data["lon"], self.cleaned_data["lat"], srid=4326)
