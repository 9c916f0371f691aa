"""The features of GeoJSON, and the coordinate reference system they are in."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from trajecten.domain.boundaries.refusals import Complaints, Refused, shown
from trajecten.domain.boundaries.sources import Page

WGS84, RD = 4326, 28992
RD_BOX = (0, 300_000, 300_000, 650_000)  # metres: lowest x and y, highest x and y

_SYSTEMS = {"EPSG 4326": WGS84, "EPSG 28992": RD, "OGC CRS84": WGS84}
_CRS_NAME = re.compile(
    r"(?:urn:(?:x-)?ogc:def:crs:|https?://www\.opengis\.net/def/crs/)?(EPSG|OGC)[:/](?:[\d.]*[:/])?(\w+)",
    re.IGNORECASE | re.ASCII,
)
_DEPTH = 4  # of the lists around the numbers of a MultiPolygon


@dataclass(frozen=True)
class Feature:
    """A feature as the source gives it; its properties by names in lower case without punctuation."""

    source: str
    number: int
    properties: Mapping[str, object]
    geometry: object
    srid: int


def features(pages: Sequence[Page], complaints: Complaints) -> list[Feature]:
    """All features of all pages; a page or feature that is none goes to ``complaints``."""
    found: list[Feature] = []
    for page in pages:
        with complaints.about(page.name):
            members, srid = _opened(page.document)
            for number, member in enumerate(members, start=1):
                with complaints.about(page.name, number):
                    found.append(_feature(page.name, number, member, srid))
    if not found and not complaints.refusals:
        with complaints.about(pages[0].name):
            raise Refused(_("There are no features in it."))
    return found


def _opened(document: object) -> tuple[list[object], int]:
    """The members of a collection, which a last page may lack, and the system of their coordinates."""
    members = document.get("features") if isinstance(document, dict) else None
    if not isinstance(document, dict) or document.get("type") != "FeatureCollection":
        raise Refused(_("This is not a GeoJSON FeatureCollection."))
    if not isinstance(members, list):
        raise Refused(_("There are no features in it."))
    return members, _declared(document.get("crs")) or _evident(members)


def _feature(source: str, number: int, member: object, srid: int) -> Feature:
    if not isinstance(member, dict) or member.get("type") != "Feature":
        raise Refused(_("This is not a GeoJSON feature."))
    properties = member.get("properties")
    if not isinstance(properties, dict):
        raise Refused(_("This feature has no properties."))
    named = {_plain(name): value for name, value in properties.items()}
    return Feature(source, number, named, member.get("geometry"), srid)


def _plain(name: str) -> str:
    return re.sub(r"[\W_]", "", name.lower())


def _declared(crs: object) -> int | None:
    """The system a ``crs`` member names; None without one. Refused: any other than WGS84 and RD."""
    if crs is None:
        return None
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else crs
    match = _CRS_NAME.fullmatch(name.strip()) if isinstance(name, str) else None
    srid = _SYSTEMS.get(" ".join(match.groups()).upper()) if match else None
    if srid is None:
        reason = _("Unknown coordinate reference system: %(crs)s. Use WGS84 or RD (EPSG:28992).")
        raise Refused(reason, crs=shown(name))
    return srid


def _evident(members: list[object]) -> int:
    """The system when nothing is said: RD when the first numbers can only be RD, otherwise WGS84."""
    for member in members:
        geometry = member.get("geometry") if isinstance(member, dict) else None
        position = _first_position(geometry.get("coordinates")) if isinstance(geometry, dict) else None
        if position:
            x, y = position
            return RD if RD_BOX[0] <= x <= RD_BOX[2] and RD_BOX[1] <= y <= RD_BOX[3] else WGS84
    return WGS84


def _first_position(coordinates: object) -> tuple[float, float] | None:
    for _level in range(_DEPTH):
        if not isinstance(coordinates, list) or not coordinates:
            return None
        if isinstance(coordinates[0], int | float):
            pair = coordinates[:2]
            return (pair[0], pair[1]) if len(pair) == 2 and isinstance(pair[1], int | float) else None
        coordinates = coordinates[0]
    return None
