"""Who changes the preparation of a walk locks the walk first, so that two at once wait for each other."""

from django.utils.translation import gettext as _

from buurtschouw.domain.preparing.refusals import PreparationRefused
from buurtschouw.method import PREPARE
from buurtschouw.models import Schouw


def lock(schouw: Schouw) -> Schouw:
    """The newest row, locked until the transaction ends; what the open step allows is the caller's to ask."""
    rows = Schouw.objects.select_for_update(of=("self",)).select_related("municipality", "trajectory")
    found: Schouw = rows.defer("municipality__boundary").get(pk=schouw.pk)
    return found


def lock_to_prepare(schouw: Schouw) -> Schouw:
    """As ``lock``. Refused (``PreparationRefused``) when the open step of the walk does not allow to prepare it."""
    locked = lock(schouw)
    if not locked.trajectory.allows(PREPARE):
        raise PreparationRefused(
            _("The preparation can't be changed now: the walk is over, or its preparation has not begun.")
        )
    return locked
