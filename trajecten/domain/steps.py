"""Opening and closing the steps of a trajectory. Nothing else writes StepRecord or ``current_step``."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from trajecten import registry
from trajecten.domain import activities
from trajecten.enums import TRAJECTORY_TRANSITIONS, StepEvent, TrajectoryStatus
from trajecten.method import Step, Unmet
from trajecten.models import StepRecord, Trajectory, User
from trajecten.transitions import check


class StepRefused(Exception):
    """A step that can't be opened or closed now; ``unmet`` has every reason."""

    def __init__(self, message: str, unmet: tuple[Unmet, ...] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.unmet = unmet


@dataclass(frozen=True)
class TrackedStep:
    """A step as the page shows it: ``state`` is done, now or todo."""

    step: Step
    number: int
    state: str
    opened_at: datetime | None
    closed_at: datetime | None
    unmet: tuple[Unmet, ...]


def unmet(*, trajectory: Trajectory) -> tuple[Unmet, ...]:
    """Every reason why the open step can't be closed yet; empty when it can or when none is open."""
    step = trajectory.open_step
    if step is None or not step.gates:
        return ()
    return step.unmet(registry.facts(trajectory.method_key, trajectory))


def track(*, trajectory: Trajectory, with_unmet: bool = True) -> list[TrackedStep]:
    """All steps in order with their state and dates; the open one with what is still missing.

    Who does not show that leaves it out (``with_unmet``): its facts may take counting.
    """
    missing = unmet(trajectory=trajectory) if with_unmet else ()
    opened: dict[str, datetime] = {}
    closed: dict[str, datetime] = {}
    for record in StepRecord.objects.filter(trajectory=trajectory):
        if record.event == StepEvent.CLOSED:
            closed[record.step] = record.at
        else:
            opened[record.step] = record.at
            closed.pop(record.step, None)
    return [
        TrackedStep(
            step=step,
            number=number,
            state=_state(trajectory, step),
            opened_at=opened.get(step.key),
            closed_at=closed.get(step.key) if _state(trajectory, step) == "done" else None,
            unmet=missing if step.key == trajectory.current_step else (),
        )
        for number, step in enumerate(trajectory.method.steps, start=1)
    ]


def _state(trajectory: Trajectory, step: Step) -> str:
    """Steps before the open one are done and later ones still to come, also those that were open before."""
    if step.key == trajectory.current_step:
        return "now"
    return "done" if trajectory.method.position(step.key) < _reached(trajectory) else "todo"


def _reached(trajectory: Trajectory) -> int:
    """How many steps are behind: those before the open one, all when the last was closed, none before the start."""
    if trajectory.open_step:
        return trajectory.method.position(trajectory.open_step.key)
    is_over = trajectory.status in {TrajectoryStatus.EVALUATED, TrajectoryStatus.ARCHIVED}
    return len(trajectory.method.steps) if is_over else 0


@transaction.atomic
def start(*, trajectory: Trajectory, by: User) -> Trajectory:
    """Open the first step and set the trajectory running. Refused when it has been started before."""
    trajectory = _locked(trajectory)
    check(TrajectoryStatus, TRAJECTORY_TRANSITIONS, trajectory.status, TrajectoryStatus.RUNNING)
    trajectory.status = TrajectoryStatus.RUNNING
    _open(trajectory, trajectory.method.steps[0], by=by, event=StepEvent.OPENED)
    return trajectory


@transaction.atomic
def close(*, trajectory: Trajectory, step: str, by: User, override_reason: str = "") -> Trajectory:
    """Close the open step and open the next one; after the last the trajectory is evaluated.

    ``step`` is the step that the person saw: when somebody else closed it meanwhile, this is refused and
    nothing happens twice. A gate with unmet reasons refuses with all of them, unless ``override_reason``
    says why they are set aside; then they are kept with the record.
    """
    trajectory = _locked(trajectory)
    current = trajectory.open_step
    if current is None or current.key != step:
        raise StepRefused(_("This step is not open any more. Look at the page again before you go on."))
    reasons = unmet(trajectory=trajectory)
    if reasons and not override_reason.strip():
        raise StepRefused(_("This step can't be closed yet."), reasons)
    _record(
        trajectory,
        current,
        StepEvent.CLOSED,
        by=by,
        reason=override_reason.strip() if reasons else "",
        overridden=[str(reason) for reason in reasons],
    )
    following = trajectory.method.after(current.key)
    if following:
        _open(trajectory, following, by=by, event=StepEvent.OPENED)
    else:
        check(TrajectoryStatus, TRAJECTORY_TRANSITIONS, trajectory.status, TrajectoryStatus.EVALUATED)
        trajectory.status = TrajectoryStatus.EVALUATED
        trajectory.current_step = ""
        trajectory.save(update_fields=["status", "current_step"])
    return trajectory


@transaction.atomic
def reopen(*, trajectory: Trajectory, step: str, by: User, reason: str) -> Trajectory:
    """Go back to an earlier step, with a reason; the step that is left is closed with the same reason.

    The steps in between are to be passed again, with their gates. Refused without a reason, and for a step
    that is not behind (``StepRefused``); an archived trajectory stays as it is (``TransitionRefused``).
    """
    trajectory = _locked(trajectory)
    if not reason.strip():
        raise StepRefused(_("Write down why this step is opened again."))
    if step not in [earlier.key for earlier in trajectory.method.steps[: _reached(trajectory)]]:
        raise StepRefused(_("Only a step that is behind can be opened again. Look at the page again."))
    left = trajectory.open_step
    if left:
        _record(trajectory, left, StepEvent.CLOSED, by=by, reason=reason.strip())
    else:
        check(TrajectoryStatus, TRAJECTORY_TRANSITIONS, trajectory.status, TrajectoryStatus.RUNNING)
        trajectory.status = TrajectoryStatus.RUNNING
    _open(trajectory, trajectory.method.step(step), by=by, event=StepEvent.REOPENED, reason=reason.strip())
    return trajectory


def _locked(trajectory: Trajectory) -> Trajectory:
    return Trajectory.objects.select_for_update().get(pk=trajectory.pk)


def _open(trajectory: Trajectory, step: Step, *, by: User, event: str, reason: str = "") -> None:
    trajectory.current_step = step.key
    trajectory.save(update_fields=["status", "current_step"])
    _record(trajectory, step, event, by=by, reason=reason)


def _record(
    trajectory: Trajectory,
    step: Step,
    event: str,
    *,
    by: User,
    reason: str = "",
    overridden: list[str] | None = None,
) -> None:
    StepRecord.objects.create(
        municipality_id=trajectory.municipality_id,
        trajectory=trajectory,
        step=step.key,
        event=event,
        by=by,
        reason=reason,
        overridden=overridden or [],
    )
    activities.record(
        verb=f"step_{event}", target=trajectory, by=by, is_public=True, details={"step": step.key}
    )
