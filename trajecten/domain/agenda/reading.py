"""Agendas in Notubiz's JSON form.

What is accepted, as its API (``/events`` and ``/events/meetings/{id}``, version 1.17.0) gives it:

- a meeting: ``{"meeting": {...}}``; or several: ``{"meetings": [...]}``, ``{"events": [...]}`` or a plain list;
- of a meeting ``id``, ``plannings[0].start_date`` ("2026-12-08 19:30:00" or ISO), ``attributes`` (a list of ``id`` and
  ``value``, of which 1 is the title), ``url``, ``permission_group``, ``confidential``, ``canceled``, ``inactive``, and
  ``agenda_items``; an event without ``agenda_items`` has ``event_type_data.self``, the address of its meeting;
- of an agenda item ``id``, ``order``, ``type_data.title_prefix`` ("3.1"), ``type_data.heading``,
  ``type_data.attributes`` as of a meeting, ``permission_group``, ``confidential``, ``url`` where there is one, and
  ``agenda_items`` within it.

Everything else is left alone. What is not public, a heading, and an event that is no meeting is left out. A meeting
or agenda item that lacks its number, title or date is refused, with its place; then nothing of it all is read. So is
what no page can show (control characters, half of a surrogate pair), and a date that must be a mistake.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from trajecten.domain.boundaries.refusals import Refused, shown
from trajecten.domain.boundaries.sources import parsed
from trajecten.domain.council import days

TITLE = 1  # the number of the attribute that holds the title
MAX_MEETINGS = 400
MAX_POINTS = 4000
MAX_DEPTH = 6
LENGTHS = {"id": 60, "name": 200, "number": 20, "title": 500, "url": 500}


class AgendaRefused(Exception):
    """Nothing was read or imported; ``refusals`` says what is wrong, each with its place."""

    def __init__(self, refusals: list[str]) -> None:
        super().__init__("\n".join(refusals))
        self.refusals = tuple(refusals)


@dataclass(frozen=True)
class Point:
    """One point of an agenda. ``number`` is as people say it, as in 3.1; ``url`` is empty when it has no page."""

    external_id: str
    number: str
    title: str
    url: str


@dataclass(frozen=True)
class Meeting:
    """A public meeting with its points, in their order. ``page`` is where to ask for points that are not here."""

    external_id: str
    name: str
    day: date
    url: str
    is_cancelled: bool
    points: tuple[Point, ...]
    page: str = ""


@dataclass(frozen=True)
class Agenda:
    """What one document holds; ``left_out`` counts what is not public or no meeting."""

    meetings: tuple[Meeting, ...]
    left_out: int
    has_more: bool = False


def read(raw: bytes) -> Agenda:
    """The public meetings in a document. Raises ``AgendaRefused`` with every reason."""
    try:
        document = parsed(raw)
        found = _meetings(document)
    except Refused as refused:
        raise AgendaRefused([str(refused)]) from refused
    reader = _Reader()
    meetings = [reader.meeting(number, meeting) for number, meeting in enumerate(found, start=1)]
    if reader.refusals:
        raise AgendaRefused(reader.refusals)
    kept = tuple(meeting for meeting in meetings if meeting)
    return Agenda(kept, left_out=reader.left_out, has_more=_has_more(document))


def _meetings(document: object) -> list[Any]:
    if isinstance(document, dict) and isinstance(document.get("meeting"), dict):
        return [document["meeting"]]
    if isinstance(document, dict):
        document = next((document[key] for key in ("meetings", "events") if key in document), None)
    if not isinstance(document, list):
        raise Refused(_("There are no meetings in this: expected “meeting”, “meetings” or “events”."))
    if len(document) > MAX_MEETINGS:
        raise Refused(_("There are more than %(n)s meetings in this. Take a shorter period."), n=MAX_MEETINGS)
    return document


def _has_more(document: object) -> bool:
    pagination = document.get("pagination") if isinstance(document, dict) else None
    return isinstance(pagination, dict) and pagination.get("has_more_pages") is True


class _Reader:
    """Reads meeting after meeting, and gathers what is wrong instead of stopping at the first."""

    def __init__(self) -> None:
        self.refusals: list[str] = []
        self.left_out = 0
        self.points = 0
        self.seen: set[str] = set()

    def meeting(self, number: int, given: object) -> Meeting | None:
        """None for what is left out or refused."""
        place = _("meeting %(n)s") % {"n": number}
        if not isinstance(given, dict):
            self.refusals.append(_place(place, _("this is no meeting.")))
            return None
        if given.get("type", "meeting") != "meeting" or not _is_public(given) or given.get("inactive"):
            self.left_out += 1
            return None
        try:
            return Meeting(
                external_id=_identifier(given),
                name=_title(given.get("attributes"), _("Meeting"))[: LENGTHS["name"]],
                day=_day(given),
                url=_url(given.get("url")),
                is_cancelled=bool(given.get("canceled")),
                points=tuple(self._points(place, given.get("agenda_items"), depth=0)),
                page=_page(given),
            )
        except Refused as refused:
            self.refusals.append(_place(place, str(refused)))
            return None

    def _points(self, place: str, given: object, *, depth: int) -> Iterator[Point]:
        if given is None:
            return
        if not isinstance(given, list) or depth > MAX_DEPTH:
            raise Refused(_("its agenda items are no list, or go too deep."))
        for number, item in enumerate(given, start=1):
            where = _("%(place)s, agenda item %(n)s") % {"place": place, "n": number}
            yield from self._point(where, item, depth)

    def _point(self, place: str, given: object, depth: int) -> Iterator[Point]:
        self.points += 1
        if self.points > MAX_POINTS:
            raise Refused(_("there are more than %(n)s agenda items."), n=MAX_POINTS)
        if not isinstance(given, dict):
            self.refusals.append(_place(place, _("this is no agenda item.")))
            return
        if not _is_public(given):
            self.left_out += 1
            return
        data = given.get("type_data")
        data = data if isinstance(data, dict) else {}
        if data.get("heading") is not True:
            try:
                yield self._read_point(given, data)
            except Refused as refused:
                self.refusals.append(_place(place, str(refused)))
        yield from self._points(place, given.get("agenda_items"), depth=depth + 1)

    def _read_point(self, given: dict[str, Any], data: dict[str, Any]) -> Point:
        external_id = _identifier(given)
        if external_id in self.seen:
            raise Refused(_("the number %(id)s is there twice."), id=external_id)
        self.seen.add(external_id)
        return Point(
            external_id=external_id,
            number=_number(data.get("title_prefix")),
            title=_title(data.get("attributes"), "")[: LENGTHS["title"]],
            url=_url(given.get("url")),
        )


def _place(place: str, reason: str) -> str:
    return f"{place[:1].upper()}{place[1:]}: {reason}"


def _is_public(given: dict[str, Any]) -> bool:
    return given.get("permission_group", "public") == "public" and not given.get("confidential")


def _identifier(given: dict[str, Any]) -> str:
    found = given.get("id")
    text = str(found).strip() if isinstance(found, int | str) and not isinstance(found, bool) else ""
    if not text or len(text) > LENGTHS["id"] or not text.isprintable():
        raise Refused(_("it has no number (id), but %(value)s."), value=shown(found))
    return text


def _title(attributes: object, otherwise: str) -> str:
    """The value of the attribute with the title. Refused when there is none and nothing to say instead."""
    for attribute in attributes if isinstance(attributes, list) else ():
        if isinstance(attribute, dict) and str(attribute.get("id")) == str(TITLE):
            value = attribute.get("value")
            text = " ".join(_readable(value).split()) if isinstance(value, str) else ""
            if text:
                return text
    if not otherwise:
        raise Refused(_("it has no title: expected an attribute with id 1."))
    return otherwise


def _number(prefix: object) -> str:
    """As people say it: "3.1" of "3.1."; empty when there is none."""
    text = str(prefix) if isinstance(prefix, str | int | float) and not isinstance(prefix, bool) else ""
    return " ".join(_readable(text).split()).rstrip(".")[: LENGTHS["number"]]


def _readable(text: str) -> str:
    """The text; refused when it holds what no page can show. Line ends and tabs are white space."""
    if any(unicodedata.category(letter) in {"Cc", "Cs"} and not letter.isspace() for letter in text):
        raise Refused(_("it holds characters that can't be shown: %(value)s."), value=shown(text))
    return text


def _day(given: dict[str, Any]) -> date:
    plannings = given.get("plannings")
    first = plannings[0] if isinstance(plannings, list) and plannings else None
    found = first.get("start_date") if isinstance(first, dict) else None
    try:
        day = datetime.fromisoformat(str(found)).date()
    except ValueError as error:
        raise Refused(
            _("it has no date (plannings, start_date), but %(value)s."), value=shown(found)
        ) from error
    if not days.is_in_reach(day):
        first, last = days.reach()
        message = _("its date is %(day)s, and the year has to be from %(first)s to %(last)s.")
        raise Refused(message, day=day, first=first, last=last)
    return day


def _url(found: object) -> str:
    """An address of a site; anything else is left out, for it would be a link on a page."""
    if not isinstance(found, str) or len(found) > LENGTHS["url"] or not found.isprintable():
        return ""
    try:
        parts = urlsplit(found.strip())
    except ValueError:
        return ""
    return found.strip().replace(" ", "%20") if parts.scheme in {"http", "https"} and parts.hostname else ""


def _page(given: dict[str, Any]) -> str:
    """Where to ask for the points of an event that has none here."""
    if "agenda_items" in given:
        return ""
    data = given.get("event_type_data")
    found = data.get("self") if isinstance(data, dict) else None
    return _readable(found) if isinstance(found, str) else ""
