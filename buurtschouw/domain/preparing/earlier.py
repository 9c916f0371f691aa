"""Taking over from an earlier walk: the same stops and statements, so that two walks can be compared."""

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from buurtschouw.domain.preparing import stops
from buurtschouw.domain.preparing.locking import lock_to_prepare
from buurtschouw.domain.preparing.refusals import PreparationRefused
from buurtschouw.models import Schouw, Stop
from trajecten.domain import activities
from trajecten.models import Area, User


def walks_before(schouw: Schouw) -> QuerySet[Schouw]:
    """Earlier walks through one of the same neighbourhoods that have a route or stops, the last one first.

    A wijk and its buurten count as the same; so do the years of one area.
    """
    areas = schouw.trajectory.areas
    codes = set(areas.values_list("code", flat=True)) | set(
        areas.filter(parent__isnull=False).values_list("parent__code", flat=True)
    )
    around = Area.objects.filter(Q(code__in=codes) | Q(parent__code__in=codes))
    rows: QuerySet[Schouw] = Schouw.objects.filter(trajectory__areas__in=around.values("pk"))
    rows = rows.filter(Q(route__isnull=False) | Q(stops__isnull=False)).exclude(pk=schouw.pk)
    if schouw.walk_at is not None:
        rows = rows.filter(walk_at__lt=schouw.walk_at)
    return rows.select_related("trajectory").distinct().order_by(F("walk_at").desc(nulls_last=True), "-id")


@transaction.atomic
def take_over(*, schouw: Schouw, earlier: Schouw, by: User) -> int:
    """Take route, stops and statements of an earlier walk, and remember which stop is which. Returns how many stops.

    What this walk has already stays: a route that was drawn, stops, statements. A stop that was taken over before is
    not taken twice, and statements that are out of use stay behind. Refused (``PreparationRefused``): a walk that is
    not an earlier one of the same neighbourhood, and when the open step does not allow to prepare.
    """
    locked = lock_to_prepare(schouw)
    if not walks_before(locked).filter(pk=earlier.pk).exists():
        raise PreparationRefused(_("That is not an earlier walk in this neighbourhood."), field="earlier")
    if locked.route is None and earlier.route is not None:
        locked.route = earlier.route
        locked.route_remarks = locked.route_remarks or earlier.route_remarks
        locked.save(update_fields=["route", "route_remarks"])
    locked.statements.add(*earlier.statements.filter(is_active=True))
    taken = _take_stops(locked, earlier, by)
    activities.record(verb="walk_taken_over", target=locked.trajectory, by=by, details={"stops": taken})
    return taken


def _take_stops(schouw: Schouw, earlier: Schouw, by: User) -> int:
    known = set(Stop.objects.filter(schouw=schouw).values_list("same_as", flat=True))
    new = [stop for stop in stops.of(earlier) if stop.pk not in known]
    for stop in new:
        stops.add(
            schouw=schouw,
            by=by,
            name=stop.name,
            point=stop.point,
            remark=stop.remark,
            themes=stop.themes.all(),
            same_as=stop,
        )
    return len(new)
