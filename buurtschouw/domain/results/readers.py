"""Who may read the results of a walk: everybody, once its feedback has begun; before that officials and core group."""

from typing import Any

from buurtschouw.domain import lessons
from buurtschouw.method import EVALUATE
from buurtschouw.models import Schouw
from trajecten.enums import TrajectoryStatus

OVER = frozenset({TrajectoryStatus.EVALUATED, TrajectoryStatus.ARCHIVED})


def are_public(schouw: Schouw) -> bool:
    """Whether everybody may read them: from the step in which people hear what was done, for good."""
    return schouw.trajectory.allows(EVALUATE) or schouw.trajectory.status in OVER


def may_read(*, schouw: Schouw, user: Any) -> bool:
    """Whether this visitor may read them now."""
    if are_public(schouw) or user.has_perm("buurtschouw.view_schouw", schouw):
        return True
    return user.is_authenticated and lessons.core_member(schouw=schouw, user=user) is not None
