"""Planning the steps: which optional ones a trajectory has, when each is to be ready, and own words with them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from trajecten.domain import activities
from trajecten.domain.steps import tailoring
from trajecten.domain.steps.tailoring import PlannedStep, Tailoring
from trajecten.domain.steps.tracking import reached
from trajecten.enums import TrajectoryStatus
from trajecten.models import Trajectory, User

# A day that is farther away than this was mistyped.
FARTHEST = timedelta(days=3653)
OVER = frozenset({TrajectoryStatus.EVALUATED, TrajectoryStatus.ARCHIVED})


@dataclass(frozen=True)
class Fault:
    """What is wrong with the planning of one step; ``field`` is one of ``PlannedStep``."""

    step: str
    field: str
    message: str


class PlanRefused(Exception):
    """A planning that can't be kept; ``faults`` says where and why, and is empty when the trajectory is over."""

    def __init__(self, message: str, faults: tuple[Fault, ...] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.faults = faults


@transaction.atomic
def plan(*, trajectory: Trajectory, by: User, steps: Iterable[PlannedStep]) -> Trajectory:
    """Plan these steps; those that are not named stay as they are. The same planning again changes nothing.

    Refused (``PlanRefused``) with every fault: a step that belongs to the method is not left out, whether a step is
    part of the trajectory does not change once it is open or behind, and days follow the order of the steps.
    Raises KeyError for a step that is not of the method. The trajectory begins and ends with its steps.
    """
    trajectory = Trajectory.objects.select_for_update().get(pk=trajectory.pk)
    if trajectory.status in OVER:
        raise PlanRefused(_("This trajectory is over. Open a step again before you change the planning."))
    before = tailoring.of(trajectory)
    after = before.changed(steps)
    faults = (*_wrong_choices(trajectory, before, after), *_wrong_days(after))
    if faults:
        raise PlanRefused(_("This planning can't be kept."), faults)
    if after != before:
        _keep(trajectory, after, by=by)
    return trajectory


def _wrong_choices(trajectory: Trajectory, before: Tailoring, after: Tailoring) -> Iterator[Fault]:
    settled = reached(trajectory) + bool(trajectory.open_step)
    for position, (step, was, own) in enumerate(
        zip(after.method.steps, before.planned, after.planned, strict=True)
    ):
        if not own.on and not step.optional:
            yield Fault(step.key, "on", _("This step belongs to the method. It can't be left out."))
        elif own.on != was.on and position < settled:
            yield Fault(step.key, "on", _("This step has been opened or passed already."))


def _wrong_days(after: Tailoring) -> Iterator[Fault]:
    """Days that do not follow each other: within a step, and compared with the steps before it."""
    begun = ended = None
    for step in after.steps:
        own = after.of(step.key)
        for name in ("starts_on", "ends_on"):
            if (day := getattr(own, name)) and abs(day - timezone.localdate()) > FARTHEST:
                yield Fault(step.key, name, _("This date is more than ten years away. Is the year right?"))
        if own.starts_on and own.ends_on and own.ends_on < own.starts_on:
            yield Fault(step.key, "ends_on", _("This is before the first day of the step."))
        elif own.ends_on and ended and own.ends_on < ended:
            yield Fault(step.key, "ends_on", _("This is before the last day of an earlier step."))
        if own.starts_on and begun and own.starts_on < begun:
            yield Fault(step.key, "starts_on", _("This is before the first day of an earlier step."))
        begun, ended = own.starts_on or begun, own.ends_on or ended


def _keep(trajectory: Trajectory, after: Tailoring, *, by: User) -> None:
    trajectory.tailoring = {**trajectory.tailoring, **after.as_json()}
    if trajectory.current_step:
        trajectory.step_due_on = after.of(trajectory.current_step).ends_on
    _set_span(trajectory, after)
    trajectory.save(update_fields=["tailoring", "step_due_on", "starts_on", "ends_on"])
    activities.record(verb="steps_planned", target=trajectory, by=by, is_public=True)


def _set_span(trajectory: Trajectory, after: Tailoring) -> None:
    """The trajectory begins with its first planned day and ends with the last; without any it keeps its own days."""
    if after.span:
        trajectory.starts_on, trajectory.ends_on = after.span
