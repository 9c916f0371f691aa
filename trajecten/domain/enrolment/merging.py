"""What becomes of two enrolments in one trajectory when a guest becomes an account that takes part there too."""

from django.db.models import F

from trajecten.domain.enrolment import room
from trajecten.enums import EnrolmentRole, EnrolmentStatus
from trajecten.models import Enrolment, Invitation, Participant

# What counts most first: who takes part as one and waits as the other, takes part.
STATUSES = (EnrolmentStatus.ACTIVE, EnrolmentStatus.WAITING, EnrolmentStatus.INVITED, EnrolmentStatus.LEFT)
ROLES = (
    EnrolmentRole.FACILITATOR,
    EnrolmentRole.CORE_GROUP,
    EnrolmentRole.MEMBER,
    EnrolmentRole.OBSERVER,
)
KEPT = (
    "status",
    "role",
    "origin",
    "invitation_id",
    "registered_by_id",
    "waiting_since",
    "joined_at",
    "left_at",
    "left_reason",
)


def unite_enrolments(*, key: int, into: Participant) -> None:
    """Make the guest's enrolment (``key``) and that of ``into`` one: the account's row, with what stands most.

    Of two on the waiting list the longest wait counts. Where both had a place, one comes free for who waits.
    """
    guests: Enrolment = Enrolment.objects.get(pk=key)
    trajectory = room.lock(guests.trajectory_id)
    guests.refresh_from_db()
    mine: Enrolment = Enrolment.objects.get(trajectory=trajectory, participant=into)
    best, other = sorted((mine, guests), key=_standing)
    kept = {name: getattr(best, name) for name in KEPT}
    if best.status == other.status:
        kept["role"] = min(best.role, other.role, key=ROLES.index)
    for name, value in kept.items():
        setattr(mine, name, value)
    mine.turn = max(mine.turn, guests.turn)
    guests.delete()
    mine.save()
    room.fill(trajectory, by=into)


def _standing(enrolment: Enrolment) -> tuple[int, object, int]:
    since = enrolment.waiting_since or enrolment.joined_at or enrolment.created_at
    return STATUSES.index(EnrolmentStatus(enrolment.status)), since, enrolment.pk


def unite_invitations(*, key: int, into: Participant) -> None:
    """Two personal links to one trajectory: the account's stays and counts the uses of both; the guest's is gone."""
    guests: Invitation = Invitation.objects.get(pk=key)
    mine = Invitation.objects.filter(trajectory_id=guests.trajectory_id, participant=into)
    Enrolment.objects.filter(invitation=guests).update(invitation=mine.get())
    mine.update(uses=F("uses") + guests.uses)
    guests.delete()
