"""What one says of a passkey or security key. The fields are allauth's, the words are ours."""

from typing import Any

from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django.utils.translation import gettext_lazy as _

NAME = _("Name of this key")


class AddKeyForm(AddWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = NAME
        without_mail = self.fields["passwordless"]
        without_mail.label = _("Sign in without a code by mail")
        without_mail.help_text = _("Then your phone asks for your finger, your face or a PIN.")


class KeyNameForm(EditWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = NAME
        self.fields["name"].error_messages["required"] = _("Type a name by which you know the key again.")
