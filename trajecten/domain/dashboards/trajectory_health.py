"""How trajectories go: on track, late, or stalled, and why.

Late is what its planned dates say: the open step was to be ready before today, or an agreed trajectory should have
begun. Stalled is a running trajectory in which nothing happened for ``STALLED_AFTER``: none of the acts on it that
are ``MOVEMENT``, no contribution of any kind, no turn of a promise, no meeting planned or changed. After such an act it
is not stalled any more, so that needs no state of its own. Who follows it or takes a list along moves nothing. What
is not running or agreed is always on track.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Max, QuerySet
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trajecten import registry
from trajecten.enums import HealthState, StepEvent, TrajectoryStatus
from trajecten.models import Activity, Commitment, Meeting, Trajectory

STALLED_AFTER = timedelta(days=30)
# What is done with a trajectory itself and brings it further.
MOVEMENT = (
    *(f"step_{event}" for event in StepEvent.values),
    "steps_planned",
    "trajectory_agreed",
    "trajectory_planned",
    "enrolment_arranged",
    "material_added",
)
# Of how many the health is looked at: more run at once in no municipality.
LOOKED_AT = 200
TONES = {HealthState.ON_TRACK: "success", HealthState.LATE: "warning", HealthState.STALLED: "danger"}
# What asks most comes first.
URGENCY = (HealthState.STALLED, HealthState.LATE, HealthState.ON_TRACK)


@dataclass(frozen=True)
class Health:
    """``state`` with every reason in words (none when on track), and when something happened last."""

    state: HealthState
    reasons: tuple[str, ...]
    moved_at: datetime

    @property
    def tone(self) -> str:
        """How its tag looks."""
        return TONES[self.state]

    @property
    def is_trouble(self) -> bool:
        """Whether it is late or stalled."""
        return self.state != HealthState.ON_TRACK


def going() -> Any:
    """Trajectories that are agreed or run: those that can be on track or not."""
    return Trajectory.objects.filter(status__in=[TrajectoryStatus.AGREED, TrajectoryStatus.RUNNING])


def in_trouble() -> list[int]:
    """The primary keys of those that are late or stalled, of the municipality in scope."""
    healths = of(going()[:LOOKED_AT])
    return [pk for pk, health in healths.items() if health.is_trouble]


def of(trajectories: Iterable[Trajectory]) -> dict[int, Health]:
    """The health of these trajectories by primary key, in as many statements for one as for many.

    For those of several municipalities, call it without a scope (``scopes_disabled``).
    """
    found = list(trajectories)
    moved = _moved(found)
    return {trajectory.pk: _health(trajectory, moved[trajectory.pk]) for trajectory in found}


def _health(trajectory: Trajectory, moved_at: datetime) -> Health:
    late = tuple(_why_late(trajectory, timezone.localdate()))
    stalled = tuple(_why_stalled(trajectory, moved_at))
    state = HealthState.STALLED if stalled else HealthState.LATE if late else HealthState.ON_TRACK
    return Health(state, (*stalled, *late), moved_at)


def _why_late(trajectory: Trajectory, today: date) -> Iterator[str]:
    due, begins = trajectory.step_due_on, trajectory.starts_on
    if trajectory.status == TrajectoryStatus.RUNNING and trajectory.open_step and due and due < today:
        values = {"step": trajectory.open_step.name, "day": date_format(due, "j F Y")}
        yield _("“%(step)s” was to be ready on %(day)s.") % values
    if trajectory.status == TrajectoryStatus.AGREED and begins and begins < today:
        yield _("It was to begin on %(day)s.") % {"day": date_format(begins, "j F Y")}


def _why_stalled(trajectory: Trajectory, moved_at: datetime) -> Iterator[str]:
    quiet = timezone.now() - moved_at
    if trajectory.status == TrajectoryStatus.RUNNING and quiet >= STALLED_AFTER:
        yield ngettext(
            "Nothing has happened for %(n)d day.", "Nothing has happened for %(n)d days.", quiet.days
        ) % {"n": quiet.days}


def _moved(trajectories: list[Trajectory]) -> Mapping[int, datetime]:
    """When something happened last in each; at least when it was made."""
    moved = {trajectory.pk: trajectory.created_at for trajectory in trajectories}
    for latest in (_acts(moved), _promises(moved), _meetings(moved), _contributions(moved)):
        for pk, at in latest:
            moved[pk] = max(moved[pk], at)
    return moved


def _acts(keys: Iterable[int]) -> QuerySet:
    kind = ContentType.objects.get_for_model(Trajectory)
    acts = Activity.objects.filter(content_type=kind, object_id__in=list(keys), verb__in=MOVEMENT)
    return acts.order_by().values_list("object_id").annotate(Max("at"))


def _promises(keys: Iterable[int]) -> QuerySet:
    promises = Commitment.objects.filter(trajectory__in=list(keys)).order_by()
    latest = Greatest(Max("created_at"), Max("closed_at"), Max("updates__at"))
    return promises.values_list("trajectory").annotate(moved_at=latest)


def _meetings(keys: Iterable[int]) -> QuerySet:
    planned = Meeting.objects.filter(trajectory__in=list(keys)).order_by()
    return planned.values_list("trajectory").annotate(Max("changed_at"))


def _contributions(keys: Iterable[int]) -> QuerySet:
    first, *others = [
        kind.model.objects.filter(trajectory__in=list(keys))
        .order_by()
        .values_list("trajectory")
        .annotate(Max("created_at"))
        for kind in registry.contribution_kinds()
    ]
    return first.union(*others, all=True)
