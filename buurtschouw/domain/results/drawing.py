"""The map of a walk as a drawing for paper: areas, route, stops and what was noted, from what the portal has itself.

Degrees become an even grid by shortening those of longitude by the cosine of the latitude, which is exact enough for
a neighbourhood. No address is fetched.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, radians
from typing import Any

from buurtschouw.models import Report, Schouw, Stop

WIDTH, TALLEST = 1000.0, 900.0
MARGIN = 0.04


@dataclass(frozen=True)
class Place:
    """A dot on the drawing; ``label`` is the number of a stop."""

    x: float
    y: float
    label: str = ""


@dataclass(frozen=True)
class Drawing:
    """Outlines and a line as the points of SVG, within ``width`` by ``height``."""

    width: float
    height: float
    outlines: tuple[str, ...]
    route: str
    stops: tuple[Place, ...]
    reports: tuple[Place, ...]


class _Grid:
    """From WGS84 to the drawing, y downwards."""

    def __init__(self, west: float, south: float, east: float, north: float) -> None:
        self.shorter = cos(radians((south + north) / 2))
        across, up = max((east - west) * self.shorter, 1e-6), max(north - south, 1e-6)
        self.scale = min(WIDTH / across, TALLEST / up)
        self.west, self.north = west, north
        self.width, self.height = round(across * self.scale, 1), round(up * self.scale, 1)

    def place(self, lon: float, lat: float, label: str = "") -> Place:
        x = round((lon - self.west) * self.shorter * self.scale, 1)
        return Place(x, round((self.north - lat) * self.scale, 1), label)

    def line(self, points: Iterable[Sequence[float]]) -> str:
        placed = (self.place(lon, lat) for lon, lat, *_height in points)
        return " ".join(f"{each.x},{each.y}" for each in placed)


def drawing(schouw: Schouw) -> Drawing | None:
    """The drawing of a walk; None where nothing has a place."""
    areas = [area.geometry for area in schouw.trajectory.areas.all() if area.geometry]
    stops = list(Stop.objects.filter(schouw=schouw).order_by("position"))
    points: Any = Report.objects.filter(schouw=schouw, point__isnull=False).values_list("point", flat=True)
    noted = list(points.order_by("pk"))
    shapes: list[Any] = [
        *areas,
        *([schouw.route] if schouw.route else []),
        *(stop.point for stop in stops),
        *noted,
    ]
    if not shapes:
        return None
    grid = _Grid(*_with_margin(_extent(shapes)))
    return Drawing(
        grid.width,
        grid.height,
        tuple(grid.line(ring[0].coords) for area in areas for ring in area),
        grid.line(schouw.route.coords) if schouw.route else "",
        tuple(grid.place(stop.point.x, stop.point.y, str(stop.position)) for stop in stops),
        tuple(grid.place(point.x, point.y) for point in noted),
    )


def _extent(shapes: Iterable[Any]) -> tuple[float, float, float, float]:
    west, south, east, north = zip(*(shape.extent for shape in shapes), strict=True)
    return min(west), min(south), max(east), max(north)


def _with_margin(box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    west, south, east, north = box
    across, up = max(east - west, 0.002) * MARGIN, max(north - south, 0.001) * MARGIN
    return west - across, south - up, east + across, north + up
