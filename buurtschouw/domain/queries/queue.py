"""The handler's queue: what can be asked of it, the reports in their order, and which one follows another."""

from dataclasses import dataclass
from datetime import timedelta

from django.contrib.postgres.search import SearchQuery
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from buurtschouw.domain import subtasks
from buurtschouw.domain.mapping.viewport import Counting
from buurtschouw.domain.narrowing import narrowed
from buurtschouw.domain.queries import verdicts
from buurtschouw.enums import CLOSED, OPEN, RUNNING, ReportStatus
from buurtschouw.models import Category, Report, Schouw
from trajecten.models import Area, User


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


def reports(*, asked: QueueFilter, user: User) -> QuerySet[Report]:
    """The handler's reports: open ones unless a status was asked for, what came back on top."""
    rows: QuerySet[Report] = Report.objects.all()
    rows = (
        rows.filter(status=asked.status)
        if asked.status in ReportStatus.values
        else _by_group(rows, asked.status)
    )
    rows = narrowed(rows, kind=asked.kind, category=asked.category, area=asked.area, schouw=asked.schouw)
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
    rows = reports(asked=asked, user=user).exclude(pk=report.pk)
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
        return rows.filter(pk__in=verdicts.that_count(Report.objects.all()).values("object_id"))
    return rows.filter(status__in=OPEN)


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
