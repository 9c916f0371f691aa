"""Wijken and buurten."""

from tests.addresses.row import EVERYBODY, Keys, Row, Things
from tests.factories.core import AreaFactory
from trajecten.models import Area

# fmt: off
PORTAL: list[Row] = []
MUNICIPALITY: list[Row] = [
    Row("neighbourhoods", EVERYBODY),
    Row("neighbourhood", EVERYBODY, of="area"),
]
# fmt: on


def keys(things: Things) -> Keys:
    here = things.schouw.municipality
    area = Area.objects.filter(municipality=here).first() or AreaFactory(municipality=here)
    return {"area": {"code": area.code}}
