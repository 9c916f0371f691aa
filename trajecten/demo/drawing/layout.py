"""From plan to land: the water, the green, the plots that may be built on, and all streets."""

import random
from dataclasses import dataclass, field
from functools import reduce

from django.contrib.gis.geos import GEOSGeometry, LineString, Polygon

from trajecten.demo.drawing import plan
from trajecten.demo.drawing.areas import BUURTEN, VEENRADE, Area, surface
from trajecten.demo.drawing.lines import LINES, Edge, whole
from trajecten.demo.drawing.metres import (
    Metres,
    band,
    blob,
    curve,
    lines,
    offset,
    polygon,
    rectangle,
)
from trajecten.demo.drawing.streets import Network, Plot, Street

SEED = 9901
DIKE_ROAD = -24.0  # metres inside the coast
QUAY = 9.0  # metres from the harbour to the middle of the quay
SCHOOL_GROUNDS = (78.0, 56.0)
WATER_KINDS = {"creek", "canal", "ditch"}


@dataclass
class Layout:
    """The town in metres, before houses and names."""

    network: Network = field(default_factory=Network)
    water: list[tuple[str, GEOSGeometry]] = field(default_factory=list)
    parks: list[tuple[str, GEOSGeometry]] = field(default_factory=list)
    grounds: list[tuple[str, GEOSGeometry]] = field(default_factory=list)  # schools and squares
    plots: dict[str, GEOSGeometry] = field(default_factory=dict)

    def kept_free(self) -> GEOSGeometry:
        """Where neither street nor house may come."""
        return union(shape for _, shape in (*self.water, *self.parks, *self.grounds))


def union(shapes) -> GEOSGeometry:
    return reduce(lambda a, b: a.union(b), shapes, Polygon())


def laid_out() -> Layout:
    layout = Layout()
    _water(layout)
    _green(layout)
    _grounds(layout)
    _main_roads(layout)
    for area in BUURTEN:
        _neighbourhood(layout, area)
    layout.plots[VEENRADE.code] = _plot(VEENRADE)
    layout.network = _connected(layout.network)
    return layout


def _connected(network: Network) -> Network:
    """The streets without the short ones that lead nowhere."""
    ways = [(street, LineString(street.points)) for street in network.streets]
    kept = Network()
    for street, way in ways:
        reaches = way.buffer(10).prepared
        if way.length > 120 or any(other is not way and reaches.intersects(other) for _, other in ways):
            kept.add(street)
    return kept


def _water(layout: Layout) -> None:
    land = union(surface(area) for area in (*BUURTEN, VEENRADE))
    for line in LINES:
        if line.kind in WATER_KINDS:
            layout.water.append((line.name, band(whole(line), line.width).intersection(land)))
    layout.water.append(("Haven", polygon(plan.HARBOUR).intersection(land)))
    name, centre, rx, ry, phase = plan.LAKE
    layout.water.append((name, polygon(blob(centre, rx, ry, phase=phase))))
    for park in plan.PARKS:
        if park.pond:
            pond = blob(park.centre, park.rx * park.pond, park.ry * park.pond, park.turn, phase=park.rx)
            layout.water.append((park.pond_name, polygon(pond)))


def _green(layout: Layout) -> None:
    for park in plan.PARKS:
        outline = blob(park.centre, park.rx, park.ry, park.turn, phase=park.ry)
        layout.parks.append((park.name, polygon(outline)))
    for name, centre, turn, fields in plan.SPORTS:
        layout.parks.append((name, polygon(rectangle(centre, turn, 125.0 * fields, 190.0))))
    for name, centre, turn, along, across in (*plan.ALLOTMENTS, *plan.CEMETERIES):
        layout.parks.append((name, polygon(rectangle(centre, turn, along, across))))


def _grounds(layout: Layout) -> None:
    layout.grounds.extend((name, polygon(corners)) for name, corners in plan.SQUARES)
    layout.grounds.extend(
        (name, polygon(rectangle(point, turn, *SCHOOL_GROUNDS))) for name, point, turn in plan.SCHOOLS
    )


def _main_roads(layout: Layout) -> None:
    for line in LINES:
        if line.kind in {"road", "provincial"}:
            layout.network.add(Street(whole(line), kind="road", name=line.name))
        elif line.kind == "dike":
            layout.network.add(Street(offset(whole(line), DIKE_ROAD), kind="road", name=line.name))
    for name, kind, points in plan.streets_by_hand():
        layout.network.add(Street(curve(points), kind=kind, name=name))


def _neighbourhood(layout: Layout, area: Area) -> None:
    """The quays along the edge of its plot, then the pattern inside."""
    plot = _plot(area)
    layout.plots[area.code] = plot
    for street in _quays(area, plot):
        layout.network.add(street)
    land = plot.difference(layout.kept_free().buffer(5))
    work = Plot(area.code, land, layout.network, random.Random(f"{SEED}{area.code}"))  # noqa: S311
    for pattern in plan.PATTERNS.get(area.code, ()):
        pattern(work)
    layout.water.extend(("", band(line, 13.0)) for line in work.canals)


def _plot(area: Area) -> GEOSGeometry:
    """The land of an area that is left when what runs along its edges has taken its margin."""
    taken = union(band(edge.points, 2 * edge.line.margin) for edge in area.boundary if edge.line.margin)
    corners = union(_corner(edge) for edge in area.boundary if edge.line.margin)
    return surface(area).difference(taken.union(corners)).difference(polygon(plan.HARBOUR).buffer(QUAY))


def _corner(edge: Edge) -> GEOSGeometry:
    """Margins of neighbouring edges meet round the node between them."""
    return polygon(blob(edge.points[0], edge.line.margin, edge.line.margin)).union(
        polygon(blob(edge.points[-1], edge.line.margin, edge.line.margin))
    )


def _quays(area: Area, plot: GEOSGeometry) -> list[Street]:
    """Streets on the edge of the plot along a canal, dike or railway, where the plan names one."""
    streets = []
    for edge in area.boundary:
        name = plan.QUAYS.get((area.code, edge.line.name))
        if name:
            beside = band(edge.points, 2 * edge.line.margin + 4)
            pieces = lines(plot.boundary.intersection(beside), 40.0)
            kind = "path" if edge.line.kind == "green" else "street"
            streets.extend(Street(piece, kind=kind, name=name, area=area.code) for piece in pieces)
    if area.code in plan.HARBOUR_QUAYS:
        beside = polygon(plan.HARBOUR).buffer(QUAY + 2)
        pieces = lines(plot.boundary.intersection(beside), 40.0)
        name = plan.HARBOUR_QUAYS[area.code]
        streets.extend(Street(piece, kind="street", name=name, area=area.code) for piece in pieces)
    return streets


def rail() -> list[Metres]:
    return next(whole(line) for line in LINES if line.kind == "rail")
