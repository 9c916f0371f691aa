"""The route of a walk: what is refused, how long it is, and GPX in and out."""

import gpxpy
import pytest
from django.contrib.gis.geos import LineString, MultiPolygon, Polygon

from buurtschouw.domain.preparing import gpx, routes
from buurtschouw.domain.preparing.refusals import PreparationRefused
from buurtschouw.method import walking_minutes
from buurtschouw.models import Schouw
from tests.factories.buurtschouw import SchouwFactory
from tests.factories.core import MunicipalityFactory
from tests.factories.preparing import StopFactory
from trajecten.models import Activity, Area, Municipality

pytestmark = pytest.mark.usefixtures("english", "in_scope")

NEAR = ((4.910, 52.510), (4.915, 52.510), (4.915, 52.513))
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
GPX = 'xmlns="http://www.topografix.com/GPX/1/1" version="1.1" creator="x"'


def line(*points):
    return LineString(points or NEAR, srid=4326)


def draw(schouw, coordinator, route=None, remarks=""):
    return routes.draw(schouw=schouw, route=route, remarks=remarks, by=coordinator)


def track(*points, inside=""):
    rows = "".join(f'<trkpt lat="{lat}" lon="{lon}"/>' for lon, lat in points)
    return f"{HEAD}<gpx {GPX}>{inside}<trk><trkseg>{rows}</trkseg></trk></gpx>".encode()


# -- Length and time ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("metres", "stops", "minutes"), [(0, 0, 0), (4000, 0, 60), (4000, 6, 90), (100, 0, 5), (4001, 0, 65)]
)
def test_a_group_walks_four_kilometres_an_hour_and_stands_still_at_stops(metres, stops, minutes):
    assert walking_minutes(metres, stops) == minutes


def test_the_length_is_over_the_ground(schouw, coordinator):
    """One hundredth of a degree of latitude is 1,112.7 m here; of longitude, 0.01 degree is 679 m (at 52.51°)."""
    drawn = draw(schouw, coordinator, line((4.905, 52.505), (4.905, 52.515), (4.915, 52.515)))
    StopFactory.create_batch(2, schouw=schouw)
    measured = routes.measure(drawn)
    assert measured.metres == pytest.approx(1112.7 + 679, abs=3)
    assert (measured.kilometres, measured.stops, measured.minutes) == (1.8, 2, 40)


def test_without_a_route_there_is_no_length(schouw):
    assert routes.measure(schouw) == routes.Measure(None, None, 0)


# -- Drawing --------------------------------------------------------------------------------------------------


def test_a_route_is_kept_once(schouw, coordinator):
    for _again in range(2):
        draw(schouw, coordinator, line(), " Smalle stoep. ")
    schouw.refresh_from_db()
    assert schouw.route.coords == NEAR
    assert schouw.route_remarks == "Smalle stoep."
    assert Activity.objects.filter(verb="route_drawn").count() == 1
    assert draw(schouw, coordinator).route is None


@pytest.mark.parametrize(
    ("route", "says"),
    [
        (line((4.910, 52.510), (4.9101, 52.510)), "shorter than 100 metres"),
        (line((4.910, 52.510), (4.910, 52.510)), "shorter than 100 metres"),
        (line(*[(4.901 + 0.03 * (n % 2), 52.51) for n in range(12)]), "kilometres long"),
        (line((4.90, 52.51), (4.88, 52.51)), "outside Polderwijk"),
    ],
)
def test_a_route_that_can_t_be_walked_is_refused(schouw, coordinator, route, says):
    with pytest.raises(PreparationRefused, match=says) as refused:
        draw(schouw, coordinator, route)
    assert refused.value.field == "route"
    schouw.refresh_from_db()
    assert schouw.route is None


def test_a_street_along_the_boundary_is_not_outside(schouw, coordinator):
    """0.002 degrees of longitude are 136 m: within the margin of 200 m."""
    assert draw(schouw, coordinator, line((4.905, 52.51), (4.898, 52.51))).route is not None


@pytest.mark.parametrize("has_boundary", [True, False])
def test_the_boundary_counts_and_without_it_the_areas(schouw, coordinator, municipality, has_boundary):
    whole = MultiPolygon(Polygon.from_bbox((4.90, 52.50, 4.94, 52.52)))
    Municipality.objects.filter(pk=municipality.pk).update(boundary=whole if has_boundary else None)
    with pytest.raises(PreparationRefused, match="outside"):
        draw(schouw, coordinator, line((4.93, 52.51), (4.96, 52.51)))
    Area.objects.all().delete()
    Municipality.objects.filter(pk=municipality.pk).update(boundary=None)
    assert draw(schouw, coordinator, line((4.93, 52.51), (4.96, 52.51))).route is not None


def test_a_line_of_many_points_is_thinned(schouw, coordinator):
    points = [(4.905 + n * 0.000002, 52.51 + 0.0001 * (n % 2)) for n in range(6000)]
    drawn = draw(schouw, coordinator, line(*[(4.905 + n * 0.000002, 52.51) for n in range(6000)]))
    assert len(drawn.route) == 2
    assert len(routes.thinned(line(*points))) <= routes.MAX_POINTS


def test_after_the_walk_the_route_stays(coordinator):
    over = SchouwFactory(step="feedback")
    with pytest.raises(PreparationRefused, match="the walk is over"):
        draw(over, coordinator, line())


# -- GPX in ---------------------------------------------------------------------------------------------------


def test_the_longest_track_and_the_waypoints_are_read():
    waypoint = '<wpt lat="52.511" lon="4.912"><name>De   bank</name><desc>Hier rusten.</desc></wpt>'
    unnamed = '<wpt lat="52.512" lon="4.913"/>'
    short = '<trk><trkseg><trkpt lat="52.5" lon="4.9"/><trkpt lat="52.5" lon="4.901"/></trkseg></trk>'
    read = gpx.read(track(*NEAR, inside=waypoint + unnamed + short))
    assert read.route.coords == NEAR
    assert [(each.name, each.remark, each.point.coords) for each in read.waypoints] == [
        ("De bank", "Hier rusten.", (4.912, 52.511)),
        ("Stop 2", "", (4.913, 52.512)),
    ]


def test_parts_of_a_track_are_one_line():
    parts = (
        '<trkseg><trkpt lat="52.51" lon="4.91"><time>2026-05-01T10:00:00Z</time></trkpt>'
        '<trkpt lat="52.51" lon="4.91"/></trkseg><trkseg><trkpt lat="52.52" lon="4.92"/></trkseg>'
    )
    read = gpx.read(f"<gpx {GPX}><trk>{parts}</trk></gpx>".encode())
    assert read.route.coords == ((4.91, 52.51), (4.92, 52.52))


@pytest.mark.parametrize(
    "opening", ["<gpx>", '<gpx version="1.0" xmlns="http://www.topografix.com/GPX/1/0">']
)
def test_a_route_of_an_older_or_careless_program_is_read(opening):
    points = "".join(f'<rtept lat="{lat}" lon="{lon}"/>' for lon, lat in NEAR)
    assert gpx.read(f"{opening}<rte>{points}</rte></gpx>".encode()).route.coords == NEAR


def test_a_file_in_another_encoding_is_read():
    latin = f'<?xml version="1.0" encoding="ISO-8859-1"?><gpx {GPX}>'.encode()
    name = '<wpt lat="52.511" lon="4.912"><name>Café</name></wpt>'.encode("latin-1")
    read = gpx.read(latin + name + track(*NEAR).partition(f"<gpx {GPX}>".encode())[2])
    assert read.waypoints[0].name == "Café"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "not a GPX file"),
        (b"%PDF-1.7", "not a GPX file"),
        (b"<gpx", "not a GPX file"),
        (b"\xff\xfe\x00", "not a GPX file"),
        (b"<kml></kml>", "not a GPX file"),
        (b'<!DOCTYPE gpx [<!ENTITY a "b">]><gpx>&a;</gpx>', "not a GPX file"),
        (b'<!DOCTYPE gpx SYSTEM "file:///etc/passwd"><gpx/>', "not a GPX file"),
        (b'<gpx><trk><trkseg><trkpt lat="noord" lon="4"/></trkseg></trk></gpx>', "not a GPX file"),
        (b"<gpx></gpx>", "no route in this file"),
        (track((4.91, 52.51)), "no route in this file"),
        (track((4.91, 52.51), (4.91, 52.51)), "no route in this file"),
        (track((4.91, 52.51), (4.91, 99)), "do not exist"),
        (track((4.91, 52.51), (4.91, "nan")), "do not exist"),
        (b"<gpx>" + b" " * gpx.MAX_BYTES, "larger than 2 MB"),
    ],
)
def test_what_is_no_route_is_refused(data, says):
    with pytest.raises(PreparationRefused, match=says) as refused:
        gpx.read(data)
    assert refused.value.field == "gpx"


# -- GPX out --------------------------------------------------------------------------------------------------


def test_what_goes_out_comes_in_the_same(schouw, coordinator):
    schouw = Schouw.objects.get(pk=draw(schouw, coordinator, line()).pk)
    stop = StopFactory(schouw=schouw, name="Bij <de> bank & de boom", remark="Hier rusten.")
    written = gpx.write(schouw=schouw, stops=[stop])
    read = gpx.read(written)
    assert read.route.coords == NEAR
    assert [(each.name, each.remark) for each in read.waypoints] == [
        ("1. Bij <de> bank & de boom", "Hier rusten.")
    ]
    assert gpxpy.parse(written.decode()).version == "1.1"


def test_a_walk_without_a_route_has_only_its_stops(schouw):
    written = gpx.write(schouw=schouw, stops=[StopFactory(schouw=schouw)])
    assert (len(gpxpy.parse(written.decode()).tracks), len(gpxpy.parse(written.decode()).waypoints)) == (0, 1)


def test_a_walk_elsewhere_is_checked_against_its_own_boundary(coordinator):
    other = MunicipalityFactory(other=True)
    west = line((4.910, 52.510), (4.915, 52.510))
    with pytest.raises(PreparationRefused, match="outside"):
        routes.check(municipality=other, route=west)
