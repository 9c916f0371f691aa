"""The words on the poster and the letter."""

from django import forms
from django.utils.translation import gettext_lazy as _

from trajecten.forms.names import NameField


class PaperForm(forms.Form):
    """What the poster and the letter say beside date, place, themes and route."""

    invitation = forms.CharField(
        label=_("Your invitation"),
        required=False,
        max_length=600,
        help_text=_("A few sentences: why do you walk, and what is there for who comes?"),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    contact = NameField(
        label=_("Whom can people ask something?"),
        required=False,
        max_length=160,
        help_text=_("A name or department with a telephone number or mail address that may be on a poster."),
    )
