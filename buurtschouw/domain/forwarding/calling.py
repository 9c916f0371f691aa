"""Speaking with another system over HTTP: only where the portal may go, never for long, never for much.

Only https is spoken, to public addresses, without a proxy; the name is looked up once. With the setting
``LOCAL_SYSTEMS``, as in demo and debug mode, http is spoken too, with this machine alone. A redirect is followed for a
question, within the same server; never for what is sent. What goes wrong is said as ``answers`` has it: whether
something may have arrived there, or surely not.
"""

import time
from collections.abc import Mapping, Sequence
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

import httpx
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtschouw.domain.forwarding.answers import Declined, NotTheirs, Unheard, Unknown, Unreached
from buurtschouw.domain.forwarding.reading import words_of
from trajecten.domain import outside

MAX_BYTES = 2_000_000
TOTAL_SECONDS = 30.0
CONNECT_SECONDS = 5.0
SILENT_SECONDS = 15.0
MAX_REDIRECTS = 3
MAX_WORDS = 300  # of theirs, in a message to an official
PORTS = {"http": 80, "https": 443}
LOCAL = ("localhost", "127.0.0.1", "::1")
# They said themselves that they did not take it in, now.
TRY_LATER = frozenset({408, 425, 429, 500, 503})
# What stands between did not hear whether they took it in.
IN_BETWEEN = frozenset({502, 504, 520, 522, 524})


class AddressRefused(Exception):
    """This address is never asked; ``message`` says why."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def check(address: str) -> None:
    """Raise ``AddressRefused`` for an address that may not be asked, as far as it can be seen without asking."""
    try:
        url = httpx.URL(address)
    except (httpx.InvalidURL, ValueError) as error:
        raise AddressRefused(_("This is not an address.")) from error
    if not url.host or url.userinfo or url.query or url.fragment:
        raise AddressRefused(
            _("Write the address as https://server/path, without a name, a password or a question mark.")
        )
    if url.scheme != "https" and not (url.scheme == "http" and _may_be_local(url.host)):
        raise AddressRefused(_("The address has to begin with https://."))
    _place(url)


def _may_be_local(host: str) -> bool:
    return bool(settings.LOCAL_SYSTEMS) and host.strip("[]") in LOCAL


def _place(url: httpx.URL) -> str:
    """The address of the server. Raises ``AddressRefused`` for one within a private network, or a name of nobody."""
    port = url.port or PORTS[url.scheme]
    try:
        return outside.address_of(url.host, port, inside_too=_may_be_local(url.host))
    except outside.NotFound as error:
        raise NoSuchServer(_("There is no server with the name “%(host)s”.") % {"host": url.host}) from error
    except outside.Inside as error:
        raise AddressRefused(
            _("The server “%(host)s” is inside a private network.") % {"host": url.host}
        ) from error


class NoSuchServer(AddressRefused):
    """The name was not found, which may be otherwise later."""


class Line:
    """The line to one system, for some calls after each other. Close it by leaving its ``with``."""

    def __init__(self, base: str, *, headers: Mapping[str, str] | None = None) -> None:
        self.base = base.rstrip("/")
        timeout = httpx.Timeout(SILENT_SECONDS, connect=CONNECT_SECONDS)
        self._client = httpx.Client(
            headers={"User-Agent": "movisie-portal", **(headers or {})},
            timeout=timeout,
            follow_redirects=False,
            trust_env=False,
            verify=outside.certificates(),
            limits=httpx.Limits(
                max_keepalive_connections=0
            ),  # one that was closed meanwhile looks like a lost answer
        )

    def __enter__(self) -> "Line":
        return self

    def __exit__(self, *_error: object) -> None:
        self._client.close()

    def get(self, path: str, params: Sequence[tuple[str, str]] = ()) -> "Reply":
        """Ask. Raises ``Unreached`` for what may go better later, ``Declined`` and its kinds for what will not."""
        address = f"{self.base}{path}"
        for _redirect in range(MAX_REDIRECTS + 1):
            reply = self._call("GET", address, params=list(params))
            if not reply.is_redirect:
                return reply.checked()
            address, params = self._followed(address, reply), ()
        raise NotTheirs(_("They keep sending us to another address."))

    def post(self, path: str, **body: Any) -> "Reply":
        """Send. Raises as ``get``, and ``Unheard`` when it may have arrived without our hearing so."""
        return self._call("POST", f"{self.base}{path}", **body).checked(sent=True)

    def _followed(self, address: str, reply: "Reply") -> str:
        there = str(httpx.URL(address).join(reply.location)) if reply.location else ""
        if urlsplit(there)[:2] != urlsplit(address)[:2]:
            raise NotTheirs(
                _("They send us to another server. Fill in the address of that server, if it is right.")
            )
        return there

    def _call(self, method: str, address: str, **content: Any) -> "Reply":
        url = httpx.URL(address)
        try:
            place = _place(url)
        except NoSuchServer as nobody:
            raise Unreached(nobody.message) from nobody
        except AddressRefused as refused:
            raise NotTheirs(refused.message) from refused
        request = self._client.build_request(
            method,
            url.copy_with(host=place),
            headers={"Host": url.netloc.decode("ascii")},
            extensions={**self._timeout(), "sni_hostname": url.host},
            **content,
        )
        return self._heard(request, is_sent=method == "POST")

    def _timeout(self) -> dict[str, Any]:
        return {"timeout": self._client.timeout.as_dict()}

    def _heard(self, request: httpx.Request, *, is_sent: bool) -> "Reply":
        deadline = time.monotonic() + TOTAL_SECONDS
        try:
            answer = self._client.send(request, stream=True)
            try:
                return Reply(answer.status_code, answer.headers, _body(answer, deadline))
            finally:
                answer.close()
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            raise Unreached(_("No connection could be made with their server.")) from error
        except httpx.TimeoutException as error:
            raise _silent(is_sent, _("Their server did not answer in time.")) from error
        except httpx.HTTPError as error:
            raise _silent(is_sent, _("The connection broke off before they answered.")) from error


def _silent(is_sent: bool, message: str) -> Unreached:
    return Unheard(message) if is_sent else Unreached(message)


def _body(answer: httpx.Response, deadline: float) -> bytes:
    """Their answer, cut off where it grows too large or takes too long: then what they said is not known."""
    body = bytearray()
    for part in answer.iter_bytes():
        body += part
        if len(body) > MAX_BYTES:
            raise httpx.ReadError("too large")
        if time.monotonic() > deadline:
            raise httpx.ReadTimeout("too slow")
    return bytes(body)


class Reply:
    """What came back."""

    def __init__(self, status: int, headers: Mapping[str, str], body: bytes) -> None:
        self.status, self.headers, self.body = status, headers, body

    @property
    def is_redirect(self) -> bool:
        return self.status in (301, 302, 303, 307, 308)

    @property
    def location(self) -> str:
        return self.headers.get("location", "")

    @property
    def type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", errors="replace")

    def checked(self, *, sent: bool = False) -> "Reply":
        """This reply when it is a yes. Raises otherwise, by what it means."""
        if 200 <= self.status < 300:
            return self
        if self.status in IN_BETWEEN:
            raise _silent(sent, _("Their server is out of reach (%(status)s).") % {"status": self.status})
        if self.status in TRY_LATER or self.status >= 500:
            message = _("Their server can't take it now (%(status)s).") % {"status": self.status}
            raise Unreached(message, wait=self._wait())
        if self.is_redirect:
            raise NotTheirs(_("They send us to another address (%(status)s).") % {"status": self.status})
        raise self._refusal()

    def _refusal(self) -> Declined:
        if self.status in (401, 403):
            words = _("They do not accept our key (%(status)s).") % {"status": self.status}
            return Declined(_with(words, self), status=self.status)
        if self.status == 404:
            return Unknown(_with(_("They do not know this (404)."), self), status=404)
        words = _("They do not accept it (%(status)s).") % {"status": self.status}
        return Declined(_with(words, self), status=self.status)

    def _wait(self) -> float | None:
        """Seconds that ``Retry-After`` asks for, as a number or a date."""
        asked = self.headers.get("retry-after", "").strip()
        if asked.isdecimal() and len(asked) < 9:
            return float(asked)
        try:
            return max(0.0, (parsedate_to_datetime(asked) - timezone.now()).total_seconds())
        except (ValueError, TypeError):
            return None


def _with(words: str, reply: Reply) -> str:
    """Ours, with theirs behind it when they are words and not a page."""
    theirs = words_of(reply.type, reply.body)[:MAX_WORDS]
    return f"{words} {theirs}" if theirs else words
