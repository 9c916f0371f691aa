"""Who can do a task: the officials of the municipality, the adviser of the walk, and who takes part in it."""

from django.db.models import F
from django.utils.translation import gettext as _

from buurtschouw.domain.preparing.roles import PREPARE
from buurtschouw.domain.preparing.tasks import Owner
from buurtschouw.models import Schouw, WalkTask
from trajecten.models import Enrolment, Participant, User

Row = tuple[str, str, Owner]


def known(schouw: Schouw, task: WalkTask | None = None) -> list[tuple[str, list[Row]]]:
    """Key, name and owner of everybody who can do a task, in groups; with ``task`` also who has it already."""
    core, others = _taking_part(schouw)
    staff = _staff(schouw)
    now = Owner(task.owner, task.owner_participant) if task else Owner()
    if now.user and now.user not in staff:
        staff.append(now.user)
    if now.participant and now.participant not in [*core, *others]:
        others.append(now.participant)
    return [
        (_("Core group"), [_row(Owner(participant=person)) for person in core]),
        (_("Municipality and adviser"), [_row(Owner(user=user)) for user in staff]),
        (_("Others who take part"), [_row(Owner(participant=person)) for person in others]),
    ]


def _staff(schouw: Schouw) -> list[User]:
    officials = User.objects.filter(staff_roles__municipality=schouw.municipality_id, is_active=True)
    found = list(officials.distinct().order_by("name", "pk"))
    adviser = schouw.trajectory.adviser
    return [*found, adviser] if adviser and adviser not in found else found


def _taking_part(schouw: Schouw) -> tuple[list[Participant], list[Participant]]:
    rows = Enrolment.objects.filter(trajectory=schouw.trajectory_id).active().select_related("participant")
    found = list(rows.order_by(F("participant__display_name"), "pk"))
    core = [row.participant for row in found if row.role in PREPARE]
    return core, [
        row.participant for row in found if row.role not in PREPARE and row.participant.display_name
    ]


def _row(owner: Owner) -> Row:
    return key_of(owner), name_of(owner), owner


def key_of(owner: Owner) -> str:
    """How a form names an owner; empty for nobody."""
    if owner.user:
        return f"u{owner.user.pk}"
    return f"p{owner.participant.pk}" if owner.participant else ""


def name_of(owner: Owner) -> str:
    """The name of an owner, never an address; empty for nobody."""
    if owner.user:
        return owner.user.name or _("Somebody of the municipality")
    if owner.participant is None:
        return ""
    return owner.participant.display_name or _("Somebody without a name")
