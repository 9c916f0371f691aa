"""Lists of meetings, and counts of who comes."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from trajecten.enums import Answer, MeetingStatus
from trajecten.models import Attendance, Meeting, Participant, Trajectory, User


@dataclass(frozen=True)
class Coming:
    """How many people said what, and how many were asked."""

    yes: int
    maybe: int
    no: int
    asked: int
    present: int

    @property
    def silent(self) -> int:
        return self.asked - self.yes - self.maybe - self.no


def coming(meeting: Meeting) -> Coming:
    """Counts in one statement."""
    counted = Attendance.objects.filter(meeting=meeting).aggregate(
        **{value: Count("id", filter=Q(answer=value)) for value in Answer.values},
        asked=Count("id"),
        present=Count("id", filter=Q(was_present=True)),
    )
    return Coming(**counted)


def with_counts(rows: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """Each with ``yes_count`` and ``asked_count``."""
    return rows.annotate(
        yes_count=Count("attendances", filter=Q(attendances__answer=Answer.YES)),
        asked_count=Count("attendances"),
    )


def visible_to(participant: Participant | None) -> QuerySet[Meeting]:
    """Meetings that this visitor may see: those for everybody, and those they are invited to."""
    if participant is None:
        return Meeting.objects.filter(is_public=True)
    mine = Attendance.objects.filter(meeting=OuterRef("pk"), participant=participant).standing()
    return Meeting.objects.filter(Q(is_public=True) | Exists(mine))


def listed(rows: QuerySet[Meeting], *, past: bool = False) -> QuerySet[Meeting]:
    """Those still to come, the next one first; or those that are over, the last one first."""
    now = timezone.now()
    rows = rows.select_related("trajectory")
    if past:
        return rows.filter(ends_at__lt=now).order_by("-starts_at", "-id")
    return rows.filter(ends_at__gte=now).order_by("starts_at", "id")


def of_participant(participant: Participant) -> QuerySet[Meeting]:
    """Meetings for this person's calendar: those they are invited to and did not say no to."""
    mine = Attendance.objects.filter(meeting=OuterRef("pk"), participant=participant).standing()
    found: QuerySet[Meeting] = Meeting.objects.filter(Exists(mine.exclude(answer=Answer.NO))).select_related(
        "trajectory", "municipality"
    )
    return found.defer("municipality__boundary")


def next_of(participant: Participant) -> QuerySet[Any]:
    """The meetings of this person that are still to come, the next one first, each with their ``own_answer``."""
    own = Attendance.objects.filter(meeting=OuterRef("pk"), participant=participant)
    return listed(of_participant(participant)).annotate(own_answer=Subquery(own.values("answer")[:1]))


def lists_to_come(participant: Participant, trajectory: Trajectory) -> QuerySet[Attendance]:
    """Where this person is on the list of a meeting of the trajectory that takes answers, the next one first."""
    coming = Meeting.objects.filter(answerable(), trajectory=trajectory)
    rows: QuerySet[Attendance] = Attendance.objects.filter(meeting__in=coming, participant=participant)
    return rows.select_related("meeting", "participant").order_by("meeting__starts_at", "meeting_id")


def answerable() -> Q:
    """Which meetings take answers, as ``Meeting.takes_answers`` says of one."""
    return Q(status=MeetingStatus.PLANNED, starts_at__gt=timezone.now())


def of_adviser(adviser: User) -> QuerySet[Meeting]:
    """Meetings of the trajectories that this adviser guides. Call it without a scope for all municipalities."""
    rows: QuerySet[Meeting] = Meeting.objects.filter(trajectory__adviser=adviser)
    return rows.select_related("trajectory", "municipality").defer("municipality__boundary")
