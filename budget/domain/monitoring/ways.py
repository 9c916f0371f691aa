"""The ways from the page of a trajectory to where its money is followed, and to its calendar."""

from collections.abc import Collection

from django.urls import reverse
from django.utils.translation import gettext as _

from budget.models import AmendmentLine
from trajecten.models import Trajectory

Links = tuple[tuple[str, str], ...]


def of(trajectories: Collection[Trajectory]) -> dict[int, Links]:
    """Words and paths by the key of the trajectory, in one statement: what is followed where anything was decided."""
    keys = [trajectory.pk for trajectory in trajectories]
    decided = AmendmentLine.objects.filter(
        outcome_line__line__round__trajectory__in=keys, council_line__adopted_amount__isnull=False
    )
    followed = set(
        decided.order_by().values_list("outcome_line__line__round__trajectory", flat=True).distinct()
    )
    return {each.pk: _links(each, is_followed=each.pk in followed) for each in trajectories}


def _links(trajectory: Trajectory, *, is_followed: bool) -> Links:
    here = {"gemeente": trajectory.municipality.slug, "pk": trajectory.pk}
    calendar = (_("When is decided about money?"), reverse("budget:calendar-of", kwargs=here))
    if not is_followed:
        return (calendar,)
    return (_("Follow the money"), reverse("budget:monitor", kwargs=here)), calendar
