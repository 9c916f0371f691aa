"""Following the money of the council, and the calendar of planning and control."""

from tests.addresses.row import EVERYBODY, Keys, Row, Things
from tests.factories.budget_monitor import AmendmentLineFactory, ObservationFactory
from trajecten.models import Trajectory

SIGHT = {"sees": "little", "text": "Het staat er nog niet."}
SPENDING = {"period": "2", "spent": "12.000", "text": "De eerste avonden zijn geweest."}

# fmt: off
PORTAL: list[Row] = []
MUNICIPALITY: list[Row] = [
    Row("budget:monitor", EVERYBODY, of="followed"),
    Row("budget:followed-line", EVERYBODY, of="followed-line"),
    Row("budget:observe", EVERYBODY, of="followed-line"),
    Row("budget:observe", EVERYBODY, "POST", of="followed-line", body={**SIGHT, "email": "iemand@example.org"}),
    Row("budget:observation", EVERYBODY, of="observation"),
    Row("budget:observation", EVERYBODY, "POST", of="observation", body=SIGHT),
    *(Row("budget:observation-confirm", EVERYBODY, method, of="observation") for method in ("GET", "POST")),
    Row("budget:observation-take-back", EVERYBODY, of="observation"),
    Row("budget:monitor-desk", "L..+++..+"),
    Row("budget:monitor-desk", "L..++++.+", query="?trajectory={followed}"),
    *(Row(f"budget:monitor-desk-{form}", "L..+++..+") for form in ("csv", "xlsx")),
    *(Row(f"budget:monitor-desk-{form}", "L..++++.+", query="?trajectory={followed}") for form in ("csv", "xlsx")),
    Row("budget:monitor-line", "L..++++.+", of="line"),
    Row("budget:monitor-line", "L..++xx.+", "POST", of="line", body=SPENDING),
    Row("budget:calendar-of", EVERYBODY, of="followed"),
    Row("budget:calendar", "L..+++..+"),
    Row("budget:calendar", "L..x+x..+", "POST", body={"council": "2026-11-12"}),
]
# fmt: on


def keys(things: Things) -> Keys:
    line = AmendmentLineFactory()
    round_ = line.outcome_line.line.round
    Trajectory._base_manager.filter(pk=round_.trajectory_id).update(
        adviser=things.adviser, coordinator=things.coordinator
    )
    observation = ObservationFactory(line=line)
    return {
        "followed": {"pk": round_.trajectory_id},
        "followed-line": {"pk": round_.trajectory_id, "line": line.pk},
        "observation": {"token": observation.token},
        "line": {"pk": line.pk},
    }
