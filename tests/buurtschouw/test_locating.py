"""Finding the place of a report that came with words only, over real HTTP to the stand-in for the geocoder."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.gis.geos import Point
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_scopes import scopes_disabled

from buurtschouw.domain import locating
from buurtschouw.domain.history import history
from buurtschouw.models import Report
from buurtschouw.tasks import locate_pending_reports
from tests.factories.buurtschouw import ReportFactory, SchouwFactory
from trajecten.demo.locatieserver import Locatieserver
from trajecten.demo.town import Door
from trajecten.domain import geocoder
from trajecten.domain.geocoder import Address
from trajecten.models import Activity

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

# Polderwijk of these tests lies between 4.90 and 4.94 east; Oostpolder begins at 4.92.
DOORS = (
    Door("Kerkstraat", 4, "1999BB", "Polderwijk", 4.91, 52.51, "BU99010001"),
    Door("Kerkstraat", 40, "1999BB", "Polderwijk", 4.93, 52.51, "BU99010001"),
    Door("Dorpsweg", 7, "1999CC", "Polderwijk", 4.935, 52.515, "BU99010001"),
    Door("Grensweg", 1, "1999DD", "Polderwijk", 4.99, 52.51, "BU99010001"),
)


@pytest.fixture(autouse=True)
def own_cache(settings: Any) -> None:
    settings.CACHES = {
        **settings.CACHES,
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    }
    cache.clear()


@pytest.fixture
def server(settings: Any) -> Iterator[Locatieserver]:
    with Locatieserver(DOORS) as running:
        settings.GEOCODER_URL = running.url
        yield running


@pytest.fixture
def told(schouw: Any, category: Any) -> Any:
    """A report with these words for a place."""

    def make(address: str, **fields: Any) -> Report:
        return ReportFactory(
            schouw=schouw, category=category, point=None, accuracy=None, address=address, **fields
        )

    return make


# -- What is found --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["Dorpsweg 7", "dorpsweg 7, Polderwijk", "1999 cc 7", "Dorpsweg 7 1999CC"])
def test_an_address_becomes_a_pin_in_its_area(server: Any, told: Any, areas: Any, typed: str) -> None:
    report = told(typed)
    assert locating.locate_pending() == 1
    report.refresh_from_db()
    assert (report.point.x, report.point.y, report.area) == (4.935, 52.515, areas[1])
    assert report.location_tried_at is not None
    assert "The place was found by its address" in [event.title for event in history(report)]


def test_a_number_that_others_begin_with_is_found_all_the_same(server: Any, told: Any) -> None:
    short, long = told("Kerkstraat 4"), told("Kerkstraat 40")
    assert locating.locate_pending() == 2
    assert [Report.objects.get(pk=report.pk).point.x for report in (short, long)] == [4.91, 4.93]


@pytest.mark.parametrize(
    "typed", ["Kerkstraat", "1999BB", "bij de brug", "4", "?!", "Grensweg 1", "Dorpsweg 8", "Kerkstraat 4 A"]
)
def test_what_is_unknown_or_unclear_or_elsewhere_is_left_to_an_official(
    server: Any, told: Any, typed: str
) -> None:
    report = told(typed)
    assert locating.locate_pending() == 0
    report.refresh_from_db()
    assert (report.point, report.area) == (None, None)
    assert report.location_tried_at is not None
    assert not Activity.objects.filter(verb="located").exists()


def address(street: str, number: str, postcode: str = "1999BB", town: str = "Polderwijk") -> Address:
    return Address("adr", "label", street, number, postcode, town, "GM9901", 52.51, 4.91)


def test_of_look_alikes_the_one_that_was_written_in_full_is_meant() -> None:
    four, four_a, forty = (address("Kerkstraat", number) for number in ("4", "4A", "40"))
    found = [forty, four_a, four]
    assert locating.meant("Kerkstraat 4", found) is four
    assert locating.meant("kerkstraat 4a", found) is four_a
    assert locating.meant("1999 BB 40", found) is forty
    assert locating.meant("Kerkstraat", found) is None
    assert locating.meant("4", found) is None
    assert locating.meant("naast Kerkstraat 4", found) is None
    assert locating.meant("", found) is None
    assert locating.meant("Kerkstraat 4", []) is None


def test_the_same_street_in_two_towns_is_clear_with_the_town_only() -> None:
    north, south = address("Kerkstraat", "4", "1999BB", "Noord"), address("Kerkstraat", "4", "1999ZZ", "Zuid")
    assert locating.meant("Kerkstraat 4", [north, south]) is None
    assert locating.meant("Kerkstraat 4, Zuid", [north, south]) is south


# -- Once, and never in the way -------------------------------------------------------------------------------


def test_each_address_is_asked_once(server: Any, told: Any) -> None:
    told("Zomaarweg 3")
    locating.locate_pending()
    asked = len(server.asked)
    cache.clear()
    assert locating.locate_pending() == 0
    assert len(server.asked) == asked == 1


def test_while_the_geocoder_is_away_all_wait_and_then_are_found(server: Any, told: Any) -> None:
    reports = [told("Dorpsweg 7"), told("Kerkstraat 40")]
    server.fail = True
    assert locating.locate_pending() == 0
    assert all(Report.objects.get(pk=report.pk).location_tried_at is None for report in reports)
    server.fail = False
    assert locating.locate_pending() == 2


def test_a_geocoder_that_is_away_is_asked_a_few_times_and_no_more(server: Any, told: Any) -> None:
    for number in range(locating.MOST_FAILURES + 3):
        told(f"Dorpsweg {number}")
    server.fail = True
    locating.locate_pending()
    assert len(server.asked) == locating.MOST_FAILURES


@pytest.fixture
def stubborn(server: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A geocoder that can't be reached for what mentions a bridge."""
    search = geocoder.search

    def fails_at_bridges(query: str, **given: Any) -> list[Address]:
        if "brug" in query:
            raise geocoder.GeocoderUnavailable
        return search(query, **given)

    monkeypatch.setattr(locating.geocoder, "search", fails_at_bridges)


@pytest.mark.usefixtures("stubborn")
def test_those_that_always_fail_keep_no_other_from_its_turn(told: Any) -> None:
    stuck = [told(f"brug {number}") for number in range(2 * locating.MOST_FAILURES)]
    fine = told("Dorpsweg 7")
    assert [locating.locate_pending() for _ in range(3)] == [0, 0, 1]
    assert Report.objects.get(pk=fine.pk).point is not None
    assert all(Report.objects.get(pk=report.pk).location_tried_at is None for report in stuck)


@pytest.mark.usefixtures("stubborn")
def test_what_fails_for_more_than_a_day_is_left_to_an_official(told: Any) -> None:
    old, young = told("brug 1"), told("brug 2")
    Report.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(hours=25))
    given_up = []
    for _ in range(locating.MOST_TRIES):
        locating.locate_pending()
        tried = (Report.objects.get(pk=report.pk).location_tried_at for report in (old, young))
        given_up.append([moment is not None for moment in tried])
    assert given_up == [[False, False]] * (locating.MOST_TRIES - 1) + [[True, False]]


def test_the_boundary_which_is_large_is_not_read(server: Any, told: Any) -> None:
    told("Dorpsweg 7")
    with CaptureQueriesContext(connection) as captured:
        locating.locate_pending()
    assert not any('"boundary"' in query["sql"] for query in captured if "SELECT" in query["sql"][:6])


def test_what_is_found_before_the_geocoder_goes_away_stays(
    server: Any, told: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = told("Dorpsweg 7"), told("Kerkstraat 40")
    search = geocoder.search

    def then_away(*args: Any, **kwargs: Any) -> list[Address]:
        found = search(*args, **kwargs)
        server.fail = True
        return found

    monkeypatch.setattr(locating.geocoder, "search", then_away)
    assert locating.locate_pending() == 1
    assert Report.objects.get(pk=first.pk).point is not None
    assert Report.objects.get(pk=second.pk).location_tried_at is None


def test_a_report_with_a_place_is_not_looked_up(server: Any, report: Report) -> None:
    Report.objects.filter(pk=report.pk).update(address="Dorpsweg 7")
    assert locating.locate_pending() == 0
    assert server.asked == []
    assert Report.objects.get(pk=report.pk).point.x == 4.915


def test_the_oldest_go_first_in_batches(server: Any, told: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locating, "BATCH", 1)
    young, old = told("Dorpsweg 7"), told("Kerkstraat 40")
    Report.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(hours=1))
    assert locating.locate_pending() == 1
    assert Report.objects.get(pk=young.pk).point is None
    assert locating.locate_pending() == 1


def test_each_is_looked_up_in_its_own_municipality(server: Any, told: Any, other_municipality: Any) -> None:
    elsewhere = ReportFactory(
        schouw=SchouwFactory(municipality=other_municipality), point=None, address="Dorpsweg 7"
    )
    told("Dorpsweg 7")
    assert locating.locate_pending() == 1
    asked = [value for _, parameters in server.asked for name, value in parameters if "gemeentenaam" in value]
    assert sorted(asked) == ['gemeentenaam:("Duinstad")', 'gemeentenaam:("Polderwijk")']
    with scopes_disabled():
        assert Report.objects.get(pk=elsewhere.pk).point is None


def test_a_pin_that_an_official_put_meanwhile_stays_and_nothing_else_is_told(
    server: Any, told: Any, handler: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = told("Dorpsweg 7")
    search = geocoder.search

    def while_somebody_points(*args: Any, **kwargs: Any) -> list[Address]:
        locating.place(report=report, point=Point(4.905, 52.505, srid=4326), by=handler)
        return search(*args, **kwargs)

    monkeypatch.setattr(locating.geocoder, "search", while_somebody_points)
    assert locating.locate_pending() == 0
    report.refresh_from_db()
    assert report.point.x == 4.905
    assert not Activity.objects.filter(verb="located").exists()


def test_finding_the_place_does_not_make_an_official_s_page_old(server: Any, told: Any) -> None:
    report = told("Dorpsweg 7")
    locating.locate_pending()
    assert Report.objects.get(pk=report.pk).version == report.version


def test_the_job_does_the_same(server: Any, told: Any) -> None:
    report = told("Dorpsweg 7")
    locate_pending_reports()
    assert Report.objects.get(pk=report.pk).point is not None
