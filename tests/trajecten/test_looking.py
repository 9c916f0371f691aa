"""Who only looks at a municipality, or is refused there, is not kept as somebody who takes part."""

import uuid
from typing import Any

import pytest
from django.test import Client

from tests.factories.core import CommitmentFactory, ParticipantFactory, StaffRoleFactory, TrajectoryFactory
from tests.factories.enrolment import InvitationFactory
from tests.factories.meetings import MeetingFactory
from trajecten.domain import participants
from trajecten.domain.my_data import erasing
from trajecten.enums import Channel, Frequency
from trajecten.models import Enrolment, Follow, Participant, Preference, User

pytestmark = pytest.mark.usefixtures("english", "in_scope")

HERE = "/polderwijk"


def post(browser: Client, path: str, **sent: object) -> Any:
    return browser.post(f"{HERE}{path}", sent)


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("overzicht/", "You have not said anything here yet"),
        ("mijn-gegevens/", "The municipality of Polderwijk keeps nothing of you"),
        ("mijn-gegevens/wissen/", "Erase my data"),
        ("volgen/", "You follow nothing yet"),
        ("agenda/", "You have no meetings yet"),
        ("berichten/voorkeuren/", "By e-mail"),
    ],
)
def test_a_page_of_one_s_own_says_that_there_is_nothing_yet(
    page: str, words: str, resident_client: Client
) -> None:
    answer = resident_client.get(f"{HERE}/{page}")
    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert not Participant.objects.exists()


def test_who_was_erased_stays_so_by_looking_around(
    resident: User, resident_client: Client, in_scope: Any
) -> None:
    StaffRoleFactory(user=resident, municipality=in_scope)
    erasing.erase(participant=participants.of_user(municipality=in_scope, user=resident), words="none")
    for page in ("overzicht/", "mijn-gegevens/", "mijn-gegevens/alles.zip", "volgen/"):
        resident_client.get(f"{HERE}/{page}")
    assert not Participant.objects.exists()


def test_a_guest_with_the_address_is_found_by_looking(resident: User, resident_client: Client) -> None:
    guest = ParticipantFactory(email=resident.email)
    assert resident.email in resident_client.get(f"{HERE}/mijn-gegevens/").content.decode()
    guest.refresh_from_db()
    assert guest.user == resident


def test_what_is_refused_makes_nobody_a_participant(resident_client: Client) -> None:
    closed = TrajectoryFactory(vision=True)
    revoked = InvitationFactory(trajectory=closed, revoked_at=closed.created_at)
    held = MeetingFactory(past=True)
    post(resident_client, f"/trajecten/{closed.pk}/meedoen/")
    post(resident_client, f"/u/{revoked.code}/")
    post(resident_client, f"/bijeenkomsten/{held.pk}/", answer="yes")
    post(resident_client, "/volgen/", kind="trajecten.commitment", number=1, follow=1)
    post(resident_client, "/overzicht/buurt/", area=uuid.uuid4().hex)
    post(resident_client, "/mijn-gegevens/toestemming/", purpose="contact", choice="withdraw")
    post(
        resident_client,
        "/berichten/voorkeuren/",
        **{"followed-email": Frequency.AT_ONCE, "followed-inapp": "on"},
    )
    assert not Participant.objects.exists()


def test_what_one_does_makes_one_a_participant(resident: User, resident_client: Client) -> None:
    promise = CommitmentFactory()
    post(resident_client, "/volgen/", kind="trajecten.commitment", number=promise.pk, follow=1)
    assert Follow.objects.get().participant.user == resident


def test_a_choice_that_is_not_the_usual_one_is_kept(resident: User, resident_client: Client) -> None:
    post(
        resident_client,
        "/berichten/voorkeuren/",
        **{"followed-email": Frequency.WEEKLY, "followed-inapp": "on"},
    )
    row = Preference.objects.get()
    assert row.participant.user == resident
    assert (row.category, row.channel, row.frequency) == ("followed", Channel.EMAIL, Frequency.WEEKLY)


def test_who_is_signed_in_joins_without_typing_an_address(resident: User, resident_client: Client) -> None:
    trajectory = TrajectoryFactory(vision=True, is_open_for_enrolment=True)
    path = f"/trajecten/{trajectory.pk}/meedoen/"
    assert 'name="email"' not in resident_client.get(f"{HERE}{path}").content.decode()
    assert not Participant.objects.exists()
    assert post(resident_client, path, display_name="Saar").status_code == 302
    assert Enrolment.objects.get().participant.user == resident


def test_an_account_that_was_never_used_can_be_removed(resident: User, resident_client: Client) -> None:
    post(resident_client, "/mijn-gegevens/wissen/", words="none", confirmation="Polderwijk")
    assert not User.objects.filter(pk=resident.pk).exists()
