"""What the preparation of walks keeps of people: tasks and roles; how long, and who takes over."""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtschouw.domain.preparing import tasks
from buurtschouw.models import Schouw, WalkRole, WalkTask
from trajecten.models import Participant
from trajecten.registry import Fact, Kept, OpenWork, PersonalData, RetentionRule


def kept_tasks(participant: Participant) -> Iterator[Kept]:
    """What somebody took on for a walk."""
    rows = WalkTask.objects.filter(owner_participant=participant).select_related("schouw__trajectory")
    for row in rows.order_by("pk"):
        yield Kept(
            row.text,
            (
                Fact("walk", _("Walk"), row.schouw.trajectory.title),
                Fact("due_on", _("Ready on"), row.due_on.isoformat() if row.due_on else ""),
                Fact("done", _("Done"), row.is_done),
            ),
        )


def kept_roles(participant: Participant) -> Iterator[Kept]:
    """What somebody does during a walk."""
    rows = WalkRole.objects.filter(participant=participant).select_related("schouw__trajectory")
    for row in rows.order_by("pk"):
        yield Kept(
            row.get_duty_display(),
            (Fact("walk", _("Walk"), row.schouw.trajectory.title),),
        )


def erase_nothing(_participant: Participant, _words: str) -> None:
    """A task has no words of who does it, and becomes nobody's; a role goes. The core does both."""


PARTS = (
    PersonalData(
        "buurtschouw.walk_tasks",
        gettext_lazy("What you do before a walk"),
        ("walk_tasks",),
        kept_tasks,
        erase_nothing,
    ),
    PersonalData(
        "buurtschouw.walk_roles",
        gettext_lazy("What you do during a walk"),
        ("walk_roles",),
        kept_roles,
        erase_nothing,
    ),
)


def walks_with_people(before: datetime) -> QuerySet[Any]:
    """Walks of long ago of which it is still known who did what."""
    people = Q(roles__isnull=False) | Q(tasks__owner_participant__isnull=False)
    rows: QuerySet[Any] = Schouw.objects.filter(people, walk_at__lt=before)
    keys = rows.order_by().values("pk").distinct()
    return Schouw.objects.filter(pk__in=keys).annotate(since=F("walk_at")).order_by("walk_at", "pk")


def forget_people(rows: Collection[Any]) -> None:
    """Let go of who had which task and role; what had to be done stays."""
    keys = [schouw.pk for schouw in rows]
    WalkRole.objects.filter(schouw__in=keys).delete()
    WalkTask.objects.filter(schouw__in=keys).update(owner_participant=None)


RULES = (
    RetentionRule(
        "buurtschouw.walk_people",
        gettext_lazy("who did what for a walk"),
        gettext_lazy("Which resident had which task and role. The tasks stay, of nobody."),
        365,
        walks_with_people,
        forget_people,
    ),
)

WORK = (
    OpenWork(
        "buurtschouw.walk_tasks",
        gettext_lazy("tasks for a walk"),
        lambda official: tasks.open_of(official).count(),
        tasks.hand_over,
    ),
)
