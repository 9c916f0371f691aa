"""Whether the step that is asked for is open, with its trajectory locked against being closed meanwhile."""

from django.utils.translation import gettext as _

from budget.domain.choosing.refusals import ChoosingRefused
from budget.method import CHOOSE_PROGRAMMES, CHOOSE_THEMES
from trajecten.enums import TrajectoryStatus
from trajecten.models import Trajectory


def lock(trajectory: Trajectory) -> Trajectory:
    """The newest row, locked; with the municipality that its messages need."""
    locked: Trajectory = Trajectory.objects.select_for_update(of=("self",), no_key=True).get(pk=trajectory.pk)
    locked.municipality = trajectory.municipality
    return locked


def themes(trajectory: Trajectory) -> Trajectory:
    """Locked; refused (``ChoosingRefused``) unless themes can be chosen now."""
    locked = lock(trajectory)
    if not locked.allows(CHOOSE_THEMES):
        raise ChoosingRefused(_("Choosing themes is not open now."))
    return locked


def cards(trajectory: Trajectory) -> Trajectory:
    """Locked; refused (``ChoosingRefused``) unless the themes can be prepared or chosen now."""
    locked = lock(trajectory)
    if not may_prepare(locked):
        raise ChoosingRefused(
            _("The themes can only be changed before and during the step in which they are chosen.")
        )
    return locked


def may_prepare(trajectory: Trajectory) -> bool:
    """Whether the cards of the themes may change: from the agreement until the themes were chosen."""
    return trajectory.status == TrajectoryStatus.AGREED or trajectory.allows(CHOOSE_THEMES)


def programmes(trajectory: Trajectory) -> Trajectory:
    """Locked; refused (``ChoosingRefused``) unless programmes can be chosen now."""
    locked = lock(trajectory)
    if not locked.allows(CHOOSE_PROGRAMMES):
        raise ChoosingRefused(_("Choosing programmes is not open now."))
    return locked
