"""Finding made-up addresses by what somebody types or by a point, in the words of the PDOK Locatieserver."""

import hashlib
import html
import math
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.contrib.gis.gdal import CoordTransform, SpatialReference
from django.contrib.gis.geos import Point

from trajecten.demo.town import Door

Parameters = Sequence[tuple[str, str]]
Doc = dict[str, Any]

METRES_PER_DEGREE = 111_278.0
MOST_ROWS = 100
KNOWN = {
    "free": {"q", "fq", "fl", "start", "rows", "wt"},
    "suggest": {"q", "fq", "fl", "start", "rows", "wt"},
    "lookup": {"id", "fl", "wt"},
    "reverse": {"lat", "lon", "type", "distance", "fq", "fl", "start", "rows", "wt"},
}
SHORT_FIELDS = "id,type,weergavenaam,score"
FILTER_FIELDS = {
    "type", "bron", "gemeentenaam", "gemeentecode", "woonplaatsnaam", "straatnaam", "postcode", "wijkcode", "buurtcode",
}  # fmt: skip


class Refused(Exception):
    """The real service would answer this with status 400."""


@dataclass(frozen=True)
class Entry:
    """An address with the words by which it is found."""

    door: Door
    id: str
    street_words: tuple[str, ...]
    postcode: str
    number: str
    town: str


class AddressIndex:
    """All addresses in memory; every search walks through them, which takes some hundredths of a second."""

    def __init__(self, doors: Iterable[Door]) -> None:
        self.entries = [_entry(door) for door in doors]
        self._by_id = {entry.id: entry for entry in self.entries}
        self.services: dict[str, Callable[[Parameters], Doc]] = {
            "free": self.free,
            "suggest": self.suggest,
            "lookup": self.lookup,
            "reverse": self.reverse,
        }

    def free(self, parameters: Parameters) -> Doc:
        """Addresses for a text, the best first; without a text every address that passes the filters."""
        _check(parameters, "free")
        return _response(self._found(_value(parameters, "q", "*")), parameters, "*")

    def suggest(self, parameters: Parameters) -> Doc:
        """The same for a text that somebody is still typing, with the matching words marked."""
        _check(parameters, "suggest")
        query = _value(parameters, "q")
        if not query:
            raise Refused("Parameter q is required.")
        answer = _response(self._found(query), parameters, SHORT_FIELDS, also="id,weergavenaam")
        answer["highlighting"] = {
            doc["id"]: {"suggest": [_marked(doc["weergavenaam"], query)]}
            for doc in answer["response"]["docs"]
        }
        return answer

    def lookup(self, parameters: Parameters) -> Doc:
        """The address with an id that another service gave; no docs for an unknown one."""
        _check(parameters, "lookup")
        asked = _value(parameters, "id")
        if not asked:
            raise Refused("Parameter id is required.")
        entry = self._by_id.get(asked)
        return _response([(1.0, entry)] if entry else [], parameters, "*")

    def reverse(self, parameters: Parameters) -> Doc:
        """Addresses round a point, the nearest first."""
        _check(parameters, "reverse")
        lat, lon = _number(parameters, "lat"), _number(parameters, "lon")
        reach = _number(parameters, "distance") if _value(parameters, "distance") else math.inf
        if _value(parameters, "type", "adres") != "adres":
            raise Refused("This stand-in knows addresses only.")
        away = {entry.id: _metres(entry.door, lat, lon) for entry in self.entries}
        near = [(1.0, entry) for entry in self.entries if away[entry.id] <= reach]
        near.sort(key=lambda pair: away[pair[1].id])
        return _response(near, parameters, f"{SHORT_FIELDS},afstand", away=away)

    def _found(self, query: str) -> list[tuple[float, Entry]]:
        """Scores and entries; equally good ones in the order of street and house number."""
        words = _words(query)
        scored = ((_score(entry, words), entry) for entry in self.entries)
        found = [(score, entry) for score, entry in scored if score > 0]
        return sorted(found, key=lambda pair: (-pair[0], pair[1].door.street, pair[1].door.number))


def _entry(door: Door) -> Entry:
    digest = hashlib.sha256(door.label.encode()).hexdigest()[:32]
    return Entry(
        door,
        f"adr-{digest}",
        tuple(_words(door.street)),
        _plain(door.postcode),
        str(door.number),
        _plain(door.town),
    )


def _plain(text: str) -> str:
    """Lower case, without accents."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


def _words(text: str) -> list[str]:
    joined = re.sub(r"\b(\d{4})\s+([a-z]{2})\b", r"\1\2", _plain(text))
    return re.findall(r"\w+|\*", joined)


def _score(entry: Entry, words: Sequence[str]) -> float:
    """0 unless every word fits somewhere; whole words count for more than beginnings."""
    total = 0.0
    for word in words:
        best = max(_fits(word, entry))
        if best == 0:
            return 0.0
        total += best
    return total


def _fits(word: str, entry: Entry) -> Iterator[float]:
    if word == "*":
        yield 1.0
    if word.isdecimal():
        yield 4.0 if word == entry.number else 0.0
        yield 1.0 if entry.number.startswith(word) else 0.0
        yield 2.0 if entry.postcode.startswith(word) and len(word) == 4 else 0.0
        return
    yield 5.0 if word == entry.postcode else 0.0
    yield 2.0 if entry.town == word else 1.0 if entry.town.startswith(word) else 0.0
    for part in entry.street_words:
        if part == word:
            yield 6.0
        elif part.startswith(word):
            yield 4.0
        elif len(word) > 3 and word in part:
            yield 2.0


def _check(parameters: Parameters, service: str) -> None:
    unknown = {name for name, _ in parameters} - KNOWN[service]
    if unknown:
        raise Refused(f"Unknown query parameter: {', '.join(sorted(unknown))}.")
    if _value(parameters, "wt", "json") != "json":
        raise Refused("Parameter wt can be json only.")


def _value(parameters: Parameters, name: str, default: str = "") -> str:
    return next((value.strip() for key, value in parameters if key == name), default)


def _number(parameters: Parameters, name: str) -> float:
    try:
        number = float(_value(parameters, name))
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise Refused(f"Parameter {name} must be a number.")
    return number


def _whole(parameters: Parameters, name: str, default: int) -> int:
    text = _value(parameters, name) or str(default)
    if not re.fullmatch("[0-9]{1,6}", text):
        raise Refused(f"Parameter {name} must be a whole number.")
    return int(text)


def _metres(door: Door, lat: float, lon: float) -> float:
    east = (door.lon - lon) * math.cos(math.radians(lat))
    return math.hypot(east, door.lat - lat) * METRES_PER_DEGREE


def _response(
    found: Sequence[tuple[float, Entry]],
    parameters: Parameters,
    fields: str,
    *,
    also: str = "",
    away: Mapping[str, float] | None = None,
) -> Doc:
    """One page of what passes the filters; `also` are fields that no choice of fields leaves out."""
    kept = [(score, entry) for score, entry in found if _passes(_facts(entry), parameters)]
    start, rows = _whole(parameters, "start", 0), _whole(parameters, "rows", 10)
    wanted = _wanted(parameters, fields) | {field for field in also.split(",") if field}
    docs = []
    for score, entry in kept[start : start + min(rows, MOST_ROWS)]:
        far = {"afstand": round(away[entry.id], 2)} if away else {}
        docs.append(_chosen(_doc(entry, score) | far, wanted))
    best = max((score for score, _ in kept), default=0.0)
    found_in_all = {"numFound": len(kept), "start": start, "maxScore": best, "numFoundExact": True}
    return {"response": {**found_in_all, "docs": docs}}


def _wanted(parameters: Parameters, default: str) -> set[str]:
    lists = [value for name, value in parameters if name == "fl"] or [default]
    return {field.strip() for fields in lists for field in re.split(r"[,\s]+", fields) if field}


def _chosen(doc: Doc, wanted: set[str]) -> Doc:
    return doc if "*" in wanted else {field: value for field, value in doc.items() if field in wanted}


def _facts(entry: Entry) -> dict[str, str]:
    door = entry.door
    return {
        "type": "adres",
        "bron": "BAG",
        "straatnaam": door.street,
        "postcode": door.postcode,
        "woonplaatsnaam": door.town,
        "gemeentenaam": door.town,
        "gemeentecode": door.municipality[2:],
        "wijkcode": door.wijk,
        "buurtcode": door.area,
    }


def _doc(entry: Entry, score: float) -> Doc:
    door = entry.door
    return {
        "id": entry.id,
        "weergavenaam": door.label,
        **_facts(entry),
        "huisnummer": door.number,
        "huis_nlt": str(door.number),
        "centroide_ll": f"POINT({door.lon} {door.lat})",
        "centroide_rd": _rd(door.lon, door.lat),
        "score": round(score, 4),
    }


@cache
def _to_rd() -> CoordTransform:
    return CoordTransform(SpatialReference(4326), SpatialReference(28992))


def _rd(lon: float, lat: float) -> str:
    point = Point(lon, lat, srid=4326)
    point.transform(_to_rd())
    return f"POINT({point.x:.3f} {point.y:.3f})"


def _passes(facts: dict[str, str], parameters: Parameters) -> bool:
    return all(_allows(value, facts) for name, value in parameters if name == "fq")


def _allows(condition: str, facts: dict[str, str]) -> bool:
    """A filter ``field:value`` or ``field:(one "or more" values)``; a value fits the whole field or one word of it."""
    field, values = _filter(condition)
    whole = _plain(facts[field])
    return any(value == whole or value in whole.split() for value in values)


@cache
def _filter(condition: str) -> tuple[str, frozenset[str]]:
    match = re.fullmatch(r"\s*(\w+):\(?(.+?)\)?\s*", condition)
    if not match or match[1] not in FILTER_FIELDS:
        raise Refused(f"Undefined field or malformed filter: {condition}")
    values = re.findall(r'"([^"]*)"|([^\s"()]+)', match[2])
    found = (quoted or word for quoted, word in values if word != "OR")
    return match[1], frozenset(" ".join(_plain(value).split()) for value in found)


def _marked(label: str, query: str) -> str:
    """The label as HTML, with the beginnings that were typed in bold."""
    words = sorted(map(re.escape, _words(query)), key=len, reverse=True)
    pattern = re.compile(rf"\b({'|'.join(words)})", re.IGNORECASE)
    return pattern.sub(r"<b>\1</b>", html.escape(label, quote=False))
