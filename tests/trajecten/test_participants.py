"""Guests and accounts: who gets back what they did before, and who never gets another's."""

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.account.signals import email_confirmed, user_logged_in
from django.test import RequestFactory
from django_scopes import scopes_disabled

from tests.factories.core import ParticipantFactory, UserFactory
from trajecten.domain import participants
from trajecten.models import Consent, Participant, User

EMAIL = "bewoner@example.org"


@pytest.fixture
def user(db: None) -> User:
    return UserFactory(email=EMAIL, name="Bewoner")


def of_user(user: User, municipality: Any) -> Participant:
    return participants.of_user(municipality=municipality, user=user)


def everybody() -> list[tuple[int, int | None]]:
    """All participants and their accounts."""
    with scopes_disabled():
        return list(Participant.objects.order_by("pk").values_list("pk", "user"))


# -- Guests ---------------------------------------------------------------------------------------------------


def test_one_address_is_one_guest_however_it_was_typed(in_scope: Any) -> None:
    first = participants.guest(municipality=in_scope, email=EMAIL, language="en")
    again = participants.guest(municipality=in_scope, email=f" {EMAIL.upper()} ", language="nl")
    assert again.pk == first.pk
    kept = Participant.objects.get()
    assert (kept.email, kept.language, kept.user) == (EMAIL, "en", None)


def test_in_another_municipality_it_is_another_guest(in_scope: Any, other_municipality: Any) -> None:
    here = participants.guest(municipality=in_scope, email=EMAIL, language="nl")
    there = participants.guest(municipality=other_municipality, email=EMAIL, language="nl")
    assert here.pk != there.pk


def test_consent_is_kept_once_for_each_version_of_the_text(in_scope: Any, monkeypatch: Any) -> None:
    guest = ParticipantFactory()
    for _ in range(2):
        participants.allow_contact(participant=guest)
    monkeypatch.setattr(participants, "CONTACT_TEXT_VERSION", "2027-01")
    participants.allow_contact(participant=guest)
    versions = Consent.objects.filter(participant=guest).values_list("text_version", "purpose", "given_by")
    assert sorted(versions) == [("2026-11", "contact", "self"), ("2027-01", "contact", "self")]


# -- Accounts -------------------------------------------------------------------------------------------------


def test_an_account_is_one_participant(in_scope: Any, user: User) -> None:
    assert of_user(user, in_scope) == of_user(user, in_scope)
    kept = Participant.objects.get()
    assert (kept.user, kept.email, kept.display_name) == (user, EMAIL, "Bewoner")


def test_a_guest_with_the_address_of_the_account_becomes_it(in_scope: Any, user: User) -> None:
    guest = ParticipantFactory(email=EMAIL)
    assert of_user(user, in_scope) == guest
    assert everybody() == [(guest.pk, user.pk)]


def test_what_another_account_did_with_an_address_stays_with_that_account(in_scope: Any, user: User) -> None:
    """The address changed hands: its first owner moved to another one and kept the account."""
    first_owner = ParticipantFactory(email=EMAIL, user=UserFactory(email="verhuisd@example.org"))
    mine = of_user(user, in_scope)
    assert mine != first_owner
    assert (mine.user, mine.email) == (user, EMAIL)
    first_owner.refresh_from_db()
    assert (first_owner.user.email, first_owner.email) == ("verhuisd@example.org", None)


# -- Signing in -----------------------------------------------------------------------------------------------


def sign_in(user: User) -> None:
    user_logged_in.send(sender=User, user=user, request=RequestFactory().get("/"))


@pytest.mark.parametrize(("verified", "adopted"), [(True, True), (False, False)])
def test_only_a_proven_address_brings_back_what_a_guest_did(
    in_scope: Any, other_municipality: Any, user: User, verified: bool, adopted: bool
) -> None:
    EmailAddress.objects.create(user=user, email=EMAIL, verified=verified, primary=True)
    guests = [
        ParticipantFactory(email=EMAIL),
        ParticipantFactory(email=EMAIL, municipality=other_municipality),
    ]
    ParticipantFactory(email="iemand@example.org")
    sign_in(user)
    of_mine = [pk for pk, owner in everybody() if owner == user.pk]
    assert of_mine == ([guest.pk for guest in guests] if adopted else [])


def test_confirming_an_address_brings_back_what_was_done_with_it(in_scope: Any, user: User) -> None:
    guest = ParticipantFactory(email="tweede@example.org")
    second = EmailAddress.objects.create(user=user, email="Tweede@example.org", verified=True)
    email_confirmed.send(sender=EmailAddress, request=None, email_address=second)
    assert everybody() == [(guest.pk, user.pk)]


def test_a_guest_stays_apart_where_the_account_takes_part_already(in_scope: Any, user: User) -> None:
    mine = ParticipantFactory(email="eerste@example.org", user=user)
    guest = ParticipantFactory(email=EMAIL)
    assert participants.adopt_guests(user=user, email=EMAIL) == 0
    assert everybody() == [(mine.pk, user.pk), (guest.pk, None)]


def test_another_account_s_participant_is_never_adopted(in_scope: Any, user: User) -> None:
    other = ParticipantFactory(email=EMAIL, user=UserFactory())
    assert participants.adopt_guests(user=user, email=EMAIL) == 0
    assert everybody() == [(other.pk, other.user_id)]
