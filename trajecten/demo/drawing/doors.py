"""From homes to addresses: house numbers along the streets, postcodes and areas."""

import itertools
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.contrib.gis.geos import Point

from trajecten.demo.drawing.areas import BUURTEN, NEIGHBOUR, TOWN, VEENRADE, surface
from trajecten.demo.drawing.houses import Building, Home
from trajecten.demo.drawing.metres import Degrees, degrees

PER_POSTCODE = 30
LETTERS = "ABCDEGHJKLMNPRSTVWXZ"
NEVER_ISSUED = {"SA", "SD", "SS"}
DISTRICTS = {  # four digits that no real place has, by wijk
    "WK990100": "1999",
    "WK990101": "1998",
    "WK990102": "1997",
    "WK990103": "1996",
    "WK990104": "1996",
    "WK990200": "1995",
}


@dataclass(frozen=True)
class Block:
    """The addresses of one postcode: one street in one buurt; each point with the numbers found there."""

    town: str
    street: str
    postcode: str
    area: str
    points: tuple[tuple[Degrees, tuple[int, ...]], ...]

    @property
    def count(self) -> int:
        return sum(len(numbers) for _, numbers in self.points)


def blocks(buildings: Sequence[Building]) -> list[Block]:
    """All addresses by postcode. A home outside every buurt gets none."""
    placed = list(_placed(buildings))
    _number(placed)
    streets: dict[tuple[str, str], list[Home]] = defaultdict(list)
    for code, home in placed:
        streets[code, home.street.name].append(home)
    letters = {digits: _letters() for digits in DISTRICTS.values()}
    found = []
    for (code, street), homes in sorted(streets.items()):
        digits = DISTRICTS[f"WK{code[2:8]}"]
        for group in _groups(sorted(homes, key=lambda home: home.numbers)):
            points = tuple((degrees(home.point), tuple(home.numbers)) for home in group)
            town = NEIGHBOUR if code == VEENRADE.code else TOWN
            found.append(Block(town, street, digits + next(letters[digits]), code, points))
    return found


def _placed(buildings: Sequence[Building]) -> Iterator[tuple[str, Home]]:
    areas = [(area.code, surface(area).buffer(-1).prepared) for area in (*BUURTEN, VEENRADE)]
    for building in buildings:
        for home in building.homes:
            point = Point(home.point)
            code = next((code for code, land in areas if land.contains(point)), None)
            if code:
                yield code, home


def _number(placed: Sequence[tuple[str, Home]]) -> None:
    """Odd numbers left of a street's line and even ones right, rising along it; each town its own streets."""
    pieces: dict[int, int] = {}
    sides: dict[tuple[bool, str, int], list[Home]] = defaultdict(list)
    for code, home in placed:
        pieces.setdefault(id(home.street), len(pieces))
        sides[code == VEENRADE.code, home.street.name, home.side].append(home)
    for (_, _, side), homes in sides.items():
        numbers = itertools.count(1 if side > 0 else 2, 2)
        for home in sorted(homes, key=lambda home: (pieces[id(home.street)], home.along)):
            home.numbers = list(itertools.islice(numbers, home.doors))


def _groups(homes: Sequence[Home]) -> Iterator[list[Home]]:
    group: list[Home] = []
    for home in homes:
        if group and sum(len(other.numbers) for other in group) + len(home.numbers) > PER_POSTCODE:
            yield group
            group = []
        group.append(home)
    yield group


def _letters() -> Iterator[str]:
    pairs = ("".join(pair) for pair in itertools.product(LETTERS, repeat=2))
    return (pair for pair in pairs if pair not in NEVER_ISSUED)
