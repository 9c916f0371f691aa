"""What comes in from who walks along: their name, what they saw, what they scored, and an answer on the spot."""

import uuid
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from buurtschouw.domain.scoring import Mark
from buurtschouw.enums import ReportKind
from buurtschouw.forms.reporting import ReportPageForm
from buurtschouw.models import WALKS_FROM, WALKS_UNTIL, Schouw, Stop
from trajecten.forms.mail_address import MailAddressField
from trajecten.forms.names import NameField

MAX_KEY = 2**63 - 1
# What one chooses by, on the tile.
KIND_TILES: Mapping[str, str | Promise] = {
    ReportKind.PROBLEM: _("Report"),
    ReportKind.COMPLIMENT: _("Compliment"),
    ReportKind.IDEA: _("Idea"),
}


class WalkAlongForm(forms.Form):
    """Who turns up on the day: a name to go by, and if they like an address for the answers."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    name = NameField(
        label=_("Your name, or a name you choose"),
        max_length=80,
        help_text=_("Officials see this name. It is not on the website."),
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
        error_messages={"required": _("Fill in a name. It may be a first name or a made-up one.")},
    )
    email = MailAddressField(
        required=False,
        help_text=_(
            "Then you get a mail when something you saw is answered. Nobody else sees your e-mail address. Do we know "
            "this address already? Then you also get a mail with your own link; walk along with that one."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            self.initial.setdefault("key", uuid.uuid4())


class MomentField(forms.DateTimeField):
    """A moment by the clock of a phone, in ISO 8601; a year that no walk can be in is a mistake."""

    def clean(self, value: Any) -> Any:
        moment = super().clean(value)
        if moment is not None and not WALKS_FROM <= moment < WALKS_UNTIL:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return moment


class ObservationForm(ReportPageForm):
    """What a walker saw. A stop that is no longer on the route is let go of: the place says where it was.

    Questions of the theme may stay open: what was seen without a network can't be asked after any more.
    """

    insists = False
    kind = forms.ChoiceField(
        label=_("What do you want to say?"),
        choices=[(kind.value, KIND_TILES[kind]) for kind in ReportKind],
        widget=forms.RadioSelect(attrs={"class": "portal-tiles portal-tiles--three"}),
    )
    observed_at = MomentField(label=_("Seen"))
    stop = forms.IntegerField(required=False, min_value=1, max_value=MAX_KEY)

    def __init__(self, *args: Any, schouw: Schouw, **kwargs: Any) -> None:
        super().__init__(*args, schouw=schouw, signed_in=True, **kwargs)
        self.schouw = schouw

    def report(self) -> dict[str, Any]:
        """The cleaned observation as ``walking.observe`` takes it."""
        given = super().report()
        del given["email"]
        number = self.cleaned_data.get("stop")
        stop = Stop.objects.filter(schouw=self.schouw, pk=number).first() if number else None
        return {**given, "kind": self.cleaned_data["kind"], "stop": stop, "observed_at": self._seen_at}

    @property
    def _seen_at(self) -> Any:
        return self.cleaned_data["observed_at"]

    def sent(self) -> dict[str, Any] | None:
        """What ``intake.received_before`` asks, when nothing but the theme may be wrong; None otherwise."""
        given = self.repeated() if self.errors else self._as_sent()
        if given is None:
            return None
        return {
            **given,
            "kind": self.cleaned_data["kind"],
            "stop": self.cleaned_data.get("stop"),
            "observed_at": self._seen_at,
        }

    def _as_sent(self) -> dict[str, Any]:
        given = super().report()
        del given["accuracy"]
        return {**given, "category": given["category"].pk}


class MarkForm(forms.Form):
    """One score, as it comes in JSON."""

    stop = forms.IntegerField(min_value=1, max_value=MAX_KEY)
    statement = forms.IntegerField(min_value=1, max_value=MAX_KEY)
    value = forms.IntegerField(min_value=0, max_value=100)
    scored_at = MomentField()

    def mark(self) -> Mark:
        return Mark(**self.cleaned_data)


def as_form_data(given: object) -> Mapping[str, str]:
    """The texts and numbers of a JSON object, as a form would send them; nothing of what is no object."""
    values = given if isinstance(given, dict) else {}
    return {
        str(name): str(value)
        for name, value in values.items()
        if isinstance(value, (str, int, float)) and not isinstance(value, bool)
    }
