"""A municipality's own words of a line."""

from django import forms
from django.utils.translation import gettext_lazy as _

from trajecten.forms.undoing import NoUndoForm

MAX_PART = 600


def _part(label: object) -> forms.CharField:
    return forms.CharField(
        label=label, required=False, max_length=MAX_PART, widget=forms.Textarea(attrs={"rows": 4})
    )


class LineTextForm(NoUndoForm):
    """Four answers; an empty one is the standing text."""

    what = _part(_("What is this?"))
    pays_for = _part(_("What do we pay with it?"))
    by_law = _part(_("What does the law fix?"))
    can_move = _part(_("What can the council change?"))
