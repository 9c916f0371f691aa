"""Forms of something that two people, or one in two windows, may be changing at once."""

import hashlib
from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import Model, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class NoUndoForm(forms.Form):
    """A form that does not undo unseen what a colleague changed since its page was opened.

    ``now`` are the values of what exists, as the form shows them; None for something new. ``seen`` says which ones
    stood on the page. When others stand there by now, and what was filled in is not the same as those, the form is
    refused once: what was typed stays, and who sends it again means it.
    """

    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    overtaken: str | Promise = _(
        "Somebody else changed this while you were writing. Nothing you typed is lost. Look at it in another window, "
        "change yours if needed, and keep it again."
    )

    def __init__(
        self,
        *args: Any,
        now: Mapping[str, Any] | None = None,
        initial: Mapping[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        self.now = None if now is None else {name: _plain(value) for name, value in now.items()}
        known = {} if now is None else {**now, "seen": self._which()}
        super().__init__(*args, initial={**known, **(initial or {})}, **kwargs)

    def _which(self) -> str:
        return hashlib.sha256(repr(self.now).encode()).hexdigest()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        seen = cleaned.pop("seen", "")
        if self.now is not None and seen and seen != self._which():
            given = {name: _plain(cleaned.get(name)) for name in self.now}
            if given != self.now:
                self._refuse()
        return cleaned

    def _refuse(self) -> None:
        self.data = self.data.copy()
        self.data["seen"] = self._which()
        self.add_error(None, self.overtaken)


def _plain(value: Any) -> Any:
    """What a field was cleaned to, as the first values of a form say it."""
    if isinstance(value, QuerySet):
        return sorted(value.values_list("pk", flat=True))
    if isinstance(value, Model):
        return value.pk
    return sorted(value) if isinstance(value, list) else value
