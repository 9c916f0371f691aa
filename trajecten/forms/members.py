"""What coordinators and advisers fill in about who takes part."""

import re
import uuid
from datetime import datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from trajecten.domain import places
from trajecten.domain.enrolment.queries import MemberFilter
from trajecten.enums import EnrolmentOrigin, EnrolmentRole, EnrolmentStatus
from trajecten.forms.areas import AreaField, areas_to_choose
from trajecten.forms.enrolment import JoinForm
from trajecten.forms.names import NameField
from trajecten.models import Area, Trajectory
from trajecten.validators import canonical_email

MOST_ADDRESSES = 200
LONGEST_POSTER = timedelta(days=366)
# "Naam <adres>" as mail programs copy it, or a bare address.
_IN_BRACKETS = re.compile(r"<([^<>]*)>")
_BETWEEN = re.compile(r"[\n;,]+")


class RoleField(forms.ChoiceField):
    """As what somebody takes part."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label=_("Role"), choices=EnrolmentRole, initial=EnrolmentRole.MEMBER, **kwargs)


class MemberFilterForm(forms.Form):
    """The filter of the list of people. What is not valid asks nothing."""

    status = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=[("", pgettext_lazy("status of people", "All")), *EnrolmentStatus.choices],
    )
    role = forms.ChoiceField(
        label=_("Role"), required=False, choices=[("", _("All roles")), *EnrolmentRole.choices]
    )
    origin = forms.ChoiceField(
        label=_("Way in"), required=False, choices=[("", _("All ways")), *EnrolmentOrigin.choices]
    )
    area = AreaField(
        label=_("Neighbourhood"),
        required=False,
        queryset=Area.objects.none(),
        empty_label=_("All neighbourhoods"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        area = self.fields["area"]
        assert isinstance(area, forms.ModelChoiceField)  # noqa: S101
        area.queryset = areas_to_choose(places.latest_areas())

    def asked(self) -> MemberFilter:
        """The valid part of the filter."""
        self.is_valid()
        given = self.cleaned_data
        return MemberFilter(
            role=given.get("role", ""),
            status=given.get("status", ""),
            origin=given.get("origin", ""),
            area=given.get("area"),
        )

    def query(self) -> str:
        """The valid part of the filter, for an address."""
        kept = {name: self.data.get(name) for name in self.fields if name not in self.errors}
        return urlencode({name: value for name, value in kept.items() if value})


class InviteForm(forms.Form):
    """Addresses to invite, pasted as they come: one a line, or with commas between them, with names or without.

    After ``is_valid``, true or not, ``good`` are the addresses that can be mailed, and ``bad`` the others as typed.
    """

    addresses = forms.CharField(
        label=_("E-mail addresses"),
        max_length=20_000,
        help_text=_("One on a line, or with commas between them. You can paste a list."),
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false", "autocapitalize": "none"}),
        error_messages={"required": _("Fill in at least one e-mail address.")},
    )
    role = RoleField()

    good: list[str]
    bad: list[str]

    def clean_addresses(self) -> list[str]:
        self.good, self.bad = [], []
        typed = [part.strip() for part in _BETWEEN.split(self.cleaned_data["addresses"]) if part.strip()]
        if len(typed) > MOST_ADDRESSES:
            message = gettext("These are %(n)d addresses, and %(most)d at a time is the most.")
            raise forms.ValidationError(message % {"n": len(typed), "most": MOST_ADDRESSES})
        errors = [error for part in typed if (error := self._judge(part))]
        if errors:
            raise forms.ValidationError(errors)
        return self.good

    def _judge(self, part: str) -> str:
        """Sort one part into the good or the bad; the reason for a bad one."""
        found = _IN_BRACKETS.search(part)
        try:
            self.good.append(canonical_email(found[1] if found else part))
        except forms.ValidationError as refused:
            self.bad.append(part)
            return f"{part}: {' '.join(refused.messages)}"
        return ""


class PaperForm(JoinForm):
    """Somebody who filled in a form on paper. ``key`` is made with the page, so that sending it twice is harmless."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    role = RoleField()

    field_order = ("key", "display_name", "email", "role", "kind", "home_area")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        texts = {
            "display_name": (
                _("Name, as on the form"),
                _("A first name or a name that was chosen is enough."),
            ),
            "email": (_("E-mail address"), _("Leave this empty when none was given. Then no mail is sent.")),
            "home_area": (_("Neighbourhood"), ""),
            "kind": (_("Takes part as"), ""),
        }
        for name, (label, help_text) in texts.items():
            self.fields[name].label, self.fields[name].help_text = label, help_text
        self.fields["display_name"].required, self.fields["email"].required = True, False
        self.fields["display_name"].error_messages["required"] = _(
            "Fill in a name, so that you can find this person."
        )
        self.fields["home_area"].empty_label = _("Not on the form")  # type: ignore[attr-defined]


class PosterForm(forms.Form):
    """A code for a poster."""

    label = NameField(
        label=_("Where does the poster hang?"),
        max_length=80,
        help_text=_("For example: community centre De Linde. Then you see which poster brings people in."),
        error_messages={"required": _("Write down where the poster hangs.")},
    )
    role = RoleField()
    until = forms.DateField(
        label=_("Valid until and including"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Choose until when the code works."),
            "invalid": _("This is not a date. Write it like 2026-12-04."),
        },
    )

    def clean_until(self) -> datetime:
        """The end of that day, in Dutch time. Refused: a day that has passed, or more than a year ahead."""
        day = self.cleaned_data["until"]
        today = timezone.localdate()
        if not today <= day <= today + LONGEST_POSTER:
            raise forms.ValidationError(_("Choose a day from today on, at most a year ahead."))
        return timezone.make_aware(datetime.combine(day, time(23, 59, 59)))


class RoomForm(forms.Form):
    """Who may come in, and how many."""

    is_open = forms.BooleanField(
        label=_("Anyone can sign themselves up"),
        required=False,
        help_text=_("Without this people come in by an invitation, a code on a poster, or on paper."),
    )
    max_members = forms.IntegerField(
        label=_("Most members"),
        required=False,
        min_value=1,
        max_value=10_000,
        help_text=_("Who comes after that is on the waiting list. Facilitators and observers don't count."),
    )

    @classmethod
    def initial_of(cls, trajectory: Trajectory) -> dict[str, Any]:
        return {"is_open": trajectory.is_open_for_enrolment, "max_members": trajectory.max_members}


class MemberRoleForm(forms.Form):
    role = RoleField()


class TakeOutForm(forms.Form):
    """Taking somebody out."""

    reason = forms.CharField(
        label=_("Why?"),
        max_length=1000,
        help_text=_("The person gets these words by mail."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write down the reason. The person gets it by mail.")},
    )
