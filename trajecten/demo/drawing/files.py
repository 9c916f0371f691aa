"""The files of the made-up town: compact GeoJSON in WGS84 with 6 decimals."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from django.contrib.gis.geos import GEOSGeometry, LineString

from trajecten.demo.drawing.areas import (
    BUURTEN,
    NEIGHBOUR,
    NEIGHBOUR_CODE,
    TOWN,
    TOWN_CODE,
    VEENRADE,
    WIJKEN,
    YEAR,
    ring,
    union,
    within,
)
from trajecten.demo.drawing.doors import Block
from trajecten.demo.drawing.metres import Degrees, Metres, degrees, lines, polygons

Feature = dict[str, Any]
BUSINESS_PARK = "BU99010400"  # addresses, but nobody lives there


def write(folder: Path, name: str, content: Any) -> None:
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    (folder / name).write_text(
        text.replace('{"type":"Feature"', '\n{"type":"Feature"') + "\n", encoding="utf-8"
    )


def collection(features: Iterable[Feature]) -> Feature:
    return {"type": "FeatureCollection", "features": list(features)}


def feature(geometry: str, coordinates: Any, /, **properties: Any) -> Feature:
    """A GeoJSON feature of a geometry type; properties without a value are left out."""
    kept = {key: value for key, value in properties.items() if value not in {None, ""}}
    return {"type": "Feature", "properties": kept, "geometry": {"type": geometry, "coordinates": coordinates}}


def municipalities() -> list[Feature]:
    town = union([ring(area) for area in BUURTEN])
    return [
        feature("Polygon", [town], statcode=TOWN_CODE, statnaam=TOWN, jaar=YEAR),
        feature("Polygon", [ring(VEENRADE)], statcode=NEIGHBOUR_CODE, statnaam=NEIGHBOUR, jaar=YEAR),
    ]


def _counts(blocks: Sequence[Block]) -> dict[str, tuple[int, int]]:
    """Households and inhabitants by buurt; inhabitants to the nearest five, as CBS gives them."""
    households: dict[str, int] = defaultdict(int)
    for block in blocks:
        households[block.area] += block.count if block.area != BUSINESS_PARK else 0
    return {
        area.code: (households[area.code], 5 * round(households[area.code] * area.household / 5))
        for area in BUURTEN
    }


def buurten(blocks: Sequence[Block]) -> list[Feature]:
    counts = _counts(blocks)
    return [
        feature(
            "Polygon", [ring(area)],
            buurtcode=area.code, buurtnaam=area.name, wijkcode=area.wijk, gemeentecode=TOWN_CODE,
            gemeentenaam=TOWN, water="NEE", jaar=YEAR,
            aantal_inwoners=counts[area.code][1], aantal_huishoudens=counts[area.code][0],
        )
        for area in BUURTEN
    ]  # fmt: skip


def wijken(blocks: Sequence[Block]) -> list[Feature]:
    counts = _counts(blocks)
    found = []
    for code, name in WIJKEN.items():
        members = list(within(code))
        found.append(
            feature(
                "Polygon", [union([ring(area) for area in members])],
                wijkcode=code, wijknaam=name, gemeentecode=TOWN_CODE, gemeentenaam=TOWN, water="NEE", jaar=YEAR,
                aantal_inwoners=sum(counts[area.code][1] for area in members),
                aantal_huishoudens=sum(counts[area.code][0] for area in members),
            )
        )  # fmt: skip
    return found


def addresses(blocks: Sequence[Block]) -> dict[str, list[dict[str, Any]]]:
    """By town an entry for each postcode; `points` holds longitude, latitude and then the house numbers there."""
    return {
        town: [
            {
                "street": block.street, "postcode": block.postcode, "area": block.area,
                "points": [[*point, *numbers] for point, numbers in block.points],
            }
            for block in blocks
            if block.town == town
        ]
        for town in (TOWN, NEIGHBOUR)
    }  # fmt: skip


def shape(geometry: GEOSGeometry, detail: float, smallest: float = 0.0, **properties: Any) -> Feature:
    """Any surface in metres as a feature, simplified to `detail` metres."""
    parts = [
        [_path(outline.coords) for outline in part]
        for part in polygons(
            geometry.simplify(detail, preserve_topology=True) if detail else geometry, smallest
        )
    ]
    if len(parts) == 1:
        return feature("Polygon", parts[0], **properties)
    return feature("MultiPolygon", parts, **properties)


def line(pieces: Sequence[Sequence[Metres]], detail: float, **properties: Any) -> Feature:
    parts = [_path(lines(LineString(list(piece)).simplify(detail))[0]) for piece in pieces]
    if len(parts) == 1:
        return feature("LineString", parts[0], **properties)
    return feature("MultiLineString", parts, **properties)


def _path(points: Iterable[Metres]) -> list[Degrees]:
    """In degrees, without repeats that rounding makes."""
    path: list[Degrees] = []
    for point in map(degrees, points):
        if not path or path[-1] != point:
            path.append(point)
    return path
