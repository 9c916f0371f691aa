"""The stops of a walk, in the order in which they are passed. Points are WGS84."""

from collections.abc import Iterable, Sequence

from django.contrib.gis.geos import Point
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from buurtschouw.domain.preparing.locking import lock_to_prepare
from buurtschouw.domain.preparing.refusals import PreparationRefused
from buurtschouw.method import MOST_STOPS
from buurtschouw.models import Category, Schouw, Score, Stop
from trajecten.domain import activities, places
from trajecten.models import User


def of(schouw: Schouw) -> QuerySet[Stop]:
    """The stops in order, with their themes, and ``is_scored``: whether somebody scored there."""
    scored = Score.objects.filter(stop=OuterRef("pk"))
    rows: QuerySet[Stop] = Stop.objects.filter(schouw=schouw).annotate(is_scored=Exists(scored))
    return rows.prefetch_related("themes").order_by("position")


@transaction.atomic
def add(
    *,
    schouw: Schouw,
    by: User,
    name: str,
    point: Point,
    remark: str = "",
    themes: Iterable[Category] = (),
    same_as: Stop | None = None,
) -> Stop:
    """Add a stop behind the last one.

    Refused (``PreparationRefused``): a point outside the municipality, more than ``method.MOST_STOPS``, and when the
    open step does not allow to prepare.
    """
    locked = lock_to_prepare(schouw)
    _check_inside(locked, point)
    last = Stop.objects.filter(schouw=locked).count()
    if last >= MOST_STOPS:
        raise PreparationRefused(
            _("There are %(n)s stops already, and that is the most.") % {"n": MOST_STOPS}, field="name"
        )
    stop = Stop.objects.create(
        municipality_id=locked.municipality_id,
        schouw=locked,
        position=last + 1,
        name=name.strip(),
        point=point,
        remark=remark.strip(),
        same_as=same_as,
    )
    stop.themes.set(themes)
    activities.record(verb="stop_added", target=locked.trajectory, by=by, details={"stop": stop.pk})
    return stop


def _check_inside(schouw: Schouw, point: Point) -> None:
    try:
        places.area_of(municipality=schouw.municipality, point=point)
    except places.OutsideMunicipality as outside:
        raise PreparationRefused(
            _("This place lies outside %(name)s.") % {"name": schouw.municipality.name}, field="address"
        ) from outside


@transaction.atomic
def change(*, stop: Stop, by: User, name: str, point: Point, remark: str, themes: Iterable[Category]) -> Stop:
    """Change a stop. Refused as ``add``, and another place once somebody scored there: the score is of that place."""
    locked = lock_to_prepare(stop.schouw)
    found: Stop = Stop.objects.select_for_update(of=("self",)).get(pk=stop.pk)
    if point.coords != found.point.coords:
        _check_inside(locked, point)
        if Score.objects.filter(stop=found).exists():
            raise PreparationRefused(
                _("This stop can't be moved any more: somebody has scored there."), field="address"
            )
    found.name, found.point, found.remark = name.strip(), point, remark.strip()
    found.save(update_fields=["name", "point", "remark"])
    found.themes.set(themes)
    activities.record(verb="stop_changed", target=locked.trajectory, by=by, details={"stop": found.pk})
    return found


@transaction.atomic
def place(*, stop: Stop, position: int, by: User) -> None:
    """Let the stop be the one at this position (1 is the first); the others make room. Done twice is done once.

    A position before the first is the first, one after the last the last.
    """
    locked = lock_to_prepare(stop.schouw)
    rows = list(Stop.objects.filter(schouw=locked).order_by("position"))
    before = next((at for at, row in enumerate(rows) if row.pk == stop.pk), None)
    if before is None:
        return
    wanted = min(max(position, 1), len(rows)) - 1
    if wanted != before:
        rows.insert(wanted, rows.pop(before))
        _number(rows)
        activities.record(verb="stop_moved", target=locked.trajectory, by=by, details={"stop": stop.pk})


@transaction.atomic
def remove(*, stop: Stop, by: User) -> None:
    """Remove a stop; those after it move up. Removing it again is harmless.

    Refused (``PreparationRefused``) once somebody scored there: their scores would go with it.
    """
    locked = lock_to_prepare(stop.schouw)
    if Score.objects.filter(stop=stop.pk).exists():
        raise PreparationRefused(_("This stop can't be removed: somebody has scored there."))
    gone, _rows = Stop.objects.filter(schouw=locked, pk=stop.pk).delete()
    if gone:
        _number(list(Stop.objects.filter(schouw=locked).order_by("position")))
        activities.record(verb="stop_removed", target=locked.trajectory, by=by, details={"stop": stop.pk})


def _number(rows: Sequence[Stop]) -> None:
    """Count from 1 in this order. The constraint on positions waits until the transaction ends."""
    for number, row in enumerate(rows, start=1):
        row.position = number
    Stop.objects.bulk_update(rows, ["position"])
