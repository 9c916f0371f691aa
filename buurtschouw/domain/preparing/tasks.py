"""What has to be done before a walk, by whom and when."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtschouw.domain.preparing.locking import lock
from buurtschouw.domain.preparing.refusals import PreparationRefused
from buurtschouw.models import Schouw, WalkTask
from trajecten.domain import activities
from trajecten.models import Enrolment, Participant, User


@dataclass(frozen=True)
class Owner:
    """Who does a task: an official or adviser, somebody who takes part, or nobody yet."""

    user: User | None = None
    participant: Participant | None = None


NOBODY = Owner()


def of(schouw: Schouw) -> QuerySet[WalkTask]:
    """What is still to be done first, the soonest on top; then what is done, the last done first."""
    rows: QuerySet[WalkTask] = WalkTask.objects.filter(schouw=schouw)
    rows = rows.select_related("owner", "owner_participant")
    return rows.order_by(F("done_at").desc(nulls_first=True), F("due_on").asc(nulls_last=True), "id")


def open_of(official: User) -> QuerySet[WalkTask]:
    """What lies with this official or adviser and is not done."""
    rows: QuerySet[WalkTask] = WalkTask.objects.filter(owner=official, done_at__isnull=True)
    return rows.order_by("pk")


@transaction.atomic
def hand_over(official: User, *, to: User | None, by: User) -> None:
    """Give each to the other official, or to nobody."""
    for task in open_of(official).select_for_update(of=("self",)):
        task.owner = to
        task.save(update_fields=["owner"])
        activities.record(
            verb="task_handed_over", target=task.schouw.trajectory, by=by, details={"task": task.pk}
        )


@transaction.atomic
def add(
    *, schouw: Schouw, by: User, text: str, owner: Owner = NOBODY, due_on: date | None = None
) -> WalkTask:
    """Add a task. The same words for the same owner and day are the same task, as long as it is not done.

    Refused (``PreparationRefused``): an owner who does not take part in the walk, and a walk in the archive.
    """
    locked = lock(schouw)
    _check(locked, owner)
    same = WalkTask.objects.filter(
        schouw=locked,
        text=text.strip(),
        owner=owner.user,
        owner_participant=owner.participant,
        due_on=due_on,
        done_at__isnull=True,
    ).first()
    if same:
        return same
    task = WalkTask.objects.create(
        municipality_id=locked.municipality_id,
        schouw=locked,
        text=text.strip(),
        owner=owner.user,
        owner_participant=owner.participant,
        due_on=due_on,
    )
    activities.record(verb="task_added", target=locked.trajectory, by=by, details={"task": task.pk})
    return task


def _check(schouw: Schouw, owner: Owner) -> None:
    if schouw.trajectory.is_archived:
        raise PreparationRefused(_("This trajectory lies in the archive. Nothing changes in it any more."))
    if owner.participant is None:
        return
    inside = Enrolment.objects.filter(trajectory=schouw.trajectory_id, participant=owner.participant)
    if not inside.active().exists():
        raise PreparationRefused(_("This person does not take part in the walk."), field="owner")


@transaction.atomic
def change(*, task: WalkTask, by: User, text: str, owner: Owner, due_on: date | None) -> WalkTask:
    """Change a task. Refused as ``add``; who has the task already may keep it."""
    locked = lock(task.schouw)
    found: WalkTask = WalkTask.objects.select_for_update(of=("self",)).get(pk=task.pk)
    _check(locked, NOBODY if owner.participant == found.owner_participant else owner)
    found.text, found.due_on = text.strip(), due_on
    found.owner, found.owner_participant = owner.user, owner.participant
    found.save(update_fields=["text", "due_on", "owner", "owner_participant"])
    activities.record(verb="task_changed", target=locked.trajectory, by=by, details={"task": found.pk})
    return found


@transaction.atomic
def mark(*, task: WalkTask, is_done: bool, by: User | Participant) -> WalkTask:
    """Say that a task is done, or not after all. Said again it changes nothing.

    Refused (``PreparationRefused``): for a participant whose task it is not, and a walk in the archive.
    """
    found: WalkTask = WalkTask.objects.select_for_update(of=("self",)).get(pk=task.pk)
    if isinstance(by, Participant) and found.owner_participant_id != by.pk:
        raise PreparationRefused(_("This is not your task. Ask who does it, or the municipality."))
    _check(found.schouw, NOBODY)
    if found.is_done != is_done:
        found.done_at = timezone.now() if is_done else None
        found.save(update_fields=["done_at"])
        verb = "task_done" if is_done else "task_undone"
        activities.record(verb=verb, target=found.schouw.trajectory, by=by, details={"task": found.pk})
    return found


@transaction.atomic
def remove(*, task: WalkTask, by: User) -> None:
    """Remove a task; again is harmless. Refused (``PreparationRefused``): in the archive."""
    locked = lock(task.schouw)
    _check(locked, NOBODY)
    gone, _rows = WalkTask.objects.filter(pk=task.pk).delete()
    if gone:
        activities.record(verb="task_removed", target=locked.trajectory, by=by, details={"task": task.pk})
