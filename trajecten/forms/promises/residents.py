"""What a resident fills in about a promise that they keep."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from trajecten.domain.promises.residents import OF_RESIDENTS
from trajecten.enums import COMMITMENT_TRANSITIONS
from trajecten.forms.promises.keeping import MAX_VERSION, MAX_WORDS, STAYS, TILES
from trajecten.models import Commitment


class KeeperForm(forms.Form):
    """How it goes, or that it is done; another status is refused by the domain."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=MAX_VERSION)
    key = forms.UUIDField(widget=forms.HiddenInput)
    status = forms.ChoiceField(
        label=_("How does it stand?"),
        required=False,
        choices=[STAYS, *((value, TILES[value]) for value in OF_RESIDENTS)],
        widget=forms.RadioSelect(attrs={"class": "portal-tiles"}),
    )
    words = forms.CharField(
        label=_("Tell how it goes"),
        required=False,
        max_length=MAX_WORDS,
        help_text=_("Write no names. Others can read it when the municipality has read it."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, commitment: Commitment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("version", commitment.version)
        self.initial.setdefault("key", uuid.uuid4())
        allowed = [value for value in OF_RESIDENTS if value in COMMITMENT_TRANSITIONS[commitment.status]]
        self.fields["status"].widget.choices = [STAYS, *((value, TILES[value]) for value in allowed)]
        if self.initial.get("status") not in allowed:
            self.initial["status"] = ""

    def renewed(self, commitment: Commitment) -> "KeeperForm":
        """The same form with everything that was typed, for the promise as it is now."""
        typed = self.data.copy()
        typed["version"] = commitment.version
        return KeeperForm(typed, commitment=commitment)


class NameForm(forms.Form):
    """Whether everybody sees the name of who keeps the promise."""

    named = forms.BooleanField(label=_("Everybody may see my name with this promise"), required=False)
