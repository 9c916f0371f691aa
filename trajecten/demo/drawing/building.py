"""Building the town: what stands where, in the order in which the best places are taken."""

import math
import random

from django.contrib.gis.geos import GEOSGeometry, LineString, Point

from trajecten.demo.drawing import plan
from trajecten.demo.drawing.houses import (
    HALL,
    HOUSELESS,
    LOW_FLATS,
    ROW,
    SEMI,
    STYLES,
    Building,
    Town,
    doors_along,
    farms_along,
    line_with_houses,
    old_blocks,
)
from trajecten.demo.drawing.layout import SEED, Layout, rail, union
from trajecten.demo.drawing.metres import band, length, polygon, rectangle, step_from, turned
from trajecten.demo.drawing.streets import Street

OLD_TOWN = ("BU99010000", "BU99010001")
OLD_STREET_WIDTH = 7.6
FARM_DISTANCE = 330.0
THROUGH_ROAD_STYLES = (ROW, ROW, SEMI, LOW_FLATS)


def built(layout: Layout) -> Town:
    rng = random.Random(SEED)  # noqa: S311
    free = union(layout.plots.values()).difference(layout.kept_free().buffer(3)).difference(band(rail(), 60))
    town = Town(layout.network, free.difference(_old_town(layout)).prepared)
    for building in (_church(), _station(), *_schools()):
        town.build(building)
    _old_town_houses(layout, town, rng)
    for street in sorted(layout.network.streets, key=_order):
        _houses(layout, town, street, rng)
    return town


def _order(street: Street) -> tuple[bool, float]:
    return (street.kind != "road", -length(street.points))


def _houses(layout: Layout, town: Town, street: Street, rng: random.Random) -> None:
    if street.kind == "path" or street.name in HOUSELESS:
        return
    if street.name in plan.POLDER_ROADS:
        farms_along(town, street, FARM_DISTANCE, rng)
    elif street.name in plan.INDUSTRIAL_ROADS:
        line_with_houses(town, street, HALL, rng)
    elif street.name in plan.VILLAGE_ROADS:
        line_with_houses(town, street, SEMI, rng)
    elif street.area in STYLES or street.kind == "road":
        line_with_houses(town, street, rng.choice(STYLES.get(street.area, THROUGH_ROAD_STYLES)), rng)


def _old_town(layout: Layout) -> GEOSGeometry:
    return union(layout.plots[code] for code in OLD_TOWN)


def _old_town_houses(layout: Layout, town: Town, rng: random.Random) -> None:
    within = _old_town(layout)
    streets = [s for s in layout.network.streets if LineString(s.points).intersects(within)]
    lanes = union(band(street.points, OLD_STREET_WIDTH) for street in streets)
    walls = old_blocks(within.difference(lanes).difference(layout.kept_free().buffer(2)), rng)
    houses = [Building(wall) for wall in walls]
    prepared = union(walls).prepared
    for street in streets:
        if street.name not in HOUSELESS:
            for door in doors_along(street, prepared):
                house = next(h for h in houses if h.outline.intersects(Point(door.point)))
                house.homes.append(door)
    for house in houses:
        town.build(house)


def _church() -> Building:
    """A cross with a choir and a tower."""
    turn = 0.12
    nave = polygon(rectangle(plan.CHURCH, turn, 58, 17))
    transept = polygon(rectangle(step_from(plan.CHURCH, turn, 8), turn, 14, 36))
    tower = polygon(rectangle(step_from(plan.CHURCH, turn, -33), turn, 11, 11))
    choir = Point(step_from(plan.CHURCH, turn, 29)).buffer(8.5, quadsegs=3)
    return Building(nave.union(transept).union(tower).union(choir))


def _station() -> Building:
    return Building(polygon(rectangle((190, -1347), 0.02, 74, 13)))


def _schools() -> list[Building]:
    """A long wing and a short one beside the playground."""
    found = []
    for _, centre, turn in plan.SCHOOLS:
        wings = (((-8, -14), 54, 15), ((-27, 8), 16, 32), ((16, 4), 13, 24))
        shapes = [
            polygon(rectangle(turned((centre[0] + dx, centre[1] + dy), turn, centre), turn, long, wide))
            for (dx, dy), long, wide in wings
        ]
        found.append(Building(union(shapes)))
    return found


def platforms() -> list[GEOSGeometry]:
    """Two platforms along the rails at the station."""
    direction = math.radians(0.6)
    return [polygon(rectangle((190, -1322 + side * 9), direction, 190, 5)) for side in (1, -1)]
