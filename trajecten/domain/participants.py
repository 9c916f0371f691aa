"""Participants: guests, accounts, and their consents."""

from django.db import transaction
from django_scopes import scopes_disabled

from trajecten.domain import writing
from trajecten.enums import ConsentPurpose
from trajecten.models import Consent, Municipality, Participant, User

CONTACT_TEXT_VERSION = "2026-11"


def guest(*, municipality: Municipality, email: str, language: str) -> Participant:
    """The participant with this address in this municipality, made when there is none."""
    new = new_guest(municipality=municipality, email=email, language=language)
    writing.insert(new)
    return new.row


def new_guest(*, municipality: Municipality, email: str, language: str) -> writing.New[Participant]:
    """The row behind ``guest``: one statement, so that two requests at once can't make two."""
    return writing.New(
        Participant(municipality=municipality, email=email.strip().lower(), language=language),
        on_conflict="(municipality_id, email) DO UPDATE SET email = EXCLUDED.email",
    )


@transaction.atomic
def of_user(*, municipality: Municipality, user: User) -> Participant:
    """The participant that this account is in this municipality, made when there is none.

    A guest with the account's address becomes this participant and keeps everything. Another account's
    participant never does: it loses the address, which this account has proved to read.
    """
    found = Participant.objects.filter(municipality=municipality, user=user).first()
    if found:
        return found
    of_others = Participant.objects.filter(municipality=municipality, user__isnull=False)
    of_others.filter(email=user.email.lower()).update(email=None)
    participant = guest(municipality=municipality, email=user.email, language=user.language)
    Participant.objects.filter(pk=participant.pk, user__isnull=True).update(user=user, display_name=user.name)
    participant.refresh_from_db()
    return participant


@transaction.atomic
def adopt_guests(*, user: User, email: str) -> int:
    """Tie every guest with this address, which the user proved to read, to the account. Returns how many."""
    with scopes_disabled():
        taken = Participant.objects.filter(user=user).values("municipality")
        guests = Participant.objects.filter(email=email.lower(), user__isnull=True).exclude(
            municipality__in=taken
        )
        return guests.update(user=user)


def allow_contact(*, participant: Participant, given_by: str = "self") -> None:
    """Record consent to be written to, once per version of the text."""
    writing.insert(contact_consent(participant=participant, given_by=given_by))


def contact_consent(*, participant: Participant, given_by: str = "self") -> writing.New[Consent]:
    """The row behind ``allow_contact``."""
    return writing.New(
        Consent(
            municipality_id=participant.municipality_id,
            participant=participant,
            purpose=ConsentPurpose.CONTACT,
            text_version=CONTACT_TEXT_VERSION,
            given_by=given_by,
        ),
        on_conflict="DO NOTHING",
    )
