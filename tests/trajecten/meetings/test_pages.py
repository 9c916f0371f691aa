"""Pages about meetings: for who comes, and for who plans them."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.factories.core import ParticipantFactory
from tests.factories.enrolment import EnrolmentFactory
from tests.factories.meetings import AttendanceFactory, MeetingFactory
from trajecten.domain.meetings import answering, finding
from trajecten.models import Attendance, Meeting, Notification, Participant

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def meeting(schouw: Any) -> Meeting:
    return MeetingFactory(trajectory=schouw.trajectory, title="Startavond", link="https://example.org/video")


def public(name: str, **parts: Any) -> str:
    return reverse(name, kwargs={"gemeente": "polderwijk", **parts})


def staff(name: str, meeting: Meeting) -> str:
    return public(name, pk=meeting.trajectory_id, meeting=meeting.pk)


def form_of(meeting: Meeting, **fields: Any) -> dict[str, Any]:
    day = timezone.localdate() + timedelta(days=12)
    given = {"title": meeting.title, "day": day, "begins": "19:30", "ends": "21:30", "place": meeting.place}
    return {**given, "is_public": "on", **fields}


# -- For who comes ---------------------------------------------------------------------------------------------


def test_the_list_shows_what_is_to_come_and_what_is_over(meeting: Meeting) -> None:
    MeetingFactory(title="Vorige keer", past=True)
    MeetingFactory(title="Besloten", is_public=False)
    coming = Client().get(public("meetings")).content.decode()
    over = Client().get(public("meetings") + "?wanneer=geweest").content.decode()

    assert ("Startavond" in coming, "Vorige keer" in coming, "Besloten" in coming) == (True, False, False)
    assert ("Startavond" in over, "Vorige keer" in over) == (False, True)


def test_what_is_not_valid_asks_nothing(meeting: Meeting) -> None:
    answer = Client().get(public("meetings") + "?wanneer=ooit&traject=9999&page=x")
    assert (answer.status_code, "Startavond" in answer.content.decode()) == (200, True)


def test_only_who_is_invited_sees_a_closed_meeting(schouw: Any, resident: Any, sign_in: Any) -> None:
    closed = MeetingFactory(trajectory=schouw.trajectory, is_public=False, title="Besloten")
    browser = sign_in(resident)
    assert browser.get(public("meeting", pk=closed.pk)).status_code == 404
    mine = ParticipantFactory(user=resident, email=resident.email)
    AttendanceFactory(meeting=closed, participant=mine)
    assert browser.get(public("meeting", pk=closed.pk)).status_code == 200
    assert "Besloten" in browser.get(public("meetings")).content.decode()


def test_a_resident_says_to_come(meeting: Meeting, resident_client: Client) -> None:
    address = public("meeting", pk=meeting.pk)
    assert "https://example.org/video" not in resident_client.get(address).content.decode()
    refused = resident_client.post(address, {"answer": "misschien"})
    assert refused.status_code == 422
    assert resident_client.post(address, {"answer": "yes", "name": "Bo"}).status_code == 302
    page = resident_client.get(address).content.decode()
    assert ("https://example.org/video" in page, "You answered: I come" in page) == (True, True)


def test_a_guest_answers_by_the_link_from_the_mail(meeting: Meeting) -> None:
    row = AttendanceFactory(meeting=meeting)
    token = answering.token(meeting=meeting, participant=row.participant)
    address = public("meeting-answer", pk=meeting.pk, token=token)
    asked = Client().get(address + "?antwoord=yes")
    row.refresh_from_db()
    assert (row.answer, asked.context["form"].initial["answer"]) == ("", "yes")
    assert asked.context["form"].initial["name"] == row.participant.display_name
    Client().post(address, {"answer": "yes"})
    row.refresh_from_db()
    assert row.answer == "yes"
    assert asked.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert Client().get(public("meeting-answer", pk=meeting.pk, token=token[:-2])).status_code == 404


def test_no_answer_to_a_meeting_that_has_begun(meeting: Meeting) -> None:
    row = AttendanceFactory(meeting=meeting)
    token = answering.token(meeting=meeting, participant=row.participant)
    Meeting.objects.update(starts_at=timezone.now() - timedelta(minutes=1))
    answer = Client().post(public("meeting-answer", pk=meeting.pk, token=token), {"answer": "yes"})
    assert (answer.status_code, Attendance.objects.get().answer) == (422, "")


def test_minutes_are_read_once_they_are_published(meeting: Meeting) -> None:
    Meeting.objects.update(minutes="Wij spraken af")
    assert "Wij spraken af" not in Client().get(public("meeting", pk=meeting.pk)).content.decode()
    Meeting.objects.update(minutes_published_at=timezone.now())
    assert "Wij spraken af" in Client().get(public("meeting", pk=meeting.pk)).content.decode()


@pytest.mark.parametrize("who", ["anonymous", "coordinator"])
def test_lists_ask_the_database_as_often_for_one_as_for_many(
    schouw: Any, who: str, request: Any, sign_in: Any
) -> None:
    browser = Client() if who == "anonymous" else sign_in(request.getfixturevalue(who))
    name = ("meetings", {}) if who == "anonymous" else ("staff-meetings", {"pk": schouw.trajectory.pk})
    counts = []
    for rows in (1, 29):
        for _row in range(rows):
            AttendanceFactory(meeting__trajectory=schouw.trajectory)
        caches["memory"].clear()
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert browser.get(public(name[0], **name[1])).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


# -- For who plans them ------------------------------------------------------------------------------------------


def test_a_coordinator_plans_a_meeting(schouw: Any, coordinator_client: Client) -> None:
    address = public("staff-meeting-new", pk=schouw.trajectory.pk)
    refused = coordinator_client.post(address, {"title": "Avond", "day": "2026-13-01", "begins": "19:30"})
    assert (refused.status_code, sorted(refused.context["form"].errors)) == (422, ["day", "ends"])
    given = {
        "title": "Avond",
        "day": timezone.localdate() + timedelta(days=3),
        "begins": "21:00",
        "ends": "20:00",
    }
    backwards = coordinator_client.post(address, given)
    assert (backwards.status_code, list(backwards.context["form"].errors)) == (422, ["ends"])
    nowhere = coordinator_client.post(address, {**given, "ends": "22:00"})
    assert list(nowhere.context["form"].errors) == ["place"]
    made = coordinator_client.post(address, {**given, "ends": "22:00", "place": "Zaal"})
    assert (made.status_code, Meeting.objects.get().title) == (302, "Avond")
    assert timezone.localtime(Meeting.objects.get().starts_at).hour == 21


def test_inviting_by_address(meeting: Meeting, coordinator_client: Client) -> None:
    address = staff("staff-meeting-invite", meeting)
    assert coordinator_client.post(address, {}).status_code == 422
    wrong = coordinator_client.post(address, {"addresses": "anna@example.org\ngeen adres"})
    assert "geen adres" in str(wrong.context["invite_form"].errors["addresses"])
    for _again in range(2):
        coordinator_client.post(address, {"addresses": "Anna@Example.org\n\nbo@example.org,"})
    assert sorted(Participant.objects.values_list("email", flat=True)) == [
        "anna@example.org",
        "bo@example.org",
    ]
    assert Notification.objects.filter(key="trajecten.meeting_invited").count() == 2


def test_no_address_is_on_a_page(meeting: Meeting, coordinator_client: Client) -> None:
    AttendanceFactory(meeting=meeting, participant__email="geheim@example.org", answer="yes")
    Meeting.objects.update(starts_at=timezone.now() - timedelta(minutes=1))
    for name in ("staff-meeting", "staff-attendance"):
        assert "geheim@example.org" not in coordinator_client.get(staff(name, meeting)).content.decode()


def test_moving_and_cancelling_by_the_forms(meeting: Meeting, coordinator_client: Client) -> None:
    AttendanceFactory(meeting=meeting)
    coordinator_client.post(staff("staff-meeting", meeting), form_of(meeting, place="Zaal 2"))
    assert coordinator_client.post(staff("staff-meeting-cancel", meeting), {}).status_code == 422
    coordinator_client.post(staff("staff-meeting-cancel", meeting), {"reason": "Storm"})
    again = coordinator_client.post(staff("staff-meeting-cancel", meeting), {"reason": "Storm"})
    meeting.refresh_from_db()
    assert (meeting.status, meeting.place, meeting.reason, again.status_code) == (
        "cancelled",
        "Zaal 2",
        "Storm",
        422,
    )
    keys = list(Notification.objects.order_by("id").values_list("key", flat=True))
    assert keys == ["trajecten.meeting_changed", "trajecten.meeting_cancelled"]
    assert "Storm" in Client().get(public("meeting", pk=meeting.pk)).content.decode()


def test_the_list_at_the_door(meeting: Meeting, coordinator_client: Client) -> None:
    row = AttendanceFactory(meeting=meeting, name="Anna")
    address = staff("staff-attendance", meeting)
    too_early = coordinator_client.post(address, {"present": row.pk})
    assert too_early.status_code == 422
    Meeting.objects.update(starts_at=timezone.now() - timedelta(minutes=1))
    coordinator_client.post(address, {"present": row.pk, "walk_ins": "Joke\nBo\n"})
    assert finding.coming(meeting).present == 3
    page = coordinator_client.get(address)
    assert set(page.context["form"].initial["present"]) == set(
        Attendance.objects.values_list("pk", flat=True)
    )


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_a_day_in_a_year_that_was_mistyped_is_refused_beside_its_field(
    meeting: Meeting, coordinator_client: Client, day: str
) -> None:
    answer = coordinator_client.post(staff("staff-meeting", meeting), form_of(meeting, day=day))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["day"])


def test_an_hour_that_the_clock_skips_is_said_beside_its_field(
    meeting: Meeting, coordinator_client: Client
) -> None:
    given = form_of(meeting, day="2027-03-28", begins="02:30", ends="03:30")
    answer = coordinator_client.post(staff("staff-meeting", meeting), given)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["begins"])


def test_inviting_everybody_is_kept_and_told_on_the_page(
    meeting: Meeting, coordinator_client: Client
) -> None:
    EnrolmentFactory(trajectory=meeting.trajectory)
    address = staff("staff-meeting-invite", meeting)
    page = coordinator_client.post(address, {"everybody": "on", "addresses": "gast@example.org"}, follow=True)
    assert "2 people are invited." in page.content.decode()
    assert "Who comes in later is invited too." in page.content.decode()
    meeting.refresh_from_db()
    assert meeting.invites_everybody


def test_who_said_to_come_without_a_name_gets_one_at_the_door(
    meeting: Meeting, coordinator_client: Client
) -> None:
    AttendanceFactory(meeting=meeting, name="Anna", answer="yes")
    coming = [
        AttendanceFactory(meeting=meeting, answer=answer, participant__display_name="")
        for answer in ("yes", "maybe")
    ]
    for answer in ("no", ""):
        AttendanceFactory(meeting=meeting, answer=answer, participant__display_name="")
    Meeting.objects.update(starts_at=timezone.now() - timedelta(minutes=1))
    address = staff("staff-attendance", meeting)
    form = coordinator_client.get(address).context["form"]
    assert [str(label) for _key, label in form["present"].field.choices] == ["Anna (said: I come)"]
    assert [form[name].label for name in form.nameless] == [
        "Without a name (said: I come)",
        "Without a name (said: maybe)",
    ]

    coordinator_client.post(address, {f"name_{coming[0].pk}": "Joke", "walk_ins": ""})

    found = Attendance.objects.filter(was_present=True).values_list("pk", "name")
    assert list(found) == [(coming[0].pk, "Joke")]
    again = coordinator_client.get(address).context["form"]
    assert [str(label) for _key, label in again["present"].field.choices] == [
        "Anna (said: I come)",
        "Joke (said: I come)",
    ]
    assert list(again.nameless.values()) == [coming[1].pk]


def test_minutes_by_the_form(meeting: Meeting, coordinator_client: Client) -> None:
    Meeting.objects.update(starts_at=timezone.now() - timedelta(minutes=1))
    address = staff("staff-meeting-minutes", meeting)
    refused = coordinator_client.post(address, {"minutes": " ", "publish": "on"})
    assert list(refused.context["minutes_form"].errors) == ["minutes"]
    coordinator_client.post(address, {"minutes": "Wij spraken af", "publish": "on"})
    meeting.refresh_from_db()
    assert meeting.minutes_are_public


def test_who_may_only_look_gets_no_forms(meeting: Meeting, handler_client: Client) -> None:
    page = handler_client.get(staff("staff-meeting", meeting))
    assert (page.status_code, page.context["may_change"]) == (200, False)
    assert handler_client.post(staff("staff-meeting", meeting), form_of(meeting)).status_code == 403


def test_a_meeting_is_not_found_with_another_trajectory(meeting: Meeting, coordinator_client: Client) -> None:
    other = MeetingFactory()
    address = public("staff-meeting", pk=other.trajectory_id, meeting=meeting.pk)
    assert coordinator_client.get(address).status_code == 404
