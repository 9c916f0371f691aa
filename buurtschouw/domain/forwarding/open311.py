"""The client of Open311 (GeoReport v2): services, making a request, tokens, how requests stand, and their updates.

A system speaks XML, and perhaps JSON; which was found out when its services were read. A request of which nothing was
heard is looked for among those of that moment, by the line that says which report of which municipality it is.
"""

import time
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from urllib.parse import quote

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from buurtschouw.domain.forwarding.answers import (
    Content,
    Declined,
    NotTheirs,
    Offer,
    Receipt,
    Standing,
    Unheard,
    Unknown,
    Unreached,
)
from buurtschouw.domain.forwarding.calling import Line
from buurtschouw.domain.forwarding.reading import Unreadable, rows
from buurtschouw.domain.forwarding.statuses import phase_of
from buurtschouw.enums import System
from buurtschouw.method import FORWARD_TOKEN_PAUSE, FORWARD_TOKEN_TRIES

MAX_DESCRIPTION = 4000
MAX_MORE = 600  # what stands beneath the text: which report it is, and where the other photos are
# Clocks differ; a request may seem to have been made before it was sent.
CLOCKS_DIFFER = timedelta(minutes=5)

TAKES_PHOTOS = False
NEEDS_POINT = False
CAN_BE_LOOKED_UP = True


class Open311:
    """One endpoint, over an open line."""

    def __init__(self, line: Line, *, uses_xml: bool, jurisdiction: str = "", key: str = "") -> None:
        self.line, self.uses_xml, self.jurisdiction, self.key = line, uses_xml, jurisdiction, key

    def offers(self) -> list[Offer]:
        """The services; finds out which form is spoken. Raises ``NotTheirs`` for another answer."""
        found = self._services()
        return [
            Offer(
                code=row["service_code"][:300],
                name=row.get("service_name") or row["service_code"],
                group=row.get("group", ""),
                asks_more=row.get("metadata", "").lower() == "true",
            )
            for row in found
            if row.get("service_code")
        ]

    def _services(self) -> list[dict[str, str]]:
        """In JSON where that is spoken, or else in XML, which each has to speak."""
        self.uses_xml = False
        try:
            return self._get("/services")
        except Declined as declined:
            if declined.status in (401, 403):
                raise
        self.uses_xml = True
        return self._get("/services")

    def send(self, content: Content) -> Receipt:
        """Make the request there. Raises as ``Line.post``."""
        reply = self.line.post(f"/requests{self._form}", data=self._request(content))
        try:
            found = rows(reply.body, is_xml=self.uses_xml)
        except Unreadable:
            found = []
        row = found[0] if found else {}
        number, token = row.get("service_request_id", ""), row.get("token", "")
        if not number and not token:
            raise Unheard(_("They took something in, but did not say under which number."))
        return _receipt(number) if number else Receipt(token=token[:200])

    def _request(self, content: Content) -> dict[str, str]:
        """An empty part is one that is not there, so it is left out."""
        more = [content.about]
        if content.photos[1:]:
            more.append(_("More photos: %(addresses)s") % {"addresses": " ".join(content.photos[1:])})
        beneath = "\n\n".join(more)[:MAX_MORE]
        given = {
            **dict(self._own()),
            "api_key": self.key,
            "service_code": content.code,
            "lat": "" if content.lat is None else f"{content.lat:.6f}",
            "long": "" if content.lon is None else f"{content.lon:.6f}",
            "address_string": content.address,
            "description": f"{content.text[: MAX_DESCRIPTION - len(beneath) - 2]}\n\n{beneath}",
            "email": content.email,
            "media_url": content.photos[0] if content.photos else "",
        }
        return {name: value for name, value in given.items() if value}

    def number_for(self, token: str, *, tries: int = FORWARD_TOKEN_TRIES) -> Receipt | None:
        """The number that came for the token; None while there is none. Asks so many times, with a pause between."""
        for turn in range(tries):
            if turn:
                time.sleep(FORWARD_TOKEN_PAUSE)
            try:
                found = self._get(f"/tokens/{quote(token, safe='')}")
            except (Unknown, Unreached):
                continue
            for row in found:
                if row.get("service_request_id"):
                    return _receipt(row["service_request_id"])
        return None

    def find(self, content: Content, *, since: datetime) -> Receipt | None:
        """The request that was made of this report after ``since``; None when there is none. Raises as ``Line.get``."""
        period = [
            ("service_code", content.code),
            ("start_date", _moment(since - CLOCKS_DIFFER)),
            ("end_date", _moment(timezone.now() + CLOCKS_DIFFER)),
        ]
        for row in self._get("/requests", period):
            if content.about in row.get("description", "") and row.get("service_request_id"):
                return _receipt(row["service_request_id"])
        return None

    def standings(self, handles: Collection[str]) -> dict[str, Standing]:
        """How each stands; those that they don't know are left out.

        All are asked in one question, and what that leaves out by itself: not every system reads a list of numbers.
        """
        found = self._standings("/requests", handles, [("service_request_id", ",".join(handles))])
        if len(handles) > 1:
            for handle in handles:
                if handle not in found:
                    found |= self._standings(f"/requests/{quote(handle, safe='')}", [handle])
        return found

    def _standings(
        self, path: str, handles: Collection[str], params: Sequence[tuple[str, str]] = ()
    ) -> dict[str, Standing]:
        try:
            found = self._get(path, params)
        except Unknown:
            return {}
        return {
            row["service_request_id"]: _standing(row, row.get("status_notes", ""))
            for row in found
            if row.get("service_request_id") in handles and row.get("status")
        }

    def updates(self, *, since: datetime, until: datetime) -> list[tuple[str, Standing]]:
        """What they tell of their requests in this period, each with the number of its request, oldest first.

        Raises ``Unknown`` where updates are not spoken.
        """
        period = [("start_date", _moment(since)), ("end_date", _moment(until))]
        key = [("api_key", self.key)] if self.key else []
        found = self._get("/servicerequestupdates", [*period, *key])
        told = [
            (row["service_request_id"], _standing(row, row.get("description", "")))
            for row in found
            if row.get("service_request_id") and row.get("update_id") and row.get("status")
        ]
        return sorted(told, key=lambda each: each[1].at or until)

    def _get(self, path: str, params: Sequence[tuple[str, str]] = ()) -> list[dict[str, str]]:
        reply = self.line.get(f"{path}{self._form}", [*self._own(), *params])
        try:
            return rows(reply.body, is_xml=self.uses_xml)
        except Unreadable as error:
            raise NotTheirs(_("This answers, but it is not Open311 (GeoReport v2).")) from error

    @property
    def _form(self) -> str:
        return ".xml" if self.uses_xml else ".json"

    def _own(self) -> list[tuple[str, str]]:
        return [("jurisdiction_id", self.jurisdiction)] if self.jurisdiction else []


def _receipt(number: str) -> Receipt:
    return Receipt(reference=number[:100], handle=number[:200])


def _standing(row: dict[str, str], words: str) -> Standing:
    status = row["status"].lower()[:60]
    return Standing(
        status=status,
        phase=phase_of(System.OPEN311, status),
        words=words,
        at=_read_moment(row.get("updated_datetime", "")),
        update_id=row.get("update_id", "")[:200],
    )


def _read_moment(text: str) -> datetime | None:
    """None for what is no moment; one without a zone is taken for ours."""
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    return timezone.make_aware(found) if found and timezone.is_naive(found) else found


def _moment(at: datetime) -> str:
    return at.astimezone(timezone.get_default_timezone()).isoformat(timespec="seconds")
