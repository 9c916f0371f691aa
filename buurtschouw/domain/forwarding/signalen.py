"""The public interface of Signalen: its categories, making a report with photos, and its status.

It needs no key. It knows no key of idempotence, and its public list tells no numbers and is not up to date, so whether
a report of which nothing was heard has arrived can't be found out from here.
"""

from collections.abc import Collection, Iterator
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from buurtschouw.domain.forwarding.answers import (
    Content,
    NotTheirs,
    Offer,
    Receipt,
    Standing,
    Unheard,
    Unknown,
)
from buurtschouw.domain.forwarding.calling import Line
from buurtschouw.domain.forwarding.reading import Unreadable, json_of
from buurtschouw.domain.forwarding.statuses import phase_of
from buurtschouw.enums import System

CATEGORIES = "/signals/v1/public/terms/categories/"
SIGNALS = "/signals/v1/public/signals/"
MAX_TEXT = 3000
MAX_MORE = 10_000
MAX_PAGES = 10

TAKES_PHOTOS = True
NEEDS_POINT = True
CAN_BE_LOOKED_UP = False


def root(url: str) -> str:
    """The address before what is the same of every instance; some write it with that."""
    return url.partition("/signals")[0].rstrip("/")


class Signalen:
    """One instance, over an open line."""

    def __init__(self, line: Line) -> None:
        self.line = line

    def offers(self) -> list[Offer]:
        """The categories that are in use, each under its main category. Raises ``NotTheirs`` for another answer."""
        return [offer for main in self._mains() for offer in _below(self.line.base, main)]

    def _mains(self) -> Iterator[dict[str, Any]]:
        seen = 0
        for number in range(1, MAX_PAGES + 1):
            page = _object(self.line.get(CATEGORIES, [("page", str(number))] if number > 1 else []).body)
            found, count = page.get("results"), page.get("count")
            if not isinstance(found, list):
                raise NotTheirs(_("This answers, but it is not the public interface of Signalen."))
            yield from (main for main in found if isinstance(main, dict))
            seen += len(found)
            if not found or not isinstance(count, int) or seen >= count:
                return

    def send(self, content: Content) -> Receipt:
        """Make the report there. Raises as ``Line.post``."""
        reply = self.line.post(SIGNALS, json=_signal(content))
        try:
            made = _object(reply.body)
            handle = str(UUID(str(made.get("signal_id"))))
        except (NotTheirs, ValueError) as error:
            raise Unheard(_("They took something in, but did not say under which number.")) from error
        reference = made.get("id_display") or made.get("_display") or made.get("id")
        return Receipt(reference=str(reference or handle)[:100], handle=handle)

    def send_photo(self, handle: str, *, name: str, content: bytes) -> None:
        """Add one photo. Raises as ``Line.post``."""
        self.line.post(f"{SIGNALS}{handle}/attachments", files={"file": (name, content, "image/jpeg")})

    def standings(self, handles: Collection[str]) -> dict[str, Standing]:
        """How each stands; those that they don't know are left out."""
        found = {}
        for handle in handles:
            try:
                found[handle] = self._standing(handle)
            except Unknown:
                continue
        return found

    def _standing(self, handle: str) -> Standing:
        status = _object(self.line.get(f"{SIGNALS}{handle}").body).get("status")
        if not isinstance(status, dict) or not isinstance(status.get("state"), str) or not status["state"]:
            raise NotTheirs(_("This answers, but it is not the public interface of Signalen."))
        state = status["state"]
        words = status.get("text")
        return Standing(
            status=state[:60],
            phase=phase_of(System.SIGNALEN, state),
            words=words.strip() if isinstance(words, str) else "",
        )


def _object(body: bytes) -> dict[str, Any]:
    try:
        found = json_of(body)
    except Unreadable:
        found = None
    if not isinstance(found, dict):
        raise NotTheirs(_("This answers, but it is not the public interface of Signalen."))
    return found


def _below(base: str, main: dict[str, Any]) -> Iterator[Offer]:
    for sub in main.get("sub_categories") or ():
        if isinstance(sub, dict) and sub.get("slug") and main.get("slug") and sub.get("is_active", True):
            path = f"{CATEGORIES}{main['slug']}/sub_categories/{sub['slug']}"
            yield Offer(
                code=f"{base}{path}",
                name=str(sub.get("public_name") or sub.get("name") or sub["slug"]),
                group=str(main.get("public_name") or main.get("name") or main["slug"]),
                asks_more=bool(sub.get("questionnaire")),
            )


def _signal(content: Content) -> dict[str, Any]:
    """What their interface takes: anything more is refused by it."""
    more = [content.text[MAX_TEXT:], content.about, *([content.address] if content.address else [])]
    return {
        "text": content.text[:MAX_TEXT],
        "text_extra": "\n\n".join(part for part in more if part)[:MAX_MORE],
        "category": {"sub_category": content.code},
        "location": {"geometrie": {"type": "Point", "coordinates": [content.lon, content.lat]}},
        "reporter": {**({"email": content.email} if content.email else {}), "sharing_allowed": False},
        "incident_date_start": content.seen_at.isoformat(timespec="seconds"),
    }
