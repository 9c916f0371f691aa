"""Saying what something answers or what is behind it: found by a word or a number, then ticked."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Model
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_scopes import get_scope

from trajecten.domain import contributions

MOST = 200
LONGEST = 100


@dataclass(frozen=True)
class Origin:
    """Something that can be ticked, named as officials know it."""

    row: Model
    label: str

    @property
    def key(self) -> str:
        return contributions.key_of(self.row)


def of_contributions(found: Iterable[contributions.Found]) -> list[Origin]:
    """Contributions as what can be ticked."""
    return [Origin(each.row, f"{each.title} ({each.kind.name} {each.row.pk})") for each in found]


class OriginsForm(forms.Form):
    """``words`` finds, ``origins`` are the keys of what was ticked; what was ticked stays on the page.

    "Search" posts the form and keeps nothing of it: the view shows it again, with what was found in ``found``.
    """

    words = forms.CharField(
        label=_("Find what it answers"),
        required=False,
        max_length=LONGEST,
        help_text=_("A word, or the number of a report. You can search several times."),
    )
    origins = forms.MultipleChoiceField(
        label=_("It answers"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": _("Something that you ticked is not here any more. Look at it again.")
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ticked = self.data.getlist("origins") if self.is_bound else self.initial.get("origins", [])
        words = self.data.get("words", "") if self.is_bound else self.initial.get("words", "")
        self.chosen = self.named(ticked)
        known = {origin.key for origin in self.chosen}
        wanted = words.replace("\0", "")[:LONGEST]
        self.found = [origin for origin in self.search(wanted) if origin.key not in known]
        origins = self.fields["origins"]
        assert isinstance(origins, forms.MultipleChoiceField)  # noqa: S101
        origins.choices = [(origin.key, origin.label) for origin in (*self.chosen, *self.found)]

    def named(self, keys: Iterable[str]) -> list[Origin]:
        """What these keys name here."""
        return of_contributions(contributions.by_keys(keys))

    def search(self, words: str) -> list[Origin]:
        """What has these words or this number."""
        return of_contributions(contributions.search(words, get_scope()["municipality"]))

    def clean_origins(self) -> list[Any]:
        """The rows that were ticked, in the order of the page."""
        keys = set(self.cleaned_data["origins"])
        if len(keys) > MOST:
            raise forms.ValidationError(gettext("These are more than %(n)s. Tick fewer.") % {"n": MOST})
        return [origin.row for origin in self.chosen if origin.key in keys]
