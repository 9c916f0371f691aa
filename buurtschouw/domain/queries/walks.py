"""Walks with their reports counted: all of them in a list, or one."""

from dataclasses import dataclass

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from buurtschouw.enums import CLOSED, ReportStatus
from buurtschouw.models import Report, Schouw


def with_counts() -> QuerySet[Schouw]:
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


@dataclass(frozen=True)
class WalkFigures:
    """How many reports a schouw had, how many are answered and closed."""

    reports: int
    answered: int
    closed: int


def figures(schouw: Schouw) -> WalkFigures:
    """Counts over all reports of one schouw, in one statement that reads one index and no rows.

    Answered are those that were ever answered, also when they came back since; closed those that are closed now.
    """
    counted = Report.objects.filter(schouw=schouw).aggregate(
        reports=Count("*"),
        answered=Count("first_answer_at"),
        closed=Count("status", filter=Q(status__in=sorted(CLOSED))),
    )
    return WalkFigures(**counted)
