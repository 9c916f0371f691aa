"""In which municipality and which area a point lies. Points are WGS84 (EPSG:4326), longitude first."""

from django.contrib.gis.geos import Point
from django.db import connection
from django.db.models import Q
from django.db.models.expressions import RawSQL

from trajecten.enums import AreaKind
from trajecten.models import Area, Municipality


class OutsideMunicipality(Exception):
    """The point lies elsewhere: ``elsewhere`` is the municipality it does lie in, or None if unknown."""

    def __init__(self, elsewhere: Municipality | None) -> None:
        super().__init__(elsewhere.name if elsewhere else "")
        self.elsewhere = elsewhere


# By hand, because it is asked for every report while a resident waits: composing it takes longer than running it.
_AREA = """
    SELECT id FROM trajecten_area
    WHERE municipality_id = %s AND ST_Covers(geometry, ST_SetSRID(ST_MakePoint(%s, %s), 4326))
    ORDER BY year DESC, kind, code
    LIMIT 1
"""


def latest_areas() -> Q:
    """The wijken and the buurten of the latest year of each: they need not be loaded for the same one."""
    wanted = Q()
    for kind in AreaKind:
        latest = Area.objects.filter(kind=kind).order_by("-year").values("year")[:1]
        wanted |= Q(kind=kind, year=latest)
    return wanted


def with_children(area: Area) -> list[int]:
    """The numbers of an area and the areas in it, as a list: a join would keep the lists' indexes from use.

    With those of other years that have the same code: a row has the area of when it came in.
    """
    of_any_year = Q(code=area.code) | Q(parent__code=area.code)
    return list(Area.objects.filter(of_any_year).values_list("pk", flat=True))


def geometry(point: Point) -> dict[str, object]:
    """The point as GeoJSON has it. Written here, as a map asks for a thousand and GDAL takes its time over each."""
    return {"type": "Point", "coordinates": [point.x, point.y]}


def area_at(*, municipality: Municipality, point: Point) -> RawSQL:
    """The key of the smallest area of the latest division that contains the point, as SQL for an insert."""
    return RawSQL(_AREA, [municipality.pk, point.x, point.y])  # noqa: S611  constant; only numbers go in


def area_of(*, municipality: Municipality, point: Point) -> int | None:
    """The same key, looked up now; None where no areas are loaded. Raises as ``check_inside``."""
    with connection.cursor() as cursor:
        cursor.execute(_AREA, [municipality.pk, point.x, point.y])
        found = cursor.fetchone()
    if found:
        return found[0]
    check_inside(municipality=municipality, point=point)
    return None


def check_inside(*, municipality: Municipality, point: Point) -> None:
    """Raise ``OutsideMunicipality`` for a point in no area when the municipality's boundary has it not either.

    A municipality without boundary and areas refuses nothing: it can't know.
    """
    if Municipality.objects.filter(pk=municipality.pk, boundary__covers=point).exists():
        return
    if _has_no_shape(municipality):
        return
    elsewhere = Municipality.objects.filter(boundary__covers=point).exclude(pk=municipality.pk)
    raise OutsideMunicipality(elsewhere.defer("boundary").first())


def _has_no_shape(municipality: Municipality) -> bool:
    return (
        not Municipality.objects.filter(pk=municipality.pk, boundary__isnull=False).exists()
        and not Area.objects.filter(municipality=municipality).exists()
    )
