"""What a reporter answers to a question."""

from django import forms
from django.utils.translation import gettext_lazy as _

MAX_REPLY = 2000


class ReplyForm(forms.Form):
    """The words; photos come beside them."""

    text = forms.CharField(
        label=_("Your answer"),
        max_length=MAX_REPLY,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Only the municipality reads this."),
        error_messages={"required": _("Write your answer first.")},
    )
