"""Plane geometry for the drawing of the made-up town: metres east and north of a point in the Markermeer."""

import itertools
import math
from collections.abc import Iterable, Sequence

from django.contrib.gis.geos import GEOSGeometry, LineString, Polygon

Metres = tuple[float, float]
Degrees = tuple[float, float]

ORIGIN: Degrees = (5.25, 52.56)
METRES_PER_DEGREE_EAST = 67_817.0  # WGS84 at 52.56 north
METRES_PER_DEGREE_NORTH = 111_278.0


def degrees(point: Metres) -> Degrees:
    """WGS84 longitude and latitude, rounded to 6 decimals (7 centimetres)."""
    return (
        round(ORIGIN[0] + point[0] / METRES_PER_DEGREE_EAST, 6),
        round(ORIGIN[1] + point[1] / METRES_PER_DEGREE_NORTH, 6),
    )


def distance(a: Metres, b: Metres) -> float:
    return math.hypot(b[0] - a[0], b[1] - a[1])


def length(line: Sequence[Metres]) -> float:
    return sum(distance(a, b) for a, b in itertools.pairwise(line))


def step_from(point: Metres, heading: float, metres: float) -> Metres:
    return (point[0] + metres * math.cos(heading), point[1] + metres * math.sin(heading))


def heading(a: Metres, b: Metres) -> float:
    """Radians, counter-clockwise from east."""
    return math.atan2(b[1] - a[1], b[0] - a[0])


def turned(point: Metres, angle: float, around: Metres = (0.0, 0.0)) -> Metres:
    x, y = point[0] - around[0], point[1] - around[1]
    cos, sin = math.cos(angle), math.sin(angle)
    return (around[0] + x * cos - y * sin, around[1] + x * sin + y * cos)


def spans(controls: Sequence[Metres], spacing: float) -> list[list[Metres]]:
    """A Catmull-Rom curve through the controls: one list of points for each pair of neighbours."""
    padded = [controls[0], *controls, controls[-1]]
    return [_span(padded[i : i + 4], spacing) for i in range(len(controls) - 1)]


def _span(four: Sequence[Metres], spacing: float) -> list[Metres]:
    p0, p1, p2, p3 = four
    steps = max(1, round(distance(p1, p2) / spacing))
    inner = [
        (_catmull(p0[0], p1[0], p2[0], p3[0], i / steps), _catmull(p0[1], p1[1], p2[1], p3[1], i / steps))
        for i in range(1, steps)
    ]
    return [p1, *inner, p2]


def _catmull(a: float, b: float, c: float, d: float, t: float) -> float:
    return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)


def joined(parts: Iterable[Sequence[Metres]]) -> list[Metres]:
    """The parts one after another, without repeating the point where they meet."""
    line: list[Metres] = []
    for part in parts:
        line.extend(part[1:] if line and line[-1] == part[0] else part)
    return line


def curve(controls: Sequence[Metres], spacing: float = 20.0) -> list[Metres]:
    return joined(spans(controls, spacing))


def resampled(line: Sequence[Metres], spacing: float) -> list[tuple[Metres, float]]:
    """Points every `spacing` metres from the start, each with the heading of the line there."""
    found: list[tuple[Metres, float]] = []
    ahead = 0.0
    for a, b in itertools.pairwise(line):
        size, direction = distance(a, b), heading(a, b)
        while ahead <= size:
            found.append((step_from(a, direction, ahead), direction))
            ahead += spacing
        ahead -= size
    return found


def offset(line: Sequence[Metres], sideways: float) -> list[Metres]:
    """The line moved to its left (to its right where negative); meant for gentle curves."""
    moved = []
    for i, point in enumerate(line):
        before, after = line[max(0, i - 1)], line[min(len(line) - 1, i + 1)]
        moved.append(step_from(point, heading(before, after) + math.pi / 2, sideways))
    return moved


def wavered(line: Sequence[Metres], size: float, phase: float) -> list[Metres]:
    """The line with slow irregular swings of at most `size` metres; both ends stay where they are."""
    total, walked = length(line), 0.0
    swung = [line[0]]
    for i in range(1, len(line) - 1):
        walked += distance(line[i - 1], line[i])
        swing = 0.6 * math.sin(walked / 83 + phase) + 0.4 * math.sin(walked / 37 + 2.3 * phase)
        ends = min(1.0, walked / 120, (total - walked) / 120)
        direction = heading(line[i - 1], line[i + 1])
        swung.append(step_from(line[i], direction + math.pi / 2, size * swing * ends))
    return [*swung, line[-1]]


def rectangle(centre: Metres, direction: float, along: float, across: float) -> list[Metres]:
    """Four corners; `along` is the side that runs in the direction."""
    corners = ((-1, -1), (1, -1), (1, 1), (-1, 1))
    return [
        turned((centre[0] + sx * along / 2, centre[1] + sy * across / 2), direction, centre)
        for sx, sy in corners
    ]


def blob(centre: Metres, rx: float, ry: float, angle: float = 0.0, phase: float = 0.0) -> list[Metres]:
    """An irregular rounded outline, as parks and ponds have."""
    outline = []
    corners = 18 if max(rx, ry) < 130 else 48
    for i in range(corners):
        t = 2 * math.pi * i / corners
        swell = 1 + 0.10 * math.sin(2 * t + phase) + 0.07 * math.sin(3 * t + 2 * phase)
        point = (centre[0] + rx * swell * math.cos(t), centre[1] + ry * swell * math.sin(t))
        outline.append(turned(point, angle, centre))
    return outline


def polygon(outline: Sequence[Metres]) -> Polygon:
    return Polygon([*outline, outline[0]])


def band(line: Sequence[Metres], width: float) -> GEOSGeometry:
    """What a line of this width covers, with flat ends."""
    return LineString(list(line)).buffer_with_style(width / 2, quadsegs=2, end_cap_style=2, join_style=2)


def polygons(geometry: GEOSGeometry, smallest: float = 0.0) -> list[Polygon]:
    """The polygons in any geometry, those below `smallest` square metres left out."""
    if geometry.geom_type == "Polygon":
        return [geometry] if not geometry.empty and geometry.area > smallest else []
    if geometry.num_geom == 1 and geometry.geom_type in {"Point", "LineString", "LinearRing"}:
        return []
    return [part for member in geometry for part in polygons(member, smallest)]


def lines(geometry: GEOSGeometry, shortest: float = 0.0) -> list[list[Metres]]:
    """The lines in any geometry as lists of points, those below `shortest` metres left out."""
    if geometry.geom_type in {"LineString", "LinearRing"}:
        return [list(geometry.coords)] if geometry.length > shortest else []
    if geometry.geom_type in {"Point", "Polygon"}:
        return []
    return [part for member in geometry for part in lines(member, shortest)]
