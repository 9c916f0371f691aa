"""Walking along: coming in, the app of a walker, and what was written on paper."""

import io
import json
import uuid
import zipfile

from django.utils import timezone

from buurtschouw.domain.walk_files import FORM, WORDS
from tests.addresses.row import EVERYBODY, Keys, Row, Things
from tests.factories.enrolment import EnrolmentFactory
from tests.factories.walking import StatementFactory, StopFactory

NAME = {"key": str(uuid.uuid4()), "name": "Ria"}
WALKER = uuid.UUID("5f0c9d52-1a39-4d0e-8f8f-0c3f5b1f7a11")
PAPER = {
    "key": str(uuid.uuid4()),
    "walked_on": str(timezone.localdate()),
    "kind_1": "problem",
    "category_1": "{category}",
    "text_1": "Losse tegel",
    "address_1": "Meent 12",
}


def _file() -> bytes:
    """A file of ``WALKER`` in which one thing can't be read."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        told = {"form": FORM, "walker": str(WALKER), "observations": [{"text": "Kuil"}], "scores": []}
        archive.writestr(WORDS, json.dumps(told))
    return made.getvalue()


# fmt: off
PORTAL: list[Row] = []
MUNICIPALITY: list[Row] = [
    Row("buurtschouw:walk-along", EVERYBODY, of="schouw"),
    Row("buurtschouw:walk-along", EVERYBODY, "POST", of="schouw", body=NAME),
    Row("buurtschouw:walk-share", EVERYBODY, of="schouw"),
    Row("buurtschouw:walk-share-qr", EVERYBODY, of="schouw"),
    Row("buurtschouw:walk-scores", EVERYBODY, of="schouw"),
    Row("buurtschouw:walk", EVERYBODY, of="walker"),
    Row("buurtschouw:walk-manifest", EVERYBODY, of="walker"),
    Row("buurtschouw:walk-worker", EVERYBODY, of="walker"),
    Row("buurtschouw:walk-state", EVERYBODY, of="walker"),
    Row("buurtschouw:walk-observe", EVERYBODY, "POST", of="walker"),
    Row("buurtschouw:walk-score", EVERYBODY, "PUT", of="walker"),
    Row("buurtschouw:walk-paper", "L..++x+.+", of="schouw"),
    Row("buurtschouw:walk-paper", "L..++x+.+", "POST", of="schouw", body=PAPER),
    Row("buurtschouw:walk-paper-pdf", "L..++x+.+", of="schouw"),
    Row("buurtschouw:walk-file", "L..++x+.+", of="schouw"),
    Row("buurtschouw:walk-file", "L..++x+.+", "POST", of="schouw", body={"file": _file()}),
    Row("buurtschouw:walk-answer", "xxxxxxxxx", "POST", of="walker_report"),
]
# fmt: on


def keys(things: Things) -> Keys:
    walker = EnrolmentFactory(trajectory=things.trajectory, key=WALKER, participant__display_name="Ria")
    StopFactory(schouw=things.schouw)
    things.schouw.statements.add(StatementFactory(category=things.category))
    return {
        "walker": {"token": walker.token},
        "walker_report": {"token": walker.token, "number": things.report.pk},
    }
