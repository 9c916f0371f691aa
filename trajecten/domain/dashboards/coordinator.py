"""What the coordinator's dashboard shows: what asks for attention now, and how the work goes."""

from collections.abc import Iterable
from dataclasses import astuple, dataclass
from datetime import timedelta

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from trajecten import registry
from trajecten.charts import BarRow, BarTable, Series
from trajecten.domain.dashboards import promise_counts, trajectory_health
from trajecten.domain.dashboards.trajectory_health import LOOKED_AT, URGENCY, Health
from trajecten.enums import CommitmentStatus
from trajecten.models import Commitment, Trajectory
from trajecten.models.commitment import OPEN

WEEK = timedelta(days=7)
SHOWN = 8


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
    found = list(trajectory_health.going().with_names()[:LOOKED_AT])
    healths = trajectory_health.of(found)
    rows = [Going(trajectory, healths[trajectory.pk]) for trajectory in found]
    return sorted(rows, key=lambda row: (URGENCY.index(row.health.state), row.trajectory.title))


def in_trouble(rows: Iterable[Going]) -> int:
    """How many of these are late or stalled."""
    return sum(row.health.is_trouble for row in rows)


def service_chart(service: registry.Service) -> BarTable:
    """What was answered in time and what was not by month, the newest first; only months in which something came."""
    rows = [
        BarRow(capfirst(date_format(month.first_day, "F Y")), (month.in_time, month.late, _share(month)))
        for month in reversed(service.months)
        if month.in_time or month.late
    ]
    series = (
        Series(_("in time"), "good"),
        Series(_("too late"), "bad"),
        Series(_("share in time"), "plain", drawn=False),
    )
    caption = _("%(what)s by the month in which they came in") % {"what": service.name}
    return BarTable("service", caption, pgettext("of a year", "Month"), series, rows)


def _share(month: registry.Month) -> str:
    return f"{round(100 * month.in_time / (month.in_time + month.late))}%"


def promise_chart() -> BarTable:
    """How promises were kept in the trajectories that have most of them; in one statement."""
    promises = Commitment.objects.filter(trajectory__isnull=False)
    counted = promise_counts.counted(promises, "trajectory", "trajectory__title")
    most = sorted(counted, key=lambda row: (-row[-1].all, row[0]))[:SHOWN]
    rows = [BarRow(title, astuple(numbers)) for _pk, title, numbers in most]
    caption, subject = _("Promises by trajectory"), _("Trajectory")
    return BarTable("promises", caption, subject, promise_counts.series(), rows)
