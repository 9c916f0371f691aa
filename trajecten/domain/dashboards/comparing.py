"""Trajectories of one method beside each other, over municipalities: what their adviser learns from.

Everything is counted for all of them at once: the number of statements does not grow with the trajectories.
"""

from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass
from datetime import date

from django.db.models import Count, Max, Min, Q, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from trajecten import registry
from trajecten.charts import BarRow, BarTable, Series
from trajecten.domain.dashboards import promise_counts
from trajecten.domain.dashboards.promise_counts import Promises
from trajecten.enums import AreaKind, MeetingStatus, StepEvent, TrajectoryStatus
from trajecten.method import Method
from trajecten.models import Area, Commitment, Enrolment, Meeting, StepRecord, Trajectory, User

SHOWN = (TrajectoryStatus.RUNNING, TrajectoryStatus.EVALUATED)


@dataclass(frozen=True)
class Compared:
    """One trajectory. ``days`` is from its first step until today, or until its last step when it is over.

    ``inhabitants`` are those of its own areas, of the whole municipality when it has none; None when not known.
    """

    trajectory: Trajectory
    inhabitants: int | None
    days: int
    members: int
    meetings: int
    said: int
    promises: Promises

    @property
    def name(self) -> str:
        return f"{self.trajectory.municipality.name}: {self.trajectory.title}"

    def per_1000(self, number: int) -> float | None:
        """So many in 1,000 inhabitants; None when it is not known how many people live there."""
        return 1000 * number / self.inhabitants if self.inhabitants else None


def methods_of(adviser: User) -> list[Method]:
    """The methods of which this adviser guides a trajectory that runs or is over, those of most municipalities first.

    Call it without a scope.
    """
    counted = _rows(adviser).order_by().values_list("method_key")
    towns = dict(counted.annotate(Count("municipality", distinct=True)))
    found = [method for method in registry.methods() if method.key in towns]
    return sorted(found, key=lambda method: -towns[method.key])


def compared(*, adviser: User, method_key: str) -> list[Compared]:
    """This adviser's trajectories of one method, by municipality. Call it without a scope."""
    found = list(_rows(adviser).filter(method_key=method_key))
    keys = [trajectory.pk for trajectory in found]
    days, members, meetings = _days(found), _members(keys), _meetings(keys)
    said = _said(keys)
    promises = dict(promise_counts.counted(Commitment.objects.filter(trajectory__in=keys), "trajectory"))
    inhabitants = _inhabitants(found)
    return [
        Compared(
            trajectory,
            inhabitants=inhabitants[trajectory.pk],
            days=days.get(trajectory.pk, 0),
            members=members.get(trajectory.pk, 0),
            meetings=meetings.get(trajectory.pk, 0),
            said=said.get(trajectory.pk, 0),
            promises=promises.get(trajectory.pk, Promises()),
        )
        for trajectory in found
    ]


def charts(rows: Iterable[Compared]) -> list[BarTable]:
    """Each number on one scale; people and what they said by inhabitants, because towns differ in size."""
    rows = list(rows)
    if not rows:
        return []
    kept = [BarRow(row.name, (*astuple(row.promises), _done(row.promises))) for row in rows]
    done = Series(_("done, of what is closed"), "plain", drawn=False)
    return [
        _by_inhabitants("members", _("Who takes part"), _("people"), [(row, row.members) for row in rows]),
        _by_inhabitants("said", _("What was said"), _("contributions"), [(row, row.said) for row in rows]),
        _amounts("meetings", _("Meetings held"), _("meetings"), {row.name: row.meetings for row in rows}),
        _amounts("days", _("Days since it began"), _("days"), {row.name: row.days for row in rows}),
        BarTable(
            "kept", _("What became of promises"), _("Trajectory"), (*promise_counts.series(), done), kept
        ),
    ]


def _done(promises: Promises) -> str:
    return "–" if promises.share_done is None else f"{promises.share_done}%"


def _by_inhabitants(key: str, caption: str, unit: str, numbers: list[tuple[Compared, int]]) -> BarTable:
    series = (
        Series(unit, "plain", drawn=False),
        Series(_("Inhabitants"), "plain", drawn=False),
        Series(_("in 1,000 inhabitants"), "plain", decimals=1),
    )
    rows = [
        BarRow(row.name, (number, row.inhabitants or _("not known"), _number(row.per_1000(number))))
        for row, number in numbers
    ]
    return BarTable(key, caption, _("Trajectory"), series, rows)


def _number(share: float | None) -> float | str:
    return "–" if share is None else share


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
    """Contributions of every kind together, in one statement."""
    found: dict[int, int] = {}
    first, *others = [
        kind.of_people(kind.model.objects.filter(trajectory__in=keys))
        .order_by()
        .values_list("trajectory")
        .annotate(Count("pk"))
        for kind in registry.contribution_kinds()
    ]
    for pk, number in first.union(*others, all=True):
        found[pk] = found.get(pk, 0) + number
    return found


def _inhabitants(trajectories: list[Trajectory]) -> dict[int, int | None]:
    """Of the areas of each trajectory, else of its municipality; in two statements."""
    own = Trajectory.objects.filter(pk__in=[row.pk for row in trajectories]).order_by()
    of_areas = dict(own.values_list("pk").annotate(Sum("areas__inhabitants")))
    of_towns = _of_municipalities({row.municipality_id for row in trajectories})
    return {row.pk: of_areas[row.pk] or of_towns.get(row.municipality_id) for row in trajectories}


def _of_municipalities(keys: set[int]) -> dict[int, int | None]:
    """By the wijken of the latest year, or by the buurten where there are none."""
    rows = Area.objects.filter(municipality__in=keys).order_by().values_list("municipality", "kind", "year")
    counted = rows.annotate(Sum("inhabitants"))
    best = sorted(counted, key=lambda row: (row[1] == AreaKind.WIJK, row[2]))
    return {municipality: inhabitants for municipality, _kind, _year, inhabitants in best}
