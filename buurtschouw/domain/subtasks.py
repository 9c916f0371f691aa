"""What has to be done for a report, each by an official or a team; and whose turn it is."""

from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtschouw.domain import answering
from buurtschouw.models import Report, Subtask
from trajecten.domain import activities
from trajecten.models import Team, User
from trajecten.refusals import Refused
from trajecten.registry import OpenWork


class SubtaskRefused(Refused):
    """A task that can't be kept like this; the message says why."""


@transaction.atomic
def add(
    *,
    report: Report,
    by: User,
    text: str,
    owner: User | None = None,
    team: Team | None = None,
    due_on: date | None = None,
) -> Subtask:
    """Add a task to an open report, for an official, a team or nobody yet.

    The same words for the same owner and day are the same task, as long as it is not done: a form sent twice adds one.

    Refused (``SubtaskRefused``) without words, for an official and a team at once, and for a report that is closed.
    """
    if not text.strip():
        raise SubtaskRefused(_("Write what has to be done."), field="text")
    if owner and team:
        raise SubtaskRefused(_("Choose an official or a team, not both."), field="team")
    report = answering.lock(report)
    if not report.is_open:
        raise SubtaskRefused(_("This report is closed, so there is nothing to be done for it."), field="text")
    said = {"report": report, "text": text.strip(), "owner": owner, "team": team, "due_on": due_on}
    same = Subtask.objects.filter(**said, done_at__isnull=True).first()
    if same:
        return same
    made = Subtask.objects.create(municipality_id=report.municipality_id, by=by, **said)
    activities.record(verb="task_added", target=report, by=by, details={"task": made.pk})
    return made


@transaction.atomic
def tick(*, subtask: Subtask, by: User, is_done: bool) -> Subtask:
    """Say that a task is done, or that it is not after all. The same again changes nothing."""
    subtask = Subtask.objects.select_for_update(of=("self",)).select_related("report").get(pk=subtask.pk)
    if is_done == (subtask.done_at is not None):
        return subtask
    subtask.done_at, subtask.done_by = (timezone.now(), by) if is_done else (None, None)
    subtask.save(update_fields=["done_at", "done_by"])
    verb = "task_done" if is_done else "task_reopened"
    activities.record(verb=verb, target=subtask.report, by=by, details={"task": subtask.pk})
    return subtask


def of(report: Report) -> QuerySet[Subtask]:
    """The tasks of a report, those that wait first."""
    return (
        Subtask.objects.filter(report=report)
        .select_related("owner", "team", "done_by")
        .order_by("done_at", "due_on", "pk")
    )


def waiting_for(official: User) -> QuerySet[Subtask]:
    """The tasks that wait for this official or for a team of theirs."""
    teams = Team.objects.filter(members=official).values("pk")
    return Subtask.objects.filter(Q(owner=official) | Q(team__in=teams), done_at__isnull=True)


def _own(official: User) -> QuerySet[Subtask]:
    open_reports = Report.objects.open().values("pk")
    return Subtask.objects.filter(owner=official, done_at__isnull=True, report__in=open_reports)


def _hand_over(official: User, *, to: User | None, by: User) -> None:
    for subtask in _own(official).select_related("report").defer("report__search").order_by("pk"):
        subtask.owner = to
        subtask.save(update_fields=["owner"])
        activities.record(verb="task_handed_over", target=subtask.report, by=by, details={"task": subtask.pk})


WORK = (
    OpenWork(
        "buurtschouw.tasks",
        gettext_lazy("tasks at reports"),
        lambda official: _own(official).count(),
        _hand_over,
    ),
)
