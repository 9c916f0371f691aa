"""The places of a trajectory and its waiting list.

Everything that gives or frees a place first locks the trajectory's row, so that two who ask for the last place
come one after the other. The lock lets contributions to the trajectory through.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from trajecten.domain import activities
from trajecten.domain.enrolment import telling
from trajecten.domain.enrolment.refusals import EnrolmentRefused
from trajecten.domain.meetings import inviting
from trajecten.enums import ENROLMENT_TRANSITIONS, TAKES_PLACE, EnrolmentStatus
from trajecten.models import Enrolment, Participant, Trajectory, User
from trajecten.transitions import check


def lock(trajectory_id: int) -> Trajectory:
    """The trajectory as it is now; others who want a place wait until the transaction ends."""
    rows = Trajectory.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("municipality").defer("municipality__boundary").get(pk=trajectory_id)


def free(trajectory: Trajectory) -> int | None:
    """How many places are free; None where there is no maximum. Below 0 never, also after it was lowered."""
    if trajectory.places is None:
        return None
    return max(0, trajectory.places - Enrolment.objects.filter(trajectory=trajectory).in_places().count())


def has_place(trajectory: Trajectory, role: str) -> bool:
    """Whether somebody can come in now as this. Call it with the trajectory locked."""
    return role not in TAKES_PLACE or free(trajectory) != 0


def fill(trajectory: Trajectory, *, by: User | Participant | None) -> list[Enrolment]:
    """Give the free places to who waits longest, and mail them. Call it with the trajectory locked."""
    places = free(trajectory)
    waiting = Enrolment.objects.filter(trajectory=trajectory).waiting().select_related("participant")
    moved = list(waiting if places is None else waiting[:places])
    for enrolment in moved:
        enrolment.trajectory = trajectory
        let_in(enrolment, by=by)
    return moved


def let_in(enrolment: Enrolment, *, by: User | Participant | None) -> None:
    """Bring somebody in from the waiting list, and mail them. Call it with the trajectory locked."""
    check(EnrolmentStatus, ENROLMENT_TRANSITIONS, enrolment.status, EnrolmentStatus.ACTIVE)
    enrolment.status, enrolment.joined_at = EnrolmentStatus.ACTIVE, timezone.now()
    enrolment.waiting_since = None
    enrolment.save(update_fields=["status", "joined_at", "waiting_since"])
    activities.record(verb="moved_up", target=enrolment, by=by)
    inviting.ask_newcomer(enrolment)
    telling.tell(enrolment, telling.MOVED_UP)


@transaction.atomic
def arrange(*, trajectory: Trajectory, is_open: bool, max_members: int | None, by: User) -> Trajectory:
    """Open or close the door for who comes by themselves, and set the maximum.

    Refused (``EnrolmentRefused``): more than the method allows. A lower maximum sends nobody away; a higher one lets
    in who waits.
    """
    trajectory = lock(trajectory.pk)
    most = trajectory.method.max_members
    if most is not None and max_members is not None and max_members > most:
        message = _("A group of this method has at most %(n)d members.") % {"n": most}
        raise EnrolmentRefused(message, code="too_many")
    trajectory.is_open_for_enrolment, trajectory.max_members = is_open, max_members
    trajectory.save(update_fields=["is_open_for_enrolment", "max_members"])
    details = {"open": is_open, "max_members": max_members}
    activities.record(verb="enrolment_arranged", target=trajectory, by=by, details=details)
    fill(trajectory, by=by)
    return trajectory
