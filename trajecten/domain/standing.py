"""What the core itself knows of how a trajectory stands; a method with nothing of its own stands by this."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
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
    """Of one trajectory: whether it has a neighbourhood, and how many promises wait, and wait too long.

    ``more`` are the method's own counts, by their names. ``pk`` and ``slug``, that of its municipality, name its pages.
    """

    has_area: bool
    promises_open: int
    promises_late: int
    pk: int = 0
    slug: str = ""
    more: Mapping[str, int] = field(default_factory=dict)


def standings(
    trajectories: Iterable[Trajectory],
    *,
    facts: Callable[[Counted], Any],
    more: Mapping[str, QuerySet[Any]] | None = None,
) -> dict[int, Standing]:
    """How these trajectories stand, by primary key, in one statement however many there are.

    ``facts`` makes of what was counted what the gates of the method look at. Their page is the core's own. ``more``
    are rows of the method itself, with a ``trajectory``, to be counted for each.
    """
    keys = [trajectory.pk for trajectory in trajectories]
    found = {}
    for row in _rows(keys, more or {}):
        own = {name: getattr(row, f"more_{name}") for name in more or {}}
        counted = Counted(row.has_area, row.promises_open, row.promises_late, row.pk, row.slug, own)
        url = reverse("staff-trajectory", kwargs={"gemeente": row.slug, "pk": row.pk})
        late = f"{reverse('staff-promises', kwargs={'gemeente': row.slug})}?trajectory={row.pk}&due=overdue"
        found[row.pk] = Standing(url, facts(counted), counted.promises_late, late)
    return found


def _rows(keys: list[int], more: Mapping[str, QuerySet[Any]]) -> QuerySet[Any]:
    waiting = Commitment.objects.filter(trajectory=OuterRef("pk"), status__in=sorted(OPEN))
    with_areas = Trajectory.objects.filter(pk=OuterRef("pk"), areas__isnull=False)
    rows = Trajectory.objects.filter(pk__in=keys).only("pk")
    return rows.annotate(
        slug=F("municipality__slug"),
        has_area=Exists(with_areas),
        promises_open=_count_of(waiting),
        promises_late=_count_of(waiting.filter(deadline__lt=timezone.localdate())),
        **{f"more_{name}": _count_of(own.filter(trajectory=OuterRef("pk"))) for name, own in more.items()},
    )


def _count_of(rows: QuerySet[Any]) -> Coalesce:
    one_group = rows.order_by().annotate(one=Value(1)).values("one")
    return Coalesce(Subquery(one_group.annotate(n=Count("*")).values("n")), 0)
