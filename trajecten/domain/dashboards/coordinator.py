"""What the coordinator's dashboard shows: what asks for attention now, and how the work goes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from trajecten import registry
from trajecten.charts import BarRow, BarTable, Series
from trajecten.domain.dashboards import trajectory_health
from trajecten.domain.dashboards.trajectory_health import URGENCY, Health
from trajecten.enums import CommitmentStatus, HealthState, TrajectoryStatus
from trajecten.models import Commitment, Trajectory
from trajecten.models.commitment import OPEN

WEEK = timedelta(days=7)
SHOWN = 8
# Trajectories looked at for their health: more run at once in no municipality.
LOOKED_AT = 200


@dataclass(frozen=True)
class Due:
    """Promises that ask for something: due within a week, past their date, and broken in this calendar year."""

    soon: int
    late: int
    broken: int


@dataclass(frozen=True)
class Going:
    """A trajectory with how it goes."""

    trajectory: Trajectory
    health: Health


def due() -> Due:
    """Counted in one statement."""
    today = timezone.localdate()
    waiting = Q(status__in=sorted(OPEN))
    this_year = Q(closed_at__year=today.year)
    counted = Commitment.objects.aggregate(
        soon=Count("id", filter=waiting & Q(deadline__gte=today, deadline__lt=today + WEEK)),
        late=Count("id", filter=waiting & Q(deadline__lt=today)),
        broken=Count("id", filter=Q(status=CommitmentStatus.BROKEN) & this_year),
    )
    return Due(**counted)


def going() -> list[Going]:
    """What is agreed or runs, the stalled ones first, then the late ones; in a fixed number of statements."""
    phases = [TrajectoryStatus.AGREED, TrajectoryStatus.RUNNING]
    found = list(Trajectory.objects.with_names().filter(status__in=phases)[:LOOKED_AT])
    healths = trajectory_health.of(found)
    rows = [Going(trajectory, healths[trajectory.pk]) for trajectory in found]
    return sorted(rows, key=lambda row: (URGENCY.index(row.health.state), row.trajectory.title))


def in_trouble(rows: Iterable[Going]) -> int:
    """How many of these are late or stalled."""
    return sum(row.health.state != HealthState.ON_TRACK for row in rows)


def service_chart(service: registry.Service) -> BarTable:
    """Month by month what was answered in time and what was not, the newest month first."""
    rows = [
        BarRow(capfirst(date_format(month.first_day, "F Y")), (month.in_time, month.late))
        for month in reversed(service.months)
    ]
    series = (Series(_("in time"), "good"), Series(_("too late"), "bad"))
    caption = _("%(what)s by the month in which they came in") % {"what": service.name}
    return BarTable("service", caption, pgettext("of a year", "Month"), series, rows)


def promise_chart() -> BarTable:
    """How promises were kept in the trajectories that have most of them; in one statement."""
    status = "commitments__status"
    counted = (
        Trajectory.objects.filter(commitments__isnull=False)
        .annotate(
            done=Count("commitments", filter=Q(**{status: CommitmentStatus.DONE})),
            partly=Count("commitments", filter=Q(**{status: CommitmentStatus.PARTLY})),
            broken=Count("commitments", filter=Q(**{status: CommitmentStatus.BROKEN})),
            running=Count("commitments", filter=Q(**{f"{status}__in": sorted(OPEN)})),
            all=Count("commitments"),
        )
        .order_by("-all", "pk")
        .values_list("title", "done", "partly", "broken", "running")[:SHOWN]
    )
    series = (
        Series(_("done"), "good"),
        Series(_("partly"), "part"),
        Series(_("broken"), "bad"),
        Series(_("running"), "open"),
    )
    rows = [BarRow(title, numbers) for title, *numbers in counted]
    return BarTable("promises", _("Promises by trajectory"), _("Trajectory"), series, rows)
