"""The Open311 server, its page for developers, and the keys of other systems."""

import uuid

from buurtschouw.enums import ReportOrigin
from tests.addresses.row import EVERYBODY, Keys, Row, Things
from tests.factories.buurtschouw import CategoryFactory, ReportFactory
from tests.factories.open311 import api_key
from tests.factories.questions import QuestionFactory

NOBODY = "........."
# A key opens it, whoever is signed in: tests/buurtschouw/open311. A form of the portal is refused for its type.
BY_KEY = EVERYBODY
KEY = {"name": "Meldapp", "may_report": "on", "requests_per_minute": 60, "reports_per_hour": 60}

# fmt: off
PORTAL: list[Row] = []
MUNICIPALITY: list[Row] = [
    Row("buurtschouw:open311", EVERYBODY),
    *(
        row
        for form in ("xml", "json")
        for row in (
            Row(f"buurtschouw:open311-discovery-{form}", EVERYBODY),
            Row(f"buurtschouw:open311-services-{form}", EVERYBODY),
            Row(f"buurtschouw:open311-service-{form}", EVERYBODY, of="open311_service"),
            Row(f"buurtschouw:open311-requests-{form}", EVERYBODY),
            Row(f"buurtschouw:open311-requests-{form}", BY_KEY, "POST"),
            Row(f"buurtschouw:open311-request-{form}", EVERYBODY, of="report"),
            Row(f"buurtschouw:open311-token-{form}", EVERYBODY, of="open311_token"),
            Row(f"buurtschouw:open311-updates-{form}", EVERYBODY),
            Row(f"buurtschouw:open311-updates-{form}", BY_KEY, "POST"),
        )
    ),
    Row("buurtschouw:open311-nothing", NOBODY, of="open311_nothing"),
    Row("buurtschouw:open311-keys", "L..x+x..+"),
    Row("buurtschouw:open311-key-new", "L..x+x..+"),
    Row("buurtschouw:open311-key-new", "L..x+x..+", "POST", body=KEY),
    Row("buurtschouw:open311-key", "L..x+x..+", of="open311_key"),
    Row("buurtschouw:open311-key", "L..x+x..+", "POST", of="open311_key", body=KEY),
    Row("buurtschouw:open311-key-renew", "L..x+x..+", of="open311_key"),
    Row("buurtschouw:open311-key-renew", "L..x+x..+", "POST", of="open311_key"),
    Row("buurtschouw:open311-key-revoke", "L..x+x..+", of="open311_key"),
    Row("buurtschouw:open311-key-revoke", "L..x+x..+", "POST", of="open311_key"),
]
# fmt: on


def keys(things: Things) -> Keys:
    theme = CategoryFactory(name="Waterkant")
    QuestionFactory(category=theme)
    things.schouw.categories.add(theme)
    sent = ReportFactory(schouw=things.schouw, key=uuid.uuid4(), origin=ReportOrigin.OPEN311)
    return {
        "open311_service": {"code": str(theme.pk)},
        "open311_token": {"token": str(sent.key)},
        "open311_nothing": {"rest": "v2/niets.xml"},
        "open311_key": {"pk": api_key(things.schouw.municipality, things.coordinator)[0].pk},
    }
