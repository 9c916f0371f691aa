"""From the gatherings of a proposal to meetings: planned when it is accepted, or afterwards by hand."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from trajecten.domain.meetings import planning
from trajecten.domain.meetings.planning import Plan
from trajecten.domain.meetings.refusals import MeetingRefused
from trajecten.domain.proposals import queries
from trajecten.models import Participant, ProposalSession, Trajectory, User

# A proposal says when a gathering begins, not when it ends.
LASTS = timedelta(hours=2)


def plan_all(
    *, trajectory: Trajectory, sessions: Iterable[ProposalSession], by: User | Participant | None
) -> None:
    """Plan each gathering that has its day, time and place and is still to come; the others stay ``to_plan``.

    Nobody is invited, and only who is invited sees them, until somebody of staff decides otherwise.
    """
    for session in sessions:
        plan = plan_of(session)
        if plan is None or plan.starts_at <= timezone.now():
            continue
        try:
            planning.plan(trajectory=trajectory, plan=plan, by=by, session=session)
        except MeetingRefused:
            continue


def plan_of(session: ProposalSession) -> Plan | None:
    """The gathering as a plan of two hours; None as long as it has no day or no time."""
    if session.day is None or session.begins is None:
        return None
    begins = timezone.make_aware(datetime.combine(session.day, session.begins))
    return Plan(
        title=session.title,
        starts_at=begins,
        ends_at=begins + LASTS,
        place=session.place,
        is_public=False,
    )


def to_plan(trajectory: Trajectory) -> QuerySet[ProposalSession]:
    """The gatherings of the accepted proposal that are no meeting yet, in order of time."""
    return queries.sessions_of(trajectory).filter(meeting__isnull=True)
