"""Wijken and buurten."""

from tests.addresses.row import EVERYBODY, Keys, Row, Things
from tests.factories.core import AreaFactory

# fmt: off
PORTAL: list[Row] = []
MUNICIPALITY: list[Row] = [
    Row("neighbourhoods", EVERYBODY),
    Row("neighbourhood", EVERYBODY, of="area"),
]
# fmt: on


def keys(things: Things) -> Keys:
    return {"area": {"code": AreaFactory(municipality=things.schouw.municipality).code}}
