"""Planning meetings, changing their plan and calling them off."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from trajecten import registry
from trajecten.domain import activities
from trajecten.domain.meetings import locking
from trajecten.domain.meetings.refusals import MeetingRefused
from trajecten.domain.telling import news, notify
from trajecten.enums import MEETING_TRANSITIONS, Answer, MeetingStatus
from trajecten.models import Attendance, Meeting, Participant, ProposalSession, Trajectory, User
from trajecten.transitions import check

CHANGED = "trajecten.meeting_changed"
CANCELLED = "trajecten.meeting_cancelled"
LONGEST = timedelta(days=3)


@dataclass(frozen=True)
class Plan:
    """When and where a meeting is, and what about. ``starts_at`` and ``ends_at`` are moments with a time zone."""

    title: str
    starts_at: datetime
    ends_at: datetime
    place: str = ""
    link: str = ""
    agenda: str = ""
    is_public: bool = True

    def check(self) -> None:
        """Refuse an end before the begin, a meeting of more than three days, and one that is nowhere.

        Refused as well is a time that the clock skips when summer time begins.
        """
        _check_exists(self.starts_at, field="begins")
        _check_exists(self.ends_at, field="ends")
        # In one zone: of two moments in the same zone Python compares what the clock says.
        takes = self.ends_at.astimezone(UTC) - self.starts_at.astimezone(UTC)
        if takes <= timedelta(0):
            raise MeetingRefused(_("The meeting ends before it begins."), field="ends")
        if takes > LONGEST:
            raise MeetingRefused(_("This is longer than three days. Is the date right?"), field="ends")
        if not self.place.strip() and not self.link:
            raise MeetingRefused(_("Fill in where it is, or a link to come along online."), field="place")

    def moves(self, meeting: Meeting) -> bool:
        """Whether who comes has to know of it: another time, place or link."""
        names = ("starts_at", "ends_at", "place", "link")
        return any(getattr(self, name) != getattr(meeting, name) for name in names)


def _check_exists(moment: datetime, *, field: str) -> None:
    """Refuse a time that no clock shows, with the hour that is skipped."""
    real = moment.astimezone(UTC).astimezone(moment.tzinfo)
    if real.replace(tzinfo=None) == moment.replace(tzinfo=None):
        return
    values = {
        "time": f"{moment:%H:%M}",
        "day": date_format(moment, "j F Y"),
        "from": f"{moment:%H}:00",
        "till": f"{real:%H}:00",
    }
    raise MeetingRefused(
        _(
            "%(time)s does not exist on %(day)s: summer time begins, and the clock goes from %(from)s to %(till)s. "
            "Choose another time."
        )
        % values,
        field=field,
    )


@transaction.atomic
def plan(
    *,
    trajectory: Trajectory,
    plan: Plan,
    by: User | Participant | None,
    session: ProposalSession | None = None,
) -> Meeting:
    """Make a meeting of the trajectory, and tell its followers if everybody may come.

    ``session`` is the gathering of the proposal that it is. Refused: what ``Plan.check`` refuses, and a trajectory
    that lies in the archive.
    """
    plan.check()
    if trajectory.is_archived:
        raise MeetingRefused(_("This trajectory lies in the archive. Nothing can be planned in it any more."))
    meeting = Meeting.objects.create(
        municipality_id=trajectory.municipality_id, trajectory=trajectory, session=session, **vars(plan)
    )
    activities.record(verb="meeting_planned", target=meeting, by=by, is_public=plan.is_public)
    news.of_meeting(meeting)
    return meeting


@transaction.atomic
def change(*, meeting: Meeting, plan: Plan, by: User) -> Meeting:
    """Change the plan; who did not say no hears it when time, place or link became other ones, and followers of the
    trajectory when everybody may come from now on.

    Refused (``MeetingRefused``): what ``Plan.check`` refuses, any change once it was held or cancelled, and a moment in
    the past in place of one to come while somebody may come: they would hear nothing.
    """
    plan.check()
    meeting = locking.lock(meeting)
    if not meeting.is_planned:
        raise MeetingRefused(_("This meeting is over or cancelled, so its plan can't be changed any more."))
    _check_not_past(plan, meeting)
    is_moved, was_public = plan.moves(meeting), meeting.is_public
    for name, value in vars(plan).items():
        setattr(meeting, name, value)
    meeting.sequence += 1
    if is_moved:
        meeting.moved_at = timezone.now()
    meeting.save()
    activities.record(verb="meeting_changed", target=meeting, by=by, is_public=meeting.is_public)
    registry.meeting_changed(meeting, by)
    if is_moved:
        _tell_who_comes(CHANGED, meeting)
    if not was_public:
        news.of_meeting(meeting)
    return meeting


def _check_not_past(plan: Plan, meeting: Meeting) -> None:
    if plan.starts_at > timezone.now() or meeting.has_begun or not _may_come(meeting).exists():
        return
    raise MeetingRefused(
        _(
            "This moment has passed, and people were invited for a later one. They would hear nothing. Is the date "
            "right? If it does not go on, call the meeting off on its own page: then they hear why."
        ),
        field="begins",
    )


@transaction.atomic
def cancel(*, meeting: Meeting, reason: str, by: User) -> Meeting:
    """Call the meeting off and tell everybody who did not say no, with the reason.

    Raises ``MeetingRefused`` without a reason, ``TransitionRefused`` when it was held or cancelled already.
    """
    if not reason.strip():
        raise MeetingRefused(_("Write down why it is cancelled: who would come reads this."), field="reason")
    meeting = locking.lock(meeting)
    check(MeetingStatus, MEETING_TRANSITIONS, meeting.status, MeetingStatus.CANCELLED)
    meeting.status, meeting.reason = MeetingStatus.CANCELLED, reason.strip()
    meeting.sequence += 1
    meeting.save()
    activities.record(verb="meeting_cancelled", target=meeting, by=by, is_public=meeting.is_public)
    registry.meeting_changed(meeting, by)
    _tell_who_comes(CANCELLED, meeting)
    return meeting


def _may_come(meeting: Meeting) -> QuerySet[Attendance]:
    rows: QuerySet[Attendance] = (
        Attendance.objects.filter(meeting=meeting).standing().exclude(answer=Answer.NO)
    )
    return rows


def _tell_who_comes(key: str, meeting: Meeting) -> None:
    """Once per change: the delivery key has the number of the change."""
    mine = _may_come(meeting).filter(participant=OuterRef("pk"))
    told = Participant.objects.filter(Exists(mine), email__isnull=False)
    notify.owe_each(
        key=key,
        to=told.iterator(),
        municipality=meeting.municipality,
        about=meeting,
        delivery_key=f"{key}:{meeting.pk}:{meeting.sequence}",
    )
