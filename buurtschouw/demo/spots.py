"""Believable places in the made-up town: on the pavement, in a park, at the waterside."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from random import Random

from django.contrib.gis.geos import GEOSGeometry, Point, Polygon

from trajecten.demo import town

WGS84 = 4326
# Metres in a degree at the town's latitude, east and north.
METRES_EAST, METRES_NORTH = 67_700.0, 111_300.0
OPEN_WATER = "Markermeer"


@dataclass(frozen=True)
class Spot:
    """A place as a reporter gives it. ``number`` is 0 where there is no house."""

    lon: float
    lat: float
    address: str
    street: str = ""
    number: int = 0

    @property
    def point(self) -> Point:
        return Point(self.lon, self.lat, srid=WGS84)

    def near(self, rng: Random, metres: float) -> "Spot":
        """Another spot at most so many metres east or west and north or south."""
        lon, lat = _moved(rng, self.lon, self.lat, metres)
        return Spot(lon, lat, self.address, self.street, self.number)


def has(kind: str, area: str) -> bool:
    """Whether an area (GM, WK or BU code) has places of this kind."""
    return bool(_candidates(kind, area))


def somewhere(kind: str, area: str, rng: Random) -> Spot:
    """A place of this kind in an area. Raises IndexError where it has none."""
    return MAKERS[kind](rng.choice(_candidates(kind, area)), rng)


@cache
def _candidates(kind: str, area: str) -> Sequence[object]:
    if kind == "street":
        return [door for door in town.addresses(area) if door.street in _streets()]
    if kind == "water":
        return _waterside(area)
    found = [place for place in town.places(kind) if _is_within(place.area, area)]
    return [place for place in found if place.name in _shapes("park")] if kind == "park" else found


def _is_within(buurt: str, area: str) -> bool:
    return area in {buurt, f"WK{buurt[2:8]}", f"GM{buurt[2:6]}"}


def _on_pavement(door: town.Door, rng: Random) -> Spot:
    """Between the front door and the middle of the street."""
    axis = min(_streets()[door.street], key=lambda line: line.distance(Point(door.lon, door.lat)))
    middle = axis.interpolate(axis.project(Point(door.lon, door.lat)))
    share = rng.uniform(0.4, 0.85)
    lon, lat = door.lon + share * (middle.x - door.lon), door.lat + share * (middle.y - door.lat)
    return Spot(*_moved(rng, lon, lat, 2), f"{door.street} {door.number}", door.street, door.number)


def _round(metres: float) -> Callable[[town.Place, Random], Spot]:
    def spot(place: town.Place, rng: Random) -> Spot:
        return Spot(*_moved(rng, place.lon, place.lat, metres), place.name)

    return spot


def _in_park(place: town.Place, rng: Random) -> Spot:
    """On the grass or a path, not in the pond."""
    shape = _shapes("park")[place.name]
    west, south, east, north = shape.extent
    while True:
        point = Point(rng.uniform(west, east), rng.uniform(south, north))
        if shape.contains(point) and not any(water.contains(point) for water in _shapes("water").values()):
            return Spot(*_rounded(point.x, point.y), place.name)


def _at_water(side: tuple[str, float, float], rng: Random) -> Spot:
    name, lon, lat = side
    return Spot(*_moved(rng, lon, lat, 3), name)


MAKERS: dict[str, Callable[..., Spot]] = {
    "street": _on_pavement,
    "park": _in_park,
    "playground": _round(12),
    "school": _round(35),
    "shops": _round(30),
    "water": _at_water,
}


def _moved(rng: Random, lon: float, lat: float, metres: float) -> tuple[float, float]:
    east, north = rng.uniform(-metres, metres), rng.uniform(-metres, metres)
    return _rounded(lon + east / METRES_EAST, lat + north / METRES_NORTH)


def _rounded(lon: float, lat: float) -> tuple[float, float]:
    return round(lon, 6), round(lat, 6)


@cache
def _features() -> list[tuple[str, str, GEOSGeometry]]:
    """Kind, name and shape of everything on the map that has a name."""
    read = json.loads(town.basemap_path().read_text(encoding="utf-8"))["features"]
    return [
        (
            feature["properties"]["kind"],
            feature["properties"]["name"],
            GEOSGeometry(json.dumps(feature["geometry"])),
        )
        for feature in read
        if feature["properties"].get("name")
    ]


@cache
def _shapes(kind: str) -> dict[str, Polygon]:
    return {
        name: shape
        for found, name, shape in _features()
        if found == kind and isinstance(shape, Polygon) and name != OPEN_WATER
    }


@cache
def _streets() -> dict[str, list[GEOSGeometry]]:
    """The middle lines of each street by its name."""
    found: dict[str, list[GEOSGeometry]] = {}
    for kind, name, shape in _features():
        if kind in {"street", "road"}:
            found.setdefault(name, []).extend(shape if shape.geom_type == "MultiLineString" else [shape])
    return found


def _waterside(area: str) -> list[tuple[str, float, float]]:
    """Corners of the banks within an area."""
    read = json.loads(town.boundaries_path("buurten").read_text(encoding="utf-8"))["features"]
    land = [
        GEOSGeometry(json.dumps(feature["geometry"])).buffer(-0.0001).prepared
        for feature in read
        if _is_within(feature["properties"]["buurtcode"], area)
    ]
    return [
        (name, lon, lat)
        for name, shape in _shapes("water").items()
        for lon, lat in shape.exterior_ring.coords[:-1]
        if any(part.contains(Point(lon, lat)) for part in land)
    ]
