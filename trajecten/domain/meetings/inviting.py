"""Asking people to a meeting."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from trajecten.domain import activities, participants
from trajecten.domain.meetings import locking
from trajecten.domain.meetings.refusals import MeetingRefused
from trajecten.domain.telling import notify
from trajecten.models import Attendance, Enrolment, Meeting, Municipality, Participant, Trajectory, User

INVITED = "trajecten.meeting_invited"


def invited(meeting: Meeting) -> QuerySet[Participant]:
    """Everybody who is invited to this meeting."""
    found: QuerySet[Participant] = Participant.objects.filter(attendances__meeting=meeting)
    return found


def taking_part(trajectory: Trajectory) -> QuerySet[Participant]:
    """Who takes part in the trajectory, to invite them all; and who was invited to a meeting of it before."""
    inside = Enrolment.objects.filter(trajectory=trajectory).active()
    asked = Attendance.objects.filter(meeting__trajectory=trajectory)
    found: QuerySet[Participant] = Participant.objects.filter(
        Q(pk__in=inside.values("participant")) | Q(pk__in=asked.values("participant"))
    )
    return found


def guests(*, municipality: Municipality, addresses: Iterable[str], language: str) -> list[Participant]:
    """The participants with these addresses, made where there are none."""
    return [
        participants.guest(municipality=municipality, email=address, language=language)
        for address in dict.fromkeys(addresses)
    ]


@transaction.atomic
def invite(*, meeting: Meeting, participants: Iterable[Participant], by: User) -> int:
    """Ask these people to come, and mail those with an address. Returns how many were not invited before.

    Inviting again changes nothing and mails nobody twice. Refused (``MeetingRefused``): once it has begun or was
    cancelled, and people of another municipality.
    """
    meeting = locking.lock(meeting)
    if not meeting.takes_answers:
        raise MeetingRefused(
            _("Nobody can be invited any more: this meeting has begun, is over or is cancelled.")
        )
    asked = {participant.pk: participant for participant in participants}
    if any(participant.municipality_id != meeting.municipality_id for participant in asked.values()):
        raise MeetingRefused(_("Somebody in this list is from another municipality."))
    known = set(
        Attendance.objects.filter(meeting=meeting, participant__in=asked).values_list(
            "participant", flat=True
        )
    )
    new = [participant for key, participant in asked.items() if key not in known]
    add(meeting, new)
    notify.owe_each(
        key=INVITED,
        to=[participant for participant in new if participant.email],
        municipality=meeting.municipality,
        about=meeting,
        delivery_key=f"{INVITED}:{meeting.pk}",
    )
    if new:
        activities.record(verb="meeting_invited", target=meeting, by=by, details={"people": len(new)})
    return len(new)


def add(meeting: Meeting, people: Iterable[Participant]) -> None:
    """Put them on the list of the meeting; who is there already stays as they are."""
    rows = [
        Attendance(municipality_id=meeting.municipality_id, meeting=meeting, participant=participant)
        for participant in people
    ]
    Attendance.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)
