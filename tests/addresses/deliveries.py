"""Figures of the budget that come in, and the council's programmes."""

from budget.enums import DeliverySource
from tests.addresses.row import Keys, Row, Things
from tests.factories.budget import DeliveryFactory, ProgrammeFactory

COORDINATES = "L..x+x..+"
FILE = b"gm_code,jaar,verslagsoort,taakveld,lasten_x1000\nGM9999,2026,begroting,6.3,1\n"
PROGRAMMES = b"programma;naam;taakveld;aandeel\n7;Sociaal;6.4;100\n"
ROWS = {"form-TOTAL_FORMS": "0", "form-INITIAL_FORMS": "0"}
PROGRAMME = {"version": "1", "code": "9", "name": "Zorg", "from_year": "2026", **ROWS}

# fmt: off
PORTAL: list[Row] = []
MUNICIPALITY: list[Row] = [
    Row("budget:deliveries", COORDINATES),
    Row("budget:delivery-new", COORDINATES),
    Row("budget:delivery-new", COORDINATES, "POST", body={"file": FILE}),
    Row("budget:delivery-statistics", COORDINATES),
    Row("budget:delivery-statistics", COORDINATES, "POST", body={"year": "2026"}),
    Row("budget:delivery", COORDINATES, of="delivery"),
    Row("budget:council-programmes", COORDINATES),
    Row("budget:council-programme-new", COORDINATES),
    Row("budget:council-programme-new", COORDINATES, "POST", body=PROGRAMME),
    Row("budget:council-programme", COORDINATES, of="council_programme"),
    Row("budget:council-programme", COORDINATES, "POST", of="council_programme", body=PROGRAMME),
    Row("budget:council-programme-remove", COORDINATES),
    Row("budget:council-programme-remove", COORDINATES, "POST", body={"programme": "{council_programme}"}),
    Row("budget:council-programmes-file", COORDINATES),
    Row("budget:council-programmes-file", COORDINATES, "POST", body={"file": PROGRAMMES, "from_year": "2026"}),
]
# fmt: on


def keys(things: Things) -> Keys:
    """A delivery of this municipality that changed something, and a programme with a part of a task field."""
    change = {"task_field": "6.3", "side": "L", "old": 1000, "new": 2000}
    did = {
        "code": "GM9999",
        "name": "Polderwijk",
        "year": 2026,
        "kind": "primitive",
        "period": 0,
        "base_year": None,
    }
    delivery = DeliveryFactory(
        municipality=things.schouw.municipality,
        source=DeliverySource.UPLOAD,
        outcome=[{**did, "budget": 1, "number": 2, "did": "changed", "changes": [change]}],
    )
    programme = ProgrammeFactory(municipality=things.schouw.municipality, shares={"6.3": 1})
    return {"delivery": {"pk": delivery.pk}, "council_programme": {"pk": programme.pk}}
