"""Pages of GeoJSON from a file or an http(s) address. An address may answer in pages (OGC API Features)."""

import json
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
from django.utils.translation import gettext as _

from trajecten.domain.boundaries.refusals import Complaints, Refused, shown

MAX_BYTES = 50_000_000  # of a file, or of all pages together; detailed buurten of a big city are about 10 MB
MAX_PAGES = 100
MAX_REDIRECTS = 5
TOTAL_SECONDS = 120.0  # for all pages
SILENT_SECONDS = 15.0  # that a server may take to connect, or between two parts of an answer

_HEADERS = {"Accept": "application/geo+json, application/json", "User-Agent": "movisie-portal"}


@dataclass(frozen=True)
class Page:
    """One JSON document and where it came from."""

    name: str
    document: object


def read(source: str) -> list[Page]:
    """The pages of a source. ``BoundariesRefused``: it can't be read, is too large or is not JSON."""
    complaints, pages = Complaints(), list[Page]()
    with complaints.about(source):
        if re.match("https?://", source, re.IGNORECASE):
            pages.extend(_pages(source))
        else:
            pages.append(Page(source, parsed(_file(source))))
    complaints.check()
    return pages


def parsed(raw: bytes) -> object:
    """JSON in UTF-8, UTF-16 or UTF-32. Raises ``Refused`` with the place of the mistake."""
    try:
        return json.loads(raw)
    except json.JSONDecodeError as error:
        reason = _("This is not JSON: line %(line)s, column %(column)s.")
        raise Refused(reason, line=error.lineno, column=error.colno) from error
    except UnicodeDecodeError as error:
        raise Refused(_("This is not JSON: byte %(place)s is not UTF-8."), place=error.start) from error
    except (ValueError, RecursionError) as error:  # a number of thousands of digits, thousands of brackets
        raise Refused(_("This JSON is too deep or its numbers are too long.")) from error


def _file(path: str) -> bytes:
    try:
        with Path(path).open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise Refused(_("This file can't be read: %(reason)s."), reason=reason) from error
    if len(raw) > MAX_BYTES:
        raise _too_large()
    return raw


def _too_large() -> Refused:
    return Refused(_("This is larger than %(n)s MB. Load a part of it."), n=MAX_BYTES // 1_000_000)


def _pages(address: str) -> Iterator[Page]:
    """Follow the links with rel=next, on the same server only, within the limits above."""
    deadline, left, seen = time.monotonic() + TOTAL_SECONDS, MAX_BYTES, set[str]()
    following: str | None = address
    with httpx.Client(
        headers=_HEADERS, timeout=SILENT_SECONDS, follow_redirects=True, max_redirects=MAX_REDIRECTS
    ) as client:
        while following is not None:
            if following in seen or len(seen) == MAX_PAGES:
                raise Refused(_("The pages go round in a circle, or are more than %(n)s."), n=MAX_PAGES)
            seen.add(following)
            raw, answered = _answer(client, following, left, deadline)
            left -= len(raw)
            page = Page(following, parsed(raw))
            yield page
            following = _next(page.document, answered)


def _answer(client: httpx.Client, address: str, left: int, deadline: float) -> tuple[bytes, httpx.URL]:
    """The body, unpacked, of at most ``left`` bytes, and the address that gave it after redirects."""
    try:
        with client.stream("GET", address) as answer:
            if answer.status_code != httpx.codes.OK:
                raise Refused(_("The server answered %(status)s."), status=answer.status_code)
            return _body(answer, left, deadline), answer.url
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        reason = str(error) or type(error).__name__
        raise Refused(_("This address can't be read: %(reason)s."), reason=reason) from error


def _body(answer: httpx.Response, left: int, deadline: float) -> bytes:
    body = bytearray()
    for part in answer.iter_bytes():
        body += part
        if len(body) > left:
            raise _too_large()
        if time.monotonic() > deadline:
            raise Refused(_("The server took longer than %(n)s seconds."), n=int(TOTAL_SECONDS))
    return bytes(body)


def _next(document: object, answered: httpx.URL) -> str | None:
    links = document.get("links") if isinstance(document, dict) else None
    for link in links if isinstance(links, list) else ():
        if isinstance(link, dict) and link.get("rel") == "next" and isinstance(link.get("href"), str):
            return _on_same_server(link["href"], answered)
    return None


def _on_same_server(href: str, answered: httpx.URL) -> str:
    try:
        address = answered.join(href)
    except (httpx.InvalidURL, ValueError) as error:
        raise Refused(_("The next page has no address: %(link)s."), link=shown(href)) from error
    if (address.scheme, address.host, address.port) != (answered.scheme, answered.host, answered.port):
        raise Refused(_("The next page is on another server: %(link)s."), link=shown(str(address)))
    return str(address)
