"""django-allauth's forms, with the portal's own field for a mail address."""

from typing import Any

from allauth.account import forms as allauth

from trajecten.forms.mail_address import MailAddressField


class SignInForm(allauth.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = MailAddressField()


class SignUpForm(allauth.SignupForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"] = MailAddressField()


class CodeForm(allauth.RequestLoginCodeForm):
    email = MailAddressField()


class AddAddressForm(allauth.AddEmailForm):
    email = MailAddressField()


class ChangeAddressForm(allauth.ChangeEmailForm):
    email = MailAddressField()
