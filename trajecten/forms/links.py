"""A link to something elsewhere."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class LinkField(forms.URLField):
    """A link that may be left out."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            required=False,
            max_length=500,
            assume_scheme="https",
            error_messages={"invalid": _("This is not a link. It begins with https://")},
            **options,
        )
