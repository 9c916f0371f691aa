"""In which order to pass places on a round: the nearest first, and then without a way that crosses itself."""

from collections.abc import Sequence
from math import cos, hypot, radians

from django.contrib.gis.geos import Point

METRES_PER_DEGREE = 111_320
# What is shorter by less than this is not worth another order.
WORTH_M = 0.01

Distances = list[list[float]]


def order(points: Sequence[Point], first: int = 0) -> list[int]:
    """The numbers of these WGS84 points in the order in which one passes them, beginning with ``first``.

    From each to the nearest that is left, as the crow flies; then a part of the way is turned around as long as that
    makes it shorter (2-opt, G. A. Croes 1958), so that no two parts of it cross. It ends where it ends, not at the
    beginning. Empty for no points.
    """
    if not points:
        return []
    between = [[metres(one, other) for other in points] for one in points]
    return _turned(_nearest(between, first), between)


def _nearest(between: Distances, first: int) -> list[int]:
    route, left = [first], set(range(len(between))) - {first}
    while left:
        here = route[-1]
        route.append(min(left, key=lambda place: (between[here][place], place)))
        left.remove(route[-1])
    return route


def _turned(route: list[int], between: Distances) -> list[int]:
    better = True
    while better:
        better = False
        for begin in range(1, len(route) - 1):
            for end in range(begin + 1, len(route)):
                if _gain(route, begin, end, between) > WORTH_M:
                    route[begin : end + 1] = reversed(route[begin : end + 1])
                    better = True
    return route


def _gain(route: list[int], begin: int, end: int, between: Distances) -> float:
    """How many metres shorter it is with the part from ``begin`` to ``end`` the other way around."""
    before, first, last = route[begin - 1], route[begin], route[end]
    gain = between[before][first] - between[before][last]
    if end + 1 < len(route):
        after = route[end + 1]
        gain += between[last][after] - between[first][after]
    return gain


def metres(one: Point, other: Point) -> float:
    """The distance between two WGS84 points as the crow flies, good for the size of a municipality."""
    north = (other.y - one.y) * METRES_PER_DEGREE
    east = (other.x - one.x) * METRES_PER_DEGREE * cos(radians((one.y + other.y) / 2))
    return hypot(north, east)
