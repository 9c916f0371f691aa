"""Meetings: planning them, asking people, and hearing from them whether they come."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core import signing
from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from trajecten.domain import activities, news, notify, participants
from trajecten.enums import MEETING_TRANSITIONS, Answer, MeetingStatus
from trajecten.models import Attendance, Enrolment, Meeting, Municipality, Participant, Trajectory, User
from trajecten.transitions import check

INVITED = "trajecten.meeting_invited"
CHANGED = "trajecten.meeting_changed"
CANCELLED = "trajecten.meeting_cancelled"
LONGEST = timedelta(days=3)
SIGNER = signing.Signer(salt="trajecten.meetings", sep=".")


class MeetingRefused(Exception):
    """What was asked of a meeting can't be done; ``field`` is the field of the form that it is about."""

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class NoSuchLink(Exception):
    """The secret link was not made here, or whom or what it is about is gone."""


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
        """Refuse an end before the begin, a meeting of more than three days, and one that is nowhere."""
        if self.ends_at <= self.starts_at:
            raise MeetingRefused(_("The meeting ends before it begins."), field="ends")
        if self.ends_at - self.starts_at > LONGEST:
            raise MeetingRefused(_("This is longer than three days. Is the date right?"), field="ends")
        if not self.place.strip() and not self.link:
            raise MeetingRefused(_("Fill in where it is, or a link to come along online."), field="place")

    def moves(self, meeting: Meeting) -> bool:
        """Whether who comes has to know of it: another time, place or link."""
        names = ("starts_at", "ends_at", "place", "link")
        return any(getattr(self, name) != getattr(meeting, name) for name in names)


@transaction.atomic
def plan(*, trajectory: Trajectory, plan: Plan, by: User) -> Meeting:
    """Make a meeting of the trajectory, and tell its followers if everybody may come.

    Refused: what ``Plan.check`` refuses.
    """
    plan.check()
    meeting = Meeting.objects.create(
        municipality_id=trajectory.municipality_id, trajectory=trajectory, **vars(plan)
    )
    activities.record(verb="meeting_planned", target=meeting, by=by, is_public=plan.is_public)
    news.of_meeting(meeting)
    return meeting


@transaction.atomic
def change(*, meeting: Meeting, plan: Plan, by: User) -> Meeting:
    """Change the plan; who did not say no hears it when time, place or link became other ones, and followers of the
    trajectory when everybody may come from now on.

    Refused (``MeetingRefused``): what ``Plan.check`` refuses, and any change once it was held or cancelled.
    """
    plan.check()
    meeting = lock(meeting)
    if not meeting.is_planned:
        raise MeetingRefused(_("This meeting is over or cancelled, so its plan can't be changed any more."))
    is_moved, was_public = plan.moves(meeting), meeting.is_public
    for name, value in vars(plan).items():
        setattr(meeting, name, value)
    meeting.sequence += 1
    if is_moved:
        meeting.moved_at = timezone.now()
    meeting.save()
    activities.record(verb="meeting_changed", target=meeting, by=by, is_public=meeting.is_public)
    if is_moved:
        _tell_who_comes(CHANGED, meeting)
    if not was_public:
        news.of_meeting(meeting)
    return meeting


@transaction.atomic
def cancel(*, meeting: Meeting, reason: str, by: User) -> Meeting:
    """Call the meeting off and tell everybody who did not say no, with the reason.

    Raises ``MeetingRefused`` without a reason, ``TransitionRefused`` when it was held or cancelled already.
    """
    if not reason.strip():
        raise MeetingRefused(_("Write down why it is cancelled: who would come reads this."), field="reason")
    meeting = lock(meeting)
    check(MeetingStatus, MEETING_TRANSITIONS, meeting.status, MeetingStatus.CANCELLED)
    meeting.status, meeting.reason = MeetingStatus.CANCELLED, reason.strip()
    meeting.sequence += 1
    meeting.save()
    activities.record(verb="meeting_cancelled", target=meeting, by=by, is_public=meeting.is_public)
    _tell_who_comes(CANCELLED, meeting)
    return meeting


def lock(meeting: Meeting) -> Meeting:
    """The newest row, locked until the transaction ends."""
    rows = Meeting.objects.select_for_update(of=("self",)).select_related("municipality", "trajectory")
    found: Meeting = rows.defer("municipality__boundary").get(pk=meeting.pk)
    return found


def _tell_who_comes(key: str, meeting: Meeting) -> None:
    """Once per change: the delivery key has the number of the change."""
    told = Participant.objects.filter(
        Exists(
            Attendance.objects.filter(meeting=meeting, participant=OuterRef("pk")).exclude(answer=Answer.NO)
        ),
        email__isnull=False,
    )
    notify.owe_each(
        key=key,
        to=told.iterator(),
        municipality=meeting.municipality,
        about=meeting,
        delivery_key=f"{key}:{meeting.pk}:{meeting.sequence}",
    )


# -- Who is asked, and what they say ---------------------------------------------------------------------------


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


@transaction.atomic
def invite(*, meeting: Meeting, participants: Iterable[Participant], by: User) -> int:
    """Ask these people to come, and mail those with an address. Returns how many were not invited before.

    Inviting again changes nothing and mails nobody twice. Refused (``MeetingRefused``): once it has begun or was
    cancelled, and people of another municipality.
    """
    meeting = lock(meeting)
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
    _add(meeting, new)
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


def _add(meeting: Meeting, people: Iterable[Participant]) -> None:
    rows = [
        Attendance(municipality_id=meeting.municipality_id, meeting=meeting, participant=participant)
        for participant in people
    ]
    Attendance.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)


@transaction.atomic
def answer(*, meeting: Meeting, participant: Participant, answer: str, name: str = "") -> Attendance:
    """Note whether somebody comes; it can be changed until the meeting begins, and the same again is no change.

    ``name`` is for the list of this meeting, and is seen by who organises it.

    Refused (``MeetingRefused``): once it has begun or was cancelled, and who is not invited to a meeting that is not
    for everybody.
    """
    meeting = lock(meeting)
    if meeting.is_cancelled:
        raise MeetingRefused(_("This meeting is cancelled, so you need not answer any more."))
    if not meeting.takes_answers:
        raise MeetingRefused(
            _("This meeting has begun or is over, so your answer can't be changed any more.")
        )
    if not meeting.is_public and not invited(meeting).filter(pk=participant.pk).exists():
        raise MeetingRefused(_("You are not invited to this meeting."))
    _add(meeting, [participant])
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
    try:
        number, of = SIGNER.unsign_object(token)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise NoSuchLink from error
    if number != meeting.pk:
        raise NoSuchLink
    here = invited(meeting)
    found = here.filter(pk=of).first() or here.filter(pk=participants.merged_into(of) or 0).first()
    if found is None:
        raise NoSuchLink
    return found


# -- What pages show -------------------------------------------------------------------------------------------


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
    mine = Attendance.objects.filter(meeting=OuterRef("pk"), participant=participant)
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
    mine = Attendance.objects.filter(meeting=OuterRef("pk"), participant=participant).exclude(
        answer=Answer.NO
    )
    found: QuerySet[Meeting] = Meeting.objects.filter(Exists(mine)).select_related(
        "trajectory", "municipality"
    )
    return found.defer("municipality__boundary")


def next_of(participant: Participant) -> QuerySet[Any]:
    """The meetings of this person that are still to come, the next one first, each with their ``own_answer``."""
    own = Attendance.objects.filter(meeting=OuterRef("pk"), participant=participant)
    return listed(of_participant(participant)).annotate(own_answer=Subquery(own.values("answer")[:1]))


def answerable() -> Q:
    """Which meetings take answers, as ``Meeting.takes_answers`` says of one."""
    return Q(status=MeetingStatus.PLANNED, starts_at__gt=timezone.now())


def of_adviser(adviser: User) -> QuerySet[Meeting]:
    """Meetings of the trajectories that this adviser guides. Call it without a scope for all municipalities."""
    rows: QuerySet[Meeting] = Meeting.objects.filter(trajectory__adviser=adviser)
    return rows.select_related("trajectory", "municipality").defer("municipality__boundary")


def guests(*, municipality: Municipality, addresses: Iterable[str], language: str) -> list[Participant]:
    """The participants with these addresses, made where there are none."""
    return [
        participants.guest(municipality=municipality, email=address, language=language)
        for address in dict.fromkeys(addresses)
    ]
