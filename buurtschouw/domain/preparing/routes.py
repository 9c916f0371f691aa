"""The route of a walk: drawing it, and how long it is. Lines are WGS84, in the direction of walking."""

from dataclasses import dataclass
from typing import Any

from django.contrib.gis.geos import LineString
from django.db import connection, transaction
from django.utils.translation import gettext as _

from buurtschouw.domain.preparing.locking import lock_to_prepare
from buurtschouw.domain.preparing.refusals import PreparationRefused
from buurtschouw.method import ROUTE_MAX_M, ROUTE_MIN_M, walking_minutes
from buurtschouw.models import Schouw, Stop
from trajecten.domain import activities
from trajecten.models import Municipality, User

# A line of more points than this says no more to who walks it, and is slow on a phone.
MAX_POINTS = 1500
# About a metre, in degrees of latitude.
METRE = 0.000009
# How far outside the boundary a route may come: boundaries are drawn coarsely, and streets run along them.
MARGIN_M = 200

_LENGTH = "SELECT ST_Length(%s::geography)"
# Boundary, or without one all areas together; how many points of the line are further outside than the margin.
_OUTSIDE = """
WITH shape AS (
  SELECT coalesce(
    (SELECT boundary FROM trajecten_municipality WHERE id = %(municipality)s),
    (SELECT ST_Union(geometry) FROM trajecten_area WHERE municipality_id = %(municipality)s)
  ) AS geometry
), vertex AS (
  SELECT (ST_DumpPoints(%(line)s::geometry)).geom AS point
)
SELECT count(*) FROM shape, vertex
WHERE NOT ST_Covers(shape.geometry, vertex.point)
  AND NOT ST_DWithin(shape.geometry::geography, vertex.point::geography, %(margin)s)
"""


@dataclass(frozen=True)
class Measure:
    """How far and how long one walks; ``metres`` is None without a route, ``minutes`` then too."""

    metres: int | None
    minutes: int | None
    stops: int

    @property
    def kilometres(self) -> float | None:
        """With one decimal, as it is shown."""
        return None if self.metres is None else round(self.metres / 1000, 1)


def measure(schouw: Schouw) -> Measure:
    """The length by PostGIS on the spheroid, and the time by ``method.walking_minutes``."""
    return measure_of(schouw.route, Stop.objects.filter(schouw=schouw).count())


def measure_of(route: LineString | None, stops: int) -> Measure:
    """As ``measure``, for who has counted the stops already."""
    if route is None:
        return Measure(None, None, stops)
    metres = round(metres_of(route))
    return Measure(metres, walking_minutes(metres, stops), stops)


def metres_of(line: LineString) -> float:
    """The length over the ground, in metres."""
    with connection.cursor() as cursor:
        cursor.execute(_LENGTH, [line.ewkt])
        return float(cursor.fetchone()[0])


@transaction.atomic
def draw(*, schouw: Schouw, route: LineString | None, remarks: str, by: User) -> Schouw:
    """Keep the route, or none, with what one should know of it. The same again changes nothing.

    Refused (``PreparationRefused``): what ``check`` refuses, and when the open step does not allow to prepare.
    """
    locked = lock_to_prepare(schouw)
    if route is not None:
        route = thinned(route)
        check(municipality=locked.municipality, route=route)
    remarks = remarks.strip()
    if _is_same(locked.route, route) and locked.route_remarks == remarks:
        return locked
    locked.route, locked.route_remarks = route, remarks
    locked.save(update_fields=["route", "route_remarks"])
    activities.record(verb="route_drawn" if route else "route_removed", target=locked.trajectory, by=by)
    return locked


def _is_same(before: LineString | None, after: LineString | None) -> bool:
    if before is None or after is None:
        return before is after
    return bool(before.coords == after.coords)


def thinned(route: LineString) -> LineString:
    """The line without points that lie on it anyway: within a metre, or more where there are too many."""
    tolerance, line = METRE, route
    while len(line) > MAX_POINTS:
        simpler: Any = route.simplify(tolerance)
        line = LineString(simpler.coords)
        tolerance *= 2
    line.srid = 4326
    return line


def check(*, municipality: Municipality, route: LineString) -> None:
    """Refuse (``PreparationRefused``) a route too short or too long to walk, or outside the municipality.

    A municipality of which no boundary and no areas are loaded can't know what is outside.
    """
    metres = metres_of(route)
    if metres < ROUTE_MIN_M:
        raise PreparationRefused(
            _("This route is shorter than %(n)s metres. Draw the whole way that you walk.")
            % {"n": ROUTE_MIN_M},
            field="route",
        )
    if metres > ROUTE_MAX_M:
        values = {"n": f"{metres / 1000:.1f}".replace(".", ","), "most": ROUTE_MAX_M // 1000}
        raise PreparationRefused(
            _("This route is %(n)s kilometres long. A walk may have at most %(most)s kilometres.") % values,
            field="route",
        )
    if _lies_outside(municipality, route):
        raise PreparationRefused(
            _("This route lies outside %(name)s.") % {"name": municipality.name}, field="route"
        )


def _lies_outside(municipality: Municipality, route: LineString) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(_OUTSIDE, {"municipality": municipality.pk, "line": route.ewkt, "margin": MARGIN_M})
        return bool(cursor.fetchone()[0])
