"""What has to be ready when in trajectories, and the warning before it, once a step and year.

What is late already is not mailed; the pages say so.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django_scopes import scope, scopes_disabled

from budget.domain.planning import dates, own_dates
from budget.domain.planning.dates import Due, Planned
from budget.method import METHOD
from budget.models import Round
from trajecten.domain.staffing import people as staff
from trajecten.domain.steps import tailoring, tracking
from trajecten.domain.telling import notify
from trajecten.enums import TrajectoryStatus
from trajecten.models import Trajectory, User

WARNED = "budget.calendar_warned"


@dataclass(frozen=True)
class Ahead:
    """A trajectory with the calendar of the budget that it is about."""

    trajectory: Trajectory
    year: int
    planned: tuple[Planned, ...]
    dues: tuple[Due, ...]

    @property
    def late(self) -> list[Due]:
        return [due for due in self.dues if due.state == "late"]

    @property
    def soon(self) -> list[Due]:
        return [due for due in self.dues if due.state == "soon"]


def of(trajectories: Iterable[Trajectory], *, today: date | None = None) -> list[Ahead]:
    """Of each of these trajectories, in two statements for any number of them."""
    found = list(trajectories)
    rounds = Round.objects.filter(trajectory__in=found).order_by().values("trajectory")
    asked = dict(rounds.annotate(year=Max("budget__year")).values_list("trajectory", "year"))
    years = {row.pk: asked.get(row.pk) or dates.year_for(_start(row)) for row in found}
    own = own_dates.of_years((row.municipality_id, years[row.pk]) for row in found)
    day = today or timezone.localdate()
    return [
        _ahead(row, years[row.pk], own.get((row.municipality_id, years[row.pk]), {}), day) for row in found
    ]


def _start(trajectory: Trajectory) -> date:
    return trajectory.starts_on or timezone.localtime(trajectory.created_at).date()


def _ahead(trajectory: Trajectory, year: int, own: dict[str, date], today: date) -> Ahead:
    planned = dates.calendar(year, own)
    steps = [step.key for step in tailoring.of(trajectory).steps]
    behind = tracking.reached(trajectory)
    closed = {step.key for step in METHOD.steps[:behind]}
    return Ahead(
        trajectory, year, planned, tuple(dates.dues(planned, steps=steps, closed=closed, today=today))
    )


def running() -> list[Trajectory]:
    """The trajectories of budgetmonitoring that run, of the municipality in scope or of all."""
    rows = Trajectory.objects.filter(method_key=METHOD.key, status=TrajectoryStatus.RUNNING)
    with_people = rows.select_related("municipality", "coordinator", "adviser").defer(
        "municipality__boundary"
    )
    return list(with_people.order_by("pk"))


def warn_all(*, today: date | None = None) -> int:
    """Warn of every step that has to be ready soon and is not closed. Returns of how many."""
    with scopes_disabled():
        found = of(running(), today=today)
    told = 0
    for one in found:
        with scope(municipality=one.trajectory.municipality):
            for due in one.soon:
                _warn(one, due)
                told += 1
    return told


@transaction.atomic
def _warn(one: Ahead, due: Due) -> None:
    trajectory = one.trajectory
    for user in _leading(trajectory):
        notify.owe(
            key=WARNED,
            to=user,
            municipality=trajectory.municipality,
            about=trajectory,
            delivery_key=f"{WARNED}:{trajectory.pk}:{one.year}:{due.step}:{user.pk}",
            context={"step": due.step, "year": one.year},
        )


def _leading(trajectory: Trajectory) -> list[User]:
    """The coordinator, or else all of the municipality, and the adviser."""
    own, adviser = trajectory.coordinator, trajectory.adviser
    leads = [own] if own and own.is_active else list(staff.coordinators(trajectory.municipality_id))
    return [*leads, *([adviser] if adviser and adviser.is_active and adviser not in leads else [])]
