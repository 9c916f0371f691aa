"""The day of the walk as it happens."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from buurtschouw.domain import live
from buurtschouw.models import Report, Schouw
from tests.factories.buurtschouw import ReportFactory, SchouwFactory
from tests.factories.preparing import ScoreFactory, StopFactory
from trajecten.enums import Moderation

pytestmark = pytest.mark.usefixtures("in_scope", "english")

NOON = timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0)


@pytest.fixture
def walk(in_scope: Any) -> Schouw:
    """A walk of today."""
    return SchouwFactory(walk_at=NOON)


def url(walk: Schouw, name: str = "live") -> str:
    return reverse(f"buurtschouw:{name}", kwargs={"gemeente": "polderwijk", "pk": walk.pk})


def token(walk: Schouw) -> str:
    return live.now(walk).token


def test_counted_is_what_was_seen_on_the_day_by_the_clock_of_the_phone(walk: Schouw) -> None:
    stop = StopFactory(schouw=walk)
    StopFactory(schouw=walk)
    ScoreFactory(stop=stop)
    ReportFactory(schouw=walk, kind="compliment", first_answer_at=NOON)
    ReportFactory(schouw=walk, kind="idea", observed_at=NOON, first_answer_at=NOON + timedelta(days=2))
    ReportFactory(schouw=walk, observed_at=NOON - timedelta(days=1))
    assert live.now(walk).counters == live.Counters(
        observations=2, compliments=1, ideas=1, answered=1, stops=2, scored=1
    )


def test_what_was_seen_last_comes_first(walk: Schouw) -> None:
    later = ReportFactory(schouw=walk, observed_at=NOON + timedelta(minutes=9))
    earlier = ReportFactory(schouw=walk, observed_at=NOON + timedelta(minutes=2))
    assert live.newest(walk) == [later, earlier]


def test_words_are_shown_only_once_they_are_public(walk: Schouw) -> None:
    stop = StopFactory(schouw=walk, name="Plein")
    report = ReportFactory(schouw=walk, stop=stop, text="Bij Truus op nummer 12 ligt een tegel los.")
    page = Client().get(url(walk)).content.decode()
    assert ("Truus" in page, report.category.name in page, "Plein" in page) == (False, True, True)
    Report.objects.update(moderation=Moderation.PUBLISHED)
    assert "Truus" in Client().get(url(walk)).content.decode()


@pytest.mark.parametrize(
    "happens",
    [
        lambda walk, report: ReportFactory(schouw=walk),
        lambda walk, report: Report.objects.update(moderation=Moderation.PUBLISHED),
        lambda walk, report: Report.objects.update(first_answer_at=NOON),
        lambda walk, report: ScoreFactory(stop=StopFactory(schouw=walk)),
    ],
)
def test_the_token_changes_with_what_is_shown(walk: Schouw, happens: Any) -> None:
    report = ReportFactory(schouw=walk)
    before = token(walk)
    assert token(walk) == before
    happens(walk, report)
    assert token(walk) != before


def test_without_news_nothing_is_sent_and_with_news_the_part_that_changed(walk: Schouw) -> None:
    asked = {"t": token(walk)}
    assert Client().get(url(walk, "live-news"), asked).status_code == 204
    ReportFactory(schouw=walk)
    answer = Client().get(url(walk, "live-news"), asked)
    page = answer.content.decode()
    assert (answer.status_code, "<html" in page, f"t={token(walk)}" in page) == (200, False, True)


def test_once_the_day_is_over_the_page_stops_asking(in_scope: Any) -> None:
    over = SchouwFactory(walk_at=NOON - timedelta(days=1))
    assert Client().get(url(over, "live-news"), {"t": token(over)}).status_code == 286
    assert "hx-get" not in Client().get(url(over)).content.decode()


def test_a_walk_without_a_date_says_so(in_scope: Any) -> None:
    undated = SchouwFactory(walk_at=None)
    ReportFactory(schouw=undated)
    answer = Client().get(url(undated))
    assert (answer.status_code, "not known yet" in answer.content.decode()) == (200, True)


def test_thirty_observations_cost_as_many_statements_as_one(
    walk: Schouw, django_assert_max_num_queries: Any
) -> None:
    def statements() -> int:
        with django_assert_max_num_queries(60) as counted:
            Client().get(url(walk))
        return len(counted)

    ReportFactory(schouw=walk, stop=StopFactory(schouw=walk))
    few = statements()
    ReportFactory.create_batch(29, schouw=walk)
    assert statements() == few


def test_asking_without_news_costs_few_statements(walk: Schouw, django_assert_num_queries: Any) -> None:
    ReportFactory.create_batch(5, schouw=walk)
    with django_assert_num_queries(3):
        live.now(walk)
