"""Finding the place of a report that came with words only. Never in the request that takes it in."""

import re
from datetime import timedelta

from django.contrib.gis.geos import Point
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_scopes import scope, scopes_disabled

from buurtschouw.domain import answering, intake
from buurtschouw.models import Report
from trajecten.domain import activities, geocoder, places
from trajecten.models import User
from trajecten.refusals import Refused

BATCH = 50
MOST_WAITING = 1000
MOST_FAILURES = 3
MOST_TRIES = 5
GIVE_UP_AFTER = timedelta(days=1)
FAILURES = "buurtschouw:locating-failures"


def locate_pending() -> int:
    """Look up the address of reports without a place. Returns how many got one.

    Those that failed least often go first, so that one that always fails keeps no other from its turn. After
    ``MOST_FAILURES`` in a row the geocoder is away, and the others wait. What it doesn't know, what may be more
    than one address, what lies outside the municipality, or what failed ``MOST_TRIES`` times and is older than
    ``GIVE_UP_AFTER``, stays without a place for an official to judge.
    """
    failures: dict[int, int] = cache.get(FAILURES) or {}
    located = in_a_row = 0
    for report in _waiting(failures):
        try:
            found = geocoder.search(report.address, municipality_name=report.municipality.name)
        except geocoder.GeocoderUnavailable:
            in_a_row += 1
            failures[report.pk] = failures.get(report.pk, 0) + 1
            if failures[report.pk] >= MOST_TRIES and timezone.now() > report.created_at + GIVE_UP_AFTER:
                _settle(report, None)
        else:
            in_a_row = 0
            located += _settle(report, meant(report.address, found))
        if in_a_row == MOST_FAILURES:
            break
    cache.set(FAILURES, failures, 2 * GIVE_UP_AFTER.total_seconds())
    return located


def _waiting(failures: dict[int, int]) -> list[Report]:
    """The next to try, the oldest first of those that failed equally often. Forgets failures of what was settled."""
    with scopes_disabled():
        waiting = Report.objects.filter(point__isnull=True, location_tried_at__isnull=True)
        keys = list(waiting.order_by("created_at").values_list("pk", flat=True)[:MOST_WAITING])
        for settled in failures.keys() - set(keys):
            del failures[settled]
        batch = sorted(keys, key=lambda key: failures.get(key, 0))[:BATCH]
        rows = waiting.select_related("municipality").defer("search", "municipality__boundary").in_bulk(batch)
    return [rows[key] for key in batch if key in rows]


def _settle(report: Report, found: geocoder.Address | None) -> bool:
    with scope(municipality=report.municipality):
        return _place(report, found)


def meant(typed: str, found: list[geocoder.Address]) -> geocoder.Address | None:
    """The address that was meant: the only one found, or the only one of them that was written in full.

    A geocoder gives what looks like it as well: with number 4 also 4A and 40. None when one has to guess.
    """
    fitting = found if len(found) == 1 else [address for address in found if _is_written(address, typed)]
    return fitting[0] if len(fitting) == 1 else None


def _is_written(address: geocoder.Address, typed: str) -> bool:
    """The number and the street or postcode were typed, and nothing that is not of this address."""
    words, number, street = _words(typed), _words(address.number), _words(address.street)
    postcode = _words(address.postcode)
    whole = number | street | postcode | _words(address.town)
    named = (street and street <= words) or (postcode and postcode <= words)
    return bool(number and number <= words and named and words <= whole)


def _words(text: str) -> set[str]:
    return set(re.findall(r"[\w'’-]+", geocoder.cleaned(text)))


@transaction.atomic
def _place(report: Report, found: geocoder.Address | None) -> bool:
    """Write down that it was tried and put the pin, unless an official did so meanwhile or it lies elsewhere."""
    municipality, report = report.municipality, answering.lock(report)
    report.location_tried_at = timezone.now()
    is_placed = False
    if report.point is None and found:
        point = Point(found.lon, found.lat, srid=4326)
        try:
            report.area_id = places.area_of(municipality=municipality, point=point)
        except places.OutsideMunicipality:
            pass
        else:
            report.point, is_placed = point, True
    report.save(update_fields=["location_tried_at", "area", "point"])
    if is_placed:
        activities.record(verb="located", target=report, by=None)
    return is_placed


class PlaceRefused(Refused):
    """A pin that can't be put there; the message says why."""


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
