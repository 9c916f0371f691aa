"""What is written of the residents' alternative: the summary of reasons, the words of the amendment, its handing in."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from trajecten.forms.days import NearDayField
from trajecten.forms.names import NameField

MAX_SUMMARY = 2000
MAX_WORDS = 4000
MAX_VERSION = 2**31 - 1


class SummaryForm(forms.Form):
    """The reasons of a line in short, by who read them all. May be emptied again. ``seen`` is what it said before."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=MAX_SUMMARY)
    summary = forms.CharField(
        label=_("The reasons in short"),
        required=False,
        max_length=MAX_SUMMARY,
        help_text=_("Say what you read most, and what somebody saw differently. No names."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class AmendmentForm(forms.Form):
    """The words of the concept amendment; its amounts follow from the outcome."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=MAX_VERSION)
    title = NameField(
        label=_("Title"), max_length=160, error_messages={"required": _("Give the amendment a title.")}
    )
    findings = forms.CharField(
        label=_("The council finds that"),
        max_length=MAX_WORDS,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write down what is the case.")},
    )
    considerations = forms.CharField(
        label=_("The council considers that"),
        help_text=_("Write here what residents gave as their reasons."),
        max_length=MAX_WORDS,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": _("Write down why residents want this.")},
    )


class HandInForm(forms.Form):
    """When the amendment was handed in to the council."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=MAX_VERSION)
    submitted_on = NearDayField(
        label=_("Handed in on"),
        initial=timezone.localdate,
        error_messages={"required": _("Fill in a date.")},
    )
