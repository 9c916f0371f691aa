"""Addresses from a geocoder that speaks the language of the PDOK Locatieserver (settings.GEOCODER_URL).

Only documented parameters are sent: the service refuses others. Points are WGS84 degrees.
"""

import hashlib
import json
import logging
import re
import threading
import time
from concurrent.futures import Future
from concurrent.futures import TimeoutError as TooLate
from dataclasses import dataclass
from functools import cache
from ssl import SSLContext
from typing import Any

import httpx
from django.conf import settings
from django.core.cache import cache as shared_cache

logger = logging.getLogger(__name__)

SHORTEST_QUERY = 3  # characters; fewer match half a town
LONGEST_QUERY = 100
NEAREST_WITHIN = 30  # metres
CACHED_FOR = 600  # seconds
LARGEST_ANSWER = 1_000_000  # bytes
MOST_AT_ONCE = 8  # look-ups of this process; more are refused at once while the geocoder is slow
FIELDS = "id,weergavenaam,straatnaam,huis_nlt,postcode,woonplaatsnaam,gemeentecode,centroide_ll"

# The query itself is refused, so it will be each time; any other status but 200 is about the service.
QUERY_REFUSED = frozenset({400, 413, 414, 422})
NOTHING_FOUND = b'{"response": {"docs": []}}'

_NUMBER = r"(-?\d{1,3}(?:\.\d{1,20})?)"
_POINT = re.compile(rf"POINT\s?\({_NUMBER} {_NUMBER}\)")
_POSTCODE = re.compile(r"\b([1-9]\d{3})\s+([a-z]{2})\b")
_MEANINGLESS = re.compile(r"[^\w\s.,'’-]|_")
_LOOSE_MARK = re.compile(r"(?<!\w)[.,-]+|-+(?!\w)")

_in_flight = threading.BoundedSemaphore(MOST_AT_ONCE)


class GeocoderUnavailable(Exception):
    """The geocoder can't be reached, is too slow, refuses, or answers something that is not an answer."""


@dataclass(frozen=True)
class Address:
    """An address as the geocoder knows it. Parts it doesn't give are empty; label and point are always there."""

    id: str
    label: str
    street: str
    number: str
    postcode: str
    town: str
    municipality_code: str  # of CBS, as in GM0363
    lat: float
    lon: float


def search(query: str, *, municipality_name: str, rows: int = 7) -> list[Address]:
    """At most ``rows`` addresses in the municipality that fit what was typed, the best first.

    A query of fewer than 3 characters finds nothing and asks nothing, and one that the geocoder refuses finds
    nothing. Raises ``GeocoderUnavailable``.
    """
    wanted = cleaned(query)
    if len(wanted) < SHORTEST_QUERY:
        return []
    key = _cache_key(wanted, municipality_name, rows)
    found = _remembered(key)
    if found is None:
        found = parsed(_asked("free", _search_parameters(wanted, municipality_name, rows)))
        _remember(key, found)
    return found


def nearest(lat: float, lon: float) -> Address | None:
    """The address within 30 metres of the point that is nearest to it. Raises ``GeocoderUnavailable``."""
    parameters = [
        ("lat", f"{lat:.6f}"),
        ("lon", f"{lon:.6f}"),
        ("type", "adres"),
        ("distance", str(NEAREST_WITHIN)),
        ("fl", FIELDS),
        ("rows", "1"),
    ]
    return next(iter(parsed(_asked("reverse", parameters))), None)


def cleaned(query: str) -> str:
    """What was typed, without what a search engine would take for an operator; a postcode in one piece."""
    text = _MEANINGLESS.sub(" ", query[:LONGEST_QUERY].lower())
    text = " ".join(_LOOSE_MARK.sub(" ", text).split())
    return _POSTCODE.sub(r"\1\2", text)


def parsed(document: object) -> list[Address]:
    """The addresses in an answer; one without a label or a point on earth is left out.

    Raises ``GeocoderUnavailable`` when the document is not an answer at all.
    """
    response = document.get("response") if isinstance(document, dict) else None
    docs = response.get("docs") if isinstance(response, dict) else None
    if not isinstance(docs, list):
        raise GeocoderUnavailable("The geocoder answered something without addresses.")
    addresses = (_address(doc) for doc in docs if isinstance(doc, dict))
    return [address for address in addresses if address]


def _address(doc: dict[str, Any]) -> Address | None:
    point = _point(doc.get("centroide_ll"))
    label = _text(doc, "weergavenaam")
    if point is None or not label:
        return None
    lon, lat = point
    return Address(
        id=_text(doc, "id"),
        label=label,
        street=_text(doc, "straatnaam"),
        number=_text(doc, "huis_nlt"),
        postcode=_text(doc, "postcode"),
        town=_text(doc, "woonplaatsnaam"),
        municipality_code=_municipality_code(_text(doc, "gemeentecode")),
        lat=lat,
        lon=lon,
    )


def _text(doc: dict[str, Any], field: str) -> str:
    value = doc.get(field)
    return value.strip() if isinstance(value, str) else ""


def _point(value: object) -> tuple[float, float] | None:
    """Longitude and latitude out of ``POINT(4.89 52.37)``; None for anything else."""
    match = _POINT.fullmatch(value) if isinstance(value, str) else None
    if not match:
        return None
    lon, lat = float(match[1]), float(match[2])
    return (lon, lat) if abs(lon) <= 180 and abs(lat) <= 90 else None


def _municipality_code(digits: str) -> str:
    return f"GM{digits}" if re.fullmatch("[0-9]{4}", digits) else ""


def _search_parameters(wanted: str, municipality_name: str, rows: int) -> list[tuple[str, str]]:
    name = re.sub(r'["\\]', " ", municipality_name)
    return [
        ("q", wanted),
        ("fq", "type:adres"),
        ("fq", "bron:BAG"),
        ("fq", f'gemeentenaam:("{name}")'),
        ("fl", FIELDS),
        ("rows", str(rows)),
    ]


def _asked(service: str, parameters: list[tuple[str, str]]) -> object:
    """The answer as JSON, within settings.GEOCODER_TIMEOUT seconds in all, looking up the host name included.

    A time limit of the HTTP client counts for each step anew and not for the name; so the work is done beside
    the caller, who stops waiting in time.
    """
    if not _in_flight.acquire(blocking=False):
        raise GeocoderUnavailable("Too many look-ups are waiting for the geocoder.")
    answer: Future[object] = Future()
    threading.Thread(target=_settle, args=(answer, service, parameters), daemon=True).start()
    try:
        return answer.result(timeout=settings.GEOCODER_TIMEOUT)
    except TooLate as error:
        logger.warning("geocoder_too_slow", extra={"service": service})
        raise GeocoderUnavailable("The geocoder takes too long.") from error


def _settle(answer: "Future[object]", service: str, parameters: list[tuple[str, str]]) -> None:
    try:
        answer.set_result(json.loads(_body(service, parameters)))
    except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError, RecursionError) as error:
        logger.warning("geocoder_failed", extra={"service": service, "reason": type(error).__name__})
        failure = GeocoderUnavailable("The geocoder can't be reached or answers nonsense.")
        failure.__cause__ = error
        answer.set_exception(failure)
    except GeocoderUnavailable as failure:
        logger.warning("geocoder_failed", extra={"service": service, "reason": str(failure)})
        answer.set_exception(failure)
    finally:
        _in_flight.release()


def _body(service: str, parameters: list[tuple[str, str]]) -> bytes:
    address = f"{settings.GEOCODER_URL.rstrip('/')}/{service}"
    timeout = settings.GEOCODER_TIMEOUT
    deadline = time.monotonic() + timeout
    body = b""
    with (
        httpx.Client(timeout=timeout, verify=_certificates()) as client,
        client.stream("GET", address, params=tuple(parameters)) as response,
    ):
        if response.status_code in QUERY_REFUSED:
            return NOTHING_FOUND
        if response.status_code != httpx.codes.OK:
            raise GeocoderUnavailable(f"The geocoder answered with status {response.status_code}.")
        for part in response.iter_bytes():
            body += part
            if len(body) > LARGEST_ANSWER or time.monotonic() > deadline:
                raise GeocoderUnavailable("The answer of the geocoder is too large or too slow.")
    return body


@cache
def _certificates() -> SSLContext:
    return httpx.create_ssl_context()


def _cache_key(wanted: str, municipality_name: str, rows: int) -> str:
    asked = json.dumps([settings.GEOCODER_URL, municipality_name, rows, wanted])
    return f"geocoder:{hashlib.sha256(asked.encode()).hexdigest()}"


def _remembered(key: str) -> list[Address] | None:
    """None when it was not asked lately, or when the cache is away: each backend has errors of its own."""
    try:
        return shared_cache.get(key)
    except Exception:  # the cache only saves time
        logger.warning("geocoder_cache_away")
        return None


def _remember(key: str, found: list[Address]) -> None:
    try:
        shared_cache.set(key, found, CACHED_FOR)
    except Exception:  # the cache only saves time
        logger.warning("geocoder_cache_away")
