"""The pages of coordinators and advisers about who takes part."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories.core import TrajectoryFactory
from tests.factories.enrolment import EnrolmentFactory, InvitationFactory
from tests.factories.meetings import MeetingFactory
from trajecten.models import Activity, Enrolment, Invitation, Municipality, Notification, Trajectory

pytestmark = pytest.mark.usefixtures("english", "in_scope")


@pytest.fixture
def trajectory(in_scope: Any) -> Trajectory:
    return TrajectoryFactory(title="Schouw Oostpolder")


@pytest.fixture
def url(trajectory: Trajectory) -> str:
    return f"/polderwijk/werk/trajecten/{trajectory.pk}/deelnemers/"


def text_of(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def listed(answer: Any) -> list[Any]:
    assert answer.status_code == 200
    return list(answer.context["page"])


# -- The list -------------------------------------------------------------------------------------------------


def test_the_list_filters(coordinator_client: Client, url: str, trajectory: Trajectory, areas: Any) -> None:
    east = EnrolmentFactory(trajectory=trajectory, participant__home_area=areas[1], origin="paper")
    waits = EnrolmentFactory(trajectory=trajectory, waiting=True)
    leads = EnrolmentFactory(trajectory=trajectory, role="facilitator")
    EnrolmentFactory()
    asked = {
        "": [leads, waits, east],
        "status=waiting": [waits],
        "role=facilitator": [leads],
        "origin=paper": [east],
        f"area={areas[1].pk}": [east],
        "status=nonsense": [leads, waits, east],
    }
    assert {query: listed(coordinator_client.get(f"{url}?{query}")) for query in asked} == asked


def test_paper_is_marked(coordinator_client: Client, url: str, trajectory: Trajectory) -> None:
    EnrolmentFactory(trajectory=trajectory, origin="paper", participant__display_name="Mw. Jansma")
    assert 'Mw. Jansma</a> <span class="portal-muted">on paper</span>' in text_of(coordinator_client.get(url))


def test_no_mail_address_is_on_any_page(coordinator_client: Client, url: str, trajectory: Trajectory) -> None:
    enrolment = EnrolmentFactory(trajectory=trajectory)
    exported = b"".join(coordinator_client.get(f"{url[:-1]}.csv")).decode()
    pages = [text_of(coordinator_client.get(address)) for address in (url, f"{url}{enrolment.pk}/")]
    assert not any(enrolment.participant.email in text for text in (*pages, exported))


def test_the_list_asks_the_database_as_often_for_thirty(
    coordinator_client: Client, url: str, trajectory: Trajectory, areas: Any
) -> None:
    def statements() -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            coordinator_client.get(url)
        return len(found)

    def add(count: int) -> None:
        for status in ({}, {"waiting": True}):
            EnrolmentFactory.create_batch(
                count, trajectory=trajectory, participant__home_area=areas[0], **status
            )

    add(1)
    statements()
    with_one = statements()
    add(29)
    assert statements() == with_one
    assert with_one < 20


def test_the_list_as_a_file_is_that_of_the_filter(
    coordinator_client: Client, url: str, trajectory: Trajectory, coordinator: Any
) -> None:
    EnrolmentFactory(trajectory=trajectory, participant__display_name="=Eef")
    EnrolmentFactory(trajectory=trajectory, waiting=True)
    text = b"".join(coordinator_client.get(f"{url[:-1]}.csv?status=active")).decode()
    assert text.splitlines()[1].startswith("'=Eef,member,takes part,by themselves,resident,,1,")
    assert len(text.splitlines()) == 2
    book = coordinator_client.get(f"{url[:-1]}.xlsx")
    assert b"".join(book)[:2] == b"PK"
    assert set(Activity.objects.filter(verb="list_exported").values_list("actor_user", flat=True)) == {
        coordinator.pk
    }


# -- Inviting -------------------------------------------------------------------------------------------------


def test_addresses_are_pasted_as_they_come(coordinator_client: Client, url: str) -> None:
    pasted = "eva@example.org; Sam de Wit <Sam@Example.org>\n\nmees@example.org, eva@example.org"
    answer = coordinator_client.post(f"{url}uitnodigen/", {"addresses": pasted, "role": "member"})
    assert answer.url == url
    assert sorted(row.participant.email for row in Enrolment.objects.select_related("participant")) == [
        "eva@example.org",
        "mees@example.org",
        "sam@example.org",
    ]
    assert Notification.objects.filter(key="trajecten.invited").count() == 3


def test_bad_addresses_stay_in_the_field_with_their_reason(coordinator_client: Client, url: str) -> None:
    pasted = "eva@example.org\nsam@\nmees at example"
    answer = coordinator_client.post(f"{url}uitnodigen/", {"addresses": pasted, "role": "observer"})
    assert answer.status_code == 422
    form = answer.context["form"]
    assert (form["addresses"].value(), form["role"].value()) == ("sam@\nmees at example", "observer")
    assert [error.split(":")[0] for error in form.errors["addresses"]] == ["sam@", "mees at example"]
    assert Invitation.objects.get().participant.email == "eva@example.org"
    assert "1 invitation is sent." in text_of(answer)


def test_too_many_addresses_send_nothing(coordinator_client: Client, url: str) -> None:
    pasted = "\n".join(f"p{n}@example.org" for n in range(201))
    answer = coordinator_client.post(f"{url}uitnodigen/", {"addresses": pasted, "role": "member"})
    assert (answer.status_code, answer.context["form"]["addresses"].value()) == (422, pasted)
    assert not Invitation.objects.exists()


def test_a_role_that_does_not_exist_sends_nothing(coordinator_client: Client, url: str) -> None:
    answer = coordinator_client.post(f"{url}uitnodigen/", {"addresses": "eva@example.org", "role": "king"})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["role"])
    assert not Invitation.objects.exists()


def test_a_trajectory_that_is_over_invites_nobody(coordinator_client: Client, url: str) -> None:
    Trajectory.objects.update(status="evaluated")
    answer = coordinator_client.post(f"{url}uitnodigen/", {"addresses": "eva@example.org", "role": "member"})
    assert (answer.status_code, answer.context["form"].non_field_errors()) == (
        422,
        ["This trajectory takes no new people."],
    )
    assert answer.context["form"]["addresses"].value() == "eva@example.org"


def test_one_person_is_invited_again_and_the_invitation_withdrawn(
    coordinator_client: Client, url: str, trajectory: Trajectory
) -> None:
    coordinator_client.post(f"{url}uitnodigen/", {"addresses": "eva@example.org", "role": "member"})
    enrolment = Enrolment.objects.get()
    coordinator_client.post(f"{url}{enrolment.pk}/opnieuw/")
    invitation = Invitation.objects.get()
    assert invitation.sent == 2
    page = text_of(coordinator_client.get(f"{url}{enrolment.pk}/"))
    assert "Sent 2 times." in page
    revoke = f"/polderwijk/werk/trajecten/{trajectory.pk}/uitnodigingen/{invitation.pk}/intrekken/"
    assert coordinator_client.post(revoke).url == url
    assert not Enrolment.objects.exists()


# -- On paper -------------------------------------------------------------------------------------------------


def test_a_form_on_paper_is_registered_once(coordinator_client: Client, url: str, areas: Any) -> None:
    form = {
        "key": str(uuid.uuid4()),
        "display_name": "Mw. Jansma",
        "role": "member",
        "home_area": areas[1].pk,
    }
    for _twice in range(2):
        assert coordinator_client.post(f"{url}papier/", form).status_code == 302
    enrolment = Enrolment.objects.get()
    assert (enrolment.origin, enrolment.participant.home_area) == ("paper", areas[1])


def test_on_paper_a_name_is_asked(coordinator_client: Client, url: str) -> None:
    answer = coordinator_client.post(f"{url}papier/", {"key": str(uuid.uuid4()), "role": "member"})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["display_name"])


# -- Posters --------------------------------------------------------------------------------------------------


def test_a_poster_is_made_printed_and_withdrawn(
    coordinator_client: Client, url: str, trajectory: Trajectory
) -> None:
    until = timezone.localdate() + timedelta(days=10)
    form = {"label": "Buurthuis", "role": "member", "until": until.isoformat()}
    answer = coordinator_client.post(f"{url}posters/", form)
    poster = Invitation.objects.get()
    assert timezone.localtime(poster.expires_at).date() == until
    page = text_of(coordinator_client.get(answer.url))
    assert poster.shown_code in page
    assert "testserver/polderwijk/u" in page
    drawing = coordinator_client.get(f"{answer.url}qr.svg")
    assert drawing.headers["Content-Type"] == "image/svg+xml"
    assert drawing.content.startswith(b"<svg")
    revoke = f"/polderwijk/werk/trajecten/{trajectory.pk}/uitnodigingen/{poster.pk}/intrekken/"
    assert coordinator_client.post(revoke).url == f"{url}posters/"
    assert "withdrawn" in text_of(coordinator_client.get(f"{url}posters/"))


def test_a_poster_says_when_and_whom_to_ask(
    coordinator_client: Client, trajectory: Trajectory, in_scope: Any
) -> None:
    Municipality.objects.update(contact_email="wijk@example.org", contact_phone="14 0361")
    poster = InvitationFactory(trajectory=trajectory)
    MeetingFactory(trajectory=trajectory, place="Besloten zaal", is_public=False)
    MeetingFactory(trajectory=trajectory, place="Buurthuis De Linde")
    page = text_of(coordinator_client.get(f"/polderwijk/werk/trajecten/{trajectory.pk}/posters/{poster.pk}/"))
    assert "Join in" in page
    assert "Buurthuis De Linde" in page
    assert "Besloten zaal" not in page
    assert "Call 14 0361 or mail wijk@example.org" in page


@pytest.mark.parametrize("days", [-1, 400])
def test_a_poster_works_from_today_to_a_year(coordinator_client: Client, url: str, days: int) -> None:
    until = timezone.localdate() + timedelta(days=days)
    form = {"label": "Buurthuis", "role": "member", "until": until.isoformat()}
    answer = coordinator_client.post(f"{url}posters/", form)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["until"])


def test_the_list_of_posters_asks_the_database_as_often_for_thirty(
    coordinator_client: Client, url: str, trajectory: Trajectory
) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as found:
            coordinator_client.get(f"{url}posters/")
        return len(found)

    InvitationFactory(trajectory=trajectory)
    statements()
    with_one = statements()
    InvitationFactory.create_batch(29, trajectory=trajectory)
    assert statements() == with_one


# -- Places, roles, taking out --------------------------------------------------------------------------------


def test_the_door_is_opened_and_the_places_set(
    coordinator_client: Client, url: str, trajectory: Trajectory
) -> None:
    kept = coordinator_client.post(f"{url}instellingen/", {"is_open": "on", "max_members": 12})
    assert kept.url == f"{url}instellingen/"
    trajectory.refresh_from_db()
    assert (trajectory.is_open_for_enrolment, trajectory.max_members) == (True, 12)
    page = text_of(coordinator_client.get(f"{url}instellingen/"))
    assert f"http://testserver/polderwijk/trajecten/{trajectory.pk}/meedoen/" in page
    coordinator_client.post(f"{url}instellingen/", {})
    trajectory.refresh_from_db()
    assert (trajectory.is_open_for_enrolment, trajectory.max_members) == (False, None)


def test_a_role_is_changed_and_refused_when_it_is_full(
    coordinator_client: Client, url: str, trajectory: Trajectory
) -> None:
    Trajectory.objects.update(max_members=1)
    member = EnrolmentFactory(trajectory=trajectory)
    observer = EnrolmentFactory(trajectory=trajectory, role="observer")
    refused = coordinator_client.post(f"{url}{observer.pk}/rol/", {"role": "member"})
    assert (refused.status_code, list(refused.context["role_form"].errors)) == (422, ["role"])
    coordinator_client.post(f"{url}{member.pk}/rol/", {"role": "facilitator"})
    coordinator_client.post(f"{url}{observer.pk}/rol/", {"role": "member"})
    assert list(Enrolment.objects.order_by("id").values_list("role", flat=True)) == ["facilitator", "member"]


def test_taking_out_asks_a_reason(coordinator_client: Client, url: str, trajectory: Trajectory) -> None:
    enrolment = EnrolmentFactory(trajectory=trajectory)
    refused = coordinator_client.post(f"{url}{enrolment.pk}/uithalen/", {"reason": ""})
    assert (refused.status_code, list(refused.context["out_form"].errors)) == (422, ["reason"])
    coordinator_client.post(f"{url}{enrolment.pk}/uithalen/", {"reason": "Verhuisd."})
    enrolment.refresh_from_db()
    assert (enrolment.status, enrolment.left_reason) == ("left", "Verhuisd.")


def test_somebody_of_another_trajectory_is_not_found_here(coordinator_client: Client, url: str) -> None:
    elsewhere = EnrolmentFactory()
    poster = InvitationFactory()
    assert coordinator_client.get(f"{url}{elsewhere.pk}/").status_code == 404
    assert coordinator_client.get(url.replace("deelnemers", f"posters/{poster.pk}")).status_code == 404


def test_who_opens_the_page_of_a_person_is_in_the_log_once_a_day(
    schouw: Any, coordinator_client: Client
) -> None:
    enrolment = EnrolmentFactory(trajectory=schouw.trajectory)
    address = f"/polderwijk/werk/trajecten/{schouw.trajectory_id}/deelnemers/{enrolment.pk}/"
    for _time in range(2):
        assert coordinator_client.get(address).status_code == 200
    assert Activity.objects.filter(verb="looked_up", object_id=enrolment.pk).count() == 1
    assert coordinator_client.get("/polderwijk/werk/logboek/").status_code == 200
