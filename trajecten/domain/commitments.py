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


def standing(contribution: Contribution) -> QuerySet[Commitment]:
    """The promises on this contribution that wait to be kept, newest first."""
    return of(contribution).filter(status__in=[CommitmentStatus.PROMISED, CommitmentStatus.IN_PROGRESS])


@transaction.atomic
def promise(*, contribution: Contribution, text: str, deadline: date, owner: User, by: User) -> Commitment:
    """Promise something in answer to a contribution.

    A promise that stands and is not late gets the new date instead, with the earlier one in the log. One
    whose date has passed was not kept: it stays with that date as broken, beside the new promise.
    """
    made = standing(contribution).select_for_update(of=("self",)).first()
    if made and made.deadline >= timezone.localdate():
        return _change(made, text=text, deadline=deadline, owner=owner, by=by)
    if made:
        move(commitment=made, status=CommitmentStatus.BROKEN, by=by)
    return _make(contribution, text=text, deadline=deadline, owner=owner, by=by)


def _change(made: Commitment, *, text: str, deadline: date, owner: User, by: User) -> Commitment:
    days = {"from": made.deadline.isoformat(), "deadline": deadline.isoformat()}
    made.deadline, made.text, made.owner = deadline, text, owner
    made.save(update_fields=["deadline", "text", "owner"])
    activities.record(verb="promise_changed", target=made, by=by, is_public=True, details=days)
    return made


def _make(contribution: Contribution, *, text: str, deadline: date, owner: User, by: User) -> Commitment:
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


def take_up_again(*, contribution: Contribution, by: User | None) -> None:
    """What was called done is not: promises on this contribution that counted as kept are in progress again."""
    for commitment in of(contribution).filter(status=CommitmentStatus.DONE):
        move(commitment=commitment, status=CommitmentStatus.IN_PROGRESS, by=by)


CLOSED = frozenset(
    {CommitmentStatus.DONE, CommitmentStatus.PARTLY, CommitmentStatus.BROKEN, CommitmentStatus.WITHDRAWN}
)
