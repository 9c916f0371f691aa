"""Asking the council information system for its agendas: only servers that are named, and never one inside.

The address comes from an official, so it could name any server that this one can reach. So only hosts of
``settings.COUNCIL_INFORMATION_HOSTS`` are asked, over https, without following redirects or a proxy. The name is
looked up once; the connection goes to the address that came out, after it was found to be a public one, so the
answer of a second look-up does not count. In demo mode http and addresses of this machine are allowed.
"""

import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import httpx
from django.conf import settings
from django.utils.translation import gettext as _

from trajecten.domain import outside
from trajecten.domain.agenda.reading import Agenda, AgendaRefused, Meeting, read

MAX_BYTES = 5_000_000  # of all answers together
MAX_PAGES = 10
MAX_ASKED = 60  # meetings that are asked for one by one
TOTAL_SECONDS = 30.0
SILENT_SECONDS = 8.0
QUERY = {"format": "json", "version": "1.17.0"}
PORTS = {"http": 80, "https": 443}

_HEADERS = {"Accept": "application/json", "User-Agent": "movisie-portal"}


def fetch(address: str) -> Agenda:
    """The meetings at this address, of a meeting or a list of events, with their points.

    Events without points are asked for one by one, on the same server. Raises ``AgendaRefused`` for an address that
    is not allowed, can't be read, is too large or too slow, and for what ``read`` refuses.
    """
    with _Asking() as asking:
        pages = list(_pages(asking, address))
        meetings = [meeting for page in pages for meeting in page.meetings]
        bare = [meeting for meeting in meetings if meeting.page]
        if len(bare) > MAX_ASKED:
            message = _("There are more than %(n)s meetings at this address. Take a shorter period.")
            raise AgendaRefused([message % {"n": MAX_ASKED}])
        whole = [_whole(asking, address, meeting) if meeting.page else [meeting] for meeting in meetings]
    return Agenda(
        tuple(meeting for found in whole for meeting in found),
        left_out=sum(page.left_out for page in pages),
    )


def _pages(asking: "_Asking", address: str) -> Iterator[Agenda]:
    for number in range(1, MAX_PAGES + 1):
        page = read(asking.get(_with(address, {"page": str(number)} if number > 1 else {})))
        yield page
        if not page.has_more:
            return
    message = _("There are more than %(n)s pages at this address. Take a shorter period.")
    raise AgendaRefused([message % {"n": MAX_PAGES}])


def _whole(asking: "_Asking", address: str, meeting: Meeting) -> list[Meeting]:
    """The meeting of an event, from its own page; none when it is not public after all."""
    asked = urlsplit(address)
    try:
        page = urlsplit(meeting.page if "://" in meeting.page else f"{asked.scheme}://{meeting.page}")
    except ValueError as error:
        raise AgendaRefused([_("This is not an address.")]) from error
    if page.netloc != asked.netloc:
        message = _("The meeting %(id)s is said to be on another server: %(host)s.")
        raise AgendaRefused([message % {"id": meeting.external_id, "host": page.netloc}])
    return list(read(asking.get(_with(page._replace(scheme=asked.scheme).geturl(), QUERY))).meetings)


def _with(address: str, query: dict[str, str]) -> str:
    """The address with these parts in its query, in place of those of the same name."""
    if not query:
        return address
    parts = urlsplit(address)
    kept = [(name, value) for name, value in parse_qsl(parts.query) if name not in query]
    return parts._replace(query=urlencode([*kept, *query.items()])).geturl()


class _Asking:
    """One import: its time and its bytes are those of all its requests together."""

    def __init__(self) -> None:
        self._deadline = time.monotonic() + TOTAL_SECONDS
        self._left = MAX_BYTES
        self._client = httpx.Client(
            headers=_HEADERS,
            timeout=SILENT_SECONDS,
            follow_redirects=False,
            trust_env=False,
            verify=outside.certificates(),
        )

    def __enter__(self) -> "_Asking":
        return self

    def __exit__(self, *_error: Any) -> None:
        self._client.close()

    def get(self, address: str) -> bytes:
        url, host = _checked(address)
        ip = _public_address(host, url.port or PORTS[url.scheme])
        try:
            with self._client.stream(
                "GET",
                url.copy_with(host=ip),
                headers={"Host": url.netloc.decode("ascii")},
                extensions={"sni_hostname": host},
            ) as answer:
                if answer.status_code != httpx.codes.OK:
                    message = _("The server answered %(status)s. Redirects are not followed.")
                    raise AgendaRefused([message % {"status": answer.status_code}])
                return self._body(answer)
        except httpx.HTTPError as error:
            message = _("This address can't be read: %(reason)s.")
            raise AgendaRefused([message % {"reason": type(error).__name__}]) from error

    def _body(self, answer: httpx.Response) -> bytes:
        body = bytearray()
        for part in answer.iter_bytes():
            body += part
            if len(body) > self._left:
                message = _("This is larger than %(n)s MB. Take a shorter period.")
                raise AgendaRefused([message % {"n": MAX_BYTES // 1_000_000}])
            if time.monotonic() > self._deadline:
                message = _("The server took longer than %(n)s seconds.")
                raise AgendaRefused([message % {"n": int(TOTAL_SECONDS)}])
        self._left -= len(body)
        return bytes(body)


def _checked(address: str) -> tuple[httpx.URL, str]:
    """The address when it may be asked, and its host. Raises ``AgendaRefused`` otherwise."""
    try:
        url = httpx.URL(address)
    except (httpx.InvalidURL, ValueError) as error:
        raise AgendaRefused([_("This is not an address.")]) from error
    if url.scheme not in ({"https", "http"} if settings.DEMO else {"https"}) or url.userinfo:
        raise AgendaRefused([_("The address has to begin with https://, without a name or password.")])
    if url.host not in settings.COUNCIL_INFORMATION_HOSTS:
        message = _("Agendas are read from %(hosts)s only, not from “%(host)s”.")
        allowed = ", ".join(settings.COUNCIL_INFORMATION_HOSTS)
        raise AgendaRefused([message % {"hosts": allowed, "host": url.host}])
    if url.port is not None and not settings.DEMO:
        raise AgendaRefused([_("The address names a port. Leave it out.")])
    return url, url.host


def _public_address(host: str, port: int) -> str:
    """Where the host is; refused when any of its addresses is inside a private network."""
    try:
        return outside.address_of(host, port, inside_too=settings.DEMO)
    except outside.NotFound as error:
        raise AgendaRefused([_("The server “%(host)s” is not found.") % {"host": host}]) from error
    except outside.Inside as error:
        raise AgendaRefused(
            [_("The server “%(host)s” is inside a private network.") % {"host": host}]
        ) from error
