"""Asking people to a meeting."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from trajecten.domain import activities, participants
from trajecten.domain.meetings import finding, locking
from trajecten.domain.meetings.refusals import MeetingRefused
from trajecten.domain.telling import notify
from trajecten.enums import EnrolmentStatus
from trajecten.models import Attendance, Enrolment, Meeting, Municipality, Participant, Trajectory, User

INVITED = "trajecten.meeting_invited"


def invited(meeting: Meeting) -> QuerySet[Participant]:
    """Everybody who is invited to this meeting and has not left the trajectory since."""
    rows = Attendance.objects.filter(meeting=meeting).standing()
    found: QuerySet[Participant] = Participant.objects.filter(pk__in=rows.values("participant"))
    return found


def taking_part(trajectory: Trajectory) -> QuerySet[Participant]:
    """Who takes part in the trajectory, to invite them all; and who was invited to a meeting of it by an address.

    Not who has left it.
    """
    people = Enrolment.objects.filter(trajectory=trajectory)
    inside, gone = people.active(), people.filter(status=EnrolmentStatus.LEFT)
    asked = Attendance.objects.filter(meeting__trajectory=trajectory)
    found: QuerySet[Participant] = Participant.objects.filter(
        Q(pk__in=inside.values("participant")) | Q(pk__in=asked.values("participant"))
    )
    return found.exclude(pk__in=gone.values("participant"))


def guests(*, municipality: Municipality, addresses: Iterable[str], language: str) -> list[Participant]:
    """The participants with these addresses, made where there are none."""
    return [
        participants.guest(municipality=municipality, email=address, language=language)
        for address in dict.fromkeys(addresses)
    ]


@transaction.atomic
def invite_everybody(*, meeting: Meeting, by: User, others: Iterable[Participant] = ()) -> int:
    """Ask everybody who takes part in the trajectory, also who comes in later, and these others. As ``invite``."""
    asked = [*others, *taking_part(meeting.trajectory)]
    number = invite(meeting=meeting, participants=asked, by=by)
    Meeting.objects.filter(pk=meeting.pk).update(invites_everybody=True)
    return number


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


def ask_newcomer(enrolment: Enrolment) -> None:
    """Put who comes in on the lists of the meetings to come to which everybody was asked.

    Call it in the transaction in which they come in: the mail that tells them so lists these meetings.
    """
    coming = Meeting.objects.filter(
        finding.answerable(), trajectory_id=enrolment.trajectory_id, invites_everybody=True
    )
    for meeting in coming:
        add(meeting, [enrolment.participant])


def take_off(enrolment: Enrolment) -> None:
    """Take who leaves off the lists of the meetings still to come. Call it in the transaction of leaving."""
    Attendance.objects.filter(
        meeting__trajectory=enrolment.trajectory_id,
        meeting__starts_at__gt=timezone.now(),
        participant=enrolment.participant_id,
    ).delete()
