"""A municipality's own words in a message."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from trajecten.domain.telling import texts
from trajecten.registry import Message


class MessageTextForm(forms.Form):
    """Both may be empty: then the standard words are used. Unknown placeholders are refused beside their field."""

    subject = forms.CharField(label=_("Subject"), required=False, max_length=150)
    opening = forms.CharField(
        label=_("Opening words"),
        required=False,
        max_length=2000,
        help_text=_(
            "Instead of “Hello,”. You can use **bold**, *italic*, lists with - and [links](https://…)."
        ),
        widget=forms.Textarea(attrs={"rows": 8}),
    )

    def __init__(self, *args: Any, message: Message, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.message = message

    def clean_subject(self) -> str:
        return self._checked("subject")

    def clean_opening(self) -> str:
        return self._checked("opening")

    def _checked(self, name: str) -> str:
        words: str = self.cleaned_data[name]
        try:
            texts.check(self.message, words)
        except texts.UnknownPlaceholder as unknown:
            raise ValidationError(unknown.message) from unknown
        return words
