"""GPX in and out: routes as walkers know them from their phone or from other sites.

Only where the line goes is taken, and the waypoints; when it was walked, by whom and how high it is stays behind.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from xml.etree import ElementTree

import gpxpy.gpx
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.contrib.gis.geos import LineString, Point
from django.db import transaction
from django.utils.translation import gettext as _

from buurtschouw.domain.preparing import routes
from buurtschouw.domain.preparing.refusals import PreparationRefused
from buurtschouw.domain.preparing.stops import add as add_stop
from buurtschouw.models import Schouw, Stop
from trajecten.models import User
from trajecten.validators import without_directions

MAX_BYTES = 2 * 1024 * 1024
CONTENT_TYPE = "application/gpx+xml"
CREATOR = "Participatieportaal"
NAME, REMARK = 80, 300  # letters that a stop has room for


@dataclass(frozen=True)
class Waypoint:
    """A point with a name, and perhaps a remark."""

    name: str
    remark: str
    point: Point


@dataclass(frozen=True)
class Track:
    """What was read: the line, and the waypoints in the order of the file."""

    route: LineString
    waypoints: tuple[Waypoint, ...]


def read(data: bytes) -> Track:
    """The longest track of the file, or its longest route where it has no track; parts of it are joined in order.

    Refused (``PreparationRefused``): a file of more than ``MAX_BYTES``, what is no GPX, what is made to exhaust a
    computer (a document type with entities), and one without a track of two points.
    """
    if len(data) > MAX_BYTES:
        raise _refused(_("This file is larger than %(n)s MB.") % {"n": MAX_BYTES // (1024 * 1024)})
    found = _parsed(data)
    lines = [_line_of(points) for points in _lines(found)]
    lines = [line for line in lines if len(line) > 1]
    if not lines:
        raise _refused(_("There is no route in this file: no track of at least two points."))
    longest = max(lines, key=lambda line: LineString(line).length)
    return Track(LineString(longest, srid=4326), tuple(_waypoints(found.waypoints)))


def _refused(message: str) -> PreparationRefused:
    return PreparationRefused(message, field="gpx")


def _parsed(data: bytes) -> gpxpy.gpx.GPX:
    no_gpx = _("This is not a GPX file that we can read. Export the route as GPX and try again.")
    try:
        root = fromstring(data, forbid_dtd=True)
        if _local(root.tag) != "gpx":
            raise _refused(no_gpx)
        for element in root.iter():
            element.tag = _local(element.tag)
        return gpxpy.parse(ElementTree.tostring(root, encoding="unicode"))
    except (ElementTree.ParseError, DefusedXmlException, gpxpy.gpx.GPXException, ValueError) as error:
        raise _refused(no_gpx) from error


def _local(tag: str) -> str:
    """The name of an element without its namespace: GPX 1.0, 1.1 and files that forgot it are read alike."""
    return tag.rpartition("}")[2]


def _lines(found: gpxpy.gpx.GPX) -> Iterable[list]:
    if any(segment.points for track in found.tracks for segment in track.segments):
        return ([point for segment in track.segments for point in segment.points] for track in found.tracks)
    return (route.points for route in found.routes)


def _line_of(points: Iterable) -> list[tuple[float, float]]:
    """The coordinates, without points that repeat the one before them."""
    line: list[tuple[float, float]] = []
    for point in points:
        at = (point.longitude, point.latitude)
        if not _is_on_earth(*at):
            raise _refused(_("There are coordinates in this file that do not exist."))
        if not line or line[-1] != at:
            line.append(at)
    return line


def _is_on_earth(lon: float, lat: float) -> bool:
    return math.isfinite(lon) and math.isfinite(lat) and abs(lon) <= 180 and abs(lat) <= 90


def _waypoints(found: Iterable) -> Iterable[Waypoint]:
    for number, each in enumerate(found, start=1):
        if _is_on_earth(each.longitude, each.latitude):
            name = _words(each.name, NAME) or _("Stop %(n)s") % {"n": number}
            remark = _words(each.description or each.comment, REMARK)
            yield Waypoint(name, remark, Point(each.longitude, each.latitude, srid=4326))


def _words(text: str | None, room: int) -> str:
    return " ".join(without_directions(text or "").split())[:room]


def write(*, schouw: Schouw, stops: Iterable[Stop]) -> bytes:
    """The route as a track and the stops as waypoints, with their names and remarks; what everybody may see."""
    made = gpxpy.gpx.GPX()
    made.creator, made.name = CREATOR, schouw.trajectory.title
    for stop in stops:
        waypoint = gpxpy.gpx.GPXWaypoint(stop.point.y, stop.point.x, name=str(stop))
        waypoint.description = stop.remark or None
        made.waypoints.append(waypoint)
    if schouw.route is not None:
        points = [gpxpy.gpx.GPXTrackPoint(lat, lon) for lon, lat in schouw.route.coords]
        made.tracks.append(gpxpy.gpx.GPXTrack(name=schouw.trajectory.title))
        made.tracks[0].segments.append(gpxpy.gpx.GPXTrackSegment(points))
    return made.to_xml(version="1.1").encode()


@transaction.atomic
def take(*, schouw: Schouw, track: Track, with_stops: bool, by: User) -> int:
    """Make the track the route of the walk; ``with_stops`` makes stops of its waypoints. Returns how many.

    A waypoint that a stop has the name of already is not made twice. Refused (``PreparationRefused``) as
    ``routes.draw`` and ``stops.add``; then nothing is kept.
    """
    drawn = routes.draw(schouw=schouw, route=track.route, remarks=schouw.route_remarks, by=by)
    known = set(Stop.objects.filter(schouw=drawn).values_list("name", flat=True))
    new = [each for each in track.waypoints if each.name not in known] if with_stops else []
    for each in new:
        add_stop(schouw=drawn, by=by, name=each.name, point=each.point, remark=each.remark)
    return len(new)
