"""The reports of a list as a map asks for them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.middleware.http import ConditionalGetMiddleware
from django.urls import reverse
from django.utils.decorators import decorator_from_middleware
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from buurtschouw.domain.mapping import viewport
from buurtschouw.domain.queries import public
from buurtschouw.enums import ReportStatus
from buurtschouw.forms.overview import PublicFilterForm, ViewportForm
from buurtschouw.models import Category, Report
from trajecten.domain import places

TONES = {
    ReportStatus.NEW: "new",
    ReportStatus.DONE: "good",
    ReportStatus.NOT_DONE: "bad",
}
# Degrees with this many decimals are ten centimetres apart.
DECIMALS = 6
TITLE = 60


@dataclass(frozen=True)
class Told:
    """What a marker tells of a report: its title, its status in words, and the tone of that."""

    title: str
    status: str
    tone: str


renewed = decorator_from_middleware(ConditionalGetMiddleware)


@renewed
@cache_control(no_cache=True, public=True)
@require_safe
def reports_geojson(request: HttpRequest, gemeente: str) -> JsonResponse:
    """The reports of the filter in the view of a map (``bbox``, ``zoom``), or in all of the municipality without one.

    Reports near each other are one feature with their ``count``. A report that is alone has ``number``, ``kind``,
    ``title``, ``status``, ``tone`` and ``category``, whose names and icons stand once, beside the features. Has an
    ETag, and is asked again every time: a report is on the map at once.
    """
    asked, where = PublicFilterForm(request.GET).asked(), ViewportForm(request.GET)
    rows, counting = public.reports(**asked), viewport.Counting(**asked)
    found = viewport.look(rows=rows, counting=counting, **where.asked())
    any_url = reverse("buurtschouw:public-report", kwargs={"gemeente": gemeente, "number": 0})
    return as_geojson(found, _public, any_url.removesuffix("0/"))


def as_geojson(found: viewport.View, told: Callable[[Report], Told], before_number: str) -> JsonResponse:
    """What a map shows; the address of each report is its number behind ``before_number``."""
    collection = {
        "type": "FeatureCollection",
        **_box(found),
        "total": found.total,
        "url": before_number,
        "categories": _categories(found.reports),
        "features": [*map(_cluster, found.clusters), *(_feature(report, told) for report in found.reports)],
    }
    return JsonResponse(
        collection, content_type="application/geo+json", json_dumps_params={"separators": (",", ":")}
    )


def _public(report: Report) -> Told:
    """What everybody may see of a report."""
    tone = "late" if report.is_overdue else TONES.get(ReportStatus(report.status), "open")
    return Told(report.public_title, str(report.get_status_display()), tone)


def _box(found: viewport.View) -> dict[str, list[float]]:
    """What is shown lies within this box: west, south, east, north. Left out when nothing is."""
    places_shown = [
        *((each.longitude, each.latitude) for each in found.clusters),
        *((report.point.x, report.point.y) for report in found.reports),
    ]
    if not places_shown:
        return {}
    longitudes, latitudes = zip(*places_shown, strict=True)
    edges = (min(longitudes), min(latitudes), max(longitudes), max(latitudes))
    return {"bbox": [round(edge, DECIMALS) for edge in edges]}


def _categories(reports: list[Report]) -> dict[int, dict[str, str]]:
    shown: dict[int, Category] = {report.category_id: report.category for report in reports}
    return {key: {"name": theme.name, "icon": theme.icon} for key, theme in shown.items()}


def _cluster(cluster: viewport.Cluster) -> dict[str, Any]:
    place = [round(cluster.longitude, DECIMALS), round(cluster.latitude, DECIMALS)]
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": place},
        "properties": {"count": cluster.reports},
    }


def _feature(report: Report, told: Callable[[Report], Told]) -> dict[str, Any]:
    words = told(report)
    title = words.title if len(words.title) <= TITLE else f"{words.title[: TITLE - 1]}…"
    return {
        "type": "Feature",
        "geometry": places.geometry(report.point),
        "properties": {
            "number": report.pk,
            "kind": report.kind,
            "title": title,
            "status": words.status,
            "tone": words.tone,
            "category": report.category_id,
        },
    }
