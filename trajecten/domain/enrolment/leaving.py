"""Going, being taken out, and another role."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from trajecten.domain import activities
from trajecten.domain.enrolment import room, telling
from trajecten.domain.enrolment.refusals import EnrolmentRefused
from trajecten.domain.meetings import inviting
from trajecten.enums import ENROLMENT_TRANSITIONS, EnrolmentStatus
from trajecten.models import Enrolment, Participant, User
from trajecten.transitions import check


@transaction.atomic
def leave(*, enrolment: Enrolment, by: Participant) -> Enrolment:
    """Leave by oneself, at any moment and without a reason; the place goes to who waits longest. Twice is harmless.

    Who leaves is taken off the lists of meetings to come, and sees no more than everybody of those that are over.
    """
    enrolment = lock(enrolment)
    if enrolment.status == EnrolmentStatus.LEFT:
        return enrolment
    _go(enrolment, verb="left", by=by)
    telling.tell(enrolment, telling.LEFT)
    room.fill(enrolment.trajectory, by=by)
    return enrolment


@transaction.atomic
def take_out(*, enrolment: Enrolment, reason: str, by: User) -> Enrolment:
    """Take somebody out, with a reason that they get by mail. Refused (``EnrolmentRefused``): without a reason.

    Who is out already raises ``TransitionRefused``.
    """
    if not reason.strip():
        raise EnrolmentRefused(_("Write down the reason. The person gets it by mail."), code="no_reason")
    enrolment = lock(enrolment)
    check(EnrolmentStatus, ENROLMENT_TRANSITIONS, enrolment.status, EnrolmentStatus.LEFT)
    enrolment.left_reason = reason.strip()
    _go(enrolment, verb="taken_out", by=by)
    telling.tell(enrolment, telling.TAKEN_OUT)
    room.fill(enrolment.trajectory, by=by)
    return enrolment


@transaction.atomic
def change_role(*, enrolment: Enrolment, role: str, by: User) -> Enrolment:
    """Give somebody another role. Refused (``EnrolmentRefused``): a role that takes a place when none is free.

    A place that comes free goes to who waits longest; who waits and gets a role without a place comes in at once.
    """
    enrolment = lock(enrolment)
    before = enrolment.role
    is_active = enrolment.status == EnrolmentStatus.ACTIVE
    if role == before:
        return enrolment
    if is_active and not enrolment.takes_place and not room.has_place(enrolment.trajectory, role):
        raise EnrolmentRefused(_("No place is free for this role."), code="full")
    enrolment.role = role
    enrolment.save(update_fields=["role"])
    activities.record(verb="role_changed", target=enrolment, by=by, details={"from": before, "to": role})
    if enrolment.status == EnrolmentStatus.WAITING and room.has_place(enrolment.trajectory, role):
        room.let_in(enrolment, by=by)
    room.fill(enrolment.trajectory, by=by)
    return enrolment


def lock(enrolment: Enrolment) -> Enrolment:
    """The enrolment as it is now, with its trajectory locked before it."""
    trajectory = room.lock(enrolment.trajectory_id)
    rows = Enrolment.objects.select_for_update(of=("self",)).select_related("participant")
    newest: Enrolment = rows.get(pk=enrolment.pk)
    newest.trajectory = trajectory
    return newest


def _go(enrolment: Enrolment, *, verb: str, by: User | Participant) -> None:
    enrolment.status, enrolment.left_at = EnrolmentStatus.LEFT, timezone.now()
    enrolment.waiting_since = None
    enrolment.save(update_fields=["status", "left_at", "left_reason", "waiting_since"])
    inviting.take_off(enrolment)
    activities.record(verb=verb, target=enrolment, by=by)
