"""A field for a name or a title."""

from typing import Any

from django import forms

from trajecten.validators import without_directions


class NameField(forms.CharField):
    """A name or title on one line, without characters that turn the text around it."""

    def to_python(self, value: Any) -> str:
        return without_directions(super().to_python(value) or "").strip()
