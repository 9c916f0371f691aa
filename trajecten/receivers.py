"""Signals of other people's code (Django and allauth); our own logic uses none."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import EmailAddress
from allauth.account.signals import email_changed, email_confirmed
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

from trajecten.domain import participants
from trajecten.domain.staffing import inviting
from trajecten.models import User


@receiver(user_logged_in)
def adopt_guests_on_sign_in(user: User, request: HttpRequest, **_: Any) -> None:
    """Sign-in goes by a code sent to the address, so the address is proven. Before anything is shown, so that
    where one lands can depend on it."""
    if EmailAddress.objects.filter(user=user, email__iexact=user.email, verified=True).exists():
        participants.adopt_guests(user=user, email=user.email)
        inviting.accept_all(user=user)


@receiver(email_confirmed)
def adopt_guests_on_confirmation(email_address: EmailAddress, **_: Any) -> None:
    if email_address.primary:
        participants.move_to_address(user=email_address.user, email=email_address.email)
    else:
        participants.adopt_guests(user=email_address.user, email=email_address.email)


@receiver(email_changed)
def write_to_another_address(to_email_address: EmailAddress, **_: Any) -> None:
    if to_email_address.verified:
        participants.move_to_address(user=to_email_address.user, email=to_email_address.email)


@receiver(authenticator_added)
def count_as_used(user: User, request: HttpRequest, authenticator: Authenticator, **_: Any) -> None:
    """Who sets up an app or a key shows that it works; so this session is not asked for it at once again."""
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)
