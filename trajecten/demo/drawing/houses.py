"""Houses along the streets, and the addresses in them."""

import math
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.contrib.gis.geos import GEOSGeometry, Point, Polygon
from django.contrib.gis.geos.prepared import PreparedGeometry as Prepared

from trajecten.demo.drawing.metres import (
    Metres,
    distance,
    heading,
    length,
    polygon,
    rectangle,
    resampled,
    step_from,
)
from trajecten.demo.drawing.streets import Network, Street


@dataclass(frozen=True)
class Style:
    """How a row of homes stands along a street; all in metres."""

    front: float  # from the street's centre line to the front of the house
    depth: float
    width: float  # of one home, or of one stairwell of flats
    homes: tuple[int, int]  # per row, fewest and most
    gap: float
    garden: float  # kept free behind
    floors: int = 0  # above 0: flats, two to a floor at each stairwell


ROW = Style(front=9.5, depth=9.4, width=7.2, homes=(4, 9), gap=11.0, garden=9.0)
OLD_ROW = Style(front=7.4, depth=9.0, width=7.0, homes=(4, 9), gap=7.0, garden=8.0)
SEMI = Style(front=11.0, depth=10.0, width=8.0, homes=(2, 2), gap=12.0, garden=9.0)
VILLA = Style(front=13.0, depth=11.5, width=12.0, homes=(1, 1), gap=12.0, garden=10.0)
FLATS = Style(front=14.0, depth=11.5, width=13.0, homes=(3, 5), gap=36.0, garden=18.0, floors=3)
LOW_FLATS = Style(front=10.0, depth=11.0, width=15.0, homes=(2, 4), gap=30.0, garden=12.0, floors=2)
HALL = Style(front=19.0, depth=38.0, width=46.0, homes=(1, 1), gap=13.0, garden=3.0)

STYLES: dict[str, tuple[Style, ...]] = {
    "BU99010002": (OLD_ROW,),
    "BU99010003": (OLD_ROW, OLD_ROW, OLD_ROW, LOW_FLATS),
    "BU99010100": (ROW, ROW, ROW, ROW, ROW, FLATS),
    "BU99010101": (ROW, ROW, ROW, SEMI),
    "BU99010102": (ROW, ROW, ROW, SEMI),
    "BU99010200": (ROW, ROW, ROW, SEMI),
    "BU99010201": (ROW, SEMI, SEMI, VILLA),
    "BU99010202": (ROW, ROW, SEMI, VILLA),
    "BU99010300": (ROW,),
    "BU99010301": (OLD_ROW, ROW, ROW),
    "BU99010400": (HALL,),
}
HOUSELESS = {"Provincialeweg", "Markerdijk"}


@dataclass
class Home:
    """One front door, or the stairwell of several flats; numbers come with the names of the streets."""

    point: Metres
    street: Street
    side: int  # 1 left of the street's line, -1 right
    along: float  # metres from the start of the street's line
    doors: int = 1
    numbers: list[int] = field(default_factory=list)


@dataclass
class Building:
    outline: Polygon
    homes: list[Home] = field(default_factory=list)


@dataclass
class Town:
    """What has been built so far, found back by place."""

    network: Network
    buildable: Prepared
    buildings: list[Building] = field(default_factory=list)
    _cells: dict[tuple[int, int], list[Polygon]] = field(default_factory=lambda: defaultdict(list))

    CELL = 80.0

    def build(self, building: Building) -> None:
        self.buildings.append(building)
        for cell in self._covers(building.outline):
            self._cells[cell].append(building.outline)

    def free(self, claim: Polygon) -> bool:
        """Whether no building stands on the claim, which is a house with its garden."""
        return not any(other.intersects(claim) for cell in self._covers(claim) for other in self._cells[cell])

    def clear_of_streets(self, corners: Sequence[Metres], least: float = 6.2) -> bool:
        walls = resampled([*corners, corners[0]], 5.0)
        return not any(any(self.network.near(point, least)) for point, _ in walls)

    def _covers(self, shape: Polygon) -> Iterator[tuple[int, int]]:
        left, low, right, high = (math.floor(value / self.CELL) for value in shape.extent)
        return ((x, y) for x in range(left, right + 1) for y in range(low, high + 1))


def line_with_houses(town: Town, street: Street, style: Style, rng: random.Random) -> None:
    """Rows of homes on both sides of a street, wherever a whole row fits."""
    for side in (1, -1):
        walk = resampled(street.points, 1.0)
        at = int(rng.uniform(3, 9))
        while at < len(walk):
            row = _row(town, street, style, walk, at, side, rng)
            if row:
                town.build(row)
                at += math.ceil(len(row.homes) * style.width + style.gap + rng.uniform(0, 2))
            else:
                at += 3


def _row(
    town: Town,
    street: Street,
    style: Style,
    walk: Sequence[tuple[Metres, float]],
    at: int,
    side: int,
    rng: random.Random,
) -> Building | None:
    """The longest row that fits from metre `at`, from a random wish downwards."""
    for homes in range(rng.randint(*style.homes), style.homes[0] - 1, -1):
        end = at + round(homes * style.width)
        if end < len(walk) and abs(walk[end][1] - walk[at][1]) < 0.3:
            row = _tried(town, street, style, (walk[at][0], walk[end][0]), side, homes)
            if row:
                for i, home in enumerate(row.homes):
                    home.along = at + (i + 0.5) * style.width
                return row
    return None


def _tried(
    town: Town, street: Street, style: Style, chord: tuple[Metres, Metres], side: int, homes: int
) -> Building | None:
    direction = heading(*chord)
    inward = direction + side * math.pi / 2
    middle = ((chord[0][0] + chord[1][0]) / 2, (chord[0][1] + chord[1][1]) / 2)
    size = homes * style.width
    centre = step_from(middle, inward, style.front + style.depth / 2)
    corners = rectangle(centre, direction, size, style.depth)
    outline = polygon(corners)
    claim_centre = step_from(middle, inward, style.front + (style.depth + style.garden) / 2)
    claim = polygon(rectangle(claim_centre, direction, size + 3.0, style.depth + style.garden))
    fits = town.clear_of_streets(corners) and town.buildable.contains(outline) and town.free(claim)
    return Building(outline, _homes(street, style, middle, direction, side, homes)) if fits else None


def _homes(
    street: Street, style: Style, middle: Metres, direction: float, side: int, homes: int
) -> list[Home]:
    """A door for each home, just behind the front."""
    doors = 2 * style.floors or 1
    found = []
    for i in range(homes):
        at = step_from(middle, direction, (i + 0.5 - homes / 2) * style.width)
        point = step_from(at, direction + side * math.pi / 2, style.front + 2.5)
        found.append(Home(point, street, side, 0.0, doors))
    return found


def old_blocks(land: GEOSGeometry, rng: random.Random) -> list[Polygon]:
    """The closed blocks of an old town: houses wall to wall, gardens inside, here and there an alley."""
    pieces: list[Polygon] = []
    for block in _parts(land):
        if block.area > 350:
            depth = rng.uniform(9.5, 13.5)
            walls = block.simplify(1.2).difference(block.buffer(-depth, quadsegs=1))
            pieces.extend(_parts(_without_slits(walls.difference(_alleys(block, rng))), 28.0))
    return pieces


def _without_slits(walls: GEOSGeometry) -> GEOSGeometry:
    """Corners that are narrower than the six decimals of the files can show are taken off."""
    thinner = walls.buffer_with_style(-0.4, join_style=2)
    return thinner.buffer_with_style(0.4, join_style=2, mitre_limit=2.0)


def _alleys(block: Polygon, rng: random.Random) -> GEOSGeometry:
    cuts: GEOSGeometry = Polygon()
    walk = resampled(block.exterior_ring.coords, 1.0)
    at = int(rng.uniform(8, 24))
    while at < len(walk):
        point, direction = walk[at]
        cuts = cuts.union(polygon(rectangle(point, direction, 1.4, 34.0)))
        at += int(rng.uniform(25, 70))
    return cuts


def _parts(geometry: GEOSGeometry, smallest: float = 0.0) -> list[Polygon]:
    if geometry.geom_type == "Polygon":
        return [geometry] if geometry.area > smallest else []
    return [part for member in geometry for part in _parts(member, smallest)]


def doors_along(street: Street, walls: Prepared, every: float = 14.0) -> list[Home]:
    """Front doors of an old street, where a house stands along it."""
    doors = []
    for i, (point, direction) in enumerate(resampled(street.points, every)):
        for side in (1, -1):
            door = step_from(point, direction + side * math.pi / 2, 7.5)
            if walls.contains(Point(door)):
                doors.append(Home(door, street, side, i * every))
    return doors


def farm(
    town: Town, street: Street, at: Metres, direction: float, side: int, along: float, rng: random.Random
) -> None:
    """A farmhouse with its barns, standing back from a polder road."""
    inward = direction + side * math.pi / 2
    yard = step_from(at, inward, rng.uniform(34, 52))
    shapes = [(0.0, 0.0, 12.0, 15.0), (rng.uniform(18, 26), 24.0, 17.0, 42.0), (-24.0, 30.0, 14.0, 30.0)]
    outlines = []
    for sideways, back, wide, deep in shapes[: rng.choice((2, 3, 3))]:
        centre = step_from(step_from(yard, direction, sideways), inward, back)
        outlines.append(polygon(rectangle(centre, direction, wide, deep)))
    if all(town.buildable.contains(outline) and town.free(outline) for outline in outlines):
        home = Home(yard, street, side, along)
        town.build(Building(outlines[0], [home]))
        for barn in outlines[1:]:
            town.build(Building(barn))


def farms_along(town: Town, street: Street, every: float, rng: random.Random) -> None:
    """Farms now left, now right of the road, at irregular distances."""
    total, at = length(street.points), rng.uniform(80, 200)
    walk = resampled(street.points, 1.0)
    while at < total - 60:
        point, direction = walk[int(at)]
        if distance(point, street.points[-1]) > 60:
            farm(town, street, point, direction, rng.choice((1, -1)), at, rng)
        at += every * rng.uniform(0.6, 1.4)
