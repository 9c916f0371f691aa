"""What people say of a line of the budget, and how officials look through it."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy as _

from budget.enums import Enough, Understood
from budget.iv3 import names

MAX_WORDS = 1000


class AnswerForm(forms.Form):
    """Two questions with one answer each; words are free to give."""

    understood = forms.ChoiceField(
        label=_("Do you understand this?"),
        choices=Understood.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether you understand this.")},
    )
    enough = forms.ChoiceField(
        label=_("Is it enough?"),
        choices=Enough.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you think of the amount.")},
    )
    words = forms.CharField(
        label=_("What do you miss, or what do you want to say?"),
        help_text=_("Only the municipality reads this. Write no names or addresses."),
        required=False,
        max_length=MAX_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class AnswerFilterForm(forms.Form):
    """Which answers an official wants to see."""

    year = forms.TypedChoiceField(label=_("Year"), required=False, coerce=int, empty_value=None)
    task_field = forms.ChoiceField(label=_("Line"), required=False)
    understood = forms.ChoiceField(
        label=_("Understood"), required=False, choices=[("", _("All")), *Understood.choices]
    )
    enough = forms.ChoiceField(label=_("Enough"), required=False, choices=[("", _("All")), *Enough.choices])

    def __init__(self, *args: Any, years: list[int], fields: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [("", _("All years")), *((year, str(year)) for year in years)]  # type: ignore[attr-defined]
        lines = [(code, f"{code} {names.name(code)}") for code in fields]
        self.fields["task_field"].choices = [("", _("All lines")), *lines]  # type: ignore[attr-defined]
        self.is_valid()

    def narrowing(self) -> dict[str, Any]:
        """What the answers are narrowed to, by field."""
        return {name: value for name, value in self.cleaned_data.items() if value}

    def query(self) -> str:
        """The valid part of the filter as part of an address."""
        return urlencode(self.narrowing())
