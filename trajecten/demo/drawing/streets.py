"""Street patterns, each from its own time: curved rows, cauliflower courts, rings round a pond, fingers of land.

A pattern fills a plot of land with centre lines. It knows the streets that are there already and keeps its
distance to those that run the same way.
"""

import math
import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from django.contrib.gis.geos import GEOSGeometry, LineString, Point
from django.contrib.gis.geos.prepared import PreparedGeometry as Prepared

from trajecten.demo.drawing.metres import (
    Metres,
    distance,
    heading,
    length,
    lines,
    resampled,
    step_from,
    turned,
)

STEP = 6.0
SHORTEST = 42.0
PARALLEL = math.radians(38)


@dataclass
class Street:
    """A centre line in metres; most get their name last."""

    points: list[Metres]
    kind: str = "street"  # street, road or path
    name: str = ""
    area: str = ""


@dataclass
class Network:
    """The streets so far, found back by place."""

    streets: list[Street] = field(default_factory=list)
    _cells: dict[tuple[int, int], list[tuple[Metres, float]]] = field(
        default_factory=lambda: defaultdict(list)
    )

    CELL = 60.0

    def add(self, street: Street) -> None:
        self.streets.append(street)
        for point, direction in resampled(street.points, STEP):
            self._cells[self._cell(point)].append((point, direction))

    def near(self, point: Metres, within: float) -> Iterator[tuple[Metres, float]]:
        """Points of streets and their headings, at most `within` metres (60 or less) away."""
        column, row = self._cell(point)
        for dx in (-1, 0, 1):
            for dy in (-1, 0, 1):
                for there, direction in self._cells.get((column + dx, row + dy), ()):
                    if distance(point, there) <= within:
                        yield there, direction

    def _cell(self, point: Metres) -> tuple[int, int]:
        return (math.floor(point[0] / self.CELL), math.floor(point[1] / self.CELL))

    def runs_beside(self, point: Metres, direction: float, within: float) -> bool:
        return any(_angle(direction, other) < PARALLEL for _, other in self.near(point, within))


def _angle(a: float, b: float) -> float:
    """Between two lines, whichever way they are walked: 0 to 90 degrees, in radians."""
    apart = abs(a - b) % math.pi
    return min(apart, math.pi - apart)


@dataclass
class Plot:
    """Land to be filled with streets."""

    area: str
    land: GEOSGeometry
    network: Network
    rng: random.Random
    canals: list[list[Metres]] = field(default_factory=list)

    @property
    def middle(self) -> Metres:
        return self.land.centroid.coords

    @property
    def reach(self) -> float:
        left, low, right, high = self.land.extent
        return math.hypot(right - left, high - low) / 2


Pattern = Callable[[Plot], None]


def lay(plot: Plot, line: Sequence[Metres], apart: float = 30.0) -> None:
    """Add what fits of a line: within the land, and not beside a street that runs the same way."""
    for piece in lines(LineString(list(line)).intersection(plot.land), SHORTEST):
        for stretch in _free_stretches(plot.network, piece, apart):
            plot.network.add(Street(stretch, area=plot.area))


def _free_stretches(network: Network, piece: Sequence[Metres], apart: float) -> list[list[Metres]]:
    stretches: list[list[Metres]] = [[]]
    for point, direction in [*resampled(piece, STEP), (piece[-1], heading(piece[-2], piece[-1]))]:
        if network.runs_beside(point, direction, apart):
            stretches.append([])
        else:
            stretches[-1].append(point)
    return [stretch for stretch in stretches if len(stretch) > 1 and length(stretch) > SHORTEST]


def rows(
    angle: float, pitch: float = 58.0, cross: float = 150.0, bend: float = 0.0, apart: float = 30.0
) -> Pattern:
    """Long streets side by side at an angle in degrees, bent by at most `bend` metres, with cross streets."""

    def draw(plot: Plot) -> None:
        turn, reach = math.radians(angle), plot.reach
        shift = plot.rng.uniform(-0.5, 0.5) * pitch
        for v in _ticks(reach, pitch, shift):
            lay(plot, _bent(plot, turn, [(u, v) for u in _ticks(reach, 20.0)], bend), apart)
        for u in _ticks(reach, cross):
            low = -pitch * math.ceil(reach / pitch)
            while low < reach:
                high = low + pitch * plot.rng.choice((1, 2, 2, 3))
                at = u + plot.rng.uniform(-0.22, 0.22) * cross
                lay(plot, _bent(plot, turn, [(at, low + shift), (at, high + shift)], bend), apart)
                low = high

    return draw


def _ticks(reach: float, every: float, shift: float = 0.0) -> list[float]:
    count = math.ceil(reach / every)
    return [shift + every * i for i in range(-count, count + 1)]


def _bent(plot: Plot, turn: float, line: Sequence[Metres], bend: float) -> list[Metres]:
    x, y = plot.middle
    swung = [(u, v + bend * math.sin(u / 170 + 0.6)) for u, v in line]
    return [turned((x + u, y + v), turn, (x, y)) for u, v in swung]


def rings(
    centre: Metres, first: float, pitch: float = 58.0, squeeze: float = 1.0, spokes: float = 130.0
) -> Pattern:
    """Streets in rings (ellipses where `squeeze` is not 1) around a centre, and spokes between them."""

    def at(radius: float, t: float) -> Metres:
        return (centre[0] + radius * math.cos(t), centre[1] + squeeze * radius * math.sin(t))

    def draw(plot: Plot) -> None:
        farthest = plot.reach + distance(centre, plot.middle)
        radii = [first + pitch * i for i in range(int((farthest - first) / pitch) + 1)]
        for radius in radii:
            corners = max(24, int(radius / 3))
            lay(plot, [at(radius, 2 * math.pi * i / corners + 0.01) for i in range(corners + 1)])
        for radius in radii:
            count = max(5, round(2 * math.pi * radius / spokes))
            shift = plot.rng.uniform(0, 2 * math.pi)
            for i in range(count):
                t = shift + 2 * math.pi * (i + plot.rng.uniform(-0.15, 0.15)) / count
                lay(plot, [at(radius, t), at(radius + pitch * plot.rng.choice((1, 1, 2)), t)])

    return draw


def courts(
    stages: Sequence[tuple[float, float, float]] = ((260, 150, 60), (150, 80, 60), (100, 50, 58)),
) -> Pattern:
    """Streets that branch like a cauliflower. A stage: the longest and shortest branch, and its clearance."""

    def draw(plot: Plot) -> None:
        inside, reachable = plot.land.prepared, plot.land.buffer(9).prepared
        trunks = [
            street for street in plot.network.streets if reachable.intersects(LineString(street.points))
        ]
        for longest, shortest, clear in stages:
            for _ in range(int(plot.land.area / 500)):
                branch = _branch(plot, inside, trunks, longest, clear)
                if length(branch) > shortest:
                    trunks.append(Street(branch, area=plot.area))
                    plot.network.add(trunks[-1])

    return draw


def _branch(
    plot: Plot, inside: Prepared, trunks: Sequence[Street], longest: float, clear: float
) -> list[Metres]:
    """A street that leaves another at about a right angle, and ends where it would come too near a third."""
    rng = plot.rng
    start, along = rng.choice(resampled(rng.choice(trunks).points, 2 * STEP))
    direction = along + rng.choice((-1, 1)) * math.pi / 2 + rng.gauss(0, 0.12)
    bend, kink = rng.choice((0, 1, -1)) * rng.uniform(0.003, 0.009), rng.uniform(25, 90)
    line, walked = [start], 0.0
    while walked < rng.uniform(0.7, 1.1) * longest:
        walked += STEP
        direction += bend * STEP if walked > kink else 0.0
        point = step_from(line[-1], direction, STEP)
        if not inside.contains(Point(point)) or any(plot.network.near(point, min(clear, 0.94 * walked))):
            break
        line.append(point)
    return line


def fingers(angle: float, pitch: float) -> Pattern:
    """Streets side by side with water behind the houses on both sides; the plot keeps the lines of the water."""

    def draw(plot: Plot) -> None:
        turn, reach = math.radians(angle), plot.reach
        for i, v in enumerate(_ticks(reach, pitch / 2)):
            line = _bent(plot, turn, [(u, v) for u in _ticks(reach, 20.0)], 14.0)
            if i % 2:
                plot.canals.extend(lines(LineString(line).intersection(plot.land.buffer(-24)), 90.0))
            else:
                lay(plot, line)

    return draw
