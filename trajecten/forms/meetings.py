"""What people fill in about meetings."""

from datetime import date, datetime, time
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from trajecten.domain.meetings import proposed
from trajecten.domain.meetings.planning import Plan
from trajecten.enums import Answer
from trajecten.forms.days import NearDayField
from trajecten.models import Attendance, Meeting, ProposalSession, Trajectory
from trajecten.validators import canonical_email

MOST_ADDRESSES = 100
MOST_NAMES = 100


class MeetingForm(forms.Form):
    """The plan of a meeting, on one day."""

    title = forms.CharField(
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
    link = forms.URLField(
        label=_("Link to come along online"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=_("Only who is invited sees this link."),
        error_messages={"invalid": _("This is not a link. It begins with https://")},
    )
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


class InviteForm(forms.Form):
    """Whom to invite: who takes part in the trajectory, and addresses."""

    everybody = forms.BooleanField(label=_("Everybody who takes part in this trajectory"), required=False)
    addresses = forms.CharField(
        label=_("E-mail addresses"),
        required=False,
        max_length=20_000,
        help_text=_("One on each line. Only people who said that you may write to them."),
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_addresses(self) -> list[str]:
        """Each in the form in which it is kept. Refuses what is no address, with the line that it is on."""
        typed = [line.strip(" ,;") for line in self.cleaned_data["addresses"].splitlines()]
        typed = [address for address in typed if address]
        if len(typed) > MOST_ADDRESSES:
            raise ValidationError(
                _("These are %(n)s addresses. Invite at most %(most)s at once."),
                params={"n": len(typed), "most": MOST_ADDRESSES},
            )
        return [_address(address) for address in typed]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not cleaned["everybody"] and not cleaned["addresses"]:
            raise ValidationError(_("Choose whom you want to invite."))
        return cleaned


def _address(typed: str) -> str:
    try:
        return canonical_email(typed)
    except ValidationError as error:
        raise ValidationError(
            _("“%(address)s” is not an e-mail address. It looks like name@example.org."),
            params={"address": typed[:80]},
        ) from error


class CancelForm(forms.Form):
    """Why a meeting is called off."""

    reason = forms.CharField(
        label=_("Why is it cancelled?"),
        max_length=500,
        help_text=_("Everybody who would come gets this by mail."),
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write down why it is cancelled: who would come reads this.")},
    )


class AnswerForm(forms.Form):
    """Whether somebody comes."""

    answer = forms.ChoiceField(
        label=_("Do you come?"),
        choices=[(value, capfirst(label)) for value, label in Answer.choices],
        widget=forms.RadioSelect(attrs={"class": "portal-tiles portal-tiles--three"}),
        error_messages={"required": _("Choose an answer.")},
    )
    name = forms.CharField(
        label=_("Your name"),
        required=False,
        max_length=80,
        help_text=_("For the list at the door. Only who organises the meeting sees it."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


class PresentField(forms.ModelMultipleChoiceField):
    """People on the list of a meeting, each with what they answered."""

    def label_from_instance(self, obj: Attendance) -> str:
        return f"{obj.who} ({obj.get_answer_display()})" if obj.answer else obj.who


class AttendanceForm(forms.Form):
    """Who is there: ticks on the list, and the names of who came without being on it."""

    present = PresentField(
        label=_("Who is there?"),
        required=False,
        queryset=Attendance.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    walk_ins = forms.CharField(
        label=_("Who is not on the list?"),
        required=False,
        max_length=5000,
        help_text=_("One name on each line. A first name is enough."),
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, rows: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["present"]
        assert isinstance(field, forms.ModelMultipleChoiceField)  # noqa: S101
        field.queryset = rows

    def clean_walk_ins(self) -> list[str]:
        """The names. Refuses a list as long as no hall is large."""
        names = [name for line in self.cleaned_data["walk_ins"].splitlines() if (name := line.strip())]
        if len(names) > MOST_NAMES:
            raise ValidationError(
                _("These are %(n)s names. Add at most %(most)s at once."),
                params={"n": len(names), "most": MOST_NAMES},
            )
        return names

    def keys(self) -> list[int]:
        return [row.pk for row in self.cleaned_data["present"]]


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


class MaterialForm(forms.Form):
    """A file or a link, at a meeting or with a step, new or from the adviser's own shelf."""

    item = forms.ModelChoiceField(
        label=_("From your shelf"), required=False, queryset=None, empty_label=_("Nothing from the shelf")
    )
    step = forms.ChoiceField(label=_("Step"), required=False)
    title = forms.CharField(label=_("Title"), required=False, max_length=160)
    file = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_("PDF, DOCX, ODT, XLSX, PPTX, PNG or JPG, at most 15 MB."),
    )
    link = forms.URLField(
        label=_("Or a link"),
        required=False,
        max_length=500,
        assume_scheme="https",
        error_messages={"invalid": _("This is not a link. It begins with https://")},
    )
    is_public = forms.BooleanField(
        label=_("Everybody may see it"),
        required=False,
        help_text=_("Otherwise only who takes part sees it."),
    )

    def __init__(self, *args: Any, trajectory: Trajectory, shelf: Any, of_step: bool, **kwargs: Any) -> None:
        """``shelf`` are the items that may be chosen; ``of_step`` asks with which step it belongs."""
        super().__init__(*args, **kwargs)
        item, step = self.fields["item"], self.fields["step"]
        assert isinstance(item, forms.ModelChoiceField)  # noqa: S101
        assert isinstance(step, forms.ChoiceField)  # noqa: S101
        item.queryset = shelf
        step.choices = [
            ("", _("Choose a step")),
            *((step.key, step.name) for step in trajectory.method.steps),
        ]
        if not of_step:
            del self.fields["step"]
        if not shelf.exists():
            del self.fields["item"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("item") and not cleaned.get("title") and "title" not in self.errors:
            self.add_error("title", _("Give the document a title."))
        return cleaned


class ShelfForm(forms.Form):
    """Something to keep for use again, with the step that it is for."""

    place = forms.ChoiceField(
        label=_("For which step?"),
        error_messages={"required": _("Choose a step."), "invalid_choice": _("Choose a step.")},
    )
    title = forms.CharField(
        label=_("Title"), max_length=160, error_messages={"required": _("Give the document a title.")}
    )
    file = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_("PDF, DOCX, ODT, XLSX, PPTX, PNG or JPG, at most 15 MB."),
    )
    link = forms.URLField(
        label=_("Or a link"),
        required=False,
        max_length=500,
        assume_scheme="https",
        error_messages={"invalid": _("This is not a link. It begins with https://")},
    )

    def __init__(self, *args: Any, methods: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place = self.fields["place"]
        assert isinstance(place, forms.ChoiceField)  # noqa: S101
        place.choices = [
            ("", _("Choose a step")),
            *(
                (str(method.name), [(f"{method.key}:{step.key}", step.name) for step in method.steps])
                for method in methods
            ),
        ]

    def chosen(self) -> tuple[str, str]:
        """The keys of the method and the step that were chosen."""
        method, _colon, step = self.cleaned_data["place"].partition(":")
        return method, step


class MeetingsFilterForm(forms.Form):
    """Which meetings somebody wants to see; what does not exist asks nothing."""

    wanneer = forms.ChoiceField(
        label=_("When"), required=False, choices=[("", _("Still to come")), ("geweest", _("Over"))]
    )
    traject = forms.ModelChoiceField(
        label=_("Trajectory"),
        required=False,
        queryset=Trajectory.objects.none(),
        empty_label=_("All trajectories"),
    )

    def __init__(self, *args: Any, trajectories: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["traject"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
        field.queryset = trajectories
        self.is_valid()

    @property
    def is_past(self) -> bool:
        return self.cleaned_data.get("wanneer") == "geweest"

    @property
    def trajectory(self) -> Trajectory | None:
        found: Trajectory | None = self.cleaned_data.get("traject")
        return found

    def query(self) -> str:
        """The filter as part of an address, to keep it in links."""
        return urlencode({name: self.data[name] for name in self.fields if self.data.get(name)})
