"""What officials fill in about a promise: a new one, a change, and how it stands."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from trajecten.domain import places
from trajecten.domain.promises.moving import OF_OFFICIALS
from trajecten.domain.staffing import people
from trajecten.enums import CommitmentStatus
from trajecten.forms.areas import AreaField, areas_to_choose
from trajecten.forms.deadlines import DeadlineField
from trajecten.forms.mail_address import MailAddressField
from trajecten.forms.origins import OriginsForm
from trajecten.forms.promises.filtering import choose
from trajecten.models import Area, Commitment, Municipality, Participant, Team, Trajectory, User

MAX_WORDS = 4000
MAX_VERSION = 2**31 - 1


# Who does it, with the field that names them.
KEEPERS = {"official": "owner", "resident": "owner_email", "group": "owner_group"}
NAMELESS = {
    "owner": _("Choose the official who does it."),
    "owner_email": _("Fill in the e-mail address of the resident who does it."),
    "owner_group": _("Fill in the name of the group that does it."),
}


class OwnerForm(forms.Form):
    """What is promised, by whom and by when. ``who`` says which field names the owner; the other two ask nothing."""

    text = forms.CharField(
        label=_("What is promised"),
        max_length=MAX_WORDS,
        help_text=_("Short sentences that residents understand. Everybody can read this."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write what is promised.")},
    )
    deadline = DeadlineField(label=_("By when"))
    area = AreaField(
        label=_("Neighbourhood"),
        required=False,
        queryset=Area.objects.none(),
        empty_label=_("The whole municipality"),
    )
    who = forms.ChoiceField(
        label=_("Who does it?"),
        choices=[
            ("official", _("An official")),
            ("resident", _("A resident")),
            ("group", pgettext_lazy("who does it", "A group")),
        ],
        initial="official",
        widget=forms.RadioSelect(attrs={"class": "portal-tiles"}),
        error_messages={"required": _("Choose who does it.")},
    )
    owner = forms.ModelChoiceField(
        label=_("Which official?"),
        required=False,
        queryset=User.objects.none(),
        empty_label=_("Choose a colleague"),
        help_text=_("Everybody sees the team, not the name."),
    )
    owner_email = MailAddressField(
        label=_("E-mail address of the resident"),
        required=False,
        help_text=_("Somebody who takes part here and agreed to do it. The address is not shown."),
    )
    owner_group = forms.CharField(
        label=_("Name of the group"),
        required=False,
        max_length=120,
        help_text=_("For example: residents' group De Linde. The coordinator gets the reminders."),
    )
    team = forms.ModelChoiceField(
        label=_("Team"), required=False, queryset=Team.objects.none(), empty_label=_("No team")
    )

    def __init__(self, *args: Any, municipality: Municipality, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "owner", people.answering_here(municipality))
        choose(self, "team", Team.objects.all())
        choose(self, "area", areas_to_choose(places.latest_areas()))

    def keepers(self) -> list[forms.BoundField]:
        """The fields that name who does it, of which one counts."""
        return [self[name] for name in KEEPERS.values()]

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
        self._only_the_chosen(cleaned, KEEPERS.get(cleaned.pop("who", ""), ""))
        cleaned["owner_participant"] = cleaned.pop("owner_email", None)
        return cleaned

    def _only_the_chosen(self, cleaned: dict[str, Any], chosen: str) -> None:
        """What stands in a field that does not count is left out, also when it is wrong."""
        for name in KEEPERS.values():
            if name != chosen:
                self.errors.pop(name, None)
                cleaned[name] = self.fields[name].empty_value if name == "owner_group" else None
        if chosen and not cleaned.get(chosen) and chosen not in self.errors:
            self.add_error(chosen, NAMELESS[chosen])


class PromiseForm(OriginsForm, OwnerForm):
    """A new promise, in answer to what was ticked."""

    trajectory = forms.ModelChoiceField(
        label=_("Trajectory"),
        required=False,
        queryset=Trajectory.objects.none(),
        empty_label=_("That of what it answers"),
        error_messages={"invalid_choice": _("Choose one of the trajectories.")},
    )

    field_order = ["words", "origins", "trajectory", "text", "deadline", "area", "who", *KEEPERS.values()]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "trajectory", Trajectory.objects.current().order_by("title"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        cleaned.pop("words", None)
        rows = cleaned.get("origins")
        if not cleaned.get("trajectory") and "trajectory" not in self.errors:
            if rows:
                cleaned["trajectory"] = rows[0].trajectory
            else:
                self.add_error("trajectory", _("Choose a trajectory, or tick what the promise answers."))
        return cleaned


class ChangeForm(OwnerForm):
    """Other words, another date or another owner. ``version`` is that of the promise that was looked at; the date
    that it has (``initial``) may stay."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=MAX_VERSION)
    reason = forms.CharField(
        label=_("Why do you change it?"),
        required=False,
        max_length=MAX_WORDS,
        help_text=_("Needed for other words or another date. Everybody can read this."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        deadline = self.fields["deadline"]
        assert isinstance(deadline, DeadlineField)  # noqa: S101
        deadline.standing = self.initial.get("deadline")

    @staticmethod
    def initial_of(commitment: Commitment) -> dict[str, Any]:
        resident = commitment.owner_participant
        named = "group" if commitment.owner_group else "official"
        return {
            "who": "resident" if resident else named,
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
        label=_("Link"),
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


class OpenForm(forms.Form):
    """Up to which turn of a resident the official has read."""

    until = forms.IntegerField(min_value=1, max_value=2**63 - 1)
