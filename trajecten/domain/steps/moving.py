"""Opening, closing, skipping and reopening steps, and the archive. Each locks the trajectory first, so that two at
once do it once."""

from django.db import transaction
from django.utils.translation import gettext as _

from trajecten.domain import activities
from trajecten.domain.steps import tailoring
from trajecten.domain.steps.tracking import reached, unmet
from trajecten.domain.telling import news
from trajecten.enums import TRAJECTORY_TRANSITIONS, StepEvent, TrajectoryStatus
from trajecten.method import Step, Unmet
from trajecten.models import StepRecord, Trajectory, User
from trajecten.transitions import check


class StepRefused(Exception):
    """A step that can't be opened, closed or skipped now; ``unmet`` has every reason."""

    def __init__(self, message: str, unmet: tuple[Unmet, ...] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.unmet = unmet


@transaction.atomic
def start(*, trajectory: Trajectory, by: User) -> Trajectory:
    """Open the first step and set the trajectory running.

    Refused when it has been started before: what runs or is archived (``TransitionRefused``), and what came to its
    end (``StepRefused``), which only goes on by opening one of its steps again, with a reason.
    """
    trajectory = _locked(trajectory)
    check(TrajectoryStatus, TRAJECTORY_TRANSITIONS, trajectory.status, TrajectoryStatus.RUNNING)
    if trajectory.status != TrajectoryStatus.AGREED:
        raise StepRefused(_("This trajectory came to its end. Open one of its steps again to go on with it."))
    trajectory.status = TrajectoryStatus.RUNNING
    _open(trajectory, tailoring.of(trajectory).steps[0], by=by, event=StepEvent.OPENED)
    return trajectory


@transaction.atomic
def close(*, trajectory: Trajectory, step: str, by: User, override_reason: str = "") -> Trajectory:
    """Close the open step and open the next one; after the last the trajectory is evaluated.

    ``step`` is the step that the person saw: when somebody else closed it meanwhile, this is refused and
    nothing happens twice. A gate with unmet reasons refuses with all of them, unless ``override_reason``
    says why they are set aside; then they are kept with the record.
    """
    trajectory, current = _at(trajectory, step)
    reasons = unmet(trajectory=trajectory)
    if reasons and not override_reason.strip():
        raise StepRefused(_("This step can't be closed yet."), reasons)
    record = _record(
        trajectory,
        current,
        StepEvent.CLOSED,
        by=by,
        reason=override_reason.strip() if reasons else "",
        overridden=[str(reason) for reason in reasons],
    )
    _go_on(trajectory, current, record, by=by)
    return trajectory


@transaction.atomic
def skip(*, trajectory: Trajectory, step: str, by: User, reason: str = "") -> Trajectory:
    """Leave the open step without doing it and open the next one. Its gates are not asked: nothing is claimed done.

    Refused for a step that belongs to the method (``Step.optional`` is False), and when it is not open any more.
    """
    trajectory, current = _at(trajectory, step)
    if not current.optional:
        raise StepRefused(_("This step belongs to the method. It can't be skipped."))
    record = _record(trajectory, current, StepEvent.SKIPPED, by=by, reason=reason.strip())
    _go_on(trajectory, current, record, by=by)
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
    if step not in _behind(trajectory):
        raise StepRefused(_("Only a step that is behind can be opened again. Look at the page again."))
    left = trajectory.open_step
    if left:
        _record(trajectory, left, StepEvent.CLOSED, by=by, reason=reason.strip())
    else:
        check(TrajectoryStatus, TRAJECTORY_TRANSITIONS, trajectory.status, TrajectoryStatus.RUNNING)
        trajectory.status = TrajectoryStatus.RUNNING
    _open(trajectory, trajectory.method.step(step), by=by, event=StepEvent.REOPENED, reason=reason.strip())
    return trajectory


@transaction.atomic
def archive(*, trajectory: Trajectory, by: User) -> Trajectory:
    """Lay a trajectory in the archive: it can still be read, and stays as it is.

    Refused (``TransitionRefused``): one that did not come to its end, and one that lies there already.
    """
    trajectory = _locked(trajectory)
    check(TrajectoryStatus, TRAJECTORY_TRANSITIONS, trajectory.status, TrajectoryStatus.ARCHIVED)
    trajectory.status = TrajectoryStatus.ARCHIVED
    trajectory.save(update_fields=["status"])
    activities.record(verb="trajectory_archived", target=trajectory, by=by, is_public=True)
    return trajectory


def _behind(trajectory: Trajectory) -> set[str]:
    """Steps of this trajectory that come before the open one."""
    position = trajectory.method.position
    return {step.key for step in tailoring.of(trajectory).steps if position(step.key) < reached(trajectory)}


def _locked(trajectory: Trajectory) -> Trajectory:
    return Trajectory.objects.select_for_update().get(pk=trajectory.pk)


def _at(trajectory: Trajectory, step: str) -> tuple[Trajectory, Step]:
    """The trajectory, locked, and its open step. Refused when that is not the step the person saw."""
    trajectory = _locked(trajectory)
    current = trajectory.open_step
    if current is None or current.key != step:
        raise StepRefused(_("This step is not open any more. Look at the page again before you go on."))
    return trajectory, current


def _go_on(trajectory: Trajectory, left: Step, record: StepRecord, *, by: User) -> None:
    """Open what follows on the step that was left; after the last one followers hear of ``record``, its end."""
    following = tailoring.of(trajectory).after(left.key)
    if following:
        _open(trajectory, following, by=by, event=StepEvent.OPENED)
        return
    check(TrajectoryStatus, TRAJECTORY_TRANSITIONS, trajectory.status, TrajectoryStatus.EVALUATED)
    trajectory.status, trajectory.current_step, trajectory.step_due_on = TrajectoryStatus.EVALUATED, "", None
    trajectory.save(update_fields=["status", "current_step", "step_due_on"])
    news.of_step(record)


def _open(trajectory: Trajectory, step: Step, *, by: User, event: str, reason: str = "") -> None:
    trajectory.current_step = step.key
    trajectory.step_due_on = tailoring.of(trajectory).of(step.key).ends_on
    trajectory.save(update_fields=["status", "current_step", "step_due_on"])
    news.of_step(_record(trajectory, step, event, by=by, reason=reason))


def _record(
    trajectory: Trajectory,
    step: Step,
    event: str,
    *,
    by: User,
    reason: str = "",
    overridden: list[str] | None = None,
) -> StepRecord:
    record = StepRecord.objects.create(
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
    return record
