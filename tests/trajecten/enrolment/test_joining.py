"""The pages of who takes part: signing up, invitations and codes, the own page, and my overview."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories.core import ParticipantFactory, TrajectoryFactory
from tests.factories.enrolment import EnrolmentFactory, InvitationFactory
from tests.factories.meetings import AttendanceFactory, MaterialFactory
from trajecten.domain.meetings import answering
from trajecten.enums import TrajectoryStatus
from trajecten.models import Enrolment, Notification, Participant, Trajectory
from trajecten.views import joining

pytestmark = pytest.mark.usefixtures("english", "in_scope")

ME = {"email": "eva@example.org", "display_name": "Eef", "kind": "resident"}


@pytest.fixture
def trajectory(in_scope: Any) -> Trajectory:
    return TrajectoryFactory(title="Schouw Oostpolder", is_open_for_enrolment=True)


@pytest.fixture
def url(trajectory: Trajectory) -> str:
    return f"/polderwijk/trajecten/{trajectory.pk}/meedoen/"


def text_of(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def shown(answer: Any) -> str:
    """The page without what is other each time that it is made."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text_of(answer))


def own_page(enrolment: Enrolment) -> str:
    return f"/polderwijk/deelname/{enrolment.token}/"


# -- Signing up -----------------------------------------------------------------------------------------------


def test_a_guest_is_told_to_look_in_the_mailbox(client: Client, url: str) -> None:
    answer = client.post(url, ME, follow=True)
    assert answer.redirect_chain == [(f"{url}?gelukt", 302)]
    assert "Look in your mailbox" in text_of(answer)
    assert Enrolment.objects.get().participant.email == "eva@example.org"


def test_a_guest_gets_no_one_else_s_own_page_by_typing_their_address(client: Client, url: str) -> None:
    enrolment = EnrolmentFactory(trajectory_id=url.split("/")[3], participant__email="eva@example.org")
    answer = client.post(url, ME)
    assert answer.url == f"{url}?gelukt"
    assert enrolment.token not in str(answer.headers)


def test_a_mistake_is_said_beside_the_field_and_nothing_typed_is_lost(client: Client, url: str) -> None:
    answer = client.post(url, {**ME, "email": "eva@"})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["email"])
    assert 'value="Eef"' in text_of(answer)
    assert not Participant.objects.exists()


def test_who_is_signed_in_comes_on_the_own_page(resident_client: Client, url: str) -> None:
    assert "email" not in resident_client.get(url).context["form"].fields
    answer = resident_client.post(url, {"display_name": "Bewoner"})
    enrolment = Enrolment.objects.get()
    assert answer.url == own_page(enrolment)
    assert resident_client.get(url).url == own_page(enrolment)


def test_a_trajectory_that_is_not_open_says_how_one_can_come_in(client: Client, url: str) -> None:
    Trajectory.objects.update(is_open_for_enrolment=False)
    page = text_of(client.get(url))
    assert "by yourself now" in page
    assert "/polderwijk/u/" in page
    assert client.post(url, ME).status_code == 200
    assert not Participant.objects.exists()


@pytest.mark.parametrize(
    "change", [{"is_open_for_enrolment": False}, {"status": TrajectoryStatus.EVALUATED, "current_step": ""}]
)
def test_nobody_learns_by_typing_an_address_whether_somebody_takes_part(
    client: Client, url: str, trajectory: Trajectory, change: Any
) -> None:
    EnrolmentFactory(trajectory=trajectory, participant__email="eva@example.org")
    Trajectory.objects.update(**change)
    known, unknown = (client.post(url, {**ME, "email": f"{name}@example.org"}) for name in ("eva", "sam"))
    assert (known.status_code, shown(known)) == (unknown.status_code, shown(unknown))
    assert "Then we have sent you a mail with the link to your own page." in text_of(unknown)
    mailed = Notification.objects.values_list("key", "participant__email")
    assert list(mailed) == [("trajecten.joined", "eva@example.org")]
    assert not Participant.objects.filter(email="sam@example.org").exists()


def test_a_code_that_is_over_tells_nobody_who_came_in_by_it(client: Client, trajectory: Trajectory) -> None:
    poster = InvitationFactory(trajectory=trajectory, revoked_at=timezone.now())
    EnrolmentFactory(trajectory=trajectory, participant__email="eva@example.org")
    answers = [
        client.post(f"/polderwijk/u/{poster.code}/", {**ME, "email": f"{name}@example.org"})
        for name in ("eva", "sam")
    ]
    assert [answer.status_code for answer in answers] == [410, 410]
    assert shown(answers[0]) == shown(answers[1])
    assert Notification.objects.get().participant.email == "eva@example.org"


def test_a_full_group_says_so_beforehand(client: Client, url: str, trajectory: Trajectory) -> None:
    Trajectory.objects.update(max_members=2)
    EnrolmentFactory.create_batch(2, trajectory=trajectory)
    assert "All 2 places are taken: you come on the waiting list." in text_of(client.get(url))


def test_a_page_of_joining_shows_counts_and_no_names(
    client: Client, url: str, trajectory: Trajectory
) -> None:
    EnrolmentFactory(trajectory=trajectory, participant__display_name="Mevrouw Jansma")
    page = text_of(client.get(url))
    assert "1 person takes part." in page
    assert "Jansma" not in page


def test_from_one_connection_one_can_sign_up_so_many(client: Client, url: str, settings: Any) -> None:
    settings.ANONYMOUS_REPORTS_PER_HOUR = 2
    client.defaults["REMOTE_ADDR"] = "192.0.2.77"
    answers = [client.post(url, {**ME, "email": f"p{n}@example.org"}) for n in range(3)]
    assert [answer.status_code for answer in answers] == [302, 302, 429]
    assert 'value="p2@example.org"' in text_of(answers[2])


# -- Invitations ----------------------------------------------------------------------------------------------


def test_a_personal_link_needs_no_address(client: Client, trajectory: Trajectory) -> None:
    invitation = InvitationFactory(trajectory=trajectory, mail=True, role="core_group")
    url = f"/polderwijk/u/{invitation.code}/"
    answer = client.get(url)
    assert "email" not in answer.context["form"].fields
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    answer = client.post(url, {"display_name": "Eef"})
    enrolment = Enrolment.objects.get()
    assert (enrolment.participant, enrolment.role) == (invitation.participant, "core_group")
    assert answer.url == client.get(url).url == own_page(enrolment)


def test_a_poster_asks_an_address(client: Client, trajectory: Trajectory) -> None:
    poster = InvitationFactory(trajectory=trajectory, code="7KMR4TWX")
    assert client.post("/polderwijk/u/7KMR4TWX/", ME).url == "/polderwijk/u/7KMR4TWX/?gelukt"
    poster.refresh_from_db()
    assert (poster.uses, Enrolment.objects.get().origin) == (1, "poster")


@pytest.mark.parametrize("change", ["revoked_at", "expires_at"])
def test_an_invitation_that_is_over_says_so(client: Client, trajectory: Trajectory, change: str) -> None:
    poster = InvitationFactory(trajectory=trajectory, **{change: timezone.now() - timedelta(days=1)})
    url = f"/polderwijk/u/{poster.code}/"
    for answer in (client.get(url), client.post(url, ME)):
        assert answer.status_code == 410
        assert "gemeente@example.org" in text_of(answer)
    assert not Participant.objects.exists()


@pytest.mark.parametrize("typed", ["7KMR4TWX", "7kmr 4twx", " 7KMR-4twx "])
def test_a_code_may_be_typed_as_it_is_read(client: Client, trajectory: Trajectory, typed: str) -> None:
    InvitationFactory(trajectory=trajectory, code="7KMR4TWX")
    answer = client.get("/polderwijk/u/", {"code": typed})
    assert answer.url == "/polderwijk/u/7KMR4TWX/"


def test_a_wrong_code_is_said_beside_the_field(client: Client) -> None:
    answer = client.get("/polderwijk/u/", {"code": "AAAABBBB"})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["code"])
    assert 'value="AAAABBBB"' in text_of(answer)


def test_who_tries_codes_is_stopped(client: Client, trajectory: Trajectory, monkeypatch: Any) -> None:
    monkeypatch.setattr(joining, "WRONG_CODES_PER_HOUR", 3)
    client.defaults["REMOTE_ADDR"] = "192.0.2.99"
    poster = InvitationFactory(trajectory=trajectory)
    assert [client.get(f"/polderwijk/u/{poster.code}/").status_code for _ in range(5)] == [200] * 5
    tried = [client.get(f"/polderwijk/u/BBBBCCC{n}/").status_code for n in range(2, 6)]
    assert tried == [404, 404, 404, 429]
    assert client.get(f"/polderwijk/u/{poster.code}/").status_code == 429
    assert client.get("/polderwijk/u/", {"code": poster.code}).status_code == 429


def test_a_code_of_another_municipality_is_not_known_here(client: Client, other_municipality: Any) -> None:
    poster = InvitationFactory(trajectory__municipality=other_municipality)
    assert client.get(f"/polderwijk/u/{poster.code}/").status_code == 404


# -- The own page ---------------------------------------------------------------------------------------------


def test_one_leaves_by_the_own_page(client: Client, trajectory: Trajectory) -> None:
    enrolment = EnrolmentFactory(trajectory=trajectory)
    url = own_page(enrolment)
    assert client.get(f"{url}stoppen/").status_code == 405
    for _twice in range(2):
        page = text_of(client.post(f"{url}stoppen/", follow=True))
    enrolment.refresh_from_db()
    assert enrolment.status == "left"
    assert "You don't take part any more" in page.replace("&#x27;", "'")


@pytest.mark.parametrize(
    ("role", "words"),
    [
        ("facilitator", "You have led this group since 4 November 2026."),
        ("core_group", "You have been in the core group since 4 November 2026."),
        ("member", "You have taken part since 4 November 2026."),
        ("observer", "You have listened and watched along since 4 November 2026."),
    ],
)
def test_the_own_page_says_since_when_in_words_of_the_role(
    client: Client, trajectory: Trajectory, role: str, words: str
) -> None:
    since = datetime(2026, 11, 4, 12, 0, tzinfo=UTC)
    enrolment = EnrolmentFactory(trajectory=trajectory, role=role, joined_at=since)
    assert words in text_of(client.get(own_page(enrolment)))


def test_the_own_page_leads_to_the_trajectory_its_meetings_and_documents(
    client: Client, trajectory: Trajectory
) -> None:
    enrolment = EnrolmentFactory(trajectory=trajectory)
    row = AttendanceFactory(meeting__trajectory=trajectory, participant=enrolment.participant, answer="maybe")
    MaterialFactory(of_step=True, trajectory=trajectory, is_public=False)
    answer = client.get(own_page(enrolment))
    page = text_of(answer)
    assert f'href="/polderwijk/trajecten/{trajectory.pk}/"' in page
    assert "You answered: maybe." in page
    own = answering.token(meeting=row.meeting, participant=enrolment.participant)
    assert f"/antwoord/{own}/" in page
    (document,) = answer.context["documents"]
    assert document["url"] == "https://example.org/kaart"
    address = f"/polderwijk/bijeenkomsten/stukken/{document['row'].uuid}/"
    assert client.get(address).status_code == 404
    assert client.get(f"{address}?d={enrolment.token}").status_code == 302
    client.post(f"{own_page(enrolment)}stoppen/")
    assert client.get(f"{address}?d={enrolment.token}").status_code == 404
    assert not client.get(own_page(enrolment)).context["documents"]


def test_who_waits_sees_the_place_in_line(client: Client, trajectory: Trajectory) -> None:
    EnrolmentFactory(trajectory=trajectory, waiting=True)
    second = EnrolmentFactory(trajectory=trajectory, waiting=True)
    assert "You are number 2 in line." in text_of(client.get(own_page(second)))


@pytest.mark.parametrize(("role", "sees"), [("facilitator", True), ("member", False), ("core_group", False)])
def test_only_who_leads_the_group_sees_names(
    client: Client, trajectory: Trajectory, role: str, sees: bool
) -> None:
    EnrolmentFactory(trajectory=trajectory, participant__display_name="Mevrouw Jansma", origin="paper")
    page = text_of(client.get(own_page(EnrolmentFactory(trajectory=trajectory, role=role))))
    assert ("Mevrouw Jansma, member (on paper)" in page) == sees


def test_a_facilitator_who_left_sees_no_names(client: Client, trajectory: Trajectory) -> None:
    EnrolmentFactory(trajectory=trajectory, participant__display_name="Mevrouw Jansma")
    gone = EnrolmentFactory(trajectory=trajectory, role="facilitator", left=True)
    assert "Jansma" not in text_of(client.get(own_page(gone)))


def test_my_overview_has_what_i_take_part_in(
    resident_client: Client, resident: Any, trajectory: Trajectory
) -> None:
    me = ParticipantFactory(user=resident)
    enrolment = EnrolmentFactory(trajectory=trajectory, participant=me)
    EnrolmentFactory(trajectory=TrajectoryFactory(title="Weg"), participant=me, left=True)
    page = text_of(resident_client.get("/polderwijk/overzicht/"))
    assert own_page(enrolment) in page
    assert "Weg" not in page
