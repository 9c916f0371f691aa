"""Where a trajectory stands: its steps with their state, their planned and real dates, and what is missing."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from trajecten import registry
from trajecten.domain.steps import tailoring
from trajecten.domain.steps.tailoring import PlannedStep
from trajecten.enums import StepEvent, TrajectoryStatus
from trajecten.method import Step, Unmet
from trajecten.models import StepRecord, Trajectory

LEFT = {StepEvent.CLOSED: "done", StepEvent.SKIPPED: "skipped"}


@dataclass(frozen=True)
class TrackedStep:
    """A step as the page shows it: ``state`` is done, skipped, now or todo.

    ``closed_at`` is when it was closed or skipped, ``planned`` what was intended. ``reason`` is why it was skipped, or
    closed all the same, and ``set_aside`` what was missing then; both are for officials and the adviser.
    """

    step: Step
    number: int
    state: str
    opened_at: datetime | None
    closed_at: datetime | None
    unmet: tuple[Unmet, ...]
    planned: PlannedStep
    reason: str = ""
    set_aside: tuple[str, ...] = ()

    @property
    def days_late(self) -> int:
        """Days beyond the planned end: of the closing when it is done, of today when it is open; 0 when in time.

        What has not begun is not late: the open step before it is.
        """
        if self.planned.ends_on is None or self.state in {"skipped", "todo"}:
            return 0
        ended = timezone.localtime(self.closed_at).date() if self.closed_at else timezone.localdate()
        return max(0, (ended - self.planned.ends_on).days)


def unmet(*, trajectory: Trajectory) -> tuple[Unmet, ...]:
    """Every reason why the open step can't be closed yet; empty when it can or when none is open."""
    step = trajectory.open_step
    if step is None or not step.gates:
        return ()
    return step.unmet(registry.facts(trajectory.method_key, trajectory))


def track(*, trajectory: Trajectory, with_unmet: bool = True) -> list[TrackedStep]:
    """All steps that this trajectory has, in order, with their state and dates; the open one with what is missing.

    Who does not show that leaves it out (``with_unmet``): its facts may take counting.
    """
    missing = unmet(trajectory=trajectory) if with_unmet else ()
    opened: dict[str, datetime] = {}
    left: dict[str, StepRecord] = {}
    for record in StepRecord.objects.filter(trajectory=trajectory):
        if record.event in LEFT:
            left[record.step] = record
        else:
            opened[record.step] = record.at
            left.pop(record.step, None)
    own = tailoring.of(trajectory)
    behind = reached(trajectory)
    found = []
    for number, step in enumerate(own.steps, start=1):
        is_open = step.key == trajectory.current_step
        record = left.get(step.key) if trajectory.method.position(step.key) < behind else None
        found.append(
            TrackedStep(
                step=step,
                number=number,
                state="now" if is_open else _state(trajectory, step, behind, record),
                opened_at=opened.get(step.key),
                closed_at=record.at if record else None,
                unmet=missing if is_open else (),
                planned=own.of(step.key),
                reason=record.reason if record else "",
                set_aside=tuple(record.overridden) if record else (),
            )
        )
    return found


def _state(trajectory: Trajectory, step: Step, behind: int, left: StepRecord | None) -> str:
    """Steps before the open one are behind and later ones still to come, also those that were open before."""
    if trajectory.method.position(step.key) >= behind:
        return "todo"
    return LEFT[StepEvent(left.event)] if left else "done"


def reached(trajectory: Trajectory) -> int:
    """How many steps of the method are behind: those before the open one, all when the last was closed."""
    if trajectory.open_step:
        return trajectory.method.position(trajectory.open_step.key)
    is_over = trajectory.status in {TrajectoryStatus.EVALUATED, TrajectoryStatus.ARCHIVED}
    return len(trajectory.method.steps) if is_over else 0


def history(*, trajectory: Trajectory) -> QuerySet[StepRecord]:
    """What happened to the steps, newest first, with who did it."""
    return StepRecord.objects.filter(trajectory=trajectory).select_related("by").order_by("-id")
