"""The plan of a meeting, calling it off, and its minutes."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from trajecten.domain.meetings import proposed
from trajecten.domain.meetings.planning import Plan
from trajecten.forms.days import NearDayField
from trajecten.forms.links import LinkField
from trajecten.forms.names import NameField
from trajecten.models import Meeting, ProposalSession


class MeetingForm(forms.Form):
    """The plan of a meeting, on one day."""

    title = NameField(
        label=_("Title"), max_length=120, error_messages={"required": _("Give the meeting a title.")}
    )
    day = NearDayField(label=_("Date"), error_messages={"required": _("Fill in the date.")})
    begins = forms.TimeField(
        label=_("Begins at"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={
            "required": _("Fill in when it begins."),
            "invalid": _("This is not a time. Write it like 14:00."),
        },
    )
    ends = forms.TimeField(
        label=_("Ends at"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={
            "required": _("Fill in when it ends."),
            "invalid": _("This is not a time. Write it like 14:00."),
        },
    )
    place = forms.CharField(
        label=_("Place"),
        required=False,
        max_length=200,
        help_text=_("For example: community centre De Linde, Meent 2."),
    )
    link = LinkField(label=_("Link to come along online"), help_text=_("Only who is invited sees this link."))
    agenda = forms.CharField(
        label=_("Agenda"),
        required=False,
        max_length=5000,
        help_text=_("What it is about. One subject on each line."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    is_public = forms.BooleanField(
        label=_("Everybody may come, and sees it in the list of meetings"), required=False
    )

    @classmethod
    def initial_of(cls, meeting: Meeting) -> dict[str, Any]:
        """The form's first values for a meeting that exists."""
        begins, ends = timezone.localtime(meeting.starts_at), timezone.localtime(meeting.ends_at)
        names = ("title", "place", "link", "agenda", "is_public")
        return {
            **{name: getattr(meeting, name) for name in names},
            "day": begins.date(),
            "begins": begins.time(),
            "ends": ends.time(),
        }

    @classmethod
    def initial_of_session(cls, session: ProposalSession) -> dict[str, Any]:
        """The form's first values for a gathering of a proposal: what is known of it."""
        plan = proposed.plan_of(session)
        ends = timezone.localtime(plan.ends_at).time() if plan else None
        known = {name: getattr(session, name) for name in ("title", "day", "begins", "place")}
        return {**known, "ends": ends, "is_public": False}

    def plan(self) -> Plan:
        """The cleaned plan, with moments in Dutch time."""
        given = dict(self.cleaned_data)
        day, begins, ends = given.pop("day"), given.pop("begins"), given.pop("ends")
        return Plan(starts_at=_moment(day, begins), ends_at=_moment(day, ends), **given)


def _moment(day: date, hour: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, hour))


class CancelForm(forms.Form):
    """Why a meeting is called off."""

    reason = forms.CharField(
        label=_("Why is it cancelled?"),
        max_length=500,
        help_text=_("Everybody who would come gets this by mail."),
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write down why it is cancelled: who would come reads this.")},
    )


class MinutesForm(forms.Form):
    """The minutes, kept for oneself or shown."""

    minutes = forms.CharField(
        label=_("Minutes"),
        required=False,
        max_length=20_000,
        help_text=_("What was said and agreed. Leave out what is personal."),
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    publish = forms.BooleanField(
        label=_("Show them to everybody who may see the meeting, and mail who was there"), required=False
    )
