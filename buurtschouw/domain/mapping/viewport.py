"""What a map shows of the reports in its view: one marker for each cell of 64 pixels that has any."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.gis.db.models.functions import GeoFunc
from django.db import connection
from django.db.models import Avg, Count, F, FloatField, Func, IntegerField, Min, QuerySet, Value

from buurtschouw.domain.mapping.grid import FINEST, Box, Cells, covering, everywhere
from buurtschouw.domain.narrowing import narrowed
from buurtschouw.models import Category, MapCell, MapChange, Report, Schouw
from trajecten.models import Area

# More markers than these are more than a phone draws and a page of 100 kB holds: cells become coarser.
MOST_MARKERS = 400
# Up to so many reports in view the reports themselves are read, and those alone in their cell shown as what they are.
READ_ONE_BY_ONE = 15_000
READ_AT_MOST = 50_000
# Where to begin when nobody says which part to show; cells of about 750 m.
WHOLE = 15


@dataclass(frozen=True)
class Counting:
    """A filter by which the cells are counted; empty values ask nothing, ``state`` is open or closed."""

    state: str = ""
    category: Category | None = None
    area: Area | None = None
    schouw: Schouw | None = None
    kind: str = ""


@dataclass(frozen=True)
class Cluster:
    """Some reports near each other, at their mean place (degrees, WGS84)."""

    longitude: float
    latitude: float
    reports: int


@dataclass(frozen=True)
class View:
    """What there is to show: reports that are alone, and clusters; ``level`` is that of the cells."""

    level: int
    total: int
    clusters: list[Cluster] = field(default_factory=list)
    reports: list[Report] = field(default_factory=list)


def look(
    *, rows: QuerySet[Report], counting: Counting | None, box: Box | None = None, zoom: int = WHOLE
) -> View:
    """The reports of a list in the box, or all of them without one.

    ``rows`` are the reports of the list, and ``counting`` is its filter in what is counted; None where the list
    asks for more than that. A cell at the edge of the box is shown as a whole. Counts come from ``MapCell`` and the
    changes that are not in it yet, so the work does not grow with the number of reports; where few are in view the
    reports are read themselves. A report that follows another is one with it, and counted there. What can't be counted
    is read, the first ``READ_AT_MOST`` of it.
    """
    cells = covering(box, zoom, MOST_MARKERS) if box else None
    if counting is None:
        return _one_by_one(_some(rows), box, (cells or everywhere(WHOLE)).level)
    rows = rows.filter(merged_into__isnull=True)
    counted, clusters = _counted(counting, cells)
    total = sum(cluster.reports for cluster in clusters)
    if total > READ_ONE_BY_ONE:
        return View(counted.level, total, clusters)
    return _one_by_one(rows, box, (cells or counted).level)


def _counted(counting: Counting, cells: Cells | None) -> tuple[Cells, list[Cluster]]:
    """The clusters of these cells, as fine as they are counted; of the whole municipality without any."""
    if cells is not None:
        cells = cells.at(FINEST)
        return cells, _clusters(counting, cells)
    level = WHOLE
    while len(clusters := _clusters(counting, everywhere(level))) > MOST_MARKERS:
        level -= 1
    return everywhere(level), clusters


def _clusters(counting: Counting, cells: Cells) -> list[Cluster]:
    """The cells that have reports of the filter, by their counts and the changes that were not folded in yet."""
    shift = FINEST - cells.level
    kept = _narrowed(MapCell.objects.filter(level=cells.level, x__range=cells.x, y__range=cells.y), counting)
    finest = {
        f"{axis}__range": (first << shift, ((last + 1) << shift) - 1)
        for axis, (first, last) in (("x", cells.x), ("y", cells.y))
    }
    changes = _narrowed(MapChange.objects.filter(**finest), counting)
    counted = kept.values_list("x", "y", "reports", "longitude", "latitude").union(
        changes.annotate(cell_x=_shifted("x", shift), cell_y=_shifted("y", shift)).values_list(
            "cell_x", "cell_y", "reports", "longitude", "latitude"
        ),
        all=True,
    )
    rows, parameters = counted.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sum(longitude) / sum(reports), sum(latitude) / sum(reports), sum(reports) "  # noqa: S608
            f"FROM ({rows}) AS counted (x, y, reports, longitude, latitude) "
            "GROUP BY x, y HAVING sum(reports) > 0",
            parameters,
        )
        return [Cluster(longitude, latitude, int(n)) for longitude, latitude, n in cursor.fetchall()]


def _shifted(axis: str, shift: int) -> Func:
    return Func(
        F(axis), Value(shift), template="(%(expressions)s)", arg_joiner=" >> ", output_field=IntegerField()
    )


def _narrowed(rows: QuerySet[Any], counting: Counting) -> QuerySet[Any]:
    if counting.state:
        rows = rows.filter(is_open=counting.state == "open")
    return narrowed(
        rows,
        kind=counting.kind,
        category=counting.category,
        area=counting.area,
        schouw=counting.schouw,
    )


def _one_by_one(rows: QuerySet[Report], box: Box | None, level: int) -> View:
    """Clusters of the reports in the box, and those that are alone in their cell with what a marker tells of them."""
    seen = rows.filter(point__bboverlaps=box.polygon()) if box else rows.filter(point__isnull=False)
    grouped = (
        seen.order_by()
        .annotate(longitude=_Longitude("point"), latitude=_Latitude("point"))
        .annotate(cell_x=_cell("x", "longitude", level), cell_y=_cell("y", "latitude", level))
        .values("cell_x", "cell_y")
        .annotate(n=Count("*"), lon=Avg("longitude"), lat=Avg("latitude"), first=Min("pk"))
        .values_list("n", "lon", "lat", "first")
    )
    found = list(grouped)
    return View(
        level,
        sum(n for n, *_rest in found),
        [Cluster(lon, lat, n) for n, lon, lat, _first in found if n > 1],
        _alone(first for n, _lon, _lat, first in found if n == 1),
    )


def _some(rows: QuerySet[Report]) -> QuerySet[Report]:
    """The first of a list, in its order."""
    return Report.objects.filter(pk__in=rows.filter(point__isnull=False).values("pk")[:READ_AT_MOST])


def _alone(numbers: Iterable[int]) -> list[Report]:
    """These reports with what a marker shows, in the order of their numbers."""
    return list(Report.objects.filter(pk__in=list(numbers)).for_map().order_by("pk"))


class _Longitude(GeoFunc):
    function = "ST_X"
    output_field = FloatField()


class _Latitude(GeoFunc):
    function = "ST_Y"
    output_field = FloatField()


def _cell(axis: str, degrees: str, level: int) -> Func:
    return Func(F(degrees), Value(level), function=f"portal_cell_{axis}", output_field=IntegerField())
