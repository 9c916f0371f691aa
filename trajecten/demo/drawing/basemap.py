"""The background map of the made-up town, in the order in which it is drawn."""

import random
from collections import defaultdict
from collections.abc import Iterator

from django.contrib.gis.geos import GEOSGeometry, LineString, Point
from django.contrib.gis.geos.prepared import PreparedGeometry as Prepared

from trajecten.demo.drawing import plan
from trajecten.demo.drawing.areas import BUURTEN, NEIGHBOUR, TOWN, VEENRADE, Area, surface
from trajecten.demo.drawing.building import OLD_TOWN, platforms
from trajecten.demo.drawing.countryside import ditches
from trajecten.demo.drawing.files import Feature, feature, line, shape
from trajecten.demo.drawing.houses import Town
from trajecten.demo.drawing.layout import SEED, Layout, rail, union
from trajecten.demo.drawing.metres import (
    Metres,
    blob,
    degrees,
    distance,
    heading,
    polygon,
    rectangle,
    step_from,
)

OPEN_WATER = ((5.105, 52.505), (5.335, 52.505), (5.335, 52.61), (5.105, 52.61))
RURAL = {"BU99010401", "BU99010402", "BU99010302", VEENRADE.code}
PLAYGROUND = (26.0, 18.0)


def features(layout: Layout, town: Town) -> Iterator[Feature]:
    """Water, land, built-up land, green, inner water, houses, paths, streets, roads, rails and names."""
    ring = [*OPEN_WATER, OPEN_WATER[0]]
    yield feature("Polygon", [ring], kind="water", name="Markermeer")
    yield shape(union(surface(area) for area in (*BUURTEN, VEENRADE)), 0, kind="land")
    yield from _built(layout)
    yield from _green(layout)
    yield from _water(layout)
    yield from _buildings(town)
    yield from _ways(layout)
    yield line([rail()], 0.8, kind="rail", name="Spoorlijn")
    yield from _places(layout)


def _built(layout: Layout) -> Iterator[Feature]:
    taken = layout.kept_free()
    for area in BUURTEN:
        if area.code not in RURAL:
            yield shape(layout.plots[area.code].difference(taken).buffer(-1), 1.2, 60, kind="built")
    for name, ground in layout.grounds:
        yield shape(ground, 0.5, kind="built", name=name, what="square" if _is_square(name) else "school")


def _is_square(name: str) -> bool:
    return any(name == square for square, _ in plan.SQUARES)


def _green(layout: Layout) -> Iterator[Feature]:
    for name, park in layout.parks:
        yield shape(park, 0.5, kind="park", name=name)
    for park in plan.PARKS:
        if park.playground:
            yield shape(
                polygon(rectangle(_playground(park), park.turn, *PLAYGROUND)),
                0,
                kind="park",
                what="playground",
            )
    for _, centre, turn, fields in plan.SPORTS:
        for i in range(fields):
            middle = step_from(centre, turn, 125.0 * (i - (fields - 1) / 2))
            yield shape(polygon(rectangle(middle, turn, 68, 105)), 0, kind="park", what="pitch")


def _playground(park: plan.Park) -> Metres:
    return step_from(park.centre, park.turn + 0.5, 0.66 * park.rx)


def _water(layout: Layout) -> Iterator[Feature]:
    for name, water in layout.water:
        yield shape(water, 0.7, 20, kind="water", name=name)
    for area in (*BUURTEN, VEENRADE):
        if area.code in RURAL:
            yield line(_ditches(layout, area), 0.5, kind="water", what="ditch")


def _ditches(layout: Layout, area: Area) -> list[list[Metres]]:
    land = layout.plots[area.code].difference(layout.kept_free().buffer(12))
    old = area.code in {"BU99010402", VEENRADE.code}
    return ditches(land, layout.network, random.Random(f"{SEED}{area.code}"), old)  # noqa: S311


def _buildings(town: Town) -> Iterator[Feature]:
    """Footprints, one feature for each buurt so that the file stays small."""
    areas = [(area.code, surface(area).prepared) for area in (*BUURTEN, VEENRADE)]
    found: dict[str, list[GEOSGeometry]] = defaultdict(list)
    for building in town.buildings:
        middle = building.outline.point_on_surface
        code = next((code for code, land in areas if land.contains(middle)), "")
        found[code].append(building.outline)
    for code, outlines in sorted(found.items()):
        yield _multi(outlines, kind="building", area=code)
    yield _multi(platforms(), kind="building", what="platform")


def _multi(outlines: list[GEOSGeometry], **properties: str) -> Feature:
    parts = [shape(outline, 0)["geometry"]["coordinates"] for outline in outlines]
    return feature("MultiPolygon", parts, **properties)


def _ways(layout: Layout) -> Iterator[Feature]:
    """Streets by kind and name, the least important first."""
    pieces: dict[tuple[str, str], list[list[Metres]]] = defaultdict(list)
    for street in layout.network.streets:
        pieces[street.kind, street.name].append(street.points)
    yield line([path for park in plan.PARKS for path in _park_paths(park)], 0.6, kind="path")
    yield line(_shortcuts(layout), 0.6, kind="path")
    for kind in ("path", "street", "road"):
        for (way, name), parts in sorted(pieces.items()):
            if way == kind:
                yield line(parts, 0.8, kind=kind, name=name)


def _park_paths(park: plan.Park) -> list[list[Metres]]:
    """A walk round the pond and two ways out."""
    walk = blob(park.centre, 0.72 * park.rx, 0.72 * park.ry, park.turn, phase=park.ry)
    outs = [[walk[i], _outward(park.centre, walk[i])] for i in (2, len(walk) // 3, 2 * len(walk) // 3)]
    return [[*walk, walk[0]], *outs]


def _outward(centre: Metres, point: Metres) -> Metres:
    """From a point of the walk straight away from the middle, to just outside the park."""
    return step_from(centre, heading(centre, point), 1.45 * distance(centre, point))


def _shortcuts(layout: Layout) -> list[list[Metres]]:
    """Footpaths from the end of a dead-end street to the next street ahead."""
    found = []
    taken = layout.kept_free().prepared
    for street in layout.network.streets:
        if street.kind == "street" and street.area not in {"", *OLD_TOWN}:
            for before, end in (street.points[1::-1], street.points[-2:]):
                path = _ahead(layout, taken, before, end)
                if path:
                    found.append(path)
    return found


def _ahead(layout: Layout, taken: Prepared, before: Metres, end: Metres) -> list[Metres] | None:
    direction = heading(before, end)
    if any(distance(step_from(end, direction, 8), there) < 8 for there, _ in layout.network.near(end, 16)):
        return None
    for metres in range(12, 61, 3):
        point = step_from(end, direction, metres)
        near = [there for there, _ in layout.network.near(point, 4.0)]
        if near:
            path = [end, min(near, key=lambda there: distance(there, point))]
            return path if not taken.intersects(LineString(path)) else None
    return None


def _places(layout: Layout) -> Iterator[Feature]:
    yield _place("town", TOWN, (40, -1270))
    yield _place("town", NEIGHBOUR, (-5400, 200))
    for area in BUURTEN:
        yield _place("neighbourhood", area.name, _label(layout, area))
    for what, name, point in plan.PLACES:
        yield _place(what, name, point)
    for name, point, _ in plan.SCHOOLS:
        yield _place("school", name, point)
    for park in plan.PARKS:
        yield _place("park", park.name, (park.centre[0], park.centre[1] - 0.6 * park.ry))
        if park.playground:
            yield _place("playground", f"Speeltuin {park.name}", _playground(park))
    for name, centre, *_ in (*plan.SPORTS, *plan.ALLOTMENTS, *plan.CEMETERIES):
        yield _place("grounds", name, centre)


def _label(layout: Layout, area: Area) -> Metres:
    middle = layout.plots[area.code].centroid
    return middle.coords if surface(area).contains(middle) else surface(area).point_on_surface.coords


def _place(what: str, name: str, point: Metres) -> Feature:
    area = next((a.code for a in (*BUURTEN, VEENRADE) if surface(a).intersects(Point(point))), None)
    return feature("Point", degrees(point), kind="place", name=name, what=what, area=area)
