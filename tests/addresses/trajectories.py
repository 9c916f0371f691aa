"""Trajectories, their steps, and the catalogue of methods."""

from tests.addresses.row import EVERYBODY, Keys, Row, Things
from tests.factories.core import TrajectoryFactory
from trajecten.enums import TrajectoryStatus

REOPEN = {"step": "exploring", "reason": "Er komt een thema bij."}

# fmt: off
PORTAL: list[Row] = [
    Row("adviser", "L.....++."),
    Row("comparison", "L.....++."),
    Row("adviser-csv", "L.....++."),
    Row("adviser-xlsx", "L.....++."),
    Row("comparison-csv", "L.....++."),
    Row("comparison-xlsx", "L.....++."),
    Row("catalogue", EVERYBODY),
    Row("offer", EVERYBODY, of="offer"),
]
MUNICIPALITY: list[Row] = [
    Row("trajectories", EVERYBODY),
    Row("trajectory", EVERYBODY, of="vision"),
    Row("staff-trajectories", "L..+++..+"),
    Row("staff-trajectories-csv", "L..+++..+"),
    Row("staff-trajectories-xlsx", "L..+++..+"),
    Row("staff-trajectory", "L..++++.+", of="vision"),
    Row("trajectory-start", "L..x+x+.+", of="agreed"),
    Row("trajectory-start", "L..x+x+.+", "POST", of="agreed"),
    Row("trajectory-archive", "L..x+x+.+", of="evaluated"),
    Row("trajectory-archive", "L..x+x+.+", "POST", of="evaluated"),
    Row("trajectory-plan", "L..x+x+.+", of="vision"),
    Row("trajectory-plan", "L..x+x+.+", "POST", of="vision", body={"scan-on": "on", "scan-ends_on": "2027-02-01"}),
    Row("trajectory-step-close", "L..x+x+.+", of="vision"),
    Row("trajectory-step-close", "L..x+x+.+", "POST", of="vision", body={"step": "scan"}),
    Row("trajectory-step-skip", "L..x+x+.+", of="vision"),
    Row("trajectory-step-skip", "L..x+x+.+", "POST", of="vision", body={"step": "scan"}),
    Row("trajectory-step-reopen", "L..x+x+.+", of="vision"),
    Row("trajectory-step-reopen", "L..x+x+.+", "POST", of="vision", body={**REOPEN, "step": "exploring"}),
]
# fmt: on


def keys(things: Things) -> Keys:
    """A trajectory of the method visie in its second step, one that came to its end, and one that has not begun."""
    return {
        "offer": {"method": "visie"},
        "trajectory": {"pk": things.trajectory.pk},
        "vision": {"pk": TrajectoryFactory(vision=True, adviser=things.adviser).pk},
        "evaluated": {
            "pk": TrajectoryFactory(
                method_key="visie", status=TrajectoryStatus.EVALUATED, adviser=things.adviser
            ).pk
        },
        "agreed": {"pk": TrajectoryFactory(agreed=True, adviser=things.adviser).pk},
    }
