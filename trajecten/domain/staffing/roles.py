"""The roles of officials: changing them, and taking all of them away at once.

A municipality always keeps a coordinator who can sign in: nobody else could let one in.
"""

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from trajecten import registry
from trajecten.domain import activities
from trajecten.domain.staffing import people
from trajecten.domain.staffing.refusals import StaffRefused
from trajecten.enums import Role
from trajecten.models import Municipality, StaffInvitation, StaffRole, Team, User


@transaction.atomic
def choose(*, official: User, municipality: Municipality, roles: Collection[str], by: User) -> None:
    """Give these roles and no others. Refused (``StaffRefused``) for the last coordinator, without any role (that is
    ``revoke``, which hands over the work), and for who could not do what lies with them any more."""
    if not roles:
        raise StaffRefused(
            _("Choose at least one role. Does somebody stop? Use the button below."), field="roles"
        )
    if Role.COORDINATOR not in roles:
        _check_others_coordinate(official, municipality)
    if not people.ANSWERING & set(roles) and any(work.needs_owner for work, _n in open_work(official)):
        raise StaffRefused(
            _(
                "There is open work that only handlers and coordinators can do. Give it to somebody else first."
            ),
            field="roles",
        )
    mine = StaffRole.objects.filter(user=official, municipality=municipality)
    before = set(mine.values_list("role", flat=True))
    mine.exclude(role__in=roles).delete()
    for role in set(roles) - before:
        StaffRole.objects.get_or_create(user=official, municipality=municipality, role=role)
    if set(roles) != before:
        details = {"user": official.pk, "from": sorted(before), "to": sorted(roles)}
        activities.record(verb="staff_roles_changed", target=municipality, by=by, details=details)


@transaction.atomic
def revoke(*, official: User, municipality: Municipality, by: User, to: User | None = None) -> None:
    """Take away every role and team here, hand over the open work, and end every session of the account, at once.

    Refused (``StaffRefused``): for the last coordinator; without ``to`` while there is work that can't be nobody's;
    and with a ``to`` who answers nobody here, such as a clerk. Where nothing is left to take away, nothing changes.
    """
    _check_others_coordinate(official, municipality)
    _check_successor(official, municipality, to)
    roles = StaffRole.objects.filter(user=official, municipality=municipality)
    before = sorted(roles.values_list("role", flat=True))
    for work in registry.open_work():
        if work.count(official):
            work.hand_over(official, to=to, by=by)
    roles.delete()
    for team in Team.objects.filter(members=official):
        team.members.remove(official)
    waiting = StaffInvitation.objects.filter(
        user=official, accepted_at__isnull=True, withdrawn_at__isnull=True
    )
    waiting.update(withdrawn_at=timezone.now())
    _end_sessions(official)
    if before:
        details = {"user": official.pk, "from": before}
        activities.record(verb="staff_revoked", target=municipality, by=by, details=details)


def open_work(official: User) -> list[tuple[registry.OpenWork, int]]:
    """What lies with this official here, and how much; what is nothing is left out."""
    counted = [(work, work.count(official)) for work in registry.open_work()]
    return [(work, n) for work, n in counted if n]


def _check_others_coordinate(official: User, municipality: Municipality) -> None:
    """The coordinators are locked, so that two who take away each other's role at once don't both succeed."""
    coordinators = StaffRole.objects.select_for_update(of=("self",)).filter(
        municipality=municipality, role=Role.COORDINATOR, user__is_active=True
    )
    people = {role.user_id for role in coordinators}
    if people == {official.pk}:
        raise StaffRefused(
            _(
                "This is the only coordinator. Invite another one first: without a coordinator nobody can let "
                "people in."
            )
        )


def _check_successor(official: User, municipality: Municipality, to: User | None) -> None:
    if to is None:
        if any(work.needs_owner for work, _count in open_work(official)):
            raise StaffRefused(_("Choose who takes over the open work."), field="to")
        return
    if to == official or not people.answering_here(municipality).filter(pk=to.pk).exists():
        raise StaffRefused(_("This person does not work here (any more)."), field="to")


def _end_sessions(official: User) -> None:
    """Every session holds a hash of the password field; another one there ends them all."""
    official.set_unusable_password()
    official.save(update_fields=["password"])
