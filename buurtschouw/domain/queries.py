"""What pages and dashboards read. Every count and order here is served by an index (see ``models.Report``)."""

from dataclasses import dataclass
from datetime import timedelta

from django.contrib.gis.db.models.functions import Distance
from django.contrib.gis.geos import Point
from django.contrib.gis.measure import D
from django.contrib.postgres.search import SearchQuery
from django.db.models import Count, F, Min, Q, QuerySet
from django.utils import timezone

from buurtschouw.enums import OPEN, ReportStatus
from buurtschouw.method import DUPLICATE_RADIUS_M
from buurtschouw.models import Category, Report, Schouw
from trajecten.enums import VerdictValue
from trajecten.models import Area, User, Verdict

VERDICT_WINDOW = timedelta(days=90)
# Degrees that surely hold one metre at Dutch latitudes (north of 50°), for the box that the index searches.
DEGREES_PER_METRE = 1 / 69_000


@dataclass(frozen=True)
class QueueFilter:
    """What the handler asked to see; empty values ask nothing."""

    status: str = ""
    category: Category | None = None
    area: Area | None = None
    schouw: Schouw | None = None
    term: str = ""
    mine: bool = False
    words: str = ""
    order: str = "urgent"


ORDERS = {
    "urgent": (F("returned_at").asc(nulls_last=True), F("due_on").asc(), F("id").asc()),
    "newest": (F("created_at").desc(), F("id").desc()),
    "oldest": (F("created_at").asc(), F("id").asc()),
    "supports": (F("supports").desc(), F("id").asc()),
}


def queue(*, asked: QueueFilter, user: User) -> QuerySet[Report]:
    """The handler's reports: open ones unless a status was asked for, what came back on top."""
    rows = Report.objects.all()
    rows = rows.filter(status=asked.status) if asked.status in ReportStatus.values else _by_group(rows, asked.status)
    if asked.category:
        rows = rows.filter(category=asked.category)
    if asked.area:
        rows = rows.filter(Q(area=asked.area) | Q(area__parent=asked.area))
    if asked.schouw:
        rows = rows.filter(schouw=asked.schouw)
    if asked.mine:
        rows = rows.filter(assigned_to=user)
    if asked.words:
        rows = rows.filter(_matches(asked.words))
    return _by_term(rows, asked.term).order_by(*ORDERS[asked.order])


def _by_group(rows: QuerySet[Report], group: str) -> QuerySet[Report]:
    if group == "all":
        return rows
    if group == "returned":
        return rows.filter(status__in=OPEN, returned_at__isnull=False)
    if group == "closed":
        return rows.exclude(status__in=OPEN)
    return rows.filter(status__in=OPEN)


def _by_term(rows: QuerySet[Report], term: str) -> QuerySet[Report]:
    today = timezone.localdate()
    if term == "overdue":
        return rows.filter(due_on__lt=today, status__in=OPEN)
    if term == "today":
        return rows.filter(due_on=today, status__in=OPEN)
    if term == "week":
        return rows.filter(due_on__range=(today, today + timedelta(days=7)), status__in=OPEN)
    return rows


def _matches(words: str) -> Q:
    found = Q(search=SearchQuery(words, config="dutch", search_type="websearch"))
    number = words.strip().lstrip("#")
    return found | Q(pk=int(number)) if number.isdecimal() and len(number) < 15 else found


@dataclass(frozen=True)
class Figures:
    """The numbers above the queue. ``solved_share`` is None while nobody has given a verdict."""

    new: int
    oldest_new_days: int | None
    overdue: int
    returned: int
    verdicts: int
    solved_share: int | None


def figures() -> Figures:
    """Counts over the open reports and the verdicts of the last 90 days of this municipality: two statements."""
    now = timezone.now()
    counted = Report.objects.open().aggregate(
        new=Count("id", filter=Q(status=ReportStatus.NEW)),
        oldest=Min("created_at", filter=Q(status=ReportStatus.NEW)),
        overdue=Count("id", filter=Q(due_on__lt=timezone.localdate())),
        returned=Count("id", filter=Q(returned_at__isnull=False)),
    )
    judged = Verdict.objects.filter(at__gte=now - VERDICT_WINDOW, content_type__model="report").aggregate(
        all=Count("id"), solved=Count("id", filter=Q(value=VerdictValue.YES))
    )
    return Figures(
        new=counted["new"],
        oldest_new_days=(now - counted["oldest"]).days if counted["oldest"] else None,
        overdue=counted["overdue"],
        returned=counted["returned"],
        verdicts=judged["all"],
        solved_share=round(100 * judged["solved"] / judged["all"]) if judged["all"] else None,
    )


def near(
    *, point: Point, category: Category | None = None, radius: float = DUPLICATE_RADIUS_M
) -> QuerySet[Report]:
    """Open reports within ``radius`` metres of a WGS84 point, nearest first, with ``distance``.

    A box around the point lets the spatial index find the candidates; the sphere decides.
    """
    reach = radius * DEGREES_PER_METRE
    box = point.buffer(reach).envelope
    rows = Report.objects.open().filter(point__intersects=box)
    if category:
        rows = rows.filter(category=category)
    return (
        rows.annotate(distance=Distance("point", point, spheroid=True))
        .filter(distance__lte=D(m=radius))
        .order_by("distance", "id")
    )
