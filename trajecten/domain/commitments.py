"""Promises: made from contributions, moved along their table of transitions."""

from datetime import date

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from trajecten.domain import activities
from trajecten.enums import COMMITMENT_TRANSITIONS, CommitmentStatus
from trajecten.models import Commitment, CommitmentOrigin, Contribution, User
from trajecten.transitions import check


def of(contribution: Contribution) -> QuerySet[Commitment]:
    """The promises that answer this contribution, newest first."""
    kind = ContentType.objects.get_for_model(contribution)
    origins = CommitmentOrigin.objects.filter(content_type=kind, object_id=contribution.pk)
    return Commitment.objects.filter(origins__in=origins).order_by("-id")


@transaction.atomic
def promise(*, contribution: Contribution, text: str, deadline: date, owner: User, by: User) -> Commitment:
    """Promise something in answer to a contribution; a promise that is still open gets the new date instead."""
    standing = (
        of(contribution)
        .filter(status__in=[CommitmentStatus.PROMISED, CommitmentStatus.IN_PROGRESS])
        .select_for_update(of=("self",))
        .first()
    )
    if standing:
        standing.deadline, standing.text, standing.owner = deadline, text, owner
        standing.save(update_fields=["deadline", "text", "owner"])
        activities.record(
            verb="promise_changed",
            target=standing,
            by=by,
            is_public=True,
            details={"deadline": deadline.isoformat()},
        )
        return standing
    commitment = Commitment.objects.create(
        municipality_id=contribution.municipality_id,
        trajectory_id=contribution.trajectory_id,
        text=text,
        owner=owner,
        deadline=deadline,
    )
    CommitmentOrigin.objects.create(
        municipality_id=contribution.municipality_id, commitment=commitment, contribution=contribution
    )
    activities.record(
        verb="promised", target=commitment, by=by, is_public=True, details={"deadline": deadline.isoformat()}
    )
    return commitment


@transaction.atomic
def move(*, commitment: Commitment, status: str, by: User | None) -> Commitment:
    """Give a promise another status. Raises ``TransitionRefused`` when the table does not allow it."""
    commitment = Commitment.objects.select_for_update().get(pk=commitment.pk)
    check(CommitmentStatus, COMMITMENT_TRANSITIONS, commitment.status, status)
    commitment.status = status
    commitment.closed_at = timezone.now() if status in CLOSED else None
    commitment.save(update_fields=["status", "closed_at"])
    activities.record(verb=f"promise_{status}", target=commitment, by=by, is_public=True)
    return commitment


CLOSED = frozenset(
    {CommitmentStatus.DONE, CommitmentStatus.PARTLY, CommitmentStatus.BROKEN, CommitmentStatus.WITHDRAWN}
)
