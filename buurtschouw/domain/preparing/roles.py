"""Who leads the walk, writes down, takes the photos and keeps the time; and who walk along for the municipality."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from buurtschouw.domain.preparing.locking import lock_to_prepare
from buurtschouw.domain.preparing.refusals import PreparationRefused
from buurtschouw.enums import Duty
from buurtschouw.method import METHOD
from buurtschouw.models import Schouw, WalkRole
from trajecten.domain import activities
from trajecten.enums import EnrolmentRole, EnrolmentStatus, ParticipantKind
from trajecten.models import Enrolment, Participant, User

# Who walk along for the municipality, or decide for it.
IN_OFFICE = (ParticipantKind.OFFICIAL, ParticipantKind.COUNCILLOR, ParticipantKind.EXECUTIVE)

# Who prepare the walk.
PREPARE = (EnrolmentRole.FACILITATOR, EnrolmentRole.CORE_GROUP)


@dataclass(frozen=True)
class Filled:
    """A duty, with those who have it; none while nobody does."""

    duty: Duty
    rows: tuple[WalkRole, ...]


def filled(schouw: Schouw) -> list[Filled]:
    """Each duty with who takes part and has it; who left the trajectory since is not named any more."""
    inside = Enrolment.objects.filter(trajectory=schouw.trajectory_id).active().values("participant")
    rows = WalkRole.objects.filter(schouw=schouw, participant__in=inside).select_related("participant")
    found = list(rows.order_by("id"))
    return [Filled(duty, tuple(row for row in found if row.duty == duty)) for duty in Duty]


def in_office(schouw: Schouw) -> QuerySet[Enrolment]:
    """The officials, councillors and members of the executive who take part, by name."""
    rows = Enrolment.objects.filter(trajectory=schouw.trajectory_id, participant__kind__in=IN_OFFICE)
    found: QuerySet[Enrolment] = rows.active().select_related("participant")
    return found.order_by("participant__kind", "participant__display_name", "id")


def residents_of_core_group(schouw: Schouw) -> int:
    """How many of the core group are there for themselves, and not for the municipality."""
    core = Enrolment.objects.filter(trajectory=schouw.trajectory_id, role__in=PREPARE).active()
    return core.exclude(participant__kind__in=IN_OFFICE).count()


def prepares(enrolment: Enrolment) -> bool:
    """Whether this is of somebody who prepares a walk: in its core group, or leading the group, and there now."""
    is_there = enrolment.status == EnrolmentStatus.ACTIVE and enrolment.role in PREPARE
    return is_there and enrolment.trajectory.method_key == METHOD.key


def own_token(schouw: Schouw, user: User | AnonymousUser) -> str:
    """What opens the preparation for this user, who is in the core group; empty for others."""
    if not user.is_authenticated:
        return ""
    core = Enrolment.objects.filter(trajectory=schouw.trajectory_id, role__in=PREPARE).active()
    return core.filter(participant__user=user).values_list("token", flat=True).first() or ""


def missing(found: Iterable[Filled]) -> list[Duty]:
    """The duties that nobody has yet."""
    return [each.duty for each in found if not each.rows]


@transaction.atomic
def give(*, schouw: Schouw, participant: Participant, duty: str, by: User) -> WalkRole:
    """Give somebody a duty; who has it already keeps it.

    Refused (``PreparationRefused``): who does not take part in the walk, and when the open step does not allow to
    prepare.
    """
    locked = lock_to_prepare(schouw)
    inside = Enrolment.objects.filter(trajectory=locked.trajectory_id, participant=participant).active()
    if not inside.exists():
        raise PreparationRefused(_("This person does not take part in the walk."), field="participant")
    role, is_new = WalkRole.objects.get_or_create(
        schouw=locked,
        participant=participant,
        duty=Duty(duty).value,
        defaults={"municipality_id": locked.municipality_id},
    )
    if is_new:
        activities.record(verb="role_given", target=locked.trajectory, by=by, details={"duty": role.duty})
    return role


@transaction.atomic
def take_back(*, role: WalkRole, by: User) -> None:
    """Take a duty from somebody; again is harmless. Refused as ``give`` for the open step."""
    locked = lock_to_prepare(role.schouw)
    gone, _rows = WalkRole.objects.filter(pk=role.pk).delete()
    if gone:
        activities.record(verb="role_taken", target=locked.trajectory, by=by, details={"duty": role.duty})
