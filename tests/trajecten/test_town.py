"""The made-up town is whole: its areas tile, its addresses lie where they say, its map shows their streets."""

import json
import re
from collections import Counter, defaultdict
from itertools import combinations, pairwise
from typing import Any

import pytest
from django.contrib.gis.geos import GEOSGeometry, Point, Polygon
from django_scopes import scope

from trajecten.demo import town
from trajecten.demo.drawing import files
from trajecten.demo.drawing.areas import union
from trajecten.demo.drawing.metres import degrees, distance
from trajecten.domain import boundaries
from trajecten.enums import AreaKind
from trajecten.models import Area, Municipality

# West, south, east and north of open water in the Markermeer, kilometres away from Marken, the Houtribdijk and
# the Marker Wadden.
OPEN_WATER = (5.105, 52.505, 5.335, 52.61)
KINDS = ("water", "land", "built", "park", "building", "path", "street", "road", "rail", "place")


def features(name: str) -> list[dict[str, Any]]:
    return json.loads((town.DATA / f"{name}.geojson").read_text(encoding="utf-8"))["features"]


def shape(feature: dict[str, Any]) -> GEOSGeometry:
    return GEOSGeometry(json.dumps(feature["geometry"]))


def by(features: list[dict[str, Any]], key: str) -> dict[str, dict[str, Any]]:
    return {feature["properties"][key]: feature for feature in features}


def outline(feature: dict[str, Any]) -> list[tuple[float, float]]:
    (ring,) = feature["geometry"]["coordinates"]
    return [tuple(point) for point in ring]


def members(code: str, key: str) -> list[dict[str, Any]]:
    return [feature for feature in features("buurten") if feature["properties"][key] == code]


@pytest.fixture(scope="module")
def basemap() -> list[dict[str, Any]]:
    return features("basemap")


def test_the_municipalities_are_made_up_and_lie_in_open_water():
    found = by(features("municipalities"), "statcode")
    assert {code: feature["properties"]["statnaam"] for code, feature in found.items()} == {
        "GM9901": "Polderwijk",
        "GM9902": "Veenrade",
    }
    water = Polygon.from_bbox(OPEN_WATER)
    assert all(water.contains(shape(feature)) for feature in found.values())


def test_the_two_municipalities_share_a_border_and_nothing_else():
    polderwijk, veenrade = (shape(feature) for feature in features("municipalities"))
    assert polderwijk.relate_pattern(veenrade, "F***1****")


def test_codes_names_and_years():
    wijken, buurten = features("wijken"), features("buurten")
    assert [feature["properties"]["wijkcode"] for feature in wijken] == [f"WK99010{n}" for n in range(5)]
    assert len(buurten) == 16
    names = {feature["properties"]["wijknaam"] for feature in wijken}
    assert {"Centrum", "De Linde", "Oostpolder"} <= names
    for feature in buurten:
        known = feature["properties"]
        assert known["wijkcode"] == "WK" + re.fullmatch(r"BU(9901\d\d)\d\d", known["buurtcode"])[1]
        assert (known["gemeentecode"], known["gemeentenaam"], known["jaar"]) == ("GM9901", "Polderwijk", 2026)


@pytest.mark.parametrize("name", ["municipalities", "wijken", "buurten"])
def test_every_area_is_one_valid_counter_clockwise_ring(name):
    for feature in features(name):
        assert shape(feature).valid
        ring = outline(feature)
        assert ring[0] == ring[-1]
        assert sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring)) > 0


def test_buurten_tile_their_wijk_and_wijken_the_municipality():
    """Exactly: their rings share the very same points, so no sliver lies between them."""
    for code, wijk in by(features("wijken"), "wijkcode").items():
        assert set(union([outline(buurt) for buurt in members(code, "wijkcode")])) == set(outline(wijk))
    polderwijk = by(features("municipalities"), "statcode")["GM9901"]
    whole = union([outline(wijk) for wijk in features("wijken")])
    assert set(pairwise(whole)) == set(pairwise(outline(polderwijk)))


def test_no_two_buurten_overlap():
    for one, other in combinations(map(shape, features("buurten")), 2):
        assert one.relate_pattern(other, "F********")


def test_union_refuses_a_ring_round_a_hole():
    squares = [[(x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1), (x, y)] for x in range(3) for y in range(3)]
    assert len(union(squares)) == 13
    with pytest.raises(ValueError, match="without holes"):
        union([square for square in squares if square[0] != (1, 1)])


def test_inhabitants_and_households_of_wijken_are_those_of_their_buurten():
    for code, wijk in by(features("wijken"), "wijkcode").items():
        for count in ("aantal_inwoners", "aantal_huishoudens"):
            parts = [buurt["properties"][count] for buurt in members(code, "wijkcode")]
            assert wijk["properties"][count] == sum(parts)
    total = sum(wijk["properties"]["aantal_inwoners"] for wijk in features("wijken"))
    assert 29_000 < total < 33_000


def test_households_are_addresses_save_where_nobody_lives():
    counted = Counter(door.area for door in town.addresses("GM9901"))
    for code, buurt in by(features("buurten"), "buurtcode").items():
        expected = 0 if buurt["properties"]["buurtnaam"] == "De Sluis" else counted[code]
        assert buurt["properties"]["aantal_huishoudens"] == expected
    assert counted["BU99010400"] > 0


def test_every_address_lies_in_the_buurt_it_names():
    lands = {code: shape(buurt).prepared for code, buurt in by(features("buurten"), "buurtcode").items()}
    lands["BU99020000"] = shape(by(features("municipalities"), "statcode")["GM9902"]).prepared
    assert [
        door for door in town.addresses() if not lands[door.area].contains(Point(door.lon, door.lat))
    ] == []


def test_addresses_are_those_of_a_town():
    doors = town.addresses()
    assert len({door.label for door in doors}) == len(doors) > 10_000
    assert all(re.fullmatch(r"199[5-9][A-Z]{2}", door.postcode) for door in doors)
    streets = defaultdict(set)
    for door in doors:
        streets[door.postcode].add((door.street, door.area))
    assert {len(places) for places in streets.values()} == {1}
    assert {door.town for door in doors} == {"Polderwijk", "Veenrade"}


def test_addresses_of_an_area():
    door = next(door for door in town.addresses("BU99010100") if door.street == "Lindelaan")
    assert door.label == f"Lindelaan {door.number}, {door.postcode} Polderwijk"
    assert (door.wijk, door.municipality) == ("WK990101", "GM9901")
    assert door in town.addresses("WK990101")
    assert door in town.addresses("GM9901")
    assert door not in town.addresses("GM9902")
    assert town.addresses("BU99999999") == ()


def test_the_map_has_the_kinds_in_the_order_in_which_they_are_drawn(basemap):
    first = {}
    for i, feature in enumerate(basemap):
        first.setdefault(feature["properties"]["kind"], i)
    assert sorted(first, key=first.get) == list(KINDS)
    assert [feature["properties"].get("kind") for feature in basemap].count("land") == 1


def test_everything_on_the_map_is_valid_and_in_its_place(basemap):
    water = Polygon.from_bbox(OPEN_WATER)
    for feature in basemap:
        geometry = shape(feature)
        assert water.covers(geometry)
        if feature["properties"]["kind"] not in {"building", "place"}:
            assert geometry.valid, feature["properties"]


def test_buildings_are_closed_and_large_enough_to_see(basemap):
    for feature in basemap:
        if feature["properties"]["kind"] == "building":
            assert all(part.valid and part.area > 1e-9 for part in shape(feature))


def test_every_street_with_an_address_is_drawn_near_it(basemap):
    """A front door is at most 70 metres from its street; a farm stands farthest back."""
    drawn = defaultdict(list)
    for feature in basemap:
        if feature["properties"]["kind"] in {"street", "road"}:
            geometry = feature["geometry"]
            lines = (
                geometry["coordinates"]
                if geometry["type"] == "MultiLineString"
                else [geometry["coordinates"]]
            )
            drawn[feature["properties"]["name"]].extend(lines)
    for street, doors in _by_street().items():
        away = min(_metres_to(drawn[street], door) for door in doors[:: max(1, len(doors) // 3)])
        assert away < 70, street


def _by_street() -> dict[str, list[town.Door]]:
    streets = defaultdict(list)
    for door in town.addresses():
        streets[door.street].append(door)
    return streets


def _metres_to(lines: list[Any], door: town.Door) -> float:
    here = Point(door.lon * 67_817, door.lat * 111_278)
    there = GEOSGeometry(
        json.dumps(
            {
                "type": "MultiLineString",
                "coordinates": [[(lon * 67_817, lat * 111_278) for lon, lat in line] for line in lines],
            }
        )
    )
    return here.distance(there)


def test_places_by_kind():
    assert {place.name for place in town.places("church")} == {"Grote Kerk"}
    (station,) = town.places("station")
    assert station.area == "BU99010003"
    assert len(town.places("school")) >= 8
    assert len(town.places("playground")) >= 10
    assert {place.name for place in town.places("neighbourhood")} == {
        feature["properties"]["buurtnaam"] for feature in features("buurten")
    }
    assert town.places("volcano") == ()
    assert len(town.places()) > 80


def test_paths_to_the_files():
    assert town.boundaries_path("buurten").is_file()
    assert town.basemap_path().is_file()
    assert town.addresses_path().is_file()
    with pytest.raises(ValueError, match="municipalities, wijken, buurten, not of streets"):
        town.boundaries_path("streets")


def test_the_files_are_compact_with_six_decimals():
    paths = [town.basemap_path(), town.addresses_path(), *map(town.boundaries_path, town.BOUNDARIES)]
    assert sum(path.stat().st_size for path in paths) < 1_200_000
    for path in paths:
        assert not re.search(r"\.\d{7}", path.read_text(encoding="utf-8"))


def test_the_boundaries_are_what_the_plan_draws():
    """The kept files belong to the plan in the repository, not to an older one."""
    assert json.loads(json.dumps(files.municipalities())) == features("municipalities")
    drawn = [feature["geometry"] for feature in json.loads(json.dumps(files.buurten([])))]
    assert drawn == [feature["geometry"] for feature in features("buurten")]


def test_degrees_are_metres_from_the_middle_of_the_lake():
    assert degrees((0, 0)) == (5.25, 52.56)
    assert degrees((678.17, -1112.78)) == (5.26, 52.55)
    assert distance((0, 0), (3, 4)) == 5


@pytest.mark.django_db
def test_the_town_loads_as_any_other_municipality():
    """Through the loader of real boundaries; every address then lies in an area of its own municipality."""
    boundaries.load_municipalities(source=str(town.boundaries_path("municipalities")))
    for kind, file in ((AreaKind.WIJK, "wijken"), (AreaKind.BUURT, "buurten")):
        boundaries.load_areas(source=str(town.boundaries_path(file)), municipality="GM9901", kind=kind)
    polderwijk = Municipality.objects.get(code="GM9901")
    with scope(municipality=polderwijk):
        counts = {kind: Area.objects.filter(kind=kind).count() for kind in AreaKind.values}
        assert (counts[AreaKind.WIJK], counts[AreaKind.BUURT]) == (5, 16)
        for door in town.addresses("GM9901")[::500]:
            point = Point(door.lon, door.lat, srid=4326)
            found = Area.objects.filter(geometry__covers=point).values_list("code", flat=True)
            assert set(found) == {door.wijk, door.area}
    stranger = town.addresses("GM9902")[0]
    assert not polderwijk.boundary.covers(Point(stranger.lon, stranger.lat, srid=4326))
