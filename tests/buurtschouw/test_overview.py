"""The public pages: the list and its filter, the walk, and what the front page says of it."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from buurtschouw.domain.queries import public
from buurtschouw.forms.overview import PublicFilterForm
from buurtschouw.models import Report
from buurtschouw.pages import PAGES
from buurtschouw.views import mapping, overview
from tests.factories.buurtschouw import ReportFactory, SchouwFactory
from tests.factories.core import EAST, MIDDLE, NORTH, SOUTH, AreaFactory, rectangle
from tests.factories.enrolment import EnrolmentFactory
from trajecten.domain import moments
from trajecten.enums import AreaKind, Moderation
from trajecten.models import Area

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture
def mills(areas: list[Any]) -> Area:
    """A buurt in Oostpolder (WK990102)."""
    return AreaFactory(
        code="BU99010201",
        name="Molenbuurt",
        kind=AreaKind.BUURT,
        parent=areas[1],
        geometry=rectangle(MIDDLE, SOUTH, EAST, NORTH),
    )


def page(path: str = "meldingen/") -> str:
    return Client().get(f"/polderwijk/{path}").content.decode()


# -- The list -------------------------------------------------------------------------------------------------


def test_words_that_nobody_read_are_theme_and_area(report: Any) -> None:
    shown = page()
    assert "Stoep en straat in De Linde" in shown
    assert "The municipality has not read the text yet." in shown
    Report.objects.update(moderation=Moderation.PUBLISHED)
    assert report.text in page()
    assert "has not read the text" not in page()


def test_what_is_open_is_called_open(report: Any) -> None:
    assert re.search(r'<option value="open">\s*Open\s*</option>', page())


def test_the_areas_are_chosen_within_their_district(mills: Area) -> None:
    named = [
        (str(value), [(str(key), name) for key, name in label] if isinstance(label, list) else str(label))
        for value, label in PublicFilterForm({}).fields["area"].choices
    ]
    linde, east = Area.objects.get(name="De Linde"), Area.objects.get(name="Oostpolder")
    assert named == [
        ("", "All neighbourhoods"),
        (str(linde.pk), "De Linde"),
        ("Oostpolder", [(str(east.pk), "Oostpolder, whole district"), (str(mills.pk), "Molenbuurt")]),
    ]


def test_each_kind_is_of_its_newest_year_and_finds_the_reports_of_other_years(
    report: Any, mills: Area, areas: list[Any]
) -> None:
    newer = AreaFactory(code="WK990101", name="De Linde", year=areas[0].year + 1)
    offered = [area.pk for area in PublicFilterForm({}).fields["area"].queryset]
    assert offered == [newer.pk, mills.pk]
    assert list(public.reports(area=newer)) == [report]


def test_reports_of_a_buurt_are_those_of_its_wijk_too(report: Any, schouw: Any, mills: Area) -> None:
    there = ReportFactory(schouw=schouw, area=mills)
    assert list(public.reports(area=mills.parent)) == [there]
    assert list(public.reports(area=mills)) == [there]


def test_a_long_list_is_not_counted_to_its_end(report: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("trajecten.views.paging.COUNTED", 1)
    monkeypatch.setattr("buurtschouw.views.overview.PER_PAGE", 1)
    for _ in range(3):
        ReportFactory(schouw=report.schouw, category=report.category)
    assert "More than 1 reports" in page()


def test_thirty_rows_take_as_many_statements_as_one(report: Any) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as asked:
            page()
        return len(asked)

    page()
    one = statements()
    for _ in range(30):
        ReportFactory(schouw=report.schouw, category=report.category, area=report.area)
    assert statements() == one


def test_the_legend_names_every_mark_of_the_map(report: Any) -> None:
    tones = [tone for tone, _words in overview.legend()]
    assert tones == ["new", "open", "late", "good", "bad"]
    assert set(mapping.TONES.values()) <= set(tones)
    assert all(f"portal-pin--{tone}" in page() for tone in tones)


def test_the_reports_of_one_walk(report: Any) -> None:
    other = ReportFactory(schouw=SchouwFactory())
    shown = page(f"meldingen/?schouw={report.schouw.pk}")
    assert f"/meldingen/{report.pk}/" in shown
    assert f"/meldingen/{other.pk}/" not in shown


# -- Titles ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Tegel los", "Tegel los"),
        ("x" * 80, "x" * 80),
        ("x" * 81, "x" * 79 + "…"),
        ("De stoep is al weken kapot, en niemand komt kijken hoewel er elke dag een automobilist op staat",
         "De stoep is al weken kapot, en niemand komt kijken hoewel er elke dag een…"),
    ],
)  # fmt: skip
def test_a_title_is_cut_at_a_word(text: str, title: str) -> None:
    assert Report(text=text).title == title


# -- The walk -------------------------------------------------------------------------------------------------


def test_a_walk_to_come_says_that_one_can_come_along(schouw: Any) -> None:
    assert "You can just come along." not in page(f"schouw/{schouw.pk}/")
    schouw.walk_at = timezone.now() + timedelta(days=2)
    schouw.save()
    shown = page(f"schouw/{schouw.pk}/")
    assert "You can just come along." in shown
    assert 'id="walk-map"' in shown


def test_a_walk_whose_places_are_taken_says_who_signs_up_now_waits(schouw: Any) -> None:
    schouw.walk_at = timezone.now() + timedelta(days=2)
    schouw.save()
    schouw.trajectory.max_members = 1
    schouw.trajectory.save()
    assert "You can just come along." in page(f"schouw/{schouw.pk}/")
    EnrolmentFactory(trajectory=schouw.trajectory)
    for path in (f"schouw/{schouw.pk}/", f"schouw/{schouw.pk}/meelopen/"):
        assert "All places are taken." in page(path)
        assert "You can just come along." not in page(path)


def test_who_has_a_place_does_not_read_that_all_are_taken(
    schouw: Any, resident: Any, resident_client: Client
) -> None:
    schouw.trajectory.max_members = 1
    schouw.trajectory.save()
    EnrolmentFactory(trajectory=schouw.trajectory, participant__user=resident)
    shown = resident_client.get(f"/polderwijk/schouw/{schouw.pk}/meelopen/").content.decode()
    assert "All places are taken." not in shown


@pytest.mark.parametrize(("step", "leads"), [("preparation", True), ("walk", True), ("feedback", False)])
def test_a_walk_that_is_over_does_not_ask_to_walk_along(step: str, leads: bool) -> None:
    walk = SchouwFactory(step=step)
    assert page(f"schouw/{walk.pk}/").count(f"/schouw/{walk.pk}/meelopen/") == leads


def test_a_walk_leads_to_its_reports(report: Any) -> None:
    assert f'href="/polderwijk/meldingen/?schouw={report.schouw.pk}"' in page(f"schouw/{report.schouw.pk}/")


def test_a_time_is_written_in_one_way_in_each_language(schouw: Any, municipality: Any) -> None:
    schouw.walk_at = datetime(2036, 12, 6, 9, 0, tzinfo=UTC)
    schouw.save()
    assert moments.clock(schouw.walk_at) == "10:00"
    texts = [way.text for way in PAGES.ways(municipality)]
    assert "Saturday 6 December, 10:00, Buurthuis De Linde." in texts
    with translation.override("nl"):
        assert moments.clock(schouw.walk_at) == "10.00\N{NO-BREAK SPACE}uur"


def test_the_walk_as_a_file_for_a_calendar(schouw: Any) -> None:
    answer = Client().get(f"/polderwijk/schouw/{schouw.pk}/schouw.ics")
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert b"SUMMARY:Schouw De Linde" in answer.content
    assert b"LOCATION:Buurthuis De Linde" in answer.content
    schouw.walk_at = None
    schouw.save()
    assert Client().get(f"/polderwijk/schouw/{schouw.pk}/schouw.ics").status_code == 404
