"""The portal itself: front pages, health, maps, and what one stops with a link."""

from tests.addresses.row import EVERYBODY, Keys, Row, Things
from tests.factories.core import AttachmentFactory
from trajecten.domain.photos import attachments
from trajecten.domain.telling import unsubscribing

# fmt: off
PORTAL: list[Row] = [
    Row("home", EVERYBODY),
    Row("about", EVERYBODY),
    Row("accessibility", EVERYBODY),
    Row("privacy", EVERYBODY),
    Row("health-live", EVERYBODY),
    Row("health-ready", EVERYBODY),
    Row("security-txt", EVERYBODY),
    Row("robots-txt", EVERYBODY),
    Row("set_language", EVERYBODY, "POST", body={"language": "en"}),
]
MUNICIPALITY: list[Row] = [
    Row("municipality", EVERYBODY),
    Row("municipality-theme", EVERYBODY),
    Row("area-boundaries", EVERYBODY),
    Row("background", EVERYBODY),
    Row("addresses", EVERYBODY, query="?q=Dijk"),
    Row("address-near", EVERYBODY, query="?lat=52.51&lon=4.915"),
    Row("photo", EVERYBODY, of="photo"),
    Row("search", EVERYBODY),
    Row("search", EVERYBODY, query="?q=stoep"),
    Row("mail-choice", EVERYBODY, of="mail_choice"),
    Row("mail-choice", EVERYBODY, "POST", of="mail_choice"),
    Row("my-overview", "L++++++++"),
    Row("home-area", "L++++++++"),
    Row("home-area", "L++++++++", "POST", body={"area": ""}),
]
# fmt: on


def keys(things: Things) -> Keys:
    photo = AttachmentFactory(target=things.report)
    stop = unsubscribing.url(
        participant=things.supporter, municipality=things.schouw.municipality, category="my-supports"
    )
    return {
        "photo": {"photo": photo.uuid, "size": "image", "t": attachments.signature(photo, "image")},
        "mail_choice": {"token": stop.rstrip("/").rpartition("/")[2]},
    }
