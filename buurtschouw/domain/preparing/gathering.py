"""The walk as a meeting of the core: people are invited to it, answer, are reminded and are ticked off as to any other.

The walk's own plan leads. Whoever changes or calls off the meeting on its own page changes the walk along (``follow``).
Locks are taken in one order: trajectory, meeting, walk.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtschouw.domain.preparing.refusals import PreparationRefused
from buurtschouw.models import Schouw
from trajecten.domain.meetings import inviting, planning
from trajecten.domain.meetings.planning import Plan
from trajecten.models import Attendance, Meeting, Trajectory, User

# How long a walk takes in calendars, until somebody says otherwise on the page of the meeting.
LASTS = timedelta(hours=2)


def keep_in_step(*, schouw: Schouw, by: User) -> Meeting | None:
    """Let the meeting say what the walk says; the row of the walk still has to be saved by the caller.

    A walk to come with a date and a place has a meeting; who follows the trajectory hears of it, and who was invited
    hears of another date or place. Without a date the meeting is cancelled; a new date makes a new one, to which the
    same people are invited. A place that is taken away stays what people were told last. A meeting that was held, or
    whose time has passed, stays as it is. Call it in the transaction of the change, with the trajectory locked.
    Refused (``MeetingRefused``): a time that does not exist.
    """
    meeting = schouw.meeting
    if meeting is not None and meeting.is_planned:
        _change(meeting, schouw, by)
    elif _can_be_planned(schouw) and (meeting is None or meeting.is_cancelled):
        schouw.meeting = _plan(schouw, by)
        if meeting is not None:
            invited = inviting.invited(meeting)
            inviting.invite(meeting=schouw.meeting, participants=invited, by=by)
    return schouw.meeting


def _can_be_planned(schouw: Schouw) -> bool:
    has_place = bool(schouw.meeting_point.strip())
    return schouw.walk_at is not None and schouw.walk_at > timezone.now() and has_place


def _plan(schouw: Schouw, by: User) -> Meeting:
    assert schouw.walk_at is not None  # noqa: S101
    plan = Plan(
        title=schouw.trajectory.title,
        starts_at=schouw.walk_at,
        ends_at=schouw.walk_at + LASTS,
        place=schouw.meeting_point.strip(),
    )
    return planning.plan(trajectory=schouw.trajectory, plan=plan, by=by)


def _change(meeting: Meeting, schouw: Schouw, by: User) -> None:
    if schouw.walk_at is None:
        if not meeting.has_begun:
            planning.cancel(meeting=meeting, reason=_("The date of the walk is not known yet."), by=by)
        return
    plan = Plan(
        title=schouw.trajectory.title,
        starts_at=schouw.walk_at,
        ends_at=_end(meeting, schouw.walk_at),
        place=schouw.meeting_point.strip() or meeting.place,
        link=meeting.link,
        agenda=meeting.agenda,
        is_public=meeting.is_public,
    )
    if plan.moves(meeting) or plan.title != meeting.title:
        planning.change(meeting=meeting, plan=plan, by=by)


def _end(meeting: Meeting, starts_at: datetime) -> datetime:
    return starts_at + (meeting.ends_at - meeting.starts_at)


@transaction.atomic
def ensure(*, schouw: Schouw, by: User) -> Meeting:
    """The meeting of the walk, made now where it has none: of a walk that was planned before walks were meetings.

    Refused (``PreparationRefused``) as long as date or place are not known, and when the walk has been.
    """
    trajectory = Trajectory.objects.select_for_update().get(pk=schouw.trajectory_id)
    found: Schouw = Schouw.objects.select_related("meeting").get(pk=schouw.pk)
    found.trajectory = trajectory
    before = found.meeting
    meeting = keep_in_step(schouw=found, by=by)
    if meeting is None or meeting.is_cancelled:
        raise PreparationRefused(
            _(
                "People can be invited once the date and the meeting point are known, and until the walk begins."
            )
        )
    if meeting != before:
        found.save(update_fields=["meeting"])
    return meeting


def invite_everybody(*, schouw: Schouw, by: User) -> int:
    """Invite who takes part, also who comes in later. Returns how many were not invited before.

    Refused as ``ensure``, and (``MeetingRefused``) once the walk has begun.
    """
    return inviting.invite_everybody(meeting=ensure(schouw=schouw, by=by), by=by)


def follow(meeting: Meeting, by: User) -> None:
    """Let the walk follow its meeting, which was changed or called off on its own page."""
    walk_at = None if meeting.is_cancelled else meeting.starts_at
    Schouw.objects.filter(meeting=meeting).update(walk_at=walk_at)
    if not meeting.is_cancelled:
        Schouw.objects.filter(meeting=meeting).exclude(meeting_point="").update(
            meeting_point=meeting.place[:160]
        )


def who_comes(meeting: Meeting) -> QuerySet[Attendance]:
    """Everybody who is invited, who said yes first and who has not answered last; by name."""
    rows: QuerySet[Attendance] = Attendance.objects.filter(meeting=meeting).standing()
    return rows.select_related("participant").order_by("-answered_at", "id")
