"""Counting an election that was held elsewhere, from a file."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from budget.enums import BallotRule
from budget.forms.ballots.rules import RULES
from trajecten.forms.names import NameField

MAX_MEGABYTES = 20


class FileForm(forms.Form):
    """A .pb file, by which rule it is counted, and how the result is called."""

    file = forms.FileField(
        label=_("File with the votes (.pb)"),
        help_text=_("In the format of Pabulib, at most 20 MB. We keep what comes of it, not the file."),
        error_messages={
            "required": _("Choose the file."),
            "empty": _("This file is empty."),
        },
    )
    rule = forms.ChoiceField(
        label=_("How are the votes counted?"),
        choices=RULES,
        initial=BallotRule.EQUAL_SHARES,
        widget=forms.RadioSelect,
    )
    title = NameField(
        label=_("How do you call the result?"),
        required=False,
        max_length=120,
        help_text=_("Empty: as the file says."),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MAX_MEGABYTES * 1_000_000:
            message = gettext("This is larger than %(n)s MB.") % {"n": MAX_MEGABYTES}
            raise forms.ValidationError(message)
        return file
