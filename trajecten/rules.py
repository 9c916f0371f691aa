"""Who may do what. Predicates look only at roles; models name them in ``Meta.rules_permissions``.

An object belongs to one municipality (``municipality_id``); a municipality belongs to itself.
"""

from collections.abc import Mapping
from typing import Any

import rules

from trajecten.enums import Role


def roles_of(user: Any) -> Mapping[int, frozenset[str]]:
    """Roles per municipality id of this user; read once per user object, so once per request."""
    if not user.is_authenticated:
        return {}
    if not hasattr(user, "_roles_by_municipality"):
        found: dict[int, set[str]] = {}
        for municipality_id, role in user.staff_roles.values_list("municipality_id", "role"):
            found.setdefault(municipality_id, set()).add(role)
        user._roles_by_municipality = {key: frozenset(value) for key, value in found.items()}
    return user._roles_by_municipality


def _has_role(role: str) -> rules.Predicate:
    @rules.predicate(f"is_{role}")
    def predicate(user: Any, target: Any) -> bool:
        return target is not None and role in roles_of(user).get(target.municipality_id, ())

    return predicate


is_coordinator = _has_role(Role.COORDINATOR)
is_handler = _has_role(Role.HANDLER)
is_clerk = _has_role(Role.CLERK)
is_official = is_coordinator | is_handler | is_clerk


@rules.predicate
def is_adviser(user: Any, target: Any) -> bool:
    """Adviser of this trajectory, or of the trajectory that the target belongs to.

    Who is no adviser any more is refused, also where a trajectory still names them.
    """
    trajectory = getattr(target, "trajectory", target)
    return user.is_authenticated and user.is_adviser and getattr(trajectory, "adviser_id", None) == user.pk


@rules.predicate
def is_keeper(user: Any, promise: Any) -> bool:
    """The resident who keeps this promise."""
    owner = getattr(promise, "owner_participant", None)
    return user.is_authenticated and owner is not None and owner.user_id == user.pk


def is_staff_anywhere(user: Any) -> bool:
    """Whether a second factor is asked of this user: official, adviser or administrator."""
    return user.is_authenticated and bool(
        user.is_staff or user.is_superuser or user.is_adviser or roles_of(user)
    )


def works_for(user: Any, municipality: int) -> bool:
    """Whether this user hears of things here as their work: an official of this municipality, or an adviser."""
    return user.is_adviser or municipality in roles_of(user)
