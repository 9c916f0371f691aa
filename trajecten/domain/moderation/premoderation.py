"""Whether an official reads first what people write, per trajectory."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import QuerySet

from trajecten.domain import activities
from trajecten.enums import TrajectoryStatus
from trajecten.models import Trajectory, User


def running() -> QuerySet[Trajectory]:
    """The trajectories in which people can say something now or soon, by title."""
    statuses = [TrajectoryStatus.AGREED, TrajectoryStatus.RUNNING]
    return Trajectory.objects.filter(status__in=statuses).order_by("title", "pk")


def read_first() -> QuerySet[Trajectory]:
    """Those of them whose contributions wait for an official."""
    return running().filter(premoderation=True)


@transaction.atomic
def choose(*, read_first: Iterable[Trajectory], by: User) -> None:
    """From now on these are read first, the other running ones not. What was said before stays as it is."""
    wanted = {trajectory.pk for trajectory in read_first}
    for trajectory in running().select_for_update(of=("self",)):
        is_wanted = trajectory.pk in wanted
        if trajectory.premoderation != is_wanted:
            trajectory.premoderation = is_wanted
            trajectory.save(update_fields=["premoderation"])
            activities.record(
                verb="premoderation_changed", target=trajectory, by=by, details={"on": is_wanted}
            )
