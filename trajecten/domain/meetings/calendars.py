"""Calendar files (RFC 5545): of one event, and of all that somebody comes to."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar, Timezone, vText, vUri
from icalendar import Event as CalendarEvent

from trajecten.models import AdviserCalendarLink, CalendarLink, Meeting, Participant, User
from trajecten.models.meeting import new_token

CONTENT_TYPE = "text/calendar; charset=utf-8"
PRODUCT = "-//Participatieportaal//NL"
ZONE = "Europe/Amsterdam"


@dataclass(frozen=True)
class Event:
    """One entry of a calendar. ``uid`` and ``sequence`` are by which a calendar knows it again after a change."""

    uid: str
    title: str
    starts_at: datetime
    ends_at: datetime
    url: str
    place: str = ""
    text: str = ""
    sequence: int = 0
    changed_at: datetime | None = None
    is_cancelled: bool = False


def of_meeting(meeting: Meeting, *, with_link: bool, where: str = "") -> Event:
    """The entry of a meeting; its link to come along online only for who may have that. ``where`` goes before its
    title, for who has meetings in several municipalities."""
    path = reverse("meeting", kwargs={"gemeente": meeting.municipality.slug, "pk": meeting.pk})
    link = meeting.link if with_link else ""
    return Event(
        uid=f"{meeting.uid}@{_host()}",
        title=": ".join(part for part in (where, meeting.title) if part),
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        url=f"{settings.BASE_URL}{path}",
        place=meeting.place or link,
        text="\n\n".join(part for part in (meeting.agenda, link, meeting.reason) if part),
        sequence=meeting.sequence,
        changed_at=meeting.changed_at,
        is_cancelled=meeting.is_cancelled,
    )


def _host() -> str:
    return settings.BASE_URL.partition("://")[2].partition("/")[0].partition(":")[0]


def uid(kind: str, key: int) -> str:
    """A lasting name for what has no UUID of its own."""
    return f"{uuid.uuid5(uuid.NAMESPACE_URL, f'{settings.BASE_URL}/{kind}/{key}')}@{_host()}"


def write(events: Iterable[Event], *, name: str = "") -> bytes:
    """A calendar that is published, not an invitation: times in Dutch time, with the rules of that zone."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    if name:
        calendar.add("x-wr-calname", name)
    calendar.add_component(Timezone.from_tzid(ZONE))
    for event in events:
        calendar.add_component(_component(event))
    return bytes(calendar.to_ical())


def _component(event: Event) -> CalendarEvent:
    made = CalendarEvent()
    made.add("uid", event.uid)
    made.add("sequence", event.sequence)
    made.add("dtstamp", event.changed_at or timezone.now())
    made.add("dtstart", _in_zone(event.starts_at))
    made.add("dtend", _in_zone(event.ends_at))
    made.add("summary", _words(event.title))
    made.add("url", vUri(event.url))
    made.add("status", "CANCELLED" if event.is_cancelled else "CONFIRMED")
    if event.changed_at:
        made.add("last-modified", event.changed_at)
    if event.place:
        made.add("location", _words(event.place))
    if event.text:
        made.add("description", _words(event.text))
    return made


def _in_zone(moment: datetime) -> datetime:
    return timezone.localtime(moment, timezone=timezone.get_default_timezone())


def _words(text: str) -> vText:
    """Without characters that a calendar can't hold, and with lines as it knows them."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return vText("".join(letter for letter in lines if letter == "\n" or letter.isprintable()))


# -- Secret addresses of calendars -----------------------------------------------------------------------------


def link_of(participant: Participant) -> CalendarLink | None:
    found: CalendarLink | None = CalendarLink.objects.filter(participant=participant).first()
    return found


@transaction.atomic
def renew(*, participant: Participant) -> CalendarLink:
    """A new secret address; who has the old one sees nothing any more."""
    made, _is_new = CalendarLink.objects.update_or_create(
        participant=participant,
        defaults={"municipality_id": participant.municipality_id, "token": new_token()},
    )
    found: CalendarLink = made
    return found


def revoke(*, participant: Participant) -> None:
    """Close the address; closing what is closed is harmless."""
    CalendarLink.objects.filter(participant=participant).delete()


@transaction.atomic
def renew_of_adviser(*, adviser: User) -> AdviserCalendarLink:
    """As ``renew``, for the meetings of an adviser."""
    made, _is_new = AdviserCalendarLink.objects.update_or_create(
        adviser=adviser, defaults={"token": new_token()}
    )
    return made


def revoke_of_adviser(*, adviser: User) -> None:
    """As ``revoke``, for the meetings of an adviser."""
    AdviserCalendarLink.objects.filter(adviser=adviser).delete()
