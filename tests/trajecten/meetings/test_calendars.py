"""Calendar files, and calendars at a secret address."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.factories.core import MunicipalityFactory, ParticipantFactory, TrajectoryFactory
from tests.factories.meetings import AttendanceFactory, CalendarLinkFactory, MeetingFactory
from trajecten.domain.meetings import answering, calendars, planning
from trajecten.models import AdviserCalendarLink, CalendarLink

SUMMER = datetime(2026, 7, 1, 19, 30, tzinfo=ZoneInfo("Europe/Amsterdam"))


def read(content: bytes) -> tuple[Any, list[Any]]:
    calendar = icalendar.Calendar.from_ical(content)
    return calendar, list(calendar.walk("VEVENT"))


def event(**fields: Any) -> calendars.Event:
    given = {
        "uid": "a@example.org",
        "title": "Praten, en doen; samen",
        "starts_at": SUMMER.astimezone(ZoneInfo("UTC")),
        "ends_at": SUMMER + timedelta(hours=2),
        "url": "https://example.org/x",
    }
    return calendars.Event(**(given | fields))


def test_times_are_dutch_with_the_rules_of_the_zone() -> None:
    content = calendars.write([event()])
    calendar, (entry,) = read(content)

    assert (calendar["METHOD"], calendar["VERSION"]) == ("PUBLISH", "2.0")
    assert b"DTSTART;TZID=Europe/Amsterdam:20260701T193000\r\n" in content
    assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["Europe/Amsterdam"]
    assert entry["DTSTART"].dt == SUMMER
    assert (str(entry["SUMMARY"]), str(entry["STATUS"])) == ("Praten, en doen; samen", "CONFIRMED")


def test_words_can_t_add_lines_of_their_own() -> None:
    content = calendars.write(
        [event(title="a\r\nSTATUS:CANCELLED", text="een\ntwee\x00\x07", place="x\nUID:y")]
    )
    _calendar, (entry,) = read(content)

    assert [str(entry[name]) for name in ("UID", "STATUS")] == ["a@example.org", "CONFIRMED"]
    assert str(entry["DESCRIPTION"]) == "een\ntwee"
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))


def test_a_change_keeps_the_name_and_raises_the_number(in_scope: Any, coordinator: Any) -> None:
    meeting = MeetingFactory()
    first = calendars.of_meeting(meeting, with_link=False)
    cancelled = planning.cancel(meeting=meeting, reason="Storm", by=coordinator)
    second = calendars.of_meeting(cancelled, with_link=False)

    assert (second.uid, second.sequence, second.is_cancelled) == (first.uid, first.sequence + 1, True)
    assert b"STATUS:CANCELLED" in calendars.write([second])


def test_the_link_to_come_along_is_not_for_everybody(in_scope: Any) -> None:
    meeting = MeetingFactory(link="https://example.org/geheim")
    guest = AttendanceFactory(meeting=meeting).participant
    address = reverse("meeting-ics", kwargs={"gemeente": "polderwijk", "pk": meeting.pk})
    token = answering.token(meeting=meeting, participant=guest)

    assert b"geheim" not in Client().get(address).content
    invited = Client().get(f"{address}?t={token}")
    assert b"geheim" in invited.content
    assert invited.headers["Content-Type"] == "text/calendar; charset=utf-8"


def test_a_calendar_has_what_one_comes_to(in_scope: Any) -> None:
    me = ParticipantFactory()
    for title, answer in {"Ja": "yes", "Nog niets": "", "Nee": "no"}.items():
        AttendanceFactory(meeting__title=title, participant=me, answer=answer)
    MeetingFactory(title="Van anderen")
    link = CalendarLinkFactory(participant=me)
    answer = Client().get(reverse("calendar-feed", kwargs={"gemeente": "polderwijk", "token": link.token}))

    _calendar, entries = read(answer.content)
    assert sorted(str(entry["SUMMARY"]) for entry in entries) == ["Ja", "Nog niets"]
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"


def test_a_new_address_closes_the_old_one(resident_client: Client, in_scope: Any) -> None:
    page = reverse("my-calendar", kwargs={"gemeente": "polderwijk"})
    assert resident_client.get(page).context["feed_url"] == ""
    resident_client.post(page)
    first = resident_client.get(page).context["feed_url"]
    resident_client.post(page)
    second = resident_client.get(page).context["feed_url"]
    assert [Client().get(url).status_code for url in (first, second)] == [404, 200]
    resident_client.post(page, {"choice": "stop"})
    assert (Client().get(second).status_code, CalendarLink.objects.count()) == (404, 0)


def test_an_address_is_of_one_municipality(in_scope: Any, other_municipality: Any) -> None:
    link = CalendarLinkFactory()
    assert Client().get(f"/{other_municipality.slug}/agenda/{link.token}.ics").status_code == 404


def test_an_adviser_has_one_calendar_of_all_municipalities(adviser: Any, in_scope: Any, sign_in: Any) -> None:
    elsewhere = MunicipalityFactory(other=True)
    MeetingFactory(title="Hier", trajectory__adviser=adviser)
    MeetingFactory(title="Daar", trajectory=TrajectoryFactory(adviser=adviser, municipality=elsewhere))
    MeetingFactory(title="Van een ander")
    browser = sign_in(adviser)
    browser.post(reverse("adviser-calendar"))
    url = browser.get(reverse("adviser-calendar")).context["feed_url"]

    _calendar, entries = read(Client().get(url).content)
    assert sorted(str(entry["SUMMARY"]) for entry in entries) == ["Duinstad: Daar", "Polderwijk: Hier"]
    adviser.is_adviser = False
    adviser.save()
    assert Client().get(url).status_code == 404
    assert AdviserCalendarLink.objects.count() == 1


@pytest.mark.parametrize("rows", [1, 30])
def test_a_calendar_asks_the_database_as_often_for_one_as_for_many(
    in_scope: Any, rows: int, django_assert_num_queries: Any
) -> None:
    me = ParticipantFactory()
    for _row in range(rows):
        AttendanceFactory(participant=me, meeting__starts_at=timezone.now() + timedelta(days=3))
    link = CalendarLinkFactory(participant=me)
    with django_assert_num_queries(3):
        Client().get(reverse("calendar-feed", kwargs={"gemeente": "polderwijk", "token": link.token}))
