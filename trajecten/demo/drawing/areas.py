"""Municipalities, wijken and buurten of the drawing: their codes, their rings and how they tile."""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from django.contrib.gis.geos import Polygon

from trajecten.demo.drawing.lines import Edge, along
from trajecten.demo.drawing.metres import Degrees, Metres, degrees, joined, polygon

YEAR = 2026
TOWN_CODE, TOWN = "GM9901", "Polderwijk"
NEIGHBOUR_CODE, NEIGHBOUR = "GM9902", "Veenrade"

WIJKEN = {
    "WK990100": "Centrum",
    "WK990101": "De Linde",
    "WK990102": "Oostpolder",
    "WK990103": "Westerkoog",
    "WK990104": "Buitengebied",
}


@dataclass(frozen=True)
class Area:
    """A buurt: its code and name, and the nodes of lines.py that its boundary passes."""

    code: str
    name: str
    nodes: tuple[str, ...]
    household: float = 2.2  # inhabitants per household

    @property
    def wijk(self) -> str:
        return f"WK{self.code[2:8]}"

    @property
    def municipality(self) -> str:
        return f"GM{self.code[2:6]}"

    @property
    def boundary(self) -> list[Edge]:
        return along(self.nodes)


def _area(code: str, name: str, nodes: str, household: float = 2.2) -> Area:
    return Area(code, name, tuple(nodes.split()), household)


BUURTEN = (
    _area("BU99010000", "Centrum", "C3 R1 RN RH CH", 1.8),
    _area("BU99010001", "Havenkwartier", "RH RE C2 CH", 1.8),
    _area("BU99010002", "Singelbuurt", "R1 Rd Rf RN", 2.1),
    _area("BU99010003", "Stationsbuurt", "RN Rf Rg RE RH", 1.9),
    _area("BU99010100", "De Linde", "Re V2 K1 Rf Rd", 2.0),
    _area("BU99010101", "Bloemenbuurt", "Rf K1 K2 Rg", 2.2),
    _area("BU99010102", "Kruidenhof", "V2 P2 P3 K2 K1", 2.3),
    _area("BU99010200", "Oostpolder", "Rg K2 O1 Rh", 2.5),
    _area("BU99010201", "Schepenbuurt", "Rg Rh C1 C2 RE", 2.4),
    _area("BU99010202", "Sterrenkwartier", "Rh O1 O2 Ri", 2.7),
    _area("BU99010300", "Vogelweide", "Rb V1 V2 Re Rc", 2.3),
    _area("BU99010301", "Ambachtenbuurt", "Rc Re Rd R1 C3 C4", 2.1),
    _area("BU99010302", "Koogplas", "Ra P1 P2 V2 V1 Rb", 2.4),
    _area("BU99010400", "De Sluis", "K2 P3 P4 O2 O1", 2.0),
    _area("BU99010401", "Noorderpolder", "BN BP P1 P2 P3 P4 O2 Ri Rh C1 ER EP", 2.6),
    _area("BU99010402", "Westerpolder", "BS BR BP P1 Ra Rb Rc C4", 2.6),
)
VEENRADE = _area("BU99020000", NEIGHBOUR, "BN VP VR BS BR BP")


@cache
def surface(area: Area) -> Polygon:
    """The area in metres."""
    return polygon(joined(edge.points for edge in area.boundary)[:-1])


def ring(area: Area) -> list[Degrees]:
    """The closed outer ring in degrees, counter-clockwise as RFC 7946 asks."""
    points = [degrees(point) for point in joined(edge.points for edge in area.boundary)]
    return points if _signed_area(points) > 0 else points[::-1]


def union(rings: Sequence[Sequence[Degrees]]) -> list[Degrees]:
    """The outline of rings that tile a region: what remains when sides walked both ways are taken out.

    Refused (ValueError) when the region is not in one piece or has a hole.
    """
    sides = {side for closed in rings for side in itertools.pairwise(closed)}
    outer = {a: b for a, b in sides if (b, a) not in sides}
    start = min(outer)
    outline = [start]
    while (ahead := outer.pop(outline[-1], None)) is not None:
        outline.append(ahead)
    if outer or outline[-1] != start:
        raise ValueError("These areas do not form one region without holes.")
    return outline


def _signed_area(points: Sequence[Metres]) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in itertools.pairwise(points)) / 2


def within(code: str) -> Iterable[Area]:
    """The buurten of a wijk or municipality code."""
    return (area for area in (*BUURTEN, VEENRADE) if code in {area.wijk, area.municipality})
