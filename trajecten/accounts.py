"""How allauth is fitted in: which addresses an account has, and where one lands after signing in."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import get_language

from trajecten.domain import participants
from trajecten.domain.overview import pages
from trajecten.models import User
from trajecten.validators import canonical_email


@transaction.atomic
def set_address(*, user: User) -> None:
    """Make the account's address, which an administrator vouches for, the one it signs in with, instead of the last."""
    addresses = EmailAddress.objects.filter(user=user)
    known = addresses.filter(email=user.email).first() or addresses.filter(primary=True).first()
    kept = known or EmailAddress(user=user)
    addresses.filter(primary=True).exclude(pk=kept.pk).delete()
    kept.email, kept.verified, kept.primary = user.email, True, True
    kept.save()
    participants.move_to_address(user=user, email=user.email)


class AccountAdapter(DefaultAccountAdapter):
    def clean_email(self, email: str) -> str:
        return canonical_email(email)

    def is_safe_url(self, url: str | None) -> bool:
        """An address that nobody can read leads nowhere."""
        try:
            return bool(super().is_safe_url(url))
        except ValueError:
            return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Where one lands who was not on the way to a page."""
        return pages.first_page(request.user)

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        return self.get_login_redirect_url(request)

    def save_user(self, request: HttpRequest, user: Any, form: Any, commit: bool = True) -> Any:
        user = super().save_user(request, user, form, commit=False)
        user.language = get_language() or "nl"
        if commit:
            user.save()
        return user
