"""What the core itself knows of how a trajectory stands; a method with nothing of its own stands by this."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from trajecten.models import Commitment, Trajectory
from trajecten.models.commitment import OPEN
from trajecten.registry import Standing


@dataclass(frozen=True)
class Counted:
    """Of one trajectory: whether it has a neighbourhood, and how many promises wait, and wait too long."""

    has_area: bool
    promises_open: int
    promises_late: int


def standings(trajectories: Iterable[Trajectory], *, facts: Callable[[Counted], Any]) -> dict[int, Standing]:
    """How these trajectories stand, by primary key, in one statement however many there are.

    ``facts`` makes of what was counted what the gates of the method look at. Their page is the core's own.
    """
    keys = [trajectory.pk for trajectory in trajectories]
    found = {}
    for row in _rows(keys):
        counted = Counted(row.has_area, row.promises_open, row.promises_late)
        url = reverse("staff-trajectory", kwargs={"gemeente": row.slug, "pk": row.pk})
        late = f"{reverse('staff-promises', kwargs={'gemeente': row.slug})}?trajectory={row.pk}&due=overdue"
        found[row.pk] = Standing(url, facts(counted), counted.promises_late, late)
    return found


def _rows(keys: list[int]) -> QuerySet[Any]:
    waiting = Commitment.objects.filter(trajectory=OuterRef("pk"), status__in=sorted(OPEN))
    with_areas = Trajectory.objects.filter(pk=OuterRef("pk"), areas__isnull=False)
    rows = Trajectory.objects.filter(pk__in=keys).only("pk")
    return rows.annotate(
        slug=F("municipality__slug"),
        has_area=Exists(with_areas),
        promises_open=_count_of(waiting),
        promises_late=_count_of(waiting.filter(deadline__lt=timezone.localdate())),
    )


def _count_of(rows: QuerySet[Any]) -> Coalesce:
    one_group = rows.order_by().annotate(one=Value(1)).values("one")
    return Coalesce(Subquery(one_group.annotate(n=Count("*")).values("n")), 0)
