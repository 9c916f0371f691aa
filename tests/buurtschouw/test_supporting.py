""" "This is it": what is shown before somebody reports the same again, and counting who sees it too."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.contrib.gis.geos import Point
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_scopes import scope, scopes_disabled
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from buurtschouw.domain import answering, following
from buurtschouw.domain.queries import near
from buurtschouw.method import DUPLICATE_RADIUS_M
from buurtschouw.models import Report, Support
from buurtschouw.views.reporting import MAX_NEARBY
from tests.factories.buurtschouw import CategoryFactory, ReportFactory, SchouwFactory
from tests.factories.core import ParticipantFactory
from trajecten.models import Activity, Consent, Participant

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

HERE = Point(4.915, 52.51, srid=4326)


@pytest.fixture
def at(schouw: Any, category: Any) -> Any:
    def make(lon: float, lat: float, **fields: Any) -> Report:
        fields = {"schouw": schouw, "category": category, **fields}
        return ReportFactory(point=Point(lon, lat, srid=4326), **fields)

    return make


def metres(point: Point) -> float:
    """From ``HERE``, along the ellipsoid, as PostGIS measures it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT ST_Distance(ST_MakePoint(%s, %s)::geography, ST_MakePoint(%s, %s)::geography)",
            [HERE.x, HERE.y, point.x, point.y],
        )
        return cursor.fetchone()[0]


def nearby(schouw: Any, **query: Any) -> Any:
    given = {"lat": HERE.y, "lon": HERE.x, **query}
    return Client().get(f"/polderwijk/schouw/{schouw.pk}/in-de-buurt", given)


def support(report: Report, browser: Client | None = None, email: str = "", town: str = "polderwijk") -> Any:
    path = f"/{town}/meldingen/{report.pk}/steun/"
    return (browser or Client()).post(path, {"email": email}, follow=True)


THANKS = "Thank you. The municipality sees that you have this too."


def said(answer: Any) -> str:
    """The message above the page that follows."""
    return " ".join(str(message) for message in answer.context["messages"])


# -- What is near ---------------------------------------------------------------------------------------------


def test_near_is_at_most_fifty_metres_and_the_edge_counts(at: Any) -> None:
    report = at(4.9155, 52.5101)
    away = metres(report.point)
    assert DUPLICATE_RADIUS_M == 50
    assert list(near.to_point(point=HERE, radius=away + 0.001)) == [report]
    assert list(near.to_point(point=HERE, radius=away - 0.001)) == []
    assert near.to_point(point=HERE, radius=away + 0.001).get().distance.m == pytest.approx(away, abs=0.001)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(east=st.floats(-0.0012, 0.0012), north=st.floats(-0.0008, 0.0008))
def test_the_box_of_the_index_leaves_nothing_out_that_is_near(at: Any, east: float, north: float) -> None:
    Report.objects.all().delete()
    report = at(HERE.x + east, HERE.y + north)
    away = metres(report.point)
    if abs(away - DUPLICATE_RADIUS_M) > 0.01:
        assert near.to_point(point=HERE).exists() == (away < DUPLICATE_RADIUS_M)


@pytest.mark.parametrize(("east", "north"), [(49.5, 0.0), (-49.5, 0.0), (0.0, 49.5), (0.0, -49.5)])
def test_in_the_north_where_degrees_of_longitude_are_short_the_box_holds_fifty_metres_too(
    at: Any, east: float, north: float
) -> None:
    there = Point(6.9, 53.3, srid=4326)
    report = at(there.x + east / 66_630, there.y + north / 111_300)
    assert near.to_point(point=there).get() == report
    assert near.to_point(point=there).get().distance.m == pytest.approx(49.5, abs=0.2)


def test_the_nearest_come_first_and_no_more_than_one_can_compare(at: Any, schouw: Any, category: Any) -> None:
    made = [at(HERE.x + n * 0.00005, HERE.y) for n in range(MAX_NEARBY + 2)]
    assert list(near.to_point(point=HERE, category=category)) == made
    assert nearby(schouw, category=category.pk).content.decode().count("This is it") == MAX_NEARBY


def test_words_that_are_not_public_are_the_theme_here(at: Any, schouw: Any, category: Any) -> None:
    at(HERE.x, HERE.y, text="Mijn buurman op 12")
    shown = nearby(schouw, category=category.pk).content.decode()
    assert "Mijn buurman" not in shown
    assert f"<strong>{category.name}</strong>" in shown
    assert "In this very place · 0 minutes ago" in " ".join(shown.replace("\xa0", " ").split())


def test_words_are_escaped(at: Any, schouw: Any, category: Any) -> None:
    at(HERE.x, HERE.y, text="<script>alert(1)</script>", public=True)
    assert "<script>" not in nearby(schouw, category=category.pk).content.decode()


def test_reports_of_another_municipality_are_not_shown(at: Any, schouw: Any, other_municipality: Any) -> None:
    theirs = SchouwFactory(municipality=other_municipality)
    at(HERE.x, HERE.y, schouw=theirs, category=CategoryFactory(municipality=other_municipality))
    assert "This is it" not in nearby(schouw).content.decode()


def test_without_a_theme_every_theme_is_shown(at: Any, schouw: Any) -> None:
    at(HERE.x, HERE.y, category=CategoryFactory(name="Groen"))
    assert "This is it" in nearby(schouw).content.decode()


@pytest.mark.parametrize(
    "query",
    [
        {"lat": ""},
        {"lat": "nan"},
        {"lon": "inf"},
        {"lat": "1e999"},
        {"lat": "0", "lon": "0"},
        {"lon": "a\0"},
        {"category": "0"},
        {"category": "x"},
        {"category": "9" * 30},
    ],
)
def test_a_place_or_theme_that_can_t_be_shows_nothing(schouw: Any, report: Report, query: Any) -> None:
    answer = nearby(schouw, **query)
    assert (answer.status_code, answer.content) == (204, b"")


def test_one_and_five_take_as_many_statements(at: Any, schouw: Any, category: Any) -> None:
    counts = []
    for more in (1, 4):
        for _ in range(more):
            at(HERE.x, HERE.y)
        nearby(schouw, category=category.pk)
        with CaptureQueriesContext(connection) as captured:
            nearby(schouw, category=category.pk)
        counts.append(len(captured))
    assert counts[0] == counts[1]


# -- Supporting -----------------------------------------------------------------------------------------------


def test_one_visitor_counts_once_and_is_told_so(report: Report) -> None:
    browser = Client()
    assert "The municipality sees that you have this too." in support(report, browser).content.decode()
    assert "You said so before; it counts once." in support(report, browser).content.decode()
    assert Report.objects.get(pk=report.pk).supports == Support.objects.count() == 1
    assert Activity.objects.filter(verb="supported").count() == 1


def test_nothing_of_the_visitor_is_kept_but_a_mark(report: Report) -> None:
    browser = Client()
    support(report, browser)
    row = Support.objects.get()
    assert row.participant is None
    assert len(row.device) >= 40
    assert browser.session.session_key not in row.device


def test_the_mark_of_a_visitor_on_two_reports_is_counted_on_both(at: Any) -> None:
    browser = Client()
    for report in (at(HERE.x, HERE.y), at(HERE.x, HERE.y)):
        support(report, browser)
    assert list(Report.objects.values_list("supports", flat=True)) == [1, 1]


def test_who_is_signed_in_counts_once_whatever_address_is_sent_along(
    report: Report, resident: Any, sign_in: Any
) -> None:
    for email in ("", "ander@example.org"):
        support(report, sign_in(resident), email)
    assert Support.objects.get().participant.user == resident
    assert not Participant.objects.filter(email="ander@example.org").exists()


def test_an_address_that_is_none_is_refused_and_nothing_counted(report: Report) -> None:
    answered = support(report, email="geen adres")
    assert answered.status_code == 422
    page = answered.content.decode()
    assert "It looks like name@example.org." in page[page.index('id="id_email_error"') :]
    assert 'value="geen adres"' in page
    assert not Support.objects.exists()


def test_looking_is_not_supporting(report: Report) -> None:
    assert Client().get(f"/polderwijk/meldingen/{report.pk}/steun/").status_code == 405
    assert not Support.objects.exists()


def test_a_report_of_another_municipality_is_not_there(report: Report, other_municipality: Any) -> None:
    assert support(report, town="duinstad").status_code == 404
    with scopes_disabled():
        assert not Support.objects.exists()


def test_a_finished_report_takes_no_support_and_says_what_to_do(schouw: Any, category: Any) -> None:
    """Who left an address with it would wait for a mail that has gone out already."""
    finished = ReportFactory(schouw=schouw, category=category, done=True)
    shown = support(finished, email="laat@example.org").content.decode()
    assert "This report is finished. Is it there again? Then make a new report." in shown
    assert Report.objects.get(pk=finished.pk).supports == 0
    assert not Support.objects.exists()
    assert not Participant.objects.filter(email="laat@example.org").exists()
    assert not Consent.objects.filter(participant__email="laat@example.org").exists()


def test_one_browser_counts_once_whatever_addresses_it_makes_up(report: Report) -> None:
    browser = Client()
    answers = [support(report, browser, f"verzonnen{n}@example.org") for n in range(3)]
    assert Report.objects.get(pk=report.pk).supports == 1
    assert Support.objects.get().participant.email == "verzonnen0@example.org"
    assert not Participant.objects.filter(email="verzonnen2@example.org").exists()
    assert {said(answer) for answer in answers} == {THANKS}


def test_an_address_that_is_sent_along_does_not_tell_whether_it_supports_already(report: Report) -> None:
    support(report, email="buur@example.org")
    assert said(support(report, email="buur@example.org")) == said(support(report, email="ander@example.org"))
    assert Report.objects.get(pk=report.pk).supports == 2


def test_who_supported_without_an_address_may_still_leave_one(report: Report) -> None:
    browser = Client()
    support(report, browser)
    support(report, browser, "buur@example.org")
    assert Report.objects.get(pk=report.pk).supports == 1
    assert Support.objects.get().participant.email == "buur@example.org"
    assert Activity.objects.filter(verb="supported").count() == 1


def test_one_sender_may_support_so_often_an_hour_and_then_leaves_nothing(at: Any, settings: Any) -> None:
    settings.ANONYMOUS_REPORTS_PER_HOUR = 2
    sender = {"REMOTE_ADDR": f"10.7.{uuid.uuid4().int % 250}.{uuid.uuid4().int % 250}"}
    report, browser = at(HERE.x, HERE.y), Client(**sender)
    for _ in range(3):
        support(report, browser)
    for _ in range(2):
        answer = support(report, Client(**sender))
    assert (
        said(answer)
        == "Many people supported reports from your connection in the last hour. Try again later."
    )
    assert Support.objects.count() == Session.objects.count() == 2


def test_one_address_may_be_given_so_often_an_hour(at: Any, settings: Any) -> None:
    settings.MAILS_PER_ADDRESS_PER_HOUR = 1
    email = f"{uuid.uuid4()}@example.org"
    support(at(HERE.x, HERE.y), email=email)
    answer = support(at(HERE.x, HERE.y), email=email)
    assert said(answer).startswith("Many mails went to this address in the last hour.")
    assert Support.objects.count() == 1


def test_a_finished_report_makes_no_session(schouw: Any, category: Any) -> None:
    support(ReportFactory(schouw=schouw, category=category, done=True))
    assert not Session.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_support_while_it_is_being_closed_waits_and_is_refused(report: Report, handler: Any) -> None:
    def one() -> str:
        try:
            with scope(municipality=report.municipality):
                following.support(report=report, by=None, device="d" * 64)
        except following.SupportRefused:
            return "refused"
        else:
            return "counted"
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            answering.answer(report=report, by=handler, version=1, status="done", message="Klaar.")
            supported = pool.submit(one)
            with pytest.raises(TimeoutError):
                supported.result(0.5)
        assert supported.result(20) == "refused"
    assert not Support.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_by_one_person_count_once_and_by_twenty_count_twenty(report: Report) -> None:
    one_person = ParticipantFactory()

    def one(participant: Any, device: str) -> bool:
        try:
            with scope(municipality=report.municipality):
                return following.support(report=report, by=participant, device=device)
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        same = list(pool.map(lambda _: one(one_person, ""), range(20)))
        others = list(pool.map(lambda _: one(None, uuid.uuid4().hex * 2), range(20)))
    assert (sum(same), sum(others)) == (1, 20)
    assert Report.objects.get(pk=report.pk).supports == Support.objects.count() == 21
