"""What officials fill in about a promise: a new one, a change, and how it stands."""

import uuid
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from trajecten.domain import contributions, places
from trajecten.domain.promises import promised
from trajecten.domain.promises.moving import OF_OFFICIALS
from trajecten.enums import CommitmentStatus
from trajecten.forms.areas import AreaField, areas_to_choose
from trajecten.forms.mail_address import MailAddressField
from trajecten.forms.promises.filtering import choose
from trajecten.models import Area, Commitment, Municipality, Participant, Team, Trajectory, User

MAX_WORDS = 4000
MAX_VERSION = 2**31 - 1


class OwnerForm(forms.Form):
    """What is promised, by whom and by when. Exactly one of the three owners is filled in."""

    text = forms.CharField(
        label=_("What is promised"),
        max_length=MAX_WORDS,
        help_text=_("Short sentences that residents understand. Everybody can read this."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write what is promised.")},
    )
    deadline = forms.DateField(
        label=_("By when"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Fill in by when it is done."),
            "invalid": _("This is not a date. Write it like 2026-12-04."),
        },
    )
    owner = forms.ModelChoiceField(
        label=_("Who does it: an official"),
        required=False,
        queryset=User.objects.none(),
        empty_label=_("Nobody of the municipality"),
        help_text=_("Everybody sees the team, not the name."),
    )
    owner_email = MailAddressField(
        label=_("Or a resident, by e-mail address"),
        required=False,
        help_text=_("Somebody who takes part here and agreed to do it. The address is not shown."),
    )
    owner_group = forms.CharField(
        label=_("Or a group, by its name"),
        required=False,
        max_length=120,
        help_text=_("For example: residents' group De Linde. The coordinator gets the reminders."),
    )
    team = forms.ModelChoiceField(
        label=_("Team"), required=False, queryset=Team.objects.none(), empty_label=_("No team")
    )
    area = AreaField(
        label=_("Neighbourhood"),
        required=False,
        queryset=Area.objects.none(),
        empty_label=_("The whole municipality"),
    )

    def __init__(self, *args: Any, municipality: Municipality, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "owner", promised.officials(municipality))
        choose(self, "team", Team.objects.all())
        choose(self, "area", areas_to_choose(places.latest_areas()))

    def clean_owner_email(self) -> Participant | None:
        address = self.cleaned_data["owner_email"]
        if not address:
            return None
        found = Participant.objects.filter(email=address.lower()).first()
        if found is None:
            raise forms.ValidationError(gettext("Nobody takes part here with this address."))
        return found

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["owner_participant"] = cleaned.pop("owner_email", None)
        names = ("owner", "owner_participant", "owner_group")
        if "owner_email" not in self.errors and sum(bool(cleaned.get(name)) for name in names) != 1:
            self.add_error(
                "owner", _("Say who does it: an official, or a resident, or a group. One of the three.")
            )
        return cleaned


class PromiseForm(OwnerForm):
    """A new promise. ``origins`` are the keys of contributions that were found and ticked."""

    words = forms.CharField(
        label=_("Find what it answers"),
        required=False,
        max_length=100,
        help_text=_("A word, or the number of a report. You can search several times."),
    )
    origins = forms.MultipleChoiceField(
        label=_("It answers"), required=False, widget=forms.CheckboxSelectMultiple
    )
    trajectory = forms.ModelChoiceField(
        label=_("Trajectory"),
        required=False,
        queryset=Trajectory.objects.none(),
        empty_label=_("That of what it answers"),
        error_messages={"invalid_choice": _("Choose one of the trajectories.")},
    )

    field_order = ["words", "origins", "text", "deadline", "owner", "owner_email", "owner_group"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "trajectory", Trajectory.objects.order_by("title"))
        ticked = self.data.getlist("origins") if self.is_bound else self.initial.get("origins", [])
        self.chosen = contributions.by_keys(ticked)
        known = {found.key for found in self.chosen}
        words = self.data.get("words", "") if self.is_bound else self.initial.get("words", "")
        self.found = [found for found in contributions.search(words[:100]) if found.key not in known]
        origins = self.fields["origins"]
        assert isinstance(origins, forms.MultipleChoiceField)  # noqa: S101
        origins.choices = [(found.key, _named(found)) for found in (*self.chosen, *self.found)]

    def clean_deadline(self) -> Any:
        deadline = self.cleaned_data["deadline"]
        if deadline < timezone.localdate():
            raise forms.ValidationError(gettext("This date is in the past. Choose today or later."))
        return deadline

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        cleaned.pop("words", None)
        ticked = set(cleaned.get("origins", ()))
        rows = [found.row for found in self.chosen if found.key in ticked]
        cleaned["origins"] = rows
        if not cleaned.get("trajectory") and "trajectory" not in self.errors:
            if rows:
                cleaned["trajectory"] = rows[0].trajectory
            else:
                self.add_error("trajectory", _("Choose a trajectory, or tick what the promise answers."))
        return cleaned


def _named(found: contributions.Found) -> str:
    return f"{found.title} ({found.kind.name} {found.row.pk})"


class ChangeForm(OwnerForm):
    """Other words, another date or another owner. ``version`` is that of the promise that was looked at."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=MAX_VERSION)
    reason = forms.CharField(
        label=_("Why do you change it?"),
        required=False,
        max_length=MAX_WORDS,
        help_text=_("Needed for other words or another date. Everybody can read this."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    @staticmethod
    def initial_of(commitment: Commitment) -> dict[str, Any]:
        resident = commitment.owner_participant
        return {
            "version": commitment.version,
            "text": commitment.text,
            "deadline": commitment.deadline,
            "owner": commitment.owner_id,
            "owner_email": resident.email if resident else "",
            "owner_group": commitment.owner_group,
            "team": commitment.team_id,
            "area": commitment.area_id,
        }


STAYS = ("", pgettext_lazy("status of a promise", "As it is"))
TILES = {
    CommitmentStatus.IN_PROGRESS: _("In progress"),
    CommitmentStatus.DONE: _("Done"),
    CommitmentStatus.PARTLY: _("Partly done"),
    CommitmentStatus.BROKEN: _("Not kept"),
    CommitmentStatus.WITHDRAWN: _("Withdrawn"),
}


class ProgressForm(forms.Form):
    """How it stands. The tiles offer what may follow now; another status is refused by the domain, with why."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=MAX_VERSION)
    key = forms.UUIDField(widget=forms.HiddenInput)
    status = forms.ChoiceField(
        label=_("How does it stand?"),
        required=False,
        choices=[STAYS, *CommitmentStatus.choices],
        widget=forms.RadioSelect(attrs={"class": "portal-tiles"}),
    )
    words = forms.CharField(
        label=_("What happened"),
        required=False,
        max_length=MAX_WORDS,
        help_text=_("Everybody can read this. Write no names."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=MAX_WORDS,
        help_text=_("Needed with “Not kept” and “Withdrawn”. Everybody can read this."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    evidence = forms.URLField(
        label=_("Where one can see it"),
        required=False,
        assume_scheme="https",
        help_text=_("The address of a page with a decision, a plan or a message."),
        error_messages={"invalid": _("This is not an address of a page. It begins with https://")},
    )
    photos_are_public = forms.BooleanField(
        label=_("Everybody may see the photos: there are no faces or other personal things on them"),
        required=False,
    )

    def __init__(self, *args: Any, commitment: Commitment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("version", commitment.version)
        self.initial.setdefault("status", "")
        if not self.is_bound:
            self.initial.setdefault("key", uuid.uuid4())
        allowed = [value for value in TILES if value in OF_OFFICIALS[commitment.status]]
        self.fields["status"].widget.choices = [STAYS, *((value, TILES[value]) for value in allowed)]

    def renewed(self, commitment: Commitment) -> "ProgressForm":
        """The same form with everything that was typed, for the promise as it is now."""
        typed = self.data.copy()
        typed["version"] = commitment.version
        return ProgressForm(typed, commitment=commitment)


class OriginForm(forms.Form):
    """One more contribution that the promise answers, by its number or a word in it."""

    words = forms.CharField(
        label=_("Word or number"),
        max_length=100,
        error_messages={"required": _("Write a word, or the number of a report.")},
    )
    origin = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
