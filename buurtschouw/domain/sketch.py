"""A sketch of places: numbered dots in a square, north up. It is drawn by the page itself, so it needs no map."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians

from django.contrib.gis.geos import Point

SIZE = 100.0
MARGIN = 8.0


@dataclass(frozen=True)
class Dot:
    """A place in the square, with its number in the round; both from 0 to ``SIZE``, from the upper left."""

    number: int
    x: float
    y: float


def sketch(points: Sequence[Point | None]) -> list[Dot]:
    """The dots of the places that are known (WGS84), to the same scale in both directions; none below two of them."""
    known = [(number, point) for number, point in enumerate(points, 1) if point is not None]
    if len(known) < 2:
        return []
    shrink = cos(radians(known[0][1].y))
    flat = [(number, point.x * shrink, point.y) for number, point in known]
    west, south = min(x for _n, x, _y in flat), min(y for _n, _x, y in flat)
    width, height = max(x for _n, x, _y in flat) - west, max(y for _n, _x, y in flat) - south
    scale = (SIZE - 2 * MARGIN) / (max(width, height) or 1)
    left, top = (SIZE - width * scale) / 2, (SIZE - height * scale) / 2
    return [
        Dot(number, round(left + (x - west) * scale, 1), round(top + (height - (y - south)) * scale, 1))
        for number, x, y in flat
    ]
