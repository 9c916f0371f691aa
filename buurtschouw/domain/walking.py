"""Who walks along: coming in on the day, and what a walker sends from the phone."""

import uuid
from collections.abc import Callable
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.contrib.gis.geos import Point
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from buurtschouw.domain import intake, questions
from buurtschouw.domain.questions import Said
from buurtschouw.enums import ReportOrigin
from buurtschouw.method import REPORT
from buurtschouw.models import Category, Schouw, Stop
from trajecten.domain import participants
from trajecten.domain.enrolment import joining, room
from trajecten.domain.enrolment.refusals import EnrolmentRefused
from trajecten.enums import EnrolmentStatus, ParticipantKind
from trajecten.models import Enrolment, User
from trajecten.rules import is_official


def why_nobody_joins(schouw: Schouw) -> str:
    """Why one can't come in to walk along now, and what one can do instead; empty when one can."""
    if schouw.trajectory.allows(REPORT):
        return ""
    if not schouw.is_to_be_walked:
        return _("This walk is over. You can still look at what was seen, and at what is done with it.")
    if schouw.walk_at is None:
        return _("The date of this walk is not known yet. You can walk along when it has begun.")
    day = date_format(timezone.localtime(schouw.walk_at), "j F")
    return _("This walk has not begun yet. It is on %(day)s; then you can come in here.") % {"day": day}


def is_full(*, schouw: Schouw, user: User | AnonymousUser) -> bool:
    """Whether who comes in now goes on the waiting list: all places are taken, and this user has none."""
    if room.free(schouw.trajectory) != 0:
        return False
    rows = Enrolment.objects.filter(trajectory_id=schouw.trajectory_id, status__in=joining.INSIDE)
    return not (user.is_authenticated and rows.filter(participant__user=user).exists())


def join(*, schouw: Schouw, user: User) -> Enrolment:
    """Let somebody with an account walk along. Refused (``EnrolmentRefused``) as ``why_nobody_joins`` says.

    Who takes part already stays as they are, whatever the step.
    """
    participant = participants.of_user(municipality=schouw.municipality, user=user)
    rows = Enrolment.objects.filter(trajectory_id=schouw.trajectory_id, participant=participant)
    inside = rows.filter(status__in=joining.INSIDE).first()
    if inside:
        return inside
    _check_open(schouw)
    works_here = is_official(user, schouw) and participant.kind == ParticipantKind.RESIDENT
    about = joining.Introduction(kind=ParticipantKind.OFFICIAL if works_here else "")
    return joining.turn_up(trajectory=schouw.trajectory, participant=participant, about=about)


def join_as_guest(*, schouw: Schouw, key: uuid.UUID, name: str, email: str, language: str) -> Enrolment:
    """Let somebody without an account walk along, by a name and if they like an address. Refused as ``join``."""
    _check_open(schouw)
    return joining.turn_up_as_guest(
        trajectory=schouw.trajectory,
        key=key,
        email=email,
        language=language,
        about=joining.Introduction(display_name=name),
    )


def _check_open(schouw: Schouw) -> None:
    closed = why_nobody_joins(schouw)
    if closed:
        raise EnrolmentRefused(closed, code="closed")


def why_not_theirs(walker: Enrolment, seen_at: datetime) -> str:
    """Why this person did not see it as somebody who takes part; empty when they did.

    What was seen before somebody stopped counts, also when it is sent after it. Who is on a waiting list and walks
    along all the same, walks along.
    """
    if walker.status != EnrolmentStatus.LEFT or (walker.left_at and seen_at <= walker.left_at):
        return ""
    return _("You don't take part in this walk any more. Come in again to send this.")


def observe(
    *,
    walker: Enrolment,
    schouw: Schouw,
    key: uuid.UUID,
    kind: str,
    category: Category,
    text: str,
    observed_at: datetime,
    point: Point | None = None,
    accuracy: int | None = None,
    address: str = "",
    said: Said = questions.NOTHING,
    stop: Stop | None = None,
    handed_in_by: User | None = None,
    may_send: Callable[[], None] | None = None,
) -> intake.Received:
    """Take in what a walker saw, as ``intake.receive`` does and refuses.

    ``handed_in_by`` is the official who reads it from the walker's file, for which there is no term.
    """
    elsewhere = why_not_theirs(walker, observed_at)
    if elsewhere and not intake.is_known(schouw=schouw, key=key):
        raise intake.IntakeRefused(elsewhere)
    return intake.receive(
        schouw=schouw,
        key=key,
        kind=kind,
        category=category,
        text=text,
        observed_at=observed_at,
        point=point,
        accuracy=accuracy,
        address=address,
        said=said,
        stop=stop,
        origin=ReportOrigin.WALK,
        author=walker.participant,
        by_official=handed_in_by is not None,
        may_send=may_send,
    )
