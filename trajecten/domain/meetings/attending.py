"""What was at a meeting: who came, and what was written down."""

from collections.abc import Collection, Iterable, Mapping

from django.db import transaction
from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils import timezone
from django.utils.translation import gettext as _

from trajecten.domain import activities
from trajecten.domain.meetings.locking import lock
from trajecten.domain.meetings.refusals import MeetingRefused
from trajecten.domain.telling import notify
from trajecten.enums import MEETING_TRANSITIONS, Answer, MeetingStatus
from trajecten.models import Attendance, Meeting, Participant, User
from trajecten.transitions import check

MINUTES = "trajecten.meeting_minutes"
_NAMELESS = Q(name="", participant__display_name="")


def rows_of(meeting: Meeting) -> QuerySet[Attendance]:
    """Everybody on the list, by name; who has none comes last."""
    found: QuerySet[Attendance] = Attendance.objects.filter(meeting=meeting).select_related("participant")
    name = Coalesce(NullIf("name", Value("")), NullIf("participant__display_name", Value("")))
    return found.order_by(name.asc(nulls_last=True), "id")


def named(rows: QuerySet[Attendance]) -> QuerySet[Attendance]:
    """Those of ``rows`` who can be ticked off: with a name, or ticked off before."""
    return rows.filter(~_NAMELESS | Q(was_present=True))


def nameless(rows: QuerySet[Attendance]) -> QuerySet[Attendance]:
    """Those of ``rows`` who said to come, or perhaps, and have no name by which to find them."""
    return rows.filter(_NAMELESS, answer__in=[Answer.YES, Answer.MAYBE]).exclude(was_present=True)


@transaction.atomic
def register(
    *,
    meeting: Meeting,
    present: Collection[int],
    walk_ins: Iterable[str],
    by: User,
    names: Mapping[int, str] | None = None,
) -> int:
    """Note who was there: the keys of rows on the list, and names of people who came without being on it.

    ``names`` are those of rows that had none, by their key: who gets one was there.

    From then on the meeting was held. Done again, the newest list counts; a name that was added before is on
    the list and is not added twice. Returns how many were there. Refused (``MeetingRefused``): before the meeting's
    day, and when it was cancelled.
    """
    meeting = lock(meeting)
    if meeting.is_cancelled:
        raise MeetingRefused(_("This meeting is cancelled, so nobody was there."))
    if timezone.localdate(meeting.starts_at) > timezone.localdate():
        raise MeetingRefused(_("This meeting is still to come. On the day itself you can note who is there."))
    rows = Attendance.objects.filter(meeting=meeting)
    there_by_key = {*present, *(names or {})}
    rows.filter(pk__in=there_by_key).update(was_present=True)
    rows.exclude(pk__in=there_by_key).update(was_present=False)
    for key, name in (names or {}).items():
        rows.filter(pk=key).update(name=name)
    _add_walk_ins(meeting, walk_ins)
    if meeting.is_planned:
        _hold(meeting)
    there: int = rows.filter(was_present=True).count()
    activities.record(verb="attendance_noted", target=meeting, by=by, details={"present": there})
    return there


def _add_walk_ins(meeting: Meeting, names: Iterable[str]) -> None:
    """People of whom only a name is known; a name that is on this list already stands for who is there."""
    for name in dict.fromkeys(cleaned for name in names if (cleaned := " ".join(name.split())[:80])):
        known = Attendance.objects.filter(Q(name=name) | Q(participant__display_name=name), meeting=meeting)
        if known.update(was_present=True):
            continue
        newcomer = Participant.objects.create(municipality_id=meeting.municipality_id, display_name=name)
        Attendance.objects.create(
            municipality_id=meeting.municipality_id, meeting=meeting, participant=newcomer, was_present=True
        )


def _hold(meeting: Meeting) -> None:
    check(MeetingStatus, MEETING_TRANSITIONS, meeting.status, MeetingStatus.HELD)
    meeting.status = MeetingStatus.HELD
    meeting.save(update_fields=["status", "changed_at"])


@transaction.atomic
def write_minutes(*, meeting: Meeting, minutes: str, publish: bool, by: User) -> Meeting:
    """Keep the minutes, and with ``publish`` show them to who may see the meeting.

    Who was there or said to come hears it, at the first publishing only. Minutes that are published stay so.
    Refused (``MeetingRefused``): before the meeting begins, when it was cancelled, and publishing nothing.
    """
    meeting = lock(meeting)
    if meeting.is_cancelled or not meeting.has_begun:
        raise MeetingRefused(_("Minutes can be written once the meeting has begun."))
    meeting.minutes = minutes.strip()
    if (publish or meeting.minutes_are_public) and not meeting.minutes:
        raise MeetingRefused(_("There are no minutes yet. Write them first."), field="minutes")
    is_first = publish and not meeting.minutes_are_public
    if is_first:
        meeting.minutes_published_at = timezone.now()
    meeting.save()
    verb = "minutes_published" if is_first else "minutes_kept"
    activities.record(verb=verb, target=meeting, by=by, is_public=is_first and meeting.is_public)
    if is_first:
        _tell_minutes(meeting)
    return meeting


def _tell_minutes(meeting: Meeting) -> None:
    rows = Attendance.objects.filter(meeting=meeting, participant__email__isnull=False).standing()
    told = rows.filter(was_present=True) | rows.filter(was_present__isnull=True, answer=Answer.YES)
    notify.owe_each(
        key=MINUTES,
        to=[row.participant for row in told.select_related("participant")],
        municipality=meeting.municipality,
        about=meeting,
        delivery_key=f"{MINUTES}:{meeting.pk}",
    )
