"""The dashboards: what a coordinator sees at once, and the way to one's own work."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from tests.factories.buurtschouw import ReportFactory
from tests.factories.core import CommitmentFactory, TrajectoryFactory
from trajecten.domain.dashboards import coordinator
from trajecten.enums import CommitmentStatus, HealthState, TrajectoryStatus
from trajecten.models import Trajectory
from trajecten.registry import Month, Service

pytestmark = pytest.mark.usefixtures("in_scope")
NOON = datetime(2026, 11, 27, 12, tzinfo=ZoneInfo("Europe/Amsterdam"))


@time_machine.travel(NOON, tick=False)
def test_a_promise_of_today_is_due_and_one_of_yesterday_is_late(schouw: Any) -> None:
    today = timezone.localdate()
    for days in (-1, 0, 6, 7):
        CommitmentFactory(trajectory=schouw.trajectory, deadline=today + timedelta(days=days))
    counted = coordinator.due()
    assert (counted.soon, counted.late) == (2, 1)


@time_machine.travel(NOON, tick=False)
def test_what_is_closed_is_not_due_and_only_what_was_broken_this_year_counts(schouw: Any) -> None:
    given = {"trajectory": schouw.trajectory, "deadline": date(2026, 11, 20), "reason": "Geen geld."}
    CommitmentFactory(**given, status=CommitmentStatus.DONE, closed_at=NOON)
    CommitmentFactory(**given, status=CommitmentStatus.BROKEN, closed_at=NOON)
    CommitmentFactory(**given, status=CommitmentStatus.BROKEN, closed_at=NOON - timedelta(days=400))
    counted = coordinator.due()
    assert (counted.soon, counted.late, counted.broken) == (0, 0, 1)


def test_the_stalled_trajectory_comes_first_then_the_late_one(schouw: Any) -> None:
    late = TrajectoryFactory(vision=True, title="Te laat")
    stalled = TrajectoryFactory(vision=True, title="Zonder nieuws")
    Trajectory.objects.filter(pk=late.pk).update(step_due_on=timezone.localdate() - timedelta(days=1))
    Trajectory.objects.filter(pk=stalled.pk).update(created_at=timezone.now() - timedelta(days=90))
    rows = coordinator.going()
    assert [row.trajectory.title for row in rows] == ["Zonder nieuws", "Te laat", "Schouw De Linde"]
    assert [row.health.state for row in rows] == [HealthState.STALLED, HealthState.LATE, HealthState.ON_TRACK]
    assert coordinator.in_trouble(rows) == 2


def test_the_chart_of_promises_says_how_they_were_kept_in_each_trajectory(schouw: Any) -> None:
    for status in (CommitmentStatus.DONE, CommitmentStatus.DONE, CommitmentStatus.IN_PROGRESS):
        CommitmentFactory(trajectory=schouw.trajectory, status=status)
    (row,) = coordinator.promise_chart().rows
    assert (row.label, list(row.values)) == ("Schouw De Linde", [2, 0, 0, 0, 1])


@pytest.mark.usefixtures("english")
def test_the_coordinator_sees_what_asks_for_attention(
    schouw: Any, report: Any, coordinator_client: Client
) -> None:
    CommitmentFactory(trajectory=schouw.trajectory, deadline=timezone.localdate() - timedelta(days=2))
    shown = coordinator_client.get("/polderwijk/werk/overzicht/")
    figures = {figure.label: figure.value for figure in shown.context["figures"]}
    assert figures == {
        "Reports over the term": 0,
        "Promises due within a week": 0,
        "Promises past their date": 1,
        "Trajectories late or stalled": 0,
        "Waits to be read before others may": 1,
        "Proposals that wait for your answer": 0,
    }


@pytest.mark.usefixtures("english")
def test_the_dashboard_and_the_list_say_the_same_of_trajectories(
    schouw: Any, coordinator_client: Client
) -> None:
    """Late or stalled is one thing, counted and shown alike; what is agreed says when it begins."""
    begins = timezone.localdate() + timedelta(days=20)
    TrajectoryFactory(vision=True, title="Straks", status=TrajectoryStatus.AGREED, starts_on=begins)
    late, stalled = TrajectoryFactory(vision=True), TrajectoryFactory(vision=True)
    Trajectory.objects.filter(pk=late.pk).update(step_due_on=timezone.localdate() - timedelta(days=1))
    Trajectory.objects.filter(pk=stalled.pk).update(created_at=timezone.now() - timedelta(days=90))
    pages = [coordinator_client.get(f"/polderwijk/werk/{page}/") for page in ("overzicht", "trajecten")]
    dashboard, listed = ({str(each.label): each for each in page.context["figures"]} for page in pages)
    figure = dashboard["Trajectories late or stalled"]
    assert (figure.value, figure.note) == (2, "of 4 that go on or are to begin")
    assert listed["Late or stalled"].value == 2
    assert (listed["Going on now"].value, listed["Begin later"].value) == (3, 1)
    troubled = coordinator_client.get(figure.url).context["rows"]
    assert {row["trajectory"] for row in troubled} == {late, stalled}
    for page in pages:
        assert f"begins on {date_format(begins, 'j F Y')}" in page.content.decode()


@pytest.mark.usefixtures("english")
def test_answers_are_shown_by_the_months_in_which_something_came() -> None:
    months = (Month(date(2026, 9, 1), 0, 0), Month(date(2026, 10, 1), 3, 1), Month(date(2026, 11, 1), 0, 2))
    service = Service("Reports", months, waiting=0, overdue=0, overdue_url="/")
    rows = coordinator.service_chart(service).rows
    assert [(row.label, list(row.values)) for row in rows] == [
        ("November 2026", [0, 2, "0%"]),
        ("October 2026", [3, 1, "75%"]),
    ]


def test_every_figure_leads_to_a_page(schouw: Any, coordinator_client: Client) -> None:
    shown = coordinator_client.get("/polderwijk/werk/overzicht/")
    for figure in shown.context["figures"]:
        assert coordinator_client.get(figure.url).status_code == 200, figure


def test_the_dashboard_takes_fewer_than_twenty_queries_for_one_of_everything_and_for_thirty(
    schouw: Any, category: Any, coordinator_client: Client, django_assert_max_num_queries: Any
) -> None:
    asked = []
    for count in (1, 29):
        for _n in range(count):
            ReportFactory(schouw=schouw, category=category)
            CommitmentFactory(trajectory=TrajectoryFactory(vision=True))
        with django_assert_max_num_queries(19) as captured:
            coordinator_client.get("/polderwijk/werk/overzicht/")
        asked.append(len(captured))
    assert asked[0] == asked[1]


@pytest.mark.parametrize(
    ("who", "page"),
    [("coordinator", "dashboard"), ("clerk", "council-desk"), ("handler", "buurtschouw:queue")],
)
def test_each_official_comes_to_the_page_of_their_work(
    who: str, page: str, request: pytest.FixtureRequest, sign_in: Any
) -> None:
    browser = sign_in(request.getfixturevalue(who))
    led = browser.get("/polderwijk/werk/")
    assert led.headers["Location"] == reverse(page, kwargs={"gemeente": "polderwijk"})


@pytest.mark.usefixtures("english")
def test_management_lists_only_pages_that_open(coordinator_client: Client) -> None:
    items = coordinator_client.get("/polderwijk/werk/beheer/").context["items"]
    assert len(items) == len({item.url for item in items}) > 9
    for item in items:
        assert coordinator_client.get(item.url).status_code == 200, item
