"""Guests and accounts: who gets back what they did before, and who never gets another's."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.account.signals import email_changed, email_confirmed
from django.contrib.auth.signals import user_logged_in
from django.db.models import PROTECT, UniqueConstraint
from django.test import RequestFactory
from django.utils import timezone
from django_scopes import scopes_disabled

from tests.factories.buurtschouw import ReportFactory, SupportFactory
from tests.factories.core import (
    ActivityFactory,
    CommitmentFactory,
    ConsentFactory,
    FollowFactory,
    NotificationFactory,
    ParticipantFactory,
    PreferenceFactory,
    UserFactory,
    VerdictFactory,
)
from tests.factories.meetings import AttendanceFactory, MeetingFactory
from trajecten import registry
from trajecten.domain import participants
from trajecten.domain.telling import unsubscribing
from trajecten.models import Activity, Attendance, Consent, Enrolment, Participant, User

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
    assert (kept.email, kept.user) == (EMAIL, None)


def test_a_guest_is_written_to_in_the_language_of_their_last_visit(in_scope: Any) -> None:
    for language in ("nl", "en"):
        participants.guest(municipality=in_scope, email=EMAIL, language=language)
    assert Participant.objects.get().language == "en"


def test_who_has_an_account_keeps_the_language_they_chose(in_scope: Any, user: User) -> None:
    ParticipantFactory(email=EMAIL, user=user, language="nl")
    participants.guest(municipality=in_scope, email=EMAIL, language="en")
    assert Participant.objects.get().language == "nl"


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


def of(participant: Participant) -> dict[str, list[int]]:
    """All that points at this participant, by model; without those of which there is nothing."""
    found = {
        relation.related_model.__name__: list(
            relation.related_model.objects.filter(**{relation.field.name: participant.pk})
            .order_by("pk")
            .values_list("pk", flat=True)
        )
        for relation in Participant._meta.related_objects
    }
    return {model: rows for model, rows in found.items() if rows}


def test_where_the_account_takes_part_already_it_gets_all_that_the_guest_did(schouw: Any, user: User) -> None:
    mine = ParticipantFactory(email="eerste@example.org", user=user)
    guest = ParticipantFactory(email=EMAIL)
    report = ReportFactory(schouw=schouw, author=guest)
    made = {
        "Commitment": [CommitmentFactory(owner=None, owner_participant=guest).pk],
        "Follow": [FollowFactory(participant=guest, target=report).pk],
        "Preference": [PreferenceFactory(participant=guest, category="my-supports").pk],
        "Consent": [ConsentFactory(participant=guest).pk],
        "Notification": [NotificationFactory(participant=guest).pk],
        "Report": [report.pk],
        "Support": [SupportFactory(report=ReportFactory(schouw=schouw), participant=guest).pk],
        "Verdict": [VerdictFactory(target=report, participant=guest).pk],
    }
    assert participants.adopt_guests(user=user, email=EMAIL) == 1
    assert not Participant.objects.filter(pk=guest.pk).exists()
    assert of(mine) == made
    mine.refresh_from_db()
    assert mine.email == "eerste@example.org"


def test_what_both_did_stays_the_account_s_and_no_support_is_lost(report: Any, user: User) -> None:
    mine = ParticipantFactory(email="eerste@example.org", user=user)
    guest = ParticipantFactory(email=EMAIL)
    kept = {
        "Consent": [ConsentFactory(participant=mine).pk],
        "Follow": [FollowFactory(participant=mine, target=report).pk],
        "Preference": [PreferenceFactory(participant=mine, frequency="daily").pk],
        "Support": [SupportFactory(report=report, participant=mine).pk],
        "Verdict": [VerdictFactory(target=report, participant=mine).pk],
    }
    ConsentFactory(participant=guest)
    FollowFactory(participant=guest, target=report)
    PreferenceFactory(participant=guest, frequency="never")
    SupportFactory(report=report, participant=guest)
    VerdictFactory(target=report, participant=guest)
    participants.adopt_guests(user=user, email=EMAIL)
    assert of(mine) == kept
    assert report.support_rows.count() == 2


def test_who_was_invited_twice_to_a_meeting_is_on_its_list_once(in_scope: Any, user: User) -> None:
    """Guest and account: the later answer counts, and that one of them was there."""
    mine = ParticipantFactory(email="eerste@example.org", user=user)
    guest = ParticipantFactory(email=EMAIL)
    meeting, now = MeetingFactory(past=True), timezone.now()
    AttendanceFactory(
        meeting=meeting,
        participant=mine,
        answer="yes",
        answered_at=now - timedelta(days=2),
        was_present=False,
    )
    AttendanceFactory(
        meeting=meeting, participant=guest, answer="no", answered_at=now, was_present=True, name="Bea"
    )
    other = AttendanceFactory(participant=guest, answer="maybe")
    sign_in_with(user)
    assert not Participant.objects.filter(pk=guest.pk).exists()
    row = Attendance.objects.get(meeting=meeting)
    assert (row.participant, row.answer, row.was_present, row.name) == (mine, "no", True, "Bea")
    other.refresh_from_db()
    assert other.participant == mine


def sign_in_with(user: User) -> None:
    EmailAddress.objects.create(user=user, email=EMAIL, verified=True, primary=True)
    sign_in(user)


def test_what_keeps_a_guest_and_can_be_there_twice_says_how_two_become_one() -> None:
    """Otherwise signing in is refused for good to who has such a row as a guest and as an account."""
    kept = [relation for relation in Participant._meta.related_objects if relation.on_delete is PROTECT]
    once = {
        relation.related_model
        for relation in kept
        if relation.one_to_one
        or any(
            relation.field.name in constraint.fields
            for constraint in relation.related_model._meta.constraints
            if isinstance(constraint, UniqueConstraint)
        )
    }
    assert once == {Attendance, Enrolment}
    assert all(registry.union(model) for model in once)


def test_who_wanted_no_mail_as_one_of_two_gets_none_as_the_one_they_become(in_scope: Any, user: User) -> None:
    mine = ParticipantFactory(email="eerste@example.org", user=user)
    ParticipantFactory(email=EMAIL, contact_withdrawn_at=timezone.now())
    participants.adopt_guests(user=user, email=EMAIL)
    mine.refresh_from_db()
    assert mine.contact_withdrawn_at is not None


def test_a_merge_is_in_the_log_which_stays_as_it_was(report: Any, user: User) -> None:
    mine = ParticipantFactory(email="eerste@example.org", user=user)
    guest = ParticipantFactory(email=EMAIL)
    ActivityFactory(target=report, verb="reported", actor_participant=guest)
    participants.adopt_guests(user=user, email=EMAIL)
    log = Activity.objects.values_list("verb", "object_id", "actor_participant", "details")
    assert list(log) == [
        ("reported", report.pk, None, {}),
        ("participant_merged", guest.pk, mine.pk, {"into": mine.pk}),
    ]


def test_the_link_that_stops_mails_works_after_a_merge(in_scope: Any, user: User) -> None:
    mine = ParticipantFactory(email="eerste@example.org", user=user)
    guest = ParticipantFactory(email=EMAIL)
    link = unsubscribing.url(participant=guest, municipality=in_scope, category="my-supports")
    participants.adopt_guests(user=user, email=EMAIL)
    token = link.rstrip("/").rpartition("/")[2]
    assert unsubscribing.read(token=token, municipality=in_scope) == (mine, "my-supports")


# -- Moving to another address --------------------------------------------------------------------------------

NEW = "nieuw@example.org"


def move(user: User, *, verified: bool = True) -> None:
    """As the page for one's addresses does it."""
    old = EmailAddress.objects.create(user=user, email=EMAIL, verified=True, primary=True)
    new = EmailAddress.objects.create(user=user, email=NEW, verified=verified)
    new.set_as_primary()
    email_changed.send(
        sender=EmailAddress, request=None, user=user, from_email_address=old, to_email_address=new
    )


def addresses() -> list[tuple[int, str | None]]:
    with scopes_disabled():
        return list(Participant.objects.order_by("pk").values_list("pk", "email"))


def test_who_moves_to_another_address_is_written_to_there_everywhere(
    in_scope: Any, other_municipality: Any, user: User
) -> None:
    here = ParticipantFactory(email=EMAIL, user=user)
    there = ParticipantFactory(email=EMAIL, user=user, municipality=other_municipality)
    move(user)
    assert addresses() == [(here.pk, NEW), (there.pk, NEW)]


def test_a_guest_who_had_the_new_address_is_the_account_s(
    schouw: Any, other_municipality: Any, user: User
) -> None:
    mine = ParticipantFactory(email=EMAIL, user=user)
    guest = ParticipantFactory(email=NEW)
    elsewhere = ParticipantFactory(email=NEW, municipality=other_municipality)
    report = ReportFactory(schouw=schouw, author=guest)
    move(user)
    report.refresh_from_db()
    assert addresses() == [(mine.pk, NEW), (elsewhere.pk, NEW)]
    assert everybody() == [(mine.pk, user.pk), (elsewhere.pk, user.pk)]
    assert report.author == mine


def test_another_account_s_participant_loses_the_address_that_is_somebody_else_s_now(
    in_scope: Any, user: User
) -> None:
    other = ParticipantFactory(email=NEW, user=UserFactory())
    mine = ParticipantFactory(email=EMAIL, user=user)
    move(user)
    assert addresses() == [(other.pk, None), (mine.pk, NEW)]


def test_an_address_that_is_not_proven_moves_nothing(in_scope: Any, user: User) -> None:
    mine = ParticipantFactory(email=EMAIL, user=user)
    move(user, verified=False)
    assert addresses() == [(mine.pk, EMAIL)]


# -- What stays another's -------------------------------------------------------------------------------------


def test_another_account_s_participant_is_never_adopted(in_scope: Any, user: User) -> None:
    other = ParticipantFactory(email=EMAIL, user=UserFactory())
    assert participants.adopt_guests(user=user, email=EMAIL) == 0
    assert everybody() == [(other.pk, other.user_id)]
