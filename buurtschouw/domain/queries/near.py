"""The open reports near a place or near another report."""

from django.contrib.gis.db.models.functions import Distance
from django.contrib.gis.geos import Point
from django.contrib.gis.measure import D
from django.db.models import QuerySet

from buurtschouw.method import DUPLICATE_RADIUS_M
from buurtschouw.models import Category, Report
from trajecten.models import User
from trajecten.rules import is_official

# Degrees of longitude that hold one metre up to 54° north, where they are shortest in the Netherlands and of latitude
# anywhere, for the box that the index searches.
DEGREES_PER_METRE = 1 / 65_000


def to_point(
    *, point: Point, category: Category | None = None, kind: str = "", radius: float = DUPLICATE_RADIUS_M
) -> QuerySet[Report]:
    """Open reports within ``radius`` metres of a WGS84 point, nearest first, with ``distance``; of one kind if asked.

    A box around the point lets the spatial index find the candidates; the sphere decides.
    """
    reach = radius * DEGREES_PER_METRE
    box = point.buffer(reach).envelope
    rows = Report.objects.open().filter(point__intersects=box)
    if category:
        rows = rows.filter(category=category)
    if kind:
        rows = rows.filter(kind=kind)
    return (
        rows.annotate(distance=Distance("point", point, spheroid=True))
        .filter(distance__lte=D(m=radius))
        .order_by("distance", "id")
    )


def to_report(report: Report, *, reader: User) -> QuerySet[Report]:
    """Other open reports so near that they may tell of the same, nearest first; none while its place is unknown.

    Their words need not be public: who is no official of the municipality sees those of walks they advise.
    """
    if report.point is None:
        return Report.objects.none()
    rows = (
        to_point(point=report.point)
        .exclude(pk__in=[report.pk, report.merged_into_id or report.pk])
        .select_related("category")
        .defer("search")
    )
    if reader.is_superuser or is_official(reader, report):
        return rows
    return rows.filter(trajectory__adviser=reader)
