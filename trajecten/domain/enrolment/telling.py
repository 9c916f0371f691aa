"""Who hears what about an enrolment. Who has no mail address hears nothing."""

from django.utils import timezone

from trajecten.domain.telling import notify
from trajecten.enums import EnrolmentStatus
from trajecten.models import Enrolment, Invitation

JOINED = "trajecten.joined"
WAITS = "trajecten.waits"
MOVED_UP = "trajecten.moved_up"
LEFT = "trajecten.left"
TAKEN_OUT = "trajecten.taken_out"
INVITED = "trajecten.invited"


def tell(enrolment: Enrolment, key: str, *, once_a_day: bool = False) -> None:
    """Owe this message about this turn of the enrolment, once; with ``once_a_day`` again on another day."""
    if enrolment.participant.email:
        day = f":{timezone.localdate()}" if once_a_day else ""
        notify.owe(
            key=key,
            to=enrolment.participant,
            municipality=enrolment.trajectory.municipality,
            about=enrolment,
            delivery_key=f"{key}:{enrolment.pk}:{enrolment.turn}{day}",
        )


def tell_place(enrolment: Enrolment) -> None:
    """Confirm that somebody is in, or waits. Who asks again on another day, having lost the mail, gets it again."""
    waits = enrolment.status == EnrolmentStatus.WAITING
    tell(enrolment, WAITS if waits else JOINED, once_a_day=True)


def tell_invited(invitation: Invitation) -> None:
    """Owe the invitation its mail, once for each time that it is sent."""
    assert invitation.participant is not None  # noqa: S101  the database holds that one by mail is personal
    notify.owe(
        key=INVITED,
        to=invitation.participant,
        municipality=invitation.trajectory.municipality,
        about=invitation,
        delivery_key=f"{INVITED}:{invitation.pk}:{invitation.sent}",
    )
