"""What pages read of forwards. Every order and count here is served by an index (see ``models.Forward``)."""

from dataclasses import dataclass

from django.db.models import Count, F, Min, Q, QuerySet
from django.utils import timezone

from buurtschouw.enums import LIVE, UNSENT, ForwardState
from buurtschouw.models import Destination, Forward, Report

ENDED = (ForwardState.FINISHED, ForwardState.DECLINED, ForwardState.WITHDRAWN)

# What one asks for, and the states that it has; empty for all.
GROUPS = {
    "": (),
    "live": tuple(sorted(LIVE)),
    "unsent": tuple(sorted(UNSENT)),
    "ended": ENDED,
}


def listed(*, group: str = "", destination: Destination | None = None) -> QuerySet[Forward]:
    """Forwards with what a row shows. What is under way begins with what waits longest, all others with the newest."""
    rows = Forward.objects.select_related("destination", "report__category", "report__assigned_to", "by")
    rows = rows.defer("report__search")
    if GROUPS[group]:
        rows = rows.filter(state__in=GROUPS[group])
    if destination:
        rows = rows.filter(destination=destination)
    return rows.order_by("created_at", "id") if group == "live" else rows.order_by("-created_at", "-id")


def of_report(report: Report) -> list[Forward]:
    """All of one report, the newest first."""
    rows = Forward.objects.filter(report=report).select_related("destination", "by")
    return list(rows.order_by("-id"))


@dataclass(frozen=True)
class Waiting:
    """How many reports other systems have or are about to get, and since how many days the oldest of them."""

    count: int
    oldest_days: int | None


def waiting() -> Waiting:
    """Of this municipality, in one statement over what is live."""
    found = Forward.objects.filter(state__in=sorted(LIVE)).aggregate(
        count=Count("id"), oldest=Min("created_at")
    )
    oldest = found["oldest"]
    return Waiting(found["count"], (timezone.now() - oldest).days if oldest else None)


def choices_for(report: Report) -> QuerySet[Destination]:
    """Systems in use, those with a category for the theme of this report first; ``label`` is that category."""
    return (
        Destination.objects.filter(is_active=True)
        .annotate(
            fits=Count("themes", filter=Q(themes__category=report.category_id)),
            label=Min("themes__label", filter=Q(themes__category=report.category_id)),
        )
        .order_by(F("fits").desc(), "name")
    )
