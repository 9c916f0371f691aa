"""The lines that part the made-up town into areas: dikes, canals, the railway and main roads.

Every boundary of every area runs along these lines, from one named node to the next. Two neighbours share the
very same points, so that the areas tile the municipality without gaps or overlaps.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from trajecten.demo.drawing.metres import Metres, joined, spans, wavered

Control = tuple[float, float] | tuple[float, float, str]


@dataclass(frozen=True)
class Line:
    """One line of the plan. `margin` is how far building plots stay away from it, in metres."""

    name: str
    kind: str  # dike, creek, canal, ditch, rail, provincial, road or green
    controls: tuple[Control, ...]
    width: float = 0.0
    margin: float = 0.0
    quay: str = ""  # the name of the street that runs along the plots beside it
    waver: float = 0.0


LINES = (
    Line(
        "Markerdijk", "dike",
        (
            (-4100, 3000, "BN"), (-3700, 3240), (-3000, 3330), (-2300, 3340), (-1500, 3500), (-600, 3400),
            (200, 3430), (1100, 3440), (1900, 3280), (2700, 3190), (3300, 2870), (3900, 2480), (4250, 2000),
            (4420, 1300), (4660, 480, "EP"), (4630, -200), (4450, -850, "ER"), (4150, -1200), (3900, -1560),
            (3400, -1800), (3000, -2040), (2200, -2200), (1800, -2190), (1500, -2290, "C1"), (1280, -2430),
            (1150, -2470), (800, -2610, "C2"), (580, -2690), (440, -2800), (340, -2815, "CH"), (240, -2800),
            (60, -2720), (-250, -2670), (-520, -2540, "C3"), (-700, -2400), (-850, -2350),
            (-1150, -2230, "C4"), (-1500, -2210), (-1800, -2330), (-2200, -2440), (-2600, -2620),
            (-3100, -2680), (-3500, -2590), (-3900, -2500), (-4300, -2300, "BS"), (-4700, -2260),
            (-5100, -2050), (-5500, -1700), (-5900, -1500), (-6200, -1000), (-6420, -450, "VR"), (-6440, 100),
            (-6560, 520, "VP"), (-6400, 1200), (-6100, 1800), (-5600, 2220), (-5200, 2640), (-4600, 2800),
            (-4100, 3000, "BN"),
        ),
        margin=58, waver=9,
    ),
    Line(
        "Veenkreek", "creek",
        (
            (-4100, 3000, "BN"), (-3960, 2600), (-4020, 2250), (-4290, 1850), (-4310, 1400), (-4080, 1050),
            (-4050, 700), (-4220, 330, "BP"), (-4230, 0), (-4060, -350), (-4280, -820, "BR"), (-4330, -1150),
            (-4120, -1500), (-4160, -1900), (-4300, -2300, "BS"),
        ),
        width=20, margin=26, waver=10,
    ),
    Line(
        "Spoorlijn", "rail",
        (
            (-6420, -450, "VR"), (-5300, -640), (-4280, -820, "BR"), (-2480, -1180, "Ra"),
            (-1500, -1275, "Rb"), (-1150, -1300, "Rc"), (-640, -1322, "Re"), (-470, -1326, "Rd"),
            (100, -1322, "Rf"), (740, -1290, "Rg"), (1500, -1232, "Rh"), (2230, -1156, "Ri"), (3300, -1020),
            (4450, -850, "ER"),
        ),
        margin=42,
    ),
    Line(
        "Provincialeweg", "provincial",
        (
            (-6560, 520, "VP"), (-5400, 470), (-4220, 330, "BP"), (-2500, 40, "P1"), (-640, -60, "P2"),
            (760, -50, "P3"), (2050, 15, "P4"), (3400, 210), (4660, 480, "EP"),
        ),
        margin=55,
    ),
    Line(
        "Singelgracht", "canal",
        (
            (-520, -2540, "C3"), (-545, -2330), (-455, -2090, "R1"), (-230, -1925), (90, -1860, "RN"),
            (330, -1885, "RH"), (590, -2090, "RE"), (700, -2330), (800, -2610, "C2"),
        ),
        width=19, margin=19, quay="singel", waver=3,
    ),
    Line(
        "Oude Gracht", "canal",
        ((330, -1885, "RH"), (300, -2080), (350, -2300), (340, -2815, "CH")),
        width=13, margin=15, quay="gracht", waver=4,
    ),
    Line(
        "Oostvaart", "canal",
        (
            (760, -50, "P3"), (755, -530, "K2"), (770, -900), (740, -1290, "Rg"), (690, -1700),
            (590, -2090, "RE"),
        ),
        width=16, margin=20, quay="kade",
    ),
    Line("Stationsstraat", "road", ((100, -1322, "Rf"), (118, -1600), (90, -1860, "RN"))),
    Line("Lindelaan", "road", ((100, -1322, "Rf"), (70, -930), (85, -540, "K1"))),
    Line("Westerdreef", "road", ((-640, -1322, "Re"), (-665, -930), (-640, -550, "V2"))),
    Line(
        "Kruidendreef", "road",
        ((-640, -550, "V2"), (-300, -585), (85, -540, "K1"), (420, -515), (755, -530, "K2")),
    ),
    Line("Koogdreef", "road", ((-1500, -570, "V1"), (-1050, -525), (-640, -550, "V2"))),
    Line(
        "Vogelvaart", "canal", ((-1500, -570, "V1"), (-1620, -760), (-1590, -1030), (-1500, -1275, "Rb")),
        width=11, margin=17, quay="kade",
    ),
    Line(
        "Koogvaart", "canal", ((-1150, -1300, "Rc"), (-1180, -1700), (-1150, -2230, "C4")),
        width=14, margin=19, quay="kade",
    ),
    Line("Westersingel", "road", ((-470, -1326, "Rd"), (-505, -1700), (-455, -2090, "R1"))),
    Line("Koogpad", "green", ((-640, -550, "V2"), (-655, -300), (-640, -60, "P2")), margin=24),
    Line(
        "Molentocht", "ditch", ((-2480, -1180, "Ra"), (-2700, -800), (-2660, -350), (-2500, 40, "P1")),
        width=9, margin=26,
    ),
    Line(
        "Noordervaart", "canal",
        ((755, -530, "K2"), (1100, -520), (1500, -490, "O1"), (1900, -440), (2310, -430, "O2")),
        width=14, margin=20, quay="kade",
    ),
    Line("Oosterdreef", "road", ((1500, -1232, "Rh"), (1530, -850), (1500, -490, "O1"))),
    Line(
        "Sterrentocht", "ditch",
        ((2230, -1156, "Ri"), (2390, -980), (2430, -700), (2310, -430, "O2"), (2160, -220), (2050, 15, "P4")),
        width=9, margin=24, quay="pad",
    ),
    Line(
        "Schepenvaart", "canal", ((1500, -1232, "Rh"), (1535, -1700), (1500, -2290, "C1")),
        width=18, margin=20, quay="kade",
    ),
)  # fmt: skip

SPACING = {"dike": 70.0, "creek": 50.0}


@dataclass(frozen=True)
class Edge:
    """The part of a line between two neighbouring nodes."""

    line: Line
    points: tuple[Metres, ...]

    def reverse(self) -> "Edge":
        return Edge(self.line, self.points[::-1])


@cache
def edges() -> dict[tuple[str, str], Edge]:
    """Every edge in both directions, by the names of its two nodes."""
    found: dict[tuple[str, str], Edge] = {}
    for number, line in enumerate(LINES):
        for start, end, points in _parts(line, phase=1.7 * number):
            found[start, end] = Edge(line, tuple(points))
            found[end, start] = found[start, end].reverse()
    return found


def _parts(line: Line, phase: float) -> list[tuple[str, str, list[Metres]]]:
    nodes = [(i, control[2]) for i, control in enumerate(line.controls) if len(control) == 3]
    curves = spans([control[:2] for control in line.controls], SPACING.get(line.kind, 55.0))
    parts = []
    for (i, start), (j, end) in itertools.pairwise(nodes):
        points = joined(curves[i:j])
        parts.append((start, end, wavered(points, line.waver, phase + i) if line.waver else points))
    return parts


def along(nodes: Sequence[str]) -> list[Edge]:
    """The edges from node to node and back to the first. Refused (KeyError) where no line joins two nodes."""
    return [edges()[a, b] for a, b in zip(nodes, [*nodes[1:], nodes[0]], strict=True)]


def whole(line: Line) -> list[Metres]:
    """All points of one line from its first node to its last."""
    nodes = [control[2] for control in line.controls if len(control) == 3]
    return joined(edges()[a, b].points for a, b in itertools.pairwise(nodes))
