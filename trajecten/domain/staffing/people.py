"""The people who work for a municipality, as the coordinator sees them."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django_scopes import scopes_disabled

from trajecten.enums import Role
from trajecten.models import Activity, Municipality, StaffInvitation, StaffRole, Team, User

# Who can be given a report to answer or a promise to keep.
ANSWERING = frozenset({Role.HANDLER, Role.COORDINATOR})
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


@dataclass(frozen=True)
class Official:
    """Somebody with a role here. ``seen_at`` is the last signing in or act, None when there was neither."""

    user: User
    roles: tuple[Role, ...]
    teams: tuple[str, ...]
    has_second_factor: bool
    seen_at: datetime | None


def known_here(municipality: Municipality) -> QuerySet[User]:
    """Who works here, or once was invited to: the pages of others are not found."""
    invited = StaffInvitation.objects.filter(municipality=municipality).values("user")
    working = StaffRole.objects.filter(municipality=municipality).values("user")
    return User.objects.filter(Q(pk__in=working) | Q(pk__in=invited))


def working_here(municipality: Municipality) -> QuerySet[User]:
    """Who has a role here and an open account, by name."""
    working = StaffRole.objects.filter(municipality=municipality).values("user")
    return User.objects.filter(pk__in=working, is_active=True).order_by("name", "email")


def answering_here(municipality: Municipality) -> QuerySet[User]:
    """Who can be given a report to answer or a promise to keep: handlers and coordinators, by name."""
    answering = StaffRole.objects.filter(municipality=municipality, role__in=sorted(ANSWERING))
    return User.objects.filter(pk__in=answering.values("user"), is_active=True).order_by("name", "email")


def coordinators(municipality_id: int) -> QuerySet[User]:
    """Who coordinates here and has an open account, each once; what concerns the municipality is told to them."""
    roles = {"staff_roles__municipality": municipality_id, "staff_roles__role": Role.COORDINATOR}
    return User.objects.filter(is_active=True, **roles).distinct().order_by("pk")


def officials(municipality: Municipality) -> list[Official]:
    """Everybody who works here, by name, in a number of queries that does not grow with them."""
    acts = Activity.objects.filter(municipality=municipality, actor_user=OuterRef("pk")).order_by("-at")
    with scopes_disabled():
        users = list(working_here(municipality).annotate(acted_at=Subquery(acts.values("at")[:1])))
    keys = [user.pk for user in users]
    roles: dict[int, list[Role]] = defaultdict(list)
    for user, role in StaffRole.objects.filter(municipality=municipality).values_list("user", "role"):
        roles[user].append(Role(role))
    teams: dict[int, list[str]] = defaultdict(list)
    for user, name in Team.objects.order_by("name").values_list("members", "name"):
        teams[user].append(name)
    safe = set(Authenticator.objects.filter(user__in=keys, type__in=FACTORS).values_list("user", flat=True))
    return [
        Official(
            user=user,
            roles=tuple(sorted(roles[user.pk], key=list(Role).index)),
            teams=tuple(teams[user.pk]),
            has_second_factor=user.pk in safe,
            seen_at=max((at for at in (user.last_login, user.acted_at) if at), default=None),
        )
        for user in users
    ]
