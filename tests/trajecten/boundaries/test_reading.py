"""What GeoJSON is read as, and what is refused; no database."""

import copy
import json
import math

import pytest
from django.contrib.gis.geos import Point
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.geojson import OFFSHORE, TOWN, area, collection, epsg, feature, polygon, ring, town
from trajecten.domain.boundaries import sources
from trajecten.domain.boundaries.areas import division_of
from trajecten.domain.boundaries.municipalities import records_of
from trajecten.domain.boundaries.refusals import BoundariesRefused, Refused
from trajecten.domain.boundaries.sources import Page
from trajecten.enums import AreaKind
from trajecten.models import Municipality

NAMED = {"statcode": "GM9901", "statnaam": "Polderwijk"}
BOW_TIE = [[4.90, 52.60], [4.96, 52.66], [4.96, 52.60], [4.90, 52.66], [4.90, 52.60]]
LINE = [[4.90, 52.60], [4.96, 52.66], [4.93, 52.63], [4.90, 52.60]]
OPEN_RING = "A ring has four or more positions, and its last is its first."
NO_SURFACE = "This polygon crosses itself or covers nothing, and can't be repaired."
# A square of one kilometre around the tower of Amersfoort, the origin of RD at 155 000, 463 000 metres.
RD_SQUARE = [[x, y] for x, y in ring(154_500, 462_500, 1_000)]


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def read(*features, **members):
    return records_of([Page("town.json", collection(*features, **members))])[0]


def refusals(*features, **members):
    with pytest.raises(BoundariesRefused) as refused:
        read(*features, **members)
    return [str(refusal) for refusal in refused.value.refusals]


def areas(*features, kind="wijk", boundary=TOWN, year=None, others_left_out=False):
    polderwijk = Municipality(code="GM9901", name="Polderwijk")
    if boundary:
        polderwijk.boundary = read(feature(NAMED, boundary))[0].shape
    pages = [Page("areas.json", collection(*features))]
    return division_of(pages, polderwijk, AreaKind(kind), year, others_left_out=others_left_out)


def area_refusals(*features, **wanted):
    with pytest.raises(BoundariesRefused) as refused:
        areas(*features, **wanted)
    return [str(refusal) for refusal in refused.value.refusals]


@pytest.mark.parametrize(
    "properties",
    [
        {"statcode": "GM9901", "statnaam": "Polderwijk", "jrstatcode": "2024GM9901"},
        {"gemeentecode": "gm9901 ", "gemeentenaam": "  Polderwijk ", "jaar": 2024},
        {"GM_CODE": "9901", "GM_NAAM": "Polderwijk", "JAAR": "2024"},
        {"gemeenteCode": 9901, "gemeenteNaam": "Polderwijk", "jaar": 2024.0},
        {"code": "9901", "identificatie": "GM9901", "naam": "Polderwijk", "jaar": 2024},
        {"statcode": None, "gm_code": "GM9901", "statnaam": "", "naam": "Polderwijk", "year": 2024},
    ],
)
def test_a_municipality_by_the_names_in_use(properties):
    (record,) = read(feature(properties, TOWN))
    assert (record.code, record.name, record.year) == ("GM9901", "Polderwijk", 2024)


@pytest.mark.parametrize(
    ("kind", "properties", "code"),
    [
        ("wijk", {"wijkCode": "WK990101", "wijkNaam": "De Linde", "aantalInwoners": 1200}, "WK990101"),
        ("wijk", {"WK_CODE": "990101", "WK_NAAM": "De Linde", "AANT_INW": "1200"}, "WK990101"),
        ("wijk", {"statcode": "WK990101", "statnaam": "De Linde", "aantal_inwoners": 1200.0}, "WK990101"),
        (
            "buurt",
            {"buurtcode": "BU99010102", "buurtnaam": "De Linde", "aantal_inwoners": 1200},
            "BU99010102",
        ),
        (
            "buurt",
            {"BU_CODE": "99010102", "BU_NAAM": "De Linde", "wijkcode": "WK990101", "inwoners": 1200},
            "BU99010102",
        ),
    ],
)
def test_an_area_by_the_names_in_use(kind, properties, code):
    (record,) = areas(feature({**properties, "jaar": 2026}, (4.91, 52.61, 0.01)), kind=kind).records.whole()
    assert (record.code, record.name, record.figures) == (code, "De Linde", {"inhabitants": 1200})


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (-99997, None),
        ("-99995", None),
        (-99_999_999.0, None),
        (None, None),
        (".", None),
        ("", None),
        (0, 0),
        ("15", 15),
    ],
)
def test_suppressed_numbers_are_none(value, number):
    division = areas(area("WK990101", aantal_inwoners=value, aantal_huishoudens=7))
    assert next(division.records.whole()).figures == {"inhabitants": number, "households": 7}


@pytest.mark.parametrize("value", [-5, -99990, 12.5, "many", True, [], 10**12, math.nan, math.inf])
def test_impossible_numbers_are_refused(value):
    (reason,) = area_refusals(area("WK990101", aantal_inwoners=value))
    assert reason.startswith("areas.json, feature 1: ")
    assert reason.endswith("is not a number of people or households.")


@pytest.mark.parametrize(
    "code",
    [
        "GM99",
        "GM99011",
        "361",
        361,
        "WK990101",
        "GM９９０１",
        "XX9901",
        True,
        ["GM9901"],
        {"a": 1},
        "GM9901\n1",
        9.5,
    ],
)
def test_a_malformed_code(code):
    (reason,) = refusals(feature({"statcode": code, "statnaam": "Polderwijk"}, TOWN))
    assert reason.startswith("town.json, feature 1: The code ")
    assert reason.endswith(" is malformed; it should be like GM0361.")


@pytest.mark.parametrize("named", [{}, {"statcode": None}, {"statcode": ""}, {"id": "GM9901", "fid": 1}])
def test_a_missing_code(named):
    (reason,) = refusals(feature({"statnaam": "Polderwijk", **named}, TOWN))
    assert reason.startswith("town.json, feature 1: There is no code (gemeentecode, ")


@pytest.mark.parametrize("name", ["x" * 81, "A\0B", "A\ud800B", 12, ["Polderwijk"], "  "])
def test_a_name_that_is_no_name(name):
    (reason,) = refusals(feature({"statcode": "GM9901", "statnaam": name}, TOWN))
    assert "is not a text of at most 80 characters" in reason
    assert reason.isprintable()


def test_a_missing_name():
    (reason,) = refusals(feature({"statcode": "GM9901"}, TOWN))
    assert reason.startswith("town.json, feature 1: There is no name (")


@pytest.mark.parametrize("year", ["soon", 24, "GM9901", True, [2024], 20240, "2024-01"])
def test_a_year_that_is_none(year):
    assert refusals(town(jaar=year))[0].endswith("can't be read.")


def test_all_that_is_wrong_is_told_at_once():
    assert refusals(town(), town(), feature({}, TOWN), "text", town(statcode="GM9902")) == [
        "town.json, feature 2: The code GM9901 is also that of feature 1 of town.json.",
        "town.json, feature 3: There is no code (gemeentecode, gmcode, statcode, code, identificatie).",
        "town.json, feature 4: This is not a GeoJSON feature.",
    ]


@pytest.mark.parametrize("document", [[], {}, None, 3, "text", {"type": "Topology"}, {"type": "Feature"}])
def test_what_is_no_collection(document):
    with pytest.raises(BoundariesRefused, match=r"town\.json: This is not a GeoJSON FeatureCollection"):
        records_of([Page("town.json", document)])


@pytest.mark.parametrize("features", [[], None, {}, "x"])
def test_a_collection_without_features(features):
    with pytest.raises(BoundariesRefused, match=r"town\.json: There are no features in it"):
        records_of([Page("town.json", {"type": "FeatureCollection", "features": features})])


def test_a_last_page_may_be_empty():
    records, _left_out = records_of([Page("1", collection(town())), Page("2", collection())])
    assert [record.code for record in records] == ["GM9901"]


@pytest.mark.parametrize(
    "name",
    [
        "urn:ogc:def:crs:EPSG::28992",
        "urn:ogc:def:crs:EPSG:6.9:28992",
        "EPSG:28992",
        "epsg:28992",
        "http://www.opengis.net/def/crs/EPSG/0/28992",
    ],
)
def test_rd_by_its_names(name):
    (record,) = read(polygon(NAMED, RD_SQUARE), crs=epsg(name))
    assert record.shape.srid == 4326
    metres = Point(155_000, 463_000, srid=28992).distance(record.shape.centroid.transform(28992, clone=True))
    assert metres < 0.01
    assert record.shape.centroid.coords == pytest.approx((5.387206, 52.155174), abs=1e-5)


def test_rd_without_saying_so():
    (declared,) = read(polygon(NAMED, RD_SQUARE), crs=epsg("EPSG:28992"))
    (evident,) = read(polygon(NAMED, RD_SQUARE))
    assert evident.shape.coords == declared.shape.coords


@pytest.mark.parametrize(
    "name",
    [
        "urn:ogc:def:crs:OGC:1.3:CRS84",
        "urn:ogc:def:crs:OGC::CRS84",
        "http://www.opengis.net/def/crs/OGC/1.3/CRS84",
        "OGC:CRS84",
        "urn:ogc:def:crs:EPSG::4326",
        "EPSG:4326",
    ],
)
def test_wgs84_by_its_names(name):
    (record,) = read(town(), crs=epsg(name))
    assert record.shape.extent == pytest.approx((4.90, 52.60, 4.96, 52.66))


@pytest.mark.parametrize(
    "crs",
    [
        epsg("EPSG:3857"),
        epsg("urn:ogc:def:crs:EPSG::28991"),
        epsg("EPSG:"),
        epsg(""),
        epsg(None),
        {},
        [],
        28992,
        "RD",
    ],
)
def test_an_unknown_coordinate_system(crs):
    (reason,) = refusals(town(), crs=crs)
    assert reason.startswith("town.json: Unknown coordinate reference system: ")


@pytest.mark.parametrize(
    ("position", "reason"),
    [
        ([52.60, 4.90], "Position 52.6, 4.9 has latitude before longitude; GeoJSON has longitude first."),
        ([4.90, 48.85], "Position 4.9, 48.85 is outside the Netherlands."),
        ([545_800, 6_900_000], "Position 545800.0, 6900000.0 is outside the Netherlands."),
        ([math.nan, 52.6], "A position is two finite numbers."),
        ([4.9, math.inf], "A position is two finite numbers."),
        ([10**400, 52.6], "A position is two finite numbers."),
        (["4.9", "52.6"], "A position is two finite numbers."),
        ([4.9], "A position is two finite numbers."),
        (None, "A position is two finite numbers."),
    ],
)
def test_positions_that_are_refused(position, reason):
    corners = [position, *ring(*TOWN)[1:-1], position]
    assert refusals(polygon(NAMED, corners)) == [f"town.json, feature 1: {reason}"]


def test_rd_coordinates_in_a_file_that_says_wgs84_and_the_reverse():
    (reason,) = refusals(polygon(NAMED, RD_SQUARE), crs=epsg("EPSG:4326"))
    assert "is not in degrees; if this is RD, the file must say EPSG:28992" in reason
    (reason,) = refusals(town(), crs=epsg("EPSG:28992"))
    assert "is not in the Netherlands in RD" in reason


@pytest.mark.parametrize(
    ("geometry", "reason"),
    [
        (None, "This feature has no geometry."),
        ({"type": "Point", "coordinates": [4.9, 52.6]}, "An area is a Polygon or MultiPolygon, not 'Point'."),
        (
            {"type": "LineString", "coordinates": LINE},
            "An area is a Polygon or MultiPolygon, not 'LineString'.",
        ),
        ({"type": ["Polygon"]}, "An area is a Polygon or MultiPolygon, not list."),
        ("Polygon", "An area is a Polygon or MultiPolygon, not NoneType."),
        ({"type": "Polygon", "coordinates": []}, "This geometry is empty."),
        ({"type": "MultiPolygon", "coordinates": []}, "This geometry is empty."),
        ({"type": "MultiPolygon", "coordinates": [[]]}, "This geometry is empty."),
        ({"type": "Polygon"}, "The coordinates are not lists of lists of numbers."),
        ({"type": "Polygon", "coordinates": [[]]}, OPEN_RING),
        ({"type": "Polygon", "coordinates": [ring(*TOWN)[:-1]]}, OPEN_RING),
        (
            {"type": "Polygon", "coordinates": [4.9, 52.6]},
            "The coordinates are not lists of lists of numbers.",
        ),
        ({"type": "MultiPolygon", "coordinates": [ring(*TOWN)]}, "A position is two finite numbers."),
        ({"type": "Polygon", "coordinates": [LINE]}, NO_SURFACE),
        ({"type": "Polygon", "coordinates": [[[4.9, 52.6]] * 5]}, NO_SURFACE),
    ],
)
def test_geometries_that_are_refused(geometry, reason):
    member = {"type": "Feature", "properties": NAMED, "geometry": geometry}
    assert refusals(member) == [f"town.json, feature 1: {reason}"]


def test_a_polygon_becomes_a_multipolygon_without_heights():
    corners = [[*position, 3.5] for position in ring(*TOWN)]
    (record,) = read(polygon(NAMED, corners))
    assert (record.shape.geom_type, record.shape.hasz, record.shape.num_geom) == ("MultiPolygon", False, 1)
    assert record.shape.equals(read(town())[0].shape)


def test_a_self_crossing_polygon_keeps_its_surfaces():
    (record,) = read(polygon(NAMED, BOW_TIE))
    assert record.shape.valid
    assert record.shape.num_geom == 2
    assert record.shape.area == pytest.approx(0.06 * 0.06 / 2)


def test_overlapping_parts_of_one_feature_are_one_surface():
    (record,) = read(feature(NAMED, (4.90, 52.60, 0.02), (4.91, 52.60, 0.02)))
    assert record.shape.valid
    assert record.shape.area == pytest.approx(0.03 * 0.02)


def test_where_a_ring_begins_and_which_way_it_runs_make_no_difference():
    corners = ring(*TOWN)
    turned = [*corners[2:], *corners[1:3]]
    shapes = [read(polygon(NAMED, one))[0].shape.coords for one in (corners, turned, corners[::-1])]
    assert shapes[0] == shapes[1] == shapes[2]


def test_land_and_water_of_one_municipality_are_joined():
    land = town(water="NEE")
    water = feature({**NAMED, "water": "JA"}, (4.96, 52.60, 0.06))
    (record,) = read(water, land)
    assert record.shape.extent == pytest.approx((4.90, 52.60, 5.02, 52.66))
    assert record.shape.num_geom == 1


def test_belgian_ground_is_left_out():
    records, left_out = records_of([Page("x", collection(town(), town(statcode="GM0998", water="B")))])
    assert ([record.code for record in records], left_out) == (["GM9901"], 1)


def test_a_wijk_or_buurt_is_no_municipality_and_a_buurt_no_wijk():
    assert "smaller area ('WK990101')" in refusals(area("WK990101", gemeentecode="GM9901"))[0]
    assert "smaller area ('BU99010101')" in area_refusals(area("BU99010101", wijkcode="WK990101"))[0]
    assert "There is no code" in area_refusals(area("WK990101"), kind="buurt")[0]


def test_areas_of_another_municipality():
    own, other = area("WK990101"), area("WK990201")
    torn = area("WK990102", gemeentecode="GM9902")
    assert area_refusals(own, other, torn) == [
        "areas.json, feature 2: Area WK990201 is not of municipality GM9901.",
        "areas.json, feature 3: The code WK990102 is not one of municipality 'GM9902', which is beside it.",
    ]
    division = areas(own, other, others_left_out=True)
    assert ([record.code for record in division.records.whole()], division.left_out) == (["WK990101"], 1)


@pytest.mark.parametrize(
    ("east", "is_refused"),
    [(0.01, False), (0.055, False), (0.06, False), (0.075, True), (0.5, True)],  # 0.01 degree is 677 m
)
def test_an_area_outside_the_boundary(east, is_refused):
    """The margin is 1,300 m here, a quarter of the side of a square as large as the town."""
    far = area("WK990101", place=(east, 0.01))
    if is_refused:
        reason = "areas.json, feature 1: Area WK990101 lies outside the boundary of Polderwijk."
        assert area_refusals(far) == [reason]
    else:
        assert len(list(areas(far).records.whole())) == 1
    assert len(list(areas(far, boundary=None).records.whole())) == 1


def test_water_outside_the_boundary_is_left_out_and_water_inside_is_kept():
    sea = feature({"wijkcode": "WK990101", "wijknaam": "Sea", "jaar": 2026, "water": "JA"}, OFFSHORE)
    pond = area("WK990102", place=(0.02, 0.01), water="JA", aantal_inwoners=-99997)
    division = areas(area("WK990101"), sea, area("WK990102", aantal_inwoners=40), pond)
    records = {record.code: record for record in division.records.whole()}
    assert (sorted(records), division.left_out) == (["WK990101", "WK990102"], 1)
    assert records["WK990102"].shape.area == pytest.approx(2 * 0.01 * 0.01)
    assert records["WK990102"].figures == {"inhabitants": 40}


def test_the_year_of_the_areas():
    old = area("WK990102", jaar=2024)
    assert area_refusals(area("WK990101"), old) == [
        "areas.json, feature 2: This area is of 2024; areas of 2026 are being loaded."
    ]
    assert area_refusals(old, year=2026) == [
        "areas.json, feature 1: This area is of 2024; areas of 2026 are being loaded."
    ]
    assert area_refusals(area("WK990102", jaar=None)) == [
        "areas.json: It doesn't say of which year these areas are; say it with --year."
    ]
    assert areas(area("WK990102", jaar=None), year=2025).year == 2025


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "This is not JSON: line 1, column 1."),
        (b'{"a": 1,\n  b}', "This is not JSON: line 2, column 3."),
        (b"<html>", "This is not JSON: line 1, column 1."),
        (b'{"a": "\xeb"}', "This is not JSON: byte 7 is not UTF-8."),
        (b"[" * 200_000, "This JSON is too deep or its numbers are too long."),
        (b"1" * 10_000, "This JSON is too deep or its numbers are too long."),
    ],
)
def test_what_is_not_json(raw, reason):
    with pytest.raises(Refused) as refused:
        sources.parsed(raw)
    assert str(refused.value) == reason


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_json_in_other_encodings(encoding):
    assert sources.parsed('{"naam": "Súdwest"}'.encode(encoding)) == {"naam": "Súdwest"}


def test_files_that_cannot_be_read(tmp_path, monkeypatch):
    monkeypatch.setattr(sources, "MAX_BYTES", 2_000_000)
    large = tmp_path / "large.json"
    large.write_bytes(b" " * 2_000_001)
    for path, reason in [
        (tmp_path / "none.json", "No such file or directory"),
        (tmp_path, "Is a directory"),
        ("a\0b", "null"),
        (large, "larger than 2 MB"),
    ]:
        with pytest.raises(BoundariesRefused) as refused:
            sources.read(str(path))
        assert reason in str(refused.value)
        assert str(refused.value).startswith(f"{path}: ")


CODES, REST = (
    ["statcode", "GM_CODE", "wijkcode", "buurtCode", "code"],
    ["jaar", "jrstatcode", "water", "aantal_inwoners"],
)
PROPERTY_NAMES = st.sampled_from([*CODES, *REST, "statnaam", "naam", "wijknaam"])
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
SOUP = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner)
)
VALUES = SOUP | st.sampled_from(
    ["GM9901", "WK990101", "BU99010101", "990101", "JA", "NEE", "B", -99997, 2026, "2026"]
)
POSITIONS = st.lists(
    st.floats(4.8, 5.1) | st.floats(52.5, 52.7) | st.floats(), min_size=1, max_size=3
) | st.tuples(st.floats(4.9, 4.96), st.floats(52.6, 52.66)).map(list)
RINGS = st.lists(POSITIONS, max_size=6).map(lambda ring: ring + ring[:1]) | SOUP
GEOMETRIES = SOUP | st.one_of(
    st.fixed_dictionaries({"type": SOUP, "coordinates": SOUP}),
    st.fixed_dictionaries({"type": st.just("Polygon"), "coordinates": st.lists(RINGS, max_size=3)}),
    st.fixed_dictionaries(
        {"type": st.just("MultiPolygon"), "coordinates": st.lists(st.lists(RINGS, max_size=2), max_size=3)}
    ),
)
FEATURES = SOUP | st.fixed_dictionaries(
    {
        "type": st.just("Feature"),
        "properties": st.dictionaries(PROPERTY_NAMES, VALUES, max_size=8) | SOUP,
        "geometry": GEOMETRIES,
    }
)
DOCUMENTS = SOUP | st.fixed_dictionaries(
    {"type": st.just("FeatureCollection"), "features": st.lists(FEATURES, min_size=1, max_size=4)},
    optional={"crs": SOUP.map(epsg) | SOUP | st.sampled_from([epsg("EPSG:28992"), epsg("EPSG:4326")])},
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(document=DOCUMENTS, kind=st.sampled_from(["municipality", "wijk", "buurt"]))
def test_property_soup_is_read_or_refused(document, kind):
    """Never another error; and what is read is sound."""
    pages = [Page("soup.json", document)]
    try:
        if kind == "municipality":
            records = records_of(pages)[0]
        else:
            polderwijk = Municipality(code="GM9901", name="Polderwijk")
            records = division_of(
                pages, polderwijk, AreaKind(kind), 2026, others_left_out=False
            ).records.whole()
        assert all(record.shape.valid and record.shape.area > 0 and record.name for record in records)
    except BoundariesRefused as refused:
        assert str(refused).encode()  # noqa: PT017


SOUND = collection(
    town(jaar=2026, wijknaam="De Linde", aantal_inwoners=5),
    polygon({"code": "GM9902", "naam": "B"}, ring(*TOWN)),
    crs=epsg("OGC:CRS84"),
)


def places(document, path=()):
    """The path of every value in a document."""
    yield path
    if isinstance(document, dict | list):
        for key in document if isinstance(document, dict) else range(len(document)):
            yield from places(document[key], (*path, key))


@settings(max_examples=300, deadline=None)
@given(place=st.sampled_from([place for place in places(SOUND) if place]), value=VALUES | POSITIONS | RINGS)
def test_a_sound_document_with_one_value_spoilt_is_read_or_refused(place, value):
    document = copy.deepcopy(SOUND)
    *way, last = place
    inner = document
    for key in way:
        inner = inner[key]
    inner[last] = value
    try:
        records, _left_out = records_of([Page("spoilt.json", document)])
    except BoundariesRefused as refused:
        assert str(refused).startswith("spoilt.json")  # noqa: PT017
    else:
        assert all(record.shape.valid for record in records)


@settings(max_examples=200, deadline=None)
@given(corners=st.lists(st.tuples(st.floats(4.9, 4.96), st.floats(52.6, 52.66)), min_size=3, max_size=12))
def test_any_ring_is_repaired_or_refused(corners):
    closed = [list(corner) for corner in [*corners, corners[0]]]
    try:
        (record,) = read(polygon(NAMED, closed))
    except BoundariesRefused as refused:
        assert "can't be repaired" in str(refused)  # noqa: PT017
    else:
        assert record.shape.valid


@settings(max_examples=200)
@given(raw=st.binary(max_size=40) | SOUP.map(lambda value: json.dumps(value).encode()))
def test_any_bytes_are_json_or_refused(raw):
    try:
        sources.parsed(raw)
    except Refused as refused:
        assert str(refused)  # noqa: PT017
