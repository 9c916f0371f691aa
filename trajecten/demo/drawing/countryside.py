"""The polders: straight ditches between the fields."""

import math
import random

from django.contrib.gis.geos import GEOSGeometry, LineString

from trajecten.demo.drawing.layout import union
from trajecten.demo.drawing.metres import Metres, band, lines, polygons, turned
from trajecten.demo.drawing.streets import Network


def ditches(land: GEOSGeometry, network: Network, rng: random.Random, old: bool) -> list[list[Metres]]:
    """Lines of water, in each field block between the roads its own way; narrower strips in an old polder."""
    roads = union(
        band(street.points, 26.0)
        for street in network.streets
        if street.kind == "road" and LineString(street.points).intersects(land)
    )
    found: list[list[Metres]] = []
    for block in polygons(land.difference(roads), 15_000):
        angle = rng.choice((78, 84, 96, 101)) if old else rng.choice((1, 91, 91))
        spacing = rng.uniform(75, 105) if old else rng.uniform(150, 230)
        found.extend(_parallel(block, math.radians(angle + rng.uniform(-2, 2)), spacing))
    return found


def _parallel(block: GEOSGeometry, turn: float, spacing: float) -> list[list[Metres]]:
    left, low, right, high = block.extent
    middle, reach = block.centroid.coords, math.hypot(right - left, high - low)
    inner = block.buffer(-9)
    found = []
    for i in range(-int(reach / spacing), int(reach / spacing) + 1):
        ends = [turned((middle[0] + u, middle[1] + i * spacing), turn, middle) for u in (-reach, reach)]
        found.extend([piece[0], piece[-1]] for piece in lines(LineString(ends).intersection(inner), 60.0))
    return found
