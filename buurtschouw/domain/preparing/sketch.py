"""The route as a drawing without a map, for on paper."""

import math
from dataclasses import dataclass

from django.contrib.gis.geos import LineString

from buurtschouw.models import Stop

WIDTH, HEIGHT, MARGIN = 400.0, 260.0, 16.0


@dataclass(frozen=True)
class Mark:
    """A stop in the drawing."""

    x: float
    y: float
    number: int


@dataclass(frozen=True)
class Sketch:
    """A line as the points of an SVG polyline, with its stops; north is up, and both directions have one scale."""

    points: str
    marks: tuple[Mark, ...]
    width: float = WIDTH
    height: float = HEIGHT


def of(route: LineString, stops: list[Stop]) -> Sketch:
    """Draw route and stops within the margins."""
    places = [*route.coords, *(stop.point.coords for stop in stops)]
    west, south = min(lon for lon, _lat in places), min(lat for _lon, lat in places)
    east, north = max(lon for lon, _lat in places), max(lat for _lon, lat in places)
    squeeze = math.cos(math.radians((south + north) / 2))
    wide, high = max((east - west) * squeeze, 1e-9), max(north - south, 1e-9)
    scale = min((WIDTH - 2 * MARGIN) / wide, (HEIGHT - 2 * MARGIN) / high)
    left, top = (WIDTH - wide * scale) / 2, (HEIGHT - high * scale) / 2

    def at(lon: float, lat: float) -> tuple[float, float]:
        return round(left + (lon - west) * squeeze * scale, 1), round(top + (north - lat) * scale, 1)

    line = " ".join(f"{x},{y}" for x, y in (at(*place) for place in route.coords))
    return Sketch(line, tuple(Mark(*at(*stop.point.coords), stop.position) for stop in stops))
