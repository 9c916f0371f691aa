"""Marking messages in the inbox."""

from django import forms


class MarkForm(forms.Form):
    """One message as read or unread; without a number all of them as read."""

    number = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1)
    read = forms.BooleanField(required=False)
