"""Reminders of meetings: a week and a day before.

What a run of beat that was missed should have sent, the next run sends, as long as the meeting has not begun and no
later reminder is due. Nobody gets one twice, and who was told of the meeting after the moment of a reminder gets none.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django_scopes import scope, scopes_disabled

from trajecten.domain.telling import notify
from trajecten.enums import Answer, MeetingStatus
from trajecten.models import Attendance, Meeting

REMINDER = "trajecten.meeting_reminder"
# The name of each reminder, and how long before the beginning it is due; the longest first.
REMINDERS = {"week": timedelta(days=7), "day": timedelta(days=1)}


def remind() -> int:
    """Owe the reminders that are due now. Returns how many."""
    now = timezone.now()
    with scopes_disabled():
        found = Meeting.objects.filter(
            status=MeetingStatus.PLANNED, starts_at__gt=now, starts_at__lte=now + max(REMINDERS.values())
        )
        meetings = list(found.select_related("municipality").defer("municipality__boundary"))
    return sum(_remind_of(meeting, now) for meeting in meetings)


def _remind_of(meeting: Meeting, now: datetime) -> int:
    name, due_at = _latest_due(meeting, now)
    if meeting.moved_at >= due_at:
        return 0
    with scope(municipality=meeting.municipality):
        return sum(_owe(meeting, name, due_at, batch) for batch in _batches(meeting, due_at))


def _latest_due(meeting: Meeting, now: datetime) -> tuple[str, datetime]:
    """The reminder whose moment passed last, and that moment."""
    due = [(name, meeting.starts_at - before) for name, before in REMINDERS.items()]
    return max((found for found in due if found[1] <= now), key=lambda found: found[1])


def _waiting(meeting: Meeting, due_at: datetime) -> QuerySet[Attendance]:
    """Who is to be reminded: invited before its moment, did not say no or leave, and was not reminded since."""
    rows: QuerySet[Attendance] = Attendance.objects.filter(
        Q(reminded_at__isnull=True) | Q(reminded_at__lt=due_at),
        meeting=meeting,
        created_at__lt=due_at,
        participant__email__isnull=False,
    ).standing()
    return rows.exclude(answer=Answer.NO)


def _batches(meeting: Meeting, due_at: datetime) -> Iterator[list[int]]:
    keys = list(_waiting(meeting, due_at).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), notify.MANY):
        yield keys[start : start + notify.MANY]


@transaction.atomic
def _owe(meeting: Meeting, name: str, due_at: datetime, keys: list[int]) -> int:
    """A batch in one transaction, its rows locked: another worker waits, and then finds them reminded."""
    waiting = _waiting(meeting, due_at).filter(pk__in=keys).select_related("participant")
    rows = list(waiting.select_for_update(of=("self",)))
    day = timezone.localdate(meeting.starts_at)
    notify.owe_each(
        key=REMINDER,
        to=[row.participant for row in rows],
        municipality=meeting.municipality,
        about=meeting,
        delivery_key=f"{REMINDER}:{meeting.pk}:{name}:{day}",
    )
    Attendance.objects.filter(pk__in=[row.pk for row in rows]).update(reminded_at=timezone.now())
    return len(rows)
