"""Hearing from people whether they come: signed in, or by the secret link of their own mail."""

from django.core import signing
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from trajecten.domain import activities, links
from trajecten.domain.links import NoSuchLink
from trajecten.domain.meetings import inviting, locking
from trajecten.domain.meetings.refusals import MeetingRefused
from trajecten.enums import Answer
from trajecten.models import Attendance, Meeting, Participant

SIGNER = signing.Signer(salt="trajecten.meetings", sep=".")


@transaction.atomic
def answer(*, meeting: Meeting, participant: Participant, answer: str, name: str = "") -> Attendance:
    """Note whether somebody comes; it can be changed until the meeting begins, and the same again is no change.

    ``name`` is for the list of this meeting, and is seen by who organises it.

    Refused (``MeetingRefused``): once it has begun or was cancelled, and who is not invited to a meeting that is not
    for everybody.
    """
    meeting = locking.lock(meeting)
    if meeting.is_cancelled:
        raise MeetingRefused(_("This meeting is cancelled, so you need not answer any more."))
    if not meeting.takes_answers:
        raise MeetingRefused(
            _("This meeting has begun or is over, so your answer can't be changed any more.")
        )
    if not meeting.is_public and not inviting.invited(meeting).filter(pk=participant.pk).exists():
        raise MeetingRefused(_("You are not invited to this meeting."))
    inviting.add(meeting, [participant])
    found: Attendance = Attendance.objects.select_for_update().get(meeting=meeting, participant=participant)
    if name.strip() and name.strip() != found.name:
        found.name = name.strip()
        found.save(update_fields=["name"])
    if found.answer != answer:
        found.answer, found.answered_at = Answer(answer).value, timezone.now()
        found.save(update_fields=["answer", "answered_at"])
        activities.record(
            verb="meeting_answered", target=meeting, by=participant, details={"answer": found.answer}
        )
    return found


def token(*, meeting: Meeting, participant: Participant) -> str:
    """What opens the page on which this participant answers, without signing in; only for their own mail."""
    return str(SIGNER.sign_object([meeting.pk, participant.pk]))


def read(*, token: str, meeting: Meeting) -> Participant:
    """Whose link this is. Raises ``NoSuchLink``, also for one of another meeting or of who is not invited any more.

    The link of a guest who became another participant is that participant's.
    """
    number, of = links.read(SIGNER, token)
    if number != meeting.pk:
        raise NoSuchLink
    return links.holder(of, among=inviting.invited(meeting))
