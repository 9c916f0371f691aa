"""What somebody looks for."""

from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST = 200


class SearchForm(forms.Form):
    """Words, and of which kind to see everything; a kind that does not exist asks nothing."""

    q = forms.CharField(
        label=_("What are you looking for?"),
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "maxlength": LONGEST}),
    )
    soort = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def asked(self) -> tuple[str, str]:
        """The words, no more than there is room for, and the kind."""
        self.is_valid()
        return self.cleaned_data.get("q", "")[:LONGEST], self.cleaned_data.get("soort", "")

    @property
    def is_too_long(self) -> bool:
        """Whether more was typed than is looked at."""
        self.is_valid()
        return len(self.cleaned_data.get("q", "")) > LONGEST

    def query(self, **others: str) -> str:
        """What was asked as part of an address, to keep it in links."""
        return urlencode({"q": self.asked()[0], **others})
