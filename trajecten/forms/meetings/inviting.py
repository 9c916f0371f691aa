"""Whom to invite to a meeting."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from trajecten.validators import canonical_email

MOST_ADDRESSES = 100


class InviteForm(forms.Form):
    """Whom to invite: who takes part in the trajectory, and addresses."""

    everybody = forms.BooleanField(
        label=_("Everybody who takes part in this trajectory"),
        required=False,
        help_text=_("Who comes in later is invited too."),
    )
    addresses = forms.CharField(
        label=_("E-mail addresses"),
        required=False,
        max_length=20_000,
        help_text=_("One on each line. Only people who said that you may write to them."),
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_addresses(self) -> list[str]:
        """Each in the form in which it is kept. Refuses what is no address, with the line that it is on."""
        typed = [line.strip(" ,;") for line in self.cleaned_data["addresses"].splitlines()]
        typed = [address for address in typed if address]
        if len(typed) > MOST_ADDRESSES:
            raise ValidationError(
                _("These are %(n)s addresses. Invite at most %(most)s at once."),
                params={"n": len(typed), "most": MOST_ADDRESSES},
            )
        return [_address(address) for address in typed]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not cleaned["everybody"] and not cleaned["addresses"]:
            raise ValidationError(_("Choose whom you want to invite."))
        return cleaned


def _address(typed: str) -> str:
    try:
        return canonical_email(typed)
    except ValidationError as error:
        raise ValidationError(
            _("“%(address)s” is not an e-mail address. It looks like name@example.org."),
            params={"address": typed[:80]},
        ) from error
