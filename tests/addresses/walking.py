"""Walking along: coming in, the app of a walker, and what was written on paper."""

import uuid

from tests.addresses.row import EVERYBODY, Keys, Row, Things
from tests.factories.enrolment import EnrolmentFactory
from tests.factories.walking import StatementFactory, StopFactory

NAME = {"key": str(uuid.uuid4()), "name": "Ria"}

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
    Row("buurtschouw:walk-answer", "xxxxxxxxx", "POST", of="walker_report"),
]
# fmt: on


def keys(things: Things) -> Keys:
    walker = EnrolmentFactory(trajectory=things.trajectory, participant__display_name="Ria")
    StopFactory(schouw=things.schouw)
    things.schouw.statements.add(StatementFactory(category=things.category))
    return {
        "walker": {"token": walker.token},
        "walker_report": {"token": walker.token, "number": things.report.pk},
    }
