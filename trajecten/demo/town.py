"""The made-up town Polderwijk and its neighbour Veenrade, drawn in the open water of the Markermeer.

The files in ``data/`` are made by ``python -m trajecten.demo.drawing``. All coordinates are WGS84 degrees.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parent / "data"
BOUNDARIES = ("municipalities", "wijken", "buurten")


@dataclass(frozen=True)
class Place:
    """Something with a name on the map. ``kind``: school, playground, church, station, neighbourhood ..."""

    kind: str
    name: str
    lon: float
    lat: float
    area: str  # the code of its buurt, empty in open water


@dataclass(frozen=True)
class Door:
    """One address. A dwelling in a flat shares its point with its neighbours."""

    street: str
    number: int
    postcode: str
    town: str
    lon: float
    lat: float
    area: str

    @property
    def wijk(self) -> str:
        return f"WK{self.area[2:8]}"

    @property
    def municipality(self) -> str:
        return f"GM{self.area[2:6]}"

    @property
    def label(self) -> str:
        return f"{self.street} {self.number}, {self.postcode} {self.town}"


def boundaries_path(kind: str) -> Path:
    """The GeoJSON of the municipalities, wijken or buurten. Refused (ValueError): any other kind."""
    if kind not in BOUNDARIES:
        raise ValueError(f"There are boundaries of {', '.join(BOUNDARIES)}, not of {kind}.")
    return DATA / f"{kind}.geojson"


def basemap_path() -> Path:
    """The background of the map: features of which the property ``kind`` says how they are drawn.

    In the order in which they are drawn: water, land, built, park, building, path, street, road, rail, place. A
    line of kind water is a ditch; a place is a point with ``what`` it is.
    """
    return DATA / "basemap.geojson"


def addresses_path() -> Path:
    """By town an entry for each postcode; its points are longitude, latitude and the house numbers there."""
    return DATA / "addresses.json"


def places(kind: str = "") -> tuple[Place, ...]:
    """Places of one kind, or all of them."""
    return tuple(place for place in _places() if kind in {"", place.kind})


def addresses(area_code: str = "") -> tuple[Door, ...]:
    """The addresses in a buurt (BU...), wijk (WK...) or municipality (GM...), or all; none in an unknown area."""
    return tuple(door for door in _addresses() if area_code in {"", door.area, door.wijk, door.municipality})


def read_addresses(path: Path) -> Iterator[Door]:
    """The addresses in a file of the form of ``addresses_path``. Refused (ValueError, KeyError): another form."""
    for town, blocks in json.loads(path.read_text(encoding="utf-8")).items():
        for block in blocks:
            for lon, lat, *numbers in block["points"]:
                for number in numbers:
                    yield Door(block["street"], number, block["postcode"], town, lon, lat, block["area"])


@cache
def _addresses() -> tuple[Door, ...]:
    return tuple(read_addresses(addresses_path()))


@cache
def _places() -> tuple[Place, ...]:
    features = json.loads(basemap_path().read_text(encoding="utf-8"))["features"]
    return tuple(_place(feature) for feature in features if feature["properties"]["kind"] == "place")


def _place(feature: dict[str, Any]) -> Place:
    lon, lat = feature["geometry"]["coordinates"]
    known = feature["properties"]
    return Place(known["what"], known["name"], lon, lat, known.get("area", ""))
