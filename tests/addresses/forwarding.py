"""Forwarding to other systems: which there are, forwarding a report to one, the list, and the photos they fetch."""

from tests.addresses.row import EVERYBODY, Keys, Row, Things
from tests.factories.buurtschouw import ReportFactory
from tests.factories.core import AttachmentFactory
from tests.factories.forwarding import DestinationFactory, DestinationThemeFactory, ForwardFactory

# What is sent with a form of staff: complete, so that only a refusal keeps it from being done.
SYSTEM = {
    "name": "Waterschap Polderland",
    "system": "open311",
    "url": "https://[2606:2800:220:1:248:1893:25c8:1946]/open311/v2",
    "is_active": "on",
}
FORWARD = {"forward-version": 1, "forward-destination": "{system}", "forward-message": "Wij sturen het door."}

# fmt: off
PORTAL: list[Row] = []
MUNICIPALITY: list[Row] = [
    Row("buurtschouw:destinations", "L..x+x..+"),
    Row("buurtschouw:destination-new", "L..x+x..+"),
    Row("buurtschouw:destination-new", "L..x+x..+", "POST", body=SYSTEM),
    Row("buurtschouw:destination-edit", "L..x+x..+", of="destination"),
    Row("buurtschouw:destination-edit", "L..x+x..+", "POST", of="destination", body=SYSTEM),
    Row("buurtschouw:destination-read", "L..x+x..+", of="destination"),
    Row("buurtschouw:destination-read", "L..x+x..+", "POST", of="destination"),
    Row("buurtschouw:destination-try", "L..x+x..+", of="destination"),
    Row("buurtschouw:destination-try", "L..x+x..+", "POST", of="destination"),
    Row("buurtschouw:destination-themes", "L..x+x..+", of="destination"),
    Row("buurtschouw:destination-themes", "L..x+x..+", "POST", of="destination"),
    Row("buurtschouw:forwards", "L..+++..+"),
    Row("buurtschouw:forwards-csv", "L..+++..+"),
    Row("buurtschouw:forwards-xlsx", "L..+++..+"),
    Row("buurtschouw:forward", "L..++xx.+", of="report"),
    Row("buurtschouw:forward", "L..++xx.+", "POST", of="report", body=FORWARD),
    Row("buurtschouw:forward-again", "L..++xx.+", of="failed_forward"),
    Row("buurtschouw:forward-again", "L..++xx.+", "POST", of="failed_forward"),
    Row("buurtschouw:forward-photo", EVERYBODY, of="forward_photo"),
]
# fmt: on


def keys(things: Things) -> Keys:
    destination = DestinationFactory(system="open311", url="https://open311.invalid")
    DestinationThemeFactory(destination=destination, category=things.category, code="017", label="Wegen")
    there, back = (
        ReportFactory(schouw=things.schouw, category=things.category, **state)
        for state in (
            {"forwarded": True, "handed_to": destination.name},
            {"returned": True, "returned_from": destination.name},
        )
    )
    forward = ForwardFactory(destination=destination, report=there, accepted=True, shares_photos=True)
    failed = ForwardFactory(destination=destination, report=back, failed=True)
    photo = AttachmentFactory(target=there)
    return {
        "destination": {"pk": destination.pk},
        "failed_forward": {"number": back.pk, "pk": failed.pk},
        "forward_photo": {"token": forward.token, "photo": photo.uuid},
    }
