"""The numbers above the queue."""

from dataclasses import dataclass

from django.db.models import Count, Min, Q
from django.utils import timezone

from buurtschouw.domain import subtasks
from buurtschouw.domain.queries import verdicts
from buurtschouw.enums import OPEN, ReportStatus
from buurtschouw.models import Report, Schouw
from trajecten.enums import VerdictValue
from trajecten.models import User


@dataclass(frozen=True)
class QueueFigures:
    """The numbers above the queue. ``solved_share`` is None while nobody has given a verdict."""

    new: int
    oldest_new_days: int | None
    overdue: int
    returned: int
    verdicts: int
    solved_share: int | None


def of_queue(schouw: Schouw | None = None) -> QueueFigures:
    """Counts over the open reports and the verdicts of the last 90 days, of this municipality or one schouw.

    Each count reads a part of one index and no rows; together in one statement they would read every row.
    """
    rows = Report.objects.filter(schouw=schouw) if schouw else Report.objects.all()
    new = rows.filter(status=ReportStatus.NEW).aggregate(n=Count("*"), oldest=Min("created_at"))
    counted = verdicts.that_count(rows).aggregate(
        n=Count("id"), solved=Count("id", filter=Q(value=VerdictValue.YES))
    )
    return QueueFigures(
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
