"""A stand-in for an endpoint of Open311 (GeoReport v2) with the updates extension, in XML and in JSON.

With ``gives_tokens`` a request gets a token, and its number after ``token_turns`` questions. ``speaks`` are the forms
that it knows; ``has_updates`` says whether it has the extension. It wants the key ``KEY`` and jurisdiction ``HERE``.
"""

import json
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

from tests.standins.serving import Answer, Request, StandIn

KEY = "een-geheime-sleutel"
HERE = "provincie.example.org"
SERVICES = {
    "017": ("Gat in de weg", "Wegen", False),
    "002": ("Kapotte lamp", "Verlichting", False),
    "042": ("Paal of bord", "Wegen", True),
}
LISTS = {
    "services": "service",
    "service_requests": "request",
    "errors": "error",
    "service_request_updates": "request_update",
}


class Open311(StandIn):
    """``requests`` are what was made, by number; ``told`` are the updates that it tells."""

    def __init__(self) -> None:
        super().__init__()
        self.requests: dict[str, dict[str, Any]] = {}
        self.tokens: dict[str, list[Any]] = {}
        self.told: list[dict[str, Any]] = []
        self.gives_tokens = False
        self.token_turns = 2
        self.speaks = {"json", "xml"}
        self.has_updates = True
        self.reads_lists = True

    @property
    def base(self) -> str:
        return f"{self.url}/open311/v2"

    def answer(self, request: Request) -> Answer:
        name, _dot, form = request.path.removeprefix("/open311/v2/").rpartition(".")
        if form not in self.speaks or not request.path.startswith("/open311/v2/"):
            return Answer(404, b"<html>nothing here</html>", "text/html")
        asked = request.form if request.method == "POST" else request.query
        if asked.get("jurisdiction_id") != HERE:
            return _answer(404, "errors", [_error(404, "jurisdiction_id provided was not found")], form)
        kind, _slash, key = name.partition("/")
        if request.method == "POST":
            return self._make(asked, form) if name == "requests" else _missing(form)
        if kind == "services" and not key:
            return _answer(200, "services", _services(), form)
        if kind == "requests":
            return self._list(key, asked, form)
        if kind == "tokens":
            return self._exchange(key, form)
        if kind == "servicerequestupdates" and self.has_updates:
            return self._updates(asked, form)
        return _missing(form)

    def _make(self, given: dict[str, str], form: str) -> Answer:
        if given.get("api_key") != KEY:
            return _answer(403, "errors", [_error(403, "Invalid api_key received -- can't proceed")], form)
        problem = _problem(given)
        if problem:
            return _answer(400, "errors", [_error(400, problem)], form)
        number = f"R-{len(self.requests) + 1}"
        now = datetime.now(UTC).isoformat(timespec="seconds")
        self.requests[number] = {
            "service_request_id": number,
            "status": "open",
            "status_notes": "",
            "service_name": SERVICES[given["service_code"]][0],
            "service_code": given["service_code"],
            "description": given.get("description", ""),
            "requested_datetime": now,
            "updated_datetime": now,
            "lat": given.get("lat", ""),
            "long": given.get("long", ""),
            "media_url": given.get("media_url", ""),
        }
        if self.gives_tokens:
            token = f"t/{number}"
            self.tokens[token] = [number, self.token_turns]
            return _answer(200, "service_requests", [{"token": token}], form)
        return _answer(201, "service_requests", [{"service_request_id": number}], form)

    def _list(self, key: str, asked: dict[str, str], form: str) -> Answer:
        wanted = asked.get("service_request_id", "")
        if key or wanted:
            numbers = [key] if key else wanted.split(",") if self.reads_lists else [wanted]
            found = [self.requests[number] for number in numbers if number in self.requests]
            return _answer(200, "service_requests", found, form) if found else _missing(form)
        codes = asked.get("service_code", "").split(",")
        start, end = (datetime.fromisoformat(asked[name]) for name in ("start_date", "end_date"))
        found = [
            row
            for row in self.requests.values()
            if row["service_code"] in codes
            and start <= datetime.fromisoformat(row["requested_datetime"]) <= end
        ]
        return _answer(200, "service_requests", found, form)

    def _exchange(self, token: str, form: str) -> Answer:
        token = unquote(token)
        if token not in self.tokens:
            return _missing(form)
        number, turns = self.tokens[token]
        self.tokens[token][1] -= 1
        row = {"service_request_id": "" if turns > 0 else number, "token": token}
        return _answer(200, "service_requests", [row], form)

    def _updates(self, asked: dict[str, str], form: str) -> Answer:
        if asked.get("api_key") != KEY:
            return _answer(403, "errors", [_error(403, "Invalid api_key received -- can't proceed")], form)
        start, end = (datetime.fromisoformat(asked[name]) for name in ("start_date", "end_date"))
        found = [row for row in self.told if start <= datetime.fromisoformat(row["updated_datetime"]) <= end]
        return _answer(200, "service_request_updates", found, form)

    def tell(
        self, number: str, status: str, words: str = "", *, update: str = "", at: datetime | None = None
    ) -> None:
        """Add an update, and let the request have what it says."""
        at = at or datetime.now(UTC)
        row = {
            "update_id": update or f"U-{len(self.told) + 1}",
            "service_request_id": number,
            "status": status,
            "updated_datetime": at.isoformat(timespec="seconds"),
            "description": words,
        }
        self.told.append(row)

    def move(self, number: str, status: str, notes: str = "") -> None:
        """Let the request itself stand so."""
        self.requests[number] |= {"status": status, "status_notes": notes}


def _services() -> list[dict[str, Any]]:
    return [
        {
            "service_code": code,
            "service_name": name,
            "description": "",
            "metadata": metadata,
            "type": "realtime",
            "keywords": "",
            "group": group,
        }
        for code, (name, group, metadata) in SERVICES.items()
    ]


def _problem(given: dict[str, str]) -> str:
    if given.get("service_code") not in SERVICES:
        return "service_code provided was not found"
    if not (given.get("lat") and given.get("long")) and not given.get("address_string"):
        return "lat and long, address_string or address_id is required"
    if len(given.get("description", "")) > 4000:
        return "description is longer than 4000 characters"
    if "" in given.values():
        return "an empty parameter"
    return ""


def _missing(form: str) -> Answer:
    return _answer(404, "errors", [_error(404, "not found")], form)


def _error(code: int, description: str) -> dict[str, Any]:
    return {"code": code, "description": description}


def _answer(status: int, name: str, rows: list[dict[str, Any]], form: str) -> Answer:
    if form == "json":
        return Answer(status, json.dumps(rows or None).encode())
    root = ElementTree.Element(name)
    for row in rows:
        element = ElementTree.SubElement(root, LISTS[name])
        for key, value in row.items():
            text = str(value).lower() if isinstance(value, bool) else str(value)
            ElementTree.SubElement(element, key).text = text
    return Answer(
        status, ElementTree.tostring(root, encoding="utf-8", xml_declaration=True), "text/xml; charset=utf-8"
    )
