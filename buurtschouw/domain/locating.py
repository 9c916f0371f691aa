"""Finding the place of a report that came with words only. Never in the request that takes it in."""

from django.contrib.gis.geos import Point
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_scopes import scope, scopes_disabled

from buurtschouw.domain import answering, intake
from buurtschouw.models import Report
from trajecten.domain import activities, geocoder, places
from trajecten.models import User

BATCH = 50


def locate_pending() -> int:
    """Look up the address of reports without a place. Returns how many got one.

    Each is tried once the geocoder answers; while it does not, all wait. What it doesn't know, or what lies
    outside the municipality, stays without a place for an official to judge.
    """
    with scopes_disabled():
        waiting = Report.objects.filter(point__isnull=True, location_tried_at__isnull=True)
        rows = list(waiting.select_related("municipality").defer("search").order_by("created_at")[:BATCH])
    located = 0
    for report in rows:
        try:
            found = geocoder.search(report.address, municipality_name=report.municipality.name, rows=2)
        except geocoder.GeocoderUnavailable:
            break
        with scope(municipality=report.municipality):
            located += _place(report, found)
    return located


@transaction.atomic
def _place(report: Report, found: list[geocoder.Address]) -> bool:
    report = answering.lock(report)
    report.location_tried_at = timezone.now()
    if report.point is None and len(found) == 1:
        point = Point(found[0].lon, found[0].lat, srid=4326)
        try:
            report.area_id = places.area_of(municipality=report.municipality, point=point)
            report.point = point
        except places.OutsideMunicipality:
            report.point = None
    report.save(update_fields=["location_tried_at", "area", "point"])
    if report.point is None:
        return False
    activities.record(verb="located", target=report, by=None)
    return True


class PlaceRefused(Exception):
    """A pin that can't be put there; the message says why."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@transaction.atomic
def place(*, report: Report, point: Point, by: User) -> Report:
    """Put the pin of a report that has none (WGS84). Refused when it has one, or outside the municipality."""
    report = answering.lock(report)
    if report.point is not None:
        raise PlaceRefused(_("This report has a place already. Look at the page again."))
    try:
        report.area_id = places.area_of(municipality=report.municipality, point=point)
    except places.OutsideMunicipality as outside:
        raise PlaceRefused(intake.outside_message(report.municipality, outside)) from outside
    report.point = point
    report.version += 1
    report.save(update_fields=["point", "area", "version"])
    activities.record(verb="placed", target=report, by=by)
    return report
