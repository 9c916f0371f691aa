"""To follow something, or no longer."""

from django import forms


class FollowForm(forms.Form):
    """Hidden fields of the button: what it is about, which way it goes, and the page to come back to."""

    kind = forms.CharField(max_length=80)
    number = forms.IntegerField(min_value=1, max_value=2**63 - 1)
    follow = forms.BooleanField(required=False)
    next = forms.CharField(required=False, max_length=500)
