"""The core's own work that can lie with one official: promises, and trajectories that they coordinate."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from trajecten.domain import activities
from trajecten.domain.promises import handing_over
from trajecten.enums import TrajectoryStatus
from trajecten.models import Commitment, Trajectory, User
from trajecten.models.commitment import OPEN
from trajecten.registry import OpenWork

OVER = (TrajectoryStatus.EVALUATED, TrajectoryStatus.ARCHIVED)


def promises(official: User) -> QuerySet[Commitment]:
    return Commitment.objects.filter(owner=official, status__in=sorted(OPEN))


def hand_over_promises(official: User, *, to: User, by: User) -> None:
    """Another owner for each."""
    for promise in promises(official):
        handing_over.hand_over(commitment=promise, to=to, by=by)


def trajectories(official: User) -> QuerySet[Trajectory]:
    return Trajectory.objects.filter(coordinator=official).exclude(status__in=OVER)


def hand_over_trajectories(official: User, *, to: User | None, by: User) -> None:
    """Another coordinator for each, or none."""
    for trajectory in trajectories(official).select_for_update(of=("self",)):
        trajectory.coordinator = to
        trajectory.save(update_fields=["coordinator"])
        activities.record(
            verb="coordinator_changed",
            target=trajectory,
            by=by,
            details={"from": official.pk, "to": to.pk if to else None},
        )


WORK = (
    OpenWork(
        "trajecten.promises",
        _("open promises"),
        lambda official: promises(official).count(),
        hand_over_promises,
        needs_owner=True,
    ),
    OpenWork(
        "trajecten.trajectories",
        _("trajectories to coordinate"),
        lambda official: trajectories(official).count(),
        hand_over_trajectories,
    ),
)
