"""What pages and dashboards read. Every count and order here is served by an index (see ``models.Report``)."""

from dataclasses import dataclass
from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.contrib.gis.db.models.functions import Distance
from django.contrib.gis.geos import Point, Polygon
from django.contrib.gis.measure import D
from django.contrib.postgres.search import SearchQuery
from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from buurtschouw.domain import subtasks
from buurtschouw.domain.mapping.viewport import Counting
from buurtschouw.enums import ANSWERED, CLOSED, OPEN, RUNNING, ReportKind, ReportStatus
from buurtschouw.method import DUPLICATE_RADIUS_M
from buurtschouw.models import Category, Report, Schouw
from trajecten.domain import places
from trajecten.enums import Moderation, VerdictValue
from trajecten.models import Area, Participant, User, Verdict
from trajecten.rules import is_official

VERDICT_WINDOW = timedelta(days=90)
# Degrees of longitude that hold one metre up to 54° north, where they are shortest in the Netherlands and of latitude
# anywhere, for the box that the index searches.
DEGREES_PER_METRE = 1 / 65_000


@dataclass(frozen=True)
class QueueFilter:
    """What the handler asked to see; empty values ask nothing."""

    status: str = ""
    kind: str = ""
    category: Category | None = None
    area: Area | None = None
    schouw: Schouw | None = None
    term: str = ""
    mine: bool = False
    tasks: bool = False
    words: str = ""
    order: str = "urgent"

    @property
    def counting(self) -> Counting | None:
        """The filter as the map counts it; None when it asks for what is not counted."""
        states = {"": "open", "open": "open", "closed": "closed", "all": ""}
        if self.status not in states or self.term or self.mine or self.words:
            return None
        return Counting(states[self.status], self.category, self.area, self.schouw, self.kind)

    @property
    def has_urgency(self) -> bool:
        """Whether the list can be sorted by urgency: it says something of open reports only."""
        return bool(self.term) or self.status not in WITH_CLOSED

    @property
    def sorted_by(self) -> str:
        """The order that the list has: the newest first where urgency was asked and says nothing."""
        return "newest" if self.order == "urgent" and not self.has_urgency else self.order


# Groups and statuses that show closed reports.
WITH_CLOSED = frozenset({"all", "closed", "judged", *CLOSED})

ORDERS = {
    "urgent": (F("returned_at").asc(nulls_last=True), F("due_on").asc(), F("id").asc()),
    "newest": (F("created_at").desc(), F("id").desc()),
    "oldest": (F("created_at").asc(), F("id").asc()),
    "supports": (F("supports").desc(), F("id").asc()),
}


def queue(*, asked: QueueFilter, user: User) -> QuerySet[Report]:
    """The handler's reports: open ones unless a status was asked for, what came back on top."""
    rows: QuerySet[Report] = Report.objects.all()
    rows = (
        rows.filter(status=asked.status)
        if asked.status in ReportStatus.values
        else _by_group(rows, asked.status)
    )
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    if asked.category:
        rows = rows.filter(category=asked.category)
    if asked.area:
        rows = rows.filter(area_id__in=places.with_children(asked.area))
    if asked.schouw:
        rows = rows.filter(schouw=asked.schouw)
    if asked.mine:
        rows = rows.filter(assigned_to=user)
    if asked.tasks:
        rows = rows.filter(pk__in=subtasks.waiting_for(user).values("report"))
    if asked.words:
        rows = rows.filter(_matches(asked.words))
    return _by_term(rows, asked.term).order_by(*ORDERS[asked.sorted_by])


def following(*, report: Report, asked: QueueFilter, user: User) -> Report | None:
    """The report after this one in the handler's list, None at its end.

    ``report`` is as it was when it stood in the list: an answer may have taken it out, or to another place.
    """
    rows = queue(asked=asked, user=user).exclude(pk=report.pk)
    return rows.filter(_after(report, asked.sorted_by)).only("pk").first()


def _after(report: Report, order: str) -> Q:
    """What comes after this report in ``ORDERS``."""
    if order == "newest":
        return Q(created_at__lt=report.created_at) | Q(created_at=report.created_at, pk__lt=report.pk)
    if order == "oldest":
        return Q(created_at__gt=report.created_at) | Q(created_at=report.created_at, pk__gt=report.pk)
    if order == "supports":
        return Q(supports__lt=report.supports) | Q(supports=report.supports, pk__gt=report.pk)
    later = Q(due_on__gt=report.due_on) | Q(due_on=report.due_on, pk__gt=report.pk)
    if report.returned_at is None:
        return Q(returned_at__isnull=True) & later
    returned = Q(returned_at__gt=report.returned_at) | Q(returned_at=report.returned_at) & later
    return returned | Q(returned_at__isnull=True)


def _by_group(rows: QuerySet[Report], group: str) -> QuerySet[Report]:
    if group == "all":
        return rows
    if group == "returned":
        return rows.filter(status__in=OPEN, returned_at__isnull=False, returned_from="")
    if group == "bounced":
        return rows.filter(status__in=OPEN, returned_at__isnull=False).exclude(returned_from="")
    if group == "closed":
        return rows.filter(status__in=CLOSED)
    if group == "judged":
        return rows.filter(pk__in=_recent_verdicts().values("object_id"))
    return rows.filter(status__in=OPEN)


def _recent_verdicts() -> QuerySet[Verdict]:
    kind = ContentType.objects.get_for_model(Report)
    return Verdict.objects.filter(at__gte=timezone.now() - VERDICT_WINDOW, content_type=kind)


def _by_term(rows: QuerySet[Report], term: str) -> QuerySet[Report]:
    today = timezone.localdate()
    if term == "overdue":
        return rows.filter(due_on__lt=today, status__in=RUNNING)
    if term == "today":
        return rows.filter(due_on=today, status__in=RUNNING)
    if term == "week":
        return rows.filter(due_on__range=(today, today + timedelta(days=7)), status__in=RUNNING)
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


def figures(schouw: Schouw | None = None) -> Figures:
    """Counts over the open reports and the verdicts of the last 90 days, of this municipality or one schouw.

    Each count reads a part of one index and no rows; together in one statement they would read every row. Verdicts
    are those on meldingen: whether it is solved is not asked of a compliment or an idea.
    """
    rows = Report.objects.filter(schouw=schouw) if schouw else Report.objects.all()
    new = rows.filter(status=ReportStatus.NEW).aggregate(n=Count("*"), oldest=Min("created_at"))
    judged = _recent_verdicts().filter(
        Exists(Report.objects.filter(pk=OuterRef("object_id"), kind=ReportKind.PROBLEM))
    )
    if schouw:
        judged = judged.filter(object_id__in=rows.values("pk"))
    counted = judged.aggregate(n=Count("id"), solved=Count("id", filter=Q(value=VerdictValue.YES)))
    return Figures(
        new=new["n"],
        oldest_new_days=(timezone.now() - new["oldest"]).days if new["oldest"] else None,
        overdue=rows.overdue(timezone.localdate()).count(),
        returned=rows.filter(status__in=OPEN, returned_at__isnull=False, returned_from="").count(),
        verdicts=counted["n"],
        solved_share=round(100 * counted["solved"] / counted["n"]) if counted["n"] else None,
    )


def assigned(official: User) -> int:
    """How many open reports lie with this official."""
    return Report.objects.open().filter(assigned_to=official).count()


def with_task_of(official: User) -> int:
    """How many open reports have a task that waits for this official or a team of theirs."""
    return Report.objects.open().filter(pk__in=subtasks.waiting_for(official).values("report")).count()


@dataclass(frozen=True)
class WaitingFigures:
    """How many reports wait for their reporter, and of how many nothing came in time."""

    waiting: int
    silent: int


def waiting_for_reporters(schouw: Schouw | None = None) -> WaitingFigures:
    """Counted over the index that has only those."""
    rows = Report.objects.filter(status=ReportStatus.WAITING, **({"schouw": schouw} if schouw else {}))
    silent = Count("id", filter=Q(due_on__lt=timezone.localdate()))
    return WaitingFigures(**rows.aggregate(waiting=Count("id"), silent=silent))


def near(
    *, point: Point, category: Category | None = None, kind: str = "", radius: float = DUPLICATE_RADIUS_M
) -> QuerySet[Report]:
    """Open reports within ``radius`` metres of a WGS84 point, nearest first, with ``distance``; of one kind if asked.

    A box around the point lets the spatial index find the candidates; the sphere decides.
    """
    reach = radius * DEGREES_PER_METRE
    box = point.buffer(reach).envelope
    rows = Report.objects.open().filter(point__intersects=box)
    if category:
        rows = rows.filter(category=category)
    if kind:
        rows = rows.filter(kind=kind)
    return (
        rows.annotate(distance=Distance("point", point, spheroid=True))
        .filter(distance__lte=D(m=radius))
        .order_by("distance", "id")
    )


def public_reports(
    *,
    state: str = "",
    kind: str = "",
    category: Category | None = None,
    area: Area | None = None,
    schouw: Schouw | None = None,
    box: Polygon | None = None,
) -> QuerySet[Report]:
    """Reports for everybody, newest first; ``state`` is open, closed or empty for all, ``box`` a part of the map."""
    rows = Report.objects.all()
    if state == "open":
        rows = rows.open()
    if state == "closed":
        rows = rows.filter(status__in=sorted(CLOSED))
    if kind:
        rows = rows.filter(kind=kind)
    if category:
        rows = rows.filter(category=category)
    if area:
        rows = rows.filter(area_id__in=places.with_children(area))
    if schouw:
        rows = rows.filter(schouw=schouw)
    if box:
        rows = rows.filter(point__bboverlaps=box)
    return rows.order_by(*ORDERS["newest"])


def closed_in_public() -> QuerySet[Report]:
    """Closed reports whose words everybody may read, the last closed first."""
    rows = Report.objects.filter(status__in=sorted(ANSWERED), moderation=Moderation.PUBLISHED)
    return rows.order_by("-closed_at")


def to_judge(author: Participant) -> QuerySet[Report]:
    """Closed reports of this participant without a verdict on their last closing, the longest closed first.

    Of a compliment no verdict is asked; of what another system has it is asked when that is done.
    """
    kind = ContentType.objects.get_for_model(Report)
    given = Verdict.objects.filter(content_type=kind, object_id=OuterRef("pk"), round=OuterRef("round"))
    rows: QuerySet[Report] = Report.objects.filter(
        author=author, status__in=sorted(ANSWERED), handed_to=""
    ).with_names()
    asked = rows.exclude(kind=ReportKind.COMPLIMENT)
    return asked.filter(~Exists(given)).order_by("closed_at", "id")


def themes() -> list[Category]:
    """All themes with their team, each with ``open_count`` and ``question_count``: open reports, questions in use.

    The open reports are grouped by themselves, over the index that has only those; a join would read all reports.
    """
    grouped = Report.objects.open().order_by().values("category").annotate(n=Count("*"))
    counts = dict(grouped.values_list("category", "n"))
    asked = Count("questions", filter=Q(questions__is_active=True))
    found = list(Category.objects.select_related("team").annotate(question_count=asked))
    for category in found:
        category.open_count = counts.get(category.pk, 0)
    return found


@dataclass(frozen=True)
class SchouwFigures:
    """How many reports a schouw had, how many are answered and closed."""

    reports: int
    answered: int
    closed: int


def schouw_figures(schouw: Schouw) -> SchouwFigures:
    """Counts over all reports of one schouw, in one statement that reads one index and no rows.

    Answered are those that were ever answered, also when they came back since; closed those that are closed now.
    """
    counted = Report.objects.filter(schouw=schouw).aggregate(
        reports=Count("*"),
        answered=Count("first_answer_at"),
        closed=Count("status", filter=Q(status__in=sorted(CLOSED))),
    )
    return SchouwFigures(**counted)


def near_report(report: Report, *, reader: User) -> QuerySet[Report]:
    """Other open reports so near that they may tell of the same, nearest first; none while its place is unknown.

    Their words need not be public: who is no official of the municipality sees those of walks they advise.
    """
    if report.point is None:
        return Report.objects.none()
    rows = (
        near(point=report.point)
        .exclude(pk__in=[report.pk, report.merged_into_id or report.pk])
        .select_related("category")
        .defer("search")
    )
    if reader.is_superuser or is_official(reader, report):
        return rows
    return rows.filter(trajectory__adviser=reader)


def merged_with(report: Report) -> QuerySet[Report]:
    """The reports that follow this one, with what a list shows of them."""
    return Report.objects.filter(merged_into=report.pk).with_names().order_by("pk")


def walks() -> QuerySet[Schouw]:
    """All schouwen, the latest walk first, with how many reports they have and how many wait for an answer."""
    of_schouw = Report.objects.filter(schouw=OuterRef("pk")).order_by().values("schouw")
    waiting = of_schouw.filter(status=ReportStatus.NEW)
    return (
        Schouw.objects.select_related("trajectory", "trajectory__adviser")
        .annotate(
            report_count=Coalesce(Subquery(of_schouw.annotate(n=Count("*")).values("n")), 0),
            waiting_count=Coalesce(Subquery(waiting.annotate(n=Count("*")).values("n")), 0),
        )
        .order_by(F("walk_at").desc(nulls_first=True), "-id")
    )
