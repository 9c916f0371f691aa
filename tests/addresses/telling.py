"""The inbox, how often one wants to hear, following, and the municipality's own words."""

from tests.addresses.row import EVERYBODY, Keys, Row, Things
from tests.factories.core import NotificationFactory
from trajecten.domain.telling import unsubscribing

MESSAGE = "buurtschouw.report_received"
TEXT = {"subject": "Nieuws uit {{gemeente}}", "opening": "Dag!"}

# fmt: off
PORTAL: list[Row] = []
MUNICIPALITY: list[Row] = [
    Row("preferences-by-link", EVERYBODY, of="preferences"),
    Row("preferences-by-link", EVERYBODY, "POST", of="preferences", body={"my-supports-email": "daily"}),
    Row("inbox", "L++++++++"),
    Row("inbox", "L++++++++", "POST"),
    Row("inbox-message", "L...+....", of="message"),
    Row("preferences", "L++++++++"),
    Row("preferences", "L++++++++", "POST", body={"my-supports-email": "daily", "my-supports-inapp": "on"}),
    Row("follow", "L++++++++"),
    Row("follow", "L++++++++", "POST", body={"kind": "buurtschouw.report", "number": "{report}", "follow": "on"}),
    Row("message-texts", "L..x+x..+"),
    Row("message-text", "L..x+x..+", query=f"?message={MESSAGE}"),
    Row("message-text", "L..x+x..+", "POST", query=f"?message={MESSAGE}", body=TEXT),
]
# fmt: on


def keys(things: Things) -> Keys:
    """``message`` is one in the coordinator's inbox."""
    choices = unsubscribing.preferences_url(
        participant=things.supporter, municipality=things.schouw.municipality
    )
    return {
        "preferences": {"token": choices.rstrip("/").rpartition("/")[2]},
        "message": {"pk": NotificationFactory(in_app=True, user=things.coordinator).pk},
    }
