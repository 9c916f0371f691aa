"""Trajectories of one method beside each other, over municipalities: what their adviser learns from.

Everything is counted for all of them at once: the number of statements does not grow with the trajectories.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Min, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from trajecten import registry
from trajecten.charts import BarRow, BarTable, Series
from trajecten.enums import CommitmentStatus, MeetingStatus, StepEvent, TrajectoryStatus
from trajecten.method import Method
from trajecten.models import Commitment, Enrolment, Meeting, StepRecord, Trajectory, User
from trajecten.models.commitment import OPEN

SHOWN = (TrajectoryStatus.RUNNING, TrajectoryStatus.EVALUATED)


@dataclass(frozen=True)
class Promises:
    """Of one trajectory: promises by what became of them."""

    done: int = 0
    partly: int = 0
    broken: int = 0
    running: int = 0


@dataclass(frozen=True)
class Compared:
    """One trajectory. ``days`` is from its first step until today, or until its last step when it is over."""

    trajectory: Trajectory
    days: int
    members: int
    meetings: int
    said: int
    promises: Promises

    @property
    def name(self) -> str:
        return f"{self.trajectory.municipality.name}: {self.trajectory.title}"


def methods_of(adviser: User) -> list[Method]:
    """The methods of which this adviser guides a trajectory that runs or is over. Call it without a scope."""
    keys = set(_rows(adviser).order_by().values_list("method_key", flat=True))
    return [method for method in registry.methods() if method.key in keys]


def compared(*, adviser: User, method_key: str) -> list[Compared]:
    """This adviser's trajectories of one method, by municipality. Call it without a scope."""
    found = list(_rows(adviser).filter(method_key=method_key))
    keys = [trajectory.pk for trajectory in found]
    days, members, meetings = _days(found), _members(keys), _meetings(keys)
    said, promises = _said(keys), _promises(keys)
    return [
        Compared(
            trajectory,
            days=days.get(trajectory.pk, 0),
            members=members.get(trajectory.pk, 0),
            meetings=meetings.get(trajectory.pk, 0),
            said=said.get(trajectory.pk, 0),
            promises=promises.get(trajectory.pk, Promises()),
        )
        for trajectory in found
    ]


def charts(rows: Iterable[Compared]) -> list[BarTable]:
    """Each number drawn on one scale; promises as shares, because towns differ in size."""
    rows = list(rows)
    if not rows:
        return []
    kept = [
        BarRow(row.name, (row.promises.done, row.promises.partly, row.promises.broken, row.promises.running))
        for row in rows
    ]
    return [
        _amounts("members", _("Who takes part"), _("people"), {row.name: row.members for row in rows}),
        _amounts("said", _("What was said"), _("contributions"), {row.name: row.said for row in rows}),
        _amounts("meetings", _("Meetings held"), _("meetings"), {row.name: row.meetings for row in rows}),
        _amounts("days", _("Days since it began"), _("days"), {row.name: row.days for row in rows}),
        BarTable(
            "kept",
            _("What became of promises"),
            _("Trajectory"),
            (
                Series(_("done"), "good"),
                Series(_("partly"), "part"),
                Series(_("broken"), "bad"),
                Series(pgettext("promises", "running"), "open"),
            ),
            kept,
            "shares",
        ),
    ]


def _amounts(key: str, caption: str, unit: str, numbers: Mapping[str, int]) -> BarTable:
    rows = [BarRow(label, (number,)) for label, number in numbers.items()]
    return BarTable(key, caption, _("Trajectory"), (Series(unit, "plain"),), rows)


def _rows(adviser: User) -> QuerySet[Trajectory]:
    rows = Trajectory.objects.with_names().filter(adviser=adviser, status__in=SHOWN)
    return rows.order_by("municipality__name", "title", "pk")


def _days(trajectories: list[Trajectory]) -> dict[int, int]:
    records = StepRecord.objects.filter(
        trajectory__in=[trajectory.pk for trajectory in trajectories]
    ).order_by()
    counted = records.values_list("trajectory").annotate(
        first=Min("at", filter=Q(event=StepEvent.OPENED)), last=Max("at")
    )
    over = {row.pk for row in trajectories if row.status == TrajectoryStatus.EVALUATED}
    return {
        pk: (_day(last if pk in over else timezone.now()) - _day(first)).days
        for pk, first, last in counted
        if first
    }


def _day(moment: object) -> date:
    return timezone.localtime(moment).date()  # type: ignore[arg-type]


def _members(keys: list[int]) -> dict[int, int]:
    inside = Enrolment.objects.active().filter(trajectory__in=keys).order_by()
    return dict(inside.values_list("trajectory").annotate(Count("pk")))


def _meetings(keys: list[int]) -> dict[int, int]:
    held = Meeting.objects.filter(trajectory__in=keys, status=MeetingStatus.HELD).order_by()
    return dict(held.values_list("trajectory").annotate(Count("pk")))


def _said(keys: list[int]) -> dict[int, int]:
    """Contributions of every kind together."""
    found: dict[int, int] = {}
    for kind in registry.contribution_kinds():
        rows = kind.model.objects.filter(trajectory__in=keys).order_by()
        for pk, number in rows.values_list("trajectory").annotate(Count("pk")):
            found[pk] = found.get(pk, 0) + number
    return found


def _promises(keys: list[int]) -> dict[int, Promises]:
    counted = (
        Commitment.objects.filter(trajectory__in=keys)
        .order_by()
        .values_list("trajectory")
        .annotate(
            done=Count("pk", filter=Q(status=CommitmentStatus.DONE)),
            partly=Count("pk", filter=Q(status=CommitmentStatus.PARTLY)),
            broken=Count("pk", filter=Q(status=CommitmentStatus.BROKEN)),
            running=Count("pk", filter=Q(status__in=sorted(OPEN))),
        )
    )
    return {pk: Promises(*numbers) for pk, *numbers in counted}
