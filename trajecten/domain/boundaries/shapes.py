"""Shapes from the coordinates of a feature: valid, in WGS84 (EPSG:4326), normalised to compare them."""

import math
from collections.abc import Callable
from functools import cache

from django.contrib.gis.gdal import CoordTransform, GDALException, SpatialReference
from django.contrib.gis.geos import GeometryCollection, GEOSException, GEOSGeometry, MultiPolygon, Polygon
from django.utils.translation import gettext as _

from trajecten.domain.boundaries.features import RD, RD_BOX, WGS84, Feature
from trajecten.domain.boundaries.refusals import Refused, shown

Position = tuple[float, float]

WGS84_BOX = (2.0, 50.0, 8.0, 54.5)  # degrees: the Netherlands with its part of the North Sea, amply
SMALLEST = 1e-10  # square degrees, about 0.8 m² here; below it, what a repair left is a line
_CLOSED_RING = 4  # positions of the smallest ring, the first repeated as the last


def shape(feature: Feature) -> MultiPolygon:
    """The ground a feature covers; a self-crossing polygon is repaired, a height is dropped.

    Refused: no Polygon or MultiPolygon, coordinates that are no numbers or outside the Netherlands, rings
    that are not closed, and polygons that cover nothing. RD becomes WGS84 to about half a metre.
    """
    polygons = _polygons(feature.geometry)
    check = _within_rd if feature.srid == RD else _within_wgs84
    try:
        parts = [Polygon(*(_ring(ring, check) for ring in rings)) for rings in polygons]
        drawn = MultiPolygon(parts, srid=feature.srid)
        if feature.srid == RD:
            drawn.transform(transformation(RD, WGS84))
        return repaired(drawn)
    except (GEOSException, GDALException) as error:
        raise Refused(_("This geometry can't be read: %(reason)s."), reason=error) from error


def joined(*shapes: MultiPolygon) -> MultiPolygon:
    """One shape that covers what all of them cover."""
    return _multi(MultiPolygon([part for one in shapes for part in one], srid=WGS84).unary_union)


def repaired(drawn: MultiPolygon) -> MultiPolygon:
    """A valid shape: what crosses itself is split there and keeps its surfaces.

    Refused: a shape without surface. (``valid`` would log every mistake; ``valid_reason`` does not.)
    """
    if drawn.valid_reason != "Valid Geometry":
        surfaces = [surface for part in drawn for surface in _surfaces(part.make_valid())]
        drawn = joined(MultiPolygon(surfaces, srid=WGS84))
    if drawn.area < SMALLEST:
        raise Refused(_("This polygon crosses itself or covers nothing, and can't be repaired."))
    drawn.normalize()
    return drawn


def same(stored: GEOSGeometry | None, read: MultiPolygon) -> bool:
    """Whether they have exactly the same coordinates, wherever their rings begin."""
    return stored is not None and stored.normalize(clone=True).equals_exact(read)


@cache
def transformation(source: int, target: int) -> CoordTransform:
    """From one EPSG code to another, made once, since looking both up takes longer than transforming an area.

    Coordinates are in the units of each system: degrees in WGS84 (4326), metres in RD (28992). Raises
    ``GDALException`` for a code that GDAL does not know.
    """
    return CoordTransform(SpatialReference(source), SpatialReference(target))


def _multi(geometry: GEOSGeometry) -> MultiPolygon:
    whole = MultiPolygon(_surfaces(geometry), srid=WGS84)
    whole.normalize()
    return whole


def _surfaces(geometry: GEOSGeometry) -> list[Polygon]:
    """The polygons in a geometry, without its points and lines."""
    if isinstance(geometry, Polygon):
        return [] if geometry.empty else [geometry]
    if isinstance(geometry, GeometryCollection):
        return [surface for part in geometry for surface in _surfaces(part)]
    return []


def _polygons(geometry: object) -> list[list[object]]:
    """The rings of each polygon that is not empty."""
    if geometry is None:
        raise Refused(_("This feature has no geometry."))
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if not isinstance(geometry, dict) or kind not in ("Polygon", "MultiPolygon"):
        raise Refused(_("An area is a Polygon or MultiPolygon, not %(kind)s."), kind=shown(kind))
    coordinates = _list(geometry.get("coordinates"))
    polygons = [coordinates] if kind == "Polygon" else [_list(polygon) for polygon in coordinates]
    found = [polygon for polygon in polygons if polygon]
    if not found:
        raise Refused(_("This geometry is empty."))
    return found


def _list(value: object) -> list[object]:
    if not isinstance(value, list):
        raise Refused(_("The coordinates are not lists of lists of numbers."))
    return value


def _ring(ring: object, check: Callable[[float, float], None]) -> list[Position]:
    positions = [_position(position) for position in _list(ring)]
    for x, y in positions:
        check(x, y)
    if len(positions) < _CLOSED_RING or positions[0] != positions[-1]:
        raise Refused(_("A ring has four or more positions, and its last is its first."))
    return positions


def _position(position: object) -> Position:
    match position:
        case [int() | float() as x, int() | float() as y, *_rest]:
            try:
                found = float(x), float(y)
            except OverflowError:
                found = math.inf, math.inf
            if math.isfinite(found[0]) and math.isfinite(found[1]):
                return found
    raise Refused(_("A position is two finite numbers."))


def _within_wgs84(x: float, y: float) -> None:
    if _inside(WGS84_BOX, x, y):
        return
    reason = _("Position %(x)s, %(y)s is outside the Netherlands.")
    if _inside(WGS84_BOX, y, x):
        reason = _("Position %(x)s, %(y)s has latitude before longitude; GeoJSON has longitude first.")
    elif _inside(RD_BOX, x, y):
        reason = _("Position %(x)s, %(y)s is not in degrees; if this is RD, the file must say EPSG:28992.")
    raise Refused(reason, x=x, y=y)


def _within_rd(x: float, y: float) -> None:
    if not _inside(RD_BOX, x, y):
        raise Refused(_("Position %(x)s, %(y)s is not in the Netherlands in RD (EPSG:28992)."), x=x, y=y)


def _inside(box: tuple[float, float, float, float], x: float, y: float) -> bool:
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]
