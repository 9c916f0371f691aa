"""A stand-in for the public interface of Signalen: it takes what that takes, and refuses what that refuses.

It has no key and no way to ask whether something has arrived. Its public status is OPEN or CLOSED; with
``tells_codes`` it says the code of its workflow, as older versions do.
"""

import json
import re
import uuid
from datetime import datetime
from typing import Any

from tests.standins.serving import Answer, Request, StandIn

ROOT = "/signals/v1/public"
SIGNALS = f"{ROOT}/signals/"
CLOSED = frozenset({"o", "a", "s"})
FIELDS = frozenset(
    (
        "source text text_extra location category reporter incident_date_start incident_date_end "
        "extra_properties session"
    ).split()
)
REQUIRED = ("text", "location", "category", "reporter", "incident_date_start")
# West, south, east and north of the Netherlands.
BOX = (3.3, 50.7, 7.3, 53.6)
MAIN = {
    "afval": ("Afval", ["container-is-vol", "grofvuil"]),
    "wegen-verkeer-straatmeubilair": (
        "Wegen, verkeer, straatmeubilair",
        ["onderhoud-stoep-straat-en-fietspad"],
    ),
}


class Signalen(StandIn):
    """``signals`` are what was made, by uuid: what was sent, the code of its state, and the photos."""

    def __init__(self) -> None:
        super().__init__()
        self.signals: dict[str, dict[str, Any]] = {}
        self.tells_codes = False
        self.takes_photos = True

    def code(self, main: str = "afval", sub: str = "grofvuil") -> str:
        """The category as a client names it."""
        return f"{self.url}{ROOT}/terms/categories/{main}/sub_categories/{sub}"

    def answer(self, request: Request) -> Answer:
        if request.path == f"{ROOT}/terms/categories/" and request.method == "GET":
            return _json(200, self._categories())
        if request.path == SIGNALS and request.method == "POST":
            return self._make(request)
        found = re.fullmatch(rf"{SIGNALS}([0-9a-f-]{{36}})(/attachments)?/?", request.path)
        if not found or found[1] not in self.signals:
            return _json(404, {"detail": "Niet gevonden."})
        if found[2]:
            return self._attach(found[1], request)
        return _json(200, self._shown(found[1]))

    def _categories(self) -> dict[str, Any]:
        results = [
            {
                "_links": {"self": {"href": f"{self.url}{ROOT}/terms/categories/{slug}"}},
                "_display": name,
                "name": name,
                "slug": slug,
                "public_name": None,
                "is_public_accessible": False,
                "sub_categories": [self._sub(slug, sub) for sub in subs],
            }
            for slug, (name, subs) in MAIN.items()
        ]
        links = {"self": {"href": f"{self.url}{ROOT}/terms/categories/"}, "next": {"href": None}}
        return {"_links": links, "count": len(results), "results": results}

    def _sub(self, main: str, slug: str) -> dict[str, Any]:
        name = slug.replace("-", " ").capitalize()
        return {
            "_links": {"self": {"href": self.code(main, slug)}},
            "_display": name,
            "name": name,
            "slug": slug,
            "handling": "A3DMC",
            "departments": [],
            "is_active": slug != "oud",
            "description": None,
            "handling_message": "",
            "questionnaire": None,
            "public_name": None,
            "is_public_accessible": False,
        }

    def _make(self, request: Request) -> Answer:
        try:
            given = json.loads(request.body)
        except ValueError:
            return _json(400, {"detail": "JSON parse error"})
        errors = self._errors(given)
        if errors:
            return _json(400, errors)
        number = str(uuid.uuid4())
        self.signals[number] = {"id": 1000 + len(self.signals), "sent": given, "state": "m", "photos": []}
        return _json(201, self._shown(number))

    def _errors(self, given: dict[str, Any]) -> dict[str, Any]:
        extra = set(given) - FIELDS
        if extra:
            return {"non_field_errors": [f"Extra properties present: {', '.join(sorted(extra))}"]}
        errors: dict[str, Any] = {name: ["Dit veld is vereist."] for name in REQUIRED if not given.get(name)}
        if len(given.get("text", "")) > 3000:
            errors["text"] = ["Zorg ervoor dat dit veld niet meer dan 3000 karakters bevat."]
        point = given.get("location", {}).get("geometrie", {}).get("coordinates") or [0, 0]
        if None in point or not (BOX[0] < point[0] < BOX[2] and BOX[1] < point[1] < BOX[3]):
            errors["location"] = {"geometrie": ["Location coordinates not anywhere in bounding box."]}
        known = {self.code(main, sub) for main, (_name, subs) in MAIN.items() for sub in subs}
        if given.get("category", {}).get("sub_category") not in known:
            errors["category"] = {"sub_category": ["Ongeldige hyperlink - Object bestaat niet."]}
        try:
            datetime.fromisoformat(given.get("incident_date_start", ""))
        except ValueError:
            errors["incident_date_start"] = ["Datetime heeft een ongeldig formaat."]
        return errors

    def _attach(self, number: str, request: Request) -> Answer:
        file = request.files.get("file")
        if not self.takes_photos or self.signals[number]["state"] != "m":
            return _json(400, ["Public uploads not allowed in current signal state."])
        if file is None or not file[2].startswith(b"\xff\xd8"):
            return _json(400, {"file": ["Het ingezonden bestand is geen afbeelding."]})
        self.signals[number]["photos"].append(file)
        return _json(201, {"_display": "Attachment object", "is_image": True})

    def _shown(self, number: str) -> dict[str, Any]:
        row = self.signals[number]
        state = row["state"] if self.tells_codes else ("CLOSED" if row["state"] in CLOSED else "OPEN")
        return {
            "_display": f"SIG-{row['id']}",
            "id": row["id"],
            "id_display": f"SIG-{row['id']}",
            "signal_id": number,
            "status": {"state": state, "state_display": state.capitalize()},
            "created_at": "2026-06-01T10:00:00+02:00",
            "updated_at": "2026-06-01T10:00:00+02:00",
            "incident_date_start": row["sent"]["incident_date_start"],
            "incident_date_end": None,
        }

    def move(self, state: str) -> None:
        """Put all that was made in this state."""
        for row in self.signals.values():
            row["state"] = state


def _json(status: int, value: object) -> Answer:
    return Answer(status, json.dumps(value).encode())
