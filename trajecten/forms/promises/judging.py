"""Was it kept? The verdict of who is behind a promise."""

from django import forms
from django.utils.translation import gettext_lazy as _

from trajecten.enums import VerdictValue

MAX_WORDS = 2000
ANSWERS = [
    (VerdictValue.YES.value, _("Yes, it was kept")),
    (VerdictValue.PARTLY.value, _("Partly")),
    (VerdictValue.NO.value, _("No, it was not kept")),
]


class JudgementForm(forms.Form):
    """Yes, partly or no, and if they like some words for the municipality."""

    value = forms.ChoiceField(
        label=_("Was this promise kept?"),
        choices=ANSWERS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose yes, partly or no.")},
    )
    words = forms.CharField(
        label=_("Would you like to explain?"),
        required=False,
        max_length=MAX_WORDS,
        help_text=_("Only the municipality reads this."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
