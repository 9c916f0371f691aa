"""What is put to council or college."""

from datetime import date

from tests.addresses.row import EVERYBODY, Keys, Row, Things
from tests.factories.core import AgendaItemFactory, CouncilItemFactory

MOTION = {"kind": "motion", "body": "council", "title": "Meer bomen", "submitted_on": "2025-01-05"}
MOTION_CHANGED = {**MOTION, "version": 1, "trajectory": "{trajectory}"}
WITHDRAWAL = {"version": 1, "reason": "Het college doet het al."}
DECISION = {"version": 1, "decided_on": "2025-02-05", "decision_1": "adopted"}
AGENDA = b"""{"meeting": {"id": 1, "plannings": [{"start_date": "2025-02-05 19:30:00"}],
    "agenda_items": [{"id": 2, "type_data": {"attributes": [{"id": 1, "value": "Opening"}]}}]}}"""

# fmt: off
PORTAL: list[Row] = []
MUNICIPALITY: list[Row] = [
    Row("council-items", EVERYBODY),
    Row("council-items-csv", EVERYBODY),
    Row("council-item", EVERYBODY, of="council"),
    Row("council-desk", "L..+++..+"),
    Row("council-desk-csv", "L..+++..+"),
    Row("council-desk-xlsx", "L..+++..+"),
    Row("council-new", "L..x++..+"),
    Row("council-new", "L..x++..+", "POST", body=MOTION),
    Row("staff-council-item", "L..++++.+", of="council"),
    Row("council-change", "L..x++x.+", of="council"),
    Row("council-change", "L..x++x.+", "POST", of="council", body=MOTION_CHANGED),
    Row("council-schedule", "L..x++x.+", of="council"),
    Row("council-schedule", "L..x++x.+", "POST", of="council", body={"version": 1, "day": "2025-02-01"}),
    Row("council-take-off", "L..x++x.+", of="council"),
    Row("council-take-off", "L..x++x.+", "POST", of="council_planned", body={"version": 1}),
    Row("council-discuss", "L..x++x.+", of="council"),
    Row("council-discuss", "L..x++x.+", "POST", of="council", body={"version": 1}),
    Row("council-withdraw", "L..x++x.+", of="council"),
    Row("council-withdraw", "L..x++x.+", "POST", of="council", body=WITHDRAWAL),
    Row("council-decide", "L..x++x.+", of="council"),
    Row("council-decide", "L..x++x.+", "POST", of="council", body=DECISION),
    Row("council-agenda", "L..+++..+"),
    Row("council-agenda", "L..x++..+", "POST", body={"file": AGENDA}),
    Row("council-match", "L..x++..+", of="agenda_item"),
    Row("council-match", "L..x++..+", "POST", of="agenda_item", body={"item": "{council}", "answer": "accept"}),
]
# fmt: on


def keys(things: Things) -> Keys:
    """A council item that waits for a date, one that has one, and an agenda item that looks like the first."""
    given = {"trajectory": things.trajectory, "submitted_on": date(2025, 1, 5)}
    item = CouncilItemFactory(texts=["Een zebrapad."], origins=[things.report], **given)
    planned = CouncilItemFactory(scheduled=True, title="Meer licht", **given)
    agenda_item = AgendaItemFactory(title=item.title, match=item, state="proposed", score=0.9)
    return {
        "council": {"pk": item.pk},
        "council_planned": {"pk": planned.pk},
        "agenda_item": {"pk": agenda_item.pk},
    }
