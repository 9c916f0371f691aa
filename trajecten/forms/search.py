"""What somebody looks for."""

from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy as _


class SearchForm(forms.Form):
    """Words, and of which kind to see everything; a kind that does not exist asks nothing."""

    q = forms.CharField(
        label=_("What are you looking for?"),
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    soort = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def asked(self) -> tuple[str, str]:
        """The words and the kind; nothing, and what is too long, asks nothing."""
        self.is_valid()
        return self.cleaned_data.get("q", ""), self.cleaned_data.get("soort", "")

    def query(self, **others: str) -> str:
        """What was asked as part of an address, to keep it in links."""
        return urlencode({"q": self.asked()[0], **others})
