"""What pages read about who takes part. The indexes are on ``models.Enrolment`` and ``models.Invitation``."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, F, OuterRef, Q, QuerySet, Subquery, When
from django.utils import timezone

from trajecten.domain.places import with_children
from trajecten.enums import TAKES_PLACE, EnrolmentRole, EnrolmentStatus, InvitationKind
from trajecten.models import Area, Enrolment, Invitation, Participant, Trajectory


@dataclass(frozen=True)
class MemberFilter:
    """What the official asked to see; empty values ask nothing."""

    role: str = ""
    status: str = ""
    origin: str = ""
    area: Area | None = None


@dataclass(frozen=True)
class Counts:
    """People of a trajectory by status, and how many of its places are taken."""

    active: int
    waiting: int
    invited: int
    left: int
    in_places: int


def members(*, trajectory: Trajectory, asked: MemberFilter) -> QuerySet[Enrolment]:
    """The people of a trajectory, who came last first; the waiting list in its order."""
    rows: QuerySet[Enrolment] = Enrolment.objects.filter(trajectory=trajectory).with_names()
    for name in ("role", "status", "origin"):
        if wanted := getattr(asked, name):
            rows = rows.filter(**{name: wanted})
    if asked.area:
        rows = rows.filter(participant__home_area__in=with_children(asked.area))
    if asked.status == EnrolmentStatus.WAITING:
        return rows.order_by("waiting_since", "id")
    return rows.order_by("-id")


def counts(trajectory: Trajectory) -> Counts:
    """Counts in one statement."""
    status = EnrolmentStatus
    active = Q(status=status.ACTIVE)
    counted = Enrolment.objects.filter(trajectory=trajectory).aggregate(
        active=Count("id", filter=active),
        waiting=Count("id", filter=Q(status=status.WAITING)),
        invited=Count("id", filter=Q(status=status.INVITED)),
        left=Count("id", filter=Q(status=status.LEFT)),
        in_places=Count("id", filter=active & Q(role__in=TAKES_PLACE)),
    )
    return Counts(**counted)


def place_in_line(enrolment: Enrolment) -> int:
    """How many wait before this one, and one; 0 for who does not wait."""
    if enrolment.status != EnrolmentStatus.WAITING:
        return 0
    same = Q(waiting_since=enrolment.waiting_since, pk__lt=enrolment.pk)
    before = Enrolment.objects.filter(trajectory_id=enrolment.trajectory_id).waiting()
    return before.filter(Q(waiting_since__lt=enrolment.waiting_since) | same).count() + 1


def of_participant(participant: Participant) -> QuerySet[Enrolment]:
    """What somebody takes part in, waits for or is invited to, the newest first."""
    rows: QuerySet[Enrolment] = Enrolment.objects.filter(participant=participant)
    return rows.exclude(status=EnrolmentStatus.LEFT).select_related("trajectory").order_by("-id")


def with_invitation(rows: QuerySet[Enrolment]) -> QuerySet[Any]:
    """Each with the personal invitation that still waits for an answer: ``invited_by`` (its code), ``invited_at`` and
    ``invited_until``, None where there is none.
    """
    valid = Invitation.objects.filter(
        trajectory=OuterRef("trajectory"),
        participant=OuterRef("participant"),
        revoked_at__isnull=True,
        expires_at__gt=timezone.now(),
    )
    is_invited = Q(status=EnrolmentStatus.INVITED)
    parts = {"invited_by": "code", "invited_at": "created_at", "invited_until": "expires_at"}
    return rows.annotate(
        **{name: Case(When(is_invited, then=Subquery(valid.values(of)[:1]))) for name, of in parts.items()}
    )


def names(trajectory: Trajectory) -> QuerySet[Enrolment]:
    """Everybody who takes part, by role and name: for who leads the group."""
    rows: QuerySet[Enrolment] = Enrolment.objects.filter(trajectory=trajectory).active()
    return rows.select_related("participant").order_by("role", F("participant__display_name"), "id")


def leads(enrolment: Enrolment) -> bool:
    """Whether this person may see the names of the group."""
    return enrolment.status == EnrolmentStatus.ACTIVE and enrolment.role == EnrolmentRole.FACILITATOR


def posters(trajectory: Trajectory) -> QuerySet[Invitation]:
    """The codes of a trajectory, the newest first."""
    return Invitation.objects.filter(trajectory=trajectory, kind=InvitationKind.POSTER).order_by("-id")
