"""Lists of council items and their figures."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Min, Q, QuerySet
from django.utils import timezone

from trajecten.enums import COUNCIL_DECIDED, COUNCIL_OPEN, CouncilStatus
from trajecten.models import CouncilItem, Trajectory

# Parts of the list: open ones, those of them that wait for something, and closed ones.
STATES = ("open", "enter", "coming", "undated", "decided", "withdrawn", "all")


@dataclass(frozen=True)
class CouncilFilter:
    """What is asked of the list; ``year`` is that of the decision for decided items, else of submission."""

    state: str = "open"
    kind: str = ""
    trajectory: Trajectory | None = None
    year: int | None = None
    words: str = ""


@dataclass(frozen=True)
class Figures:
    """How many items are coming, wait for their outcome to be entered, have no date, or were decided this year.

    ``oldest_undated`` is when the one that waits longest for a date was submitted.
    """

    coming: int
    enter: int
    undated: int
    oldest_undated: date | None
    decided: int


def items(asked: CouncilFilter) -> QuerySet[CouncilItem]:
    """The items of the filter: open ones by date with those without one last, others newest first."""
    rows = CouncilItem.objects.filter(in_state(asked.state)).select_related("trajectory")
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    if asked.trajectory:
        rows = rows.filter(trajectory=asked.trajectory)
    if asked.year:
        day = "decided_on" if asked.state == "decided" else "submitted_on"
        rows = rows.filter(**{f"{day}__gte": date(asked.year, 1, 1), f"{day}__lte": date(asked.year, 12, 31)})
    if asked.words:
        rows = rows.filter(Q(title__icontains=asked.words) | Q(summary__icontains=asked.words))
    return rows.order_by(*_order(asked.state))


def in_state(state: str) -> Q:
    """Which items a part of the list has."""
    today = timezone.localdate()
    is_open = Q(status__in=COUNCIL_OPEN)
    return {
        "open": is_open,
        "enter": is_open & Q(scheduled_for__lt=today),
        "coming": is_open & Q(scheduled_for__gte=today),
        "undated": is_open & Q(scheduled_for__isnull=True),
        "decided": Q(status__in=COUNCIL_DECIDED),
        "withdrawn": Q(status=CouncilStatus.WITHDRAWN),
        "all": Q(),
    }[state]


def _order(state: str) -> tuple[object, ...]:
    if state in {"open", "enter", "coming", "undated"}:
        return (F("scheduled_for").asc(nulls_last=True), "submitted_on", "id")
    if state == "decided":
        return ("-decided_on", "-id")
    return ("-submitted_on", "-id")


def figures() -> Figures:
    """What is open and waits, and how much was decided this year, in two statements."""
    counted = CouncilItem.objects.filter(status__in=COUNCIL_OPEN).aggregate(
        coming=Count("id", filter=in_state("coming")),
        enter=Count("id", filter=in_state("enter")),
        undated=Count("id", filter=in_state("undated")),
        oldest_undated=Min("submitted_on", filter=in_state("undated")),
    )
    return Figures(**counted, decided=sum(decided_in(timezone.localdate().year).values()))


def decided_in(year: int) -> dict[str, int]:
    """How many items were adopted, adopted in part and rejected in this year, each also when it is none."""
    rows = CouncilItem.objects.filter(decided_on__gte=date(year, 1, 1), decided_on__lte=date(year, 12, 31))
    counted = dict(rows.order_by().values_list("status").annotate(n=Count("id")))
    return {str(status): counted.get(status, 0) for status in COUNCIL_DECIDED}


def years() -> list[int]:
    """The years of which there may be items, newest first."""
    oldest = CouncilItem.objects.aggregate(day=Min("submitted_on"))["day"]
    this_year = timezone.localdate().year
    return list(range(this_year, (oldest.year if oldest else this_year) - 1, -1))
