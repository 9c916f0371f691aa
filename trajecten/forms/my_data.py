"""What somebody fills in about the own data."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from trajecten.enums import ConsentPurpose, ErasedWords
from trajecten.models import Municipality


class ConsentForm(forms.Form):
    """Withdraw one consent, or let the municipality mail again."""

    purpose = forms.ChoiceField(choices=ConsentPurpose.choices)
    choice = forms.ChoiceField(choices=[("withdraw", ""), ("give", "")])


class ErasureForm(forms.Form):
    """Which words stay, and the name of the municipality as a proof that it is meant."""

    words = forms.ChoiceField(
        label=_("What happens to your words?"),
        choices=ErasedWords.choices,
        initial=ErasedWords.PUBLIC,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what happens to your words.")},
    )
    confirmation = forms.CharField(
        label=_("Type the name of the municipality"),
        help_text=_("So that nobody does this by accident."),
        error_messages={"required": _("Type the name of the municipality.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, municipality: Municipality, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.municipality = municipality

    def clean_confirmation(self) -> str:
        typed: str = self.cleaned_data["confirmation"]
        if typed.strip().casefold() != self.municipality.name.casefold():
            raise forms.ValidationError(
                _("This is not the name. Type: %(name)s."), params={"name": self.municipality.name}
            )
        return typed
