"""In which municipality and which area a point lies. Points are WGS84 (EPSG:4326), longitude first."""

from django.contrib.gis.geos import Point

from trajecten.models import Area, Municipality


class OutsideMunicipality(Exception):
    """The point lies elsewhere: ``elsewhere`` is the municipality it does lie in, or None if unknown."""

    def __init__(self, elsewhere: Municipality | None) -> None:
        super().__init__(elsewhere.name if elsewhere else "")
        self.elsewhere = elsewhere


def area_of(*, municipality: Municipality, point: Point) -> Area | None:
    """The smallest area of the latest division that contains the point; None where areas are not loaded.

    Raises ``OutsideMunicipality`` when neither an area nor the municipality's boundary contains it. A
    municipality without boundary and areas refuses nothing: it can't know.
    """
    areas = Area.objects.filter(municipality=municipality, geometry__covers=point)
    found = areas.only("id", "name", "code", "municipality").order_by("-year", "kind", "code").first()
    if found:
        return found
    if Municipality.objects.filter(pk=municipality.pk, boundary__covers=point).exists():
        return None
    if _has_no_shape(municipality):
        return None
    elsewhere = Municipality.objects.filter(boundary__covers=point).exclude(pk=municipality.pk)
    raise OutsideMunicipality(elsewhere.defer("boundary").first())


def _has_no_shape(municipality: Municipality) -> bool:
    return (
        not Municipality.objects.filter(pk=municipality.pk, boundary__isnull=False).exists()
        and not Area.objects.filter(municipality=municipality).exists()
    )
