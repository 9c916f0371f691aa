"""The adviser's list: every trajectory leads to its own page, and says what is missing and what is late."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.formats import date_format

from tests.factories.buurtschouw import ReportFactory, SchouwFactory
from tests.factories.core import MunicipalityFactory, TrajectoryFactory
from tests.factories.meetings import MeetingFactory
from tests.factories.proposals import TrajectoryRequestFactory
from trajecten.domain import steps
from trajecten.models import StepRecord, Trajectory

pytestmark = pytest.mark.usefixtures("english")

URL = "/advies/"


def rows(client: Client) -> list[Any]:
    return client.get(URL).context["rows"]


def test_each_trajectory_leads_to_its_own_page(sign_in: Any, adviser: Any, schouw: Any) -> None:
    browser = sign_in(adviser)
    address = f"/polderwijk/werk/schouwen/{schouw.pk}/"

    assert f'href="{address}"' in browser.get(URL).content.decode()
    assert browser.get(address).status_code == 200


def test_trajectories_of_all_municipalities_are_listed_and_of_nobody_else(
    sign_in: Any, adviser: Any, other_adviser: Any, schouw: Any
) -> None:
    duinstad = MunicipalityFactory(other=True)
    elsewhere = SchouwFactory(municipality=duinstad, trajectory__adviser=adviser)
    SchouwFactory(trajectory__adviser=other_adviser)

    assert [(row.trajectory, row.standing.url) for row in rows(sign_in(adviser))] == [
        (elsewhere.trajectory, f"/duinstad/werk/schouwen/{elsewhere.pk}/"),
        (schouw.trajectory, f"/polderwijk/werk/schouwen/{schouw.pk}/"),
    ]


def test_what_is_over_its_term_stands_out(sign_in: Any, adviser: Any, schouw: Any, category: Any) -> None:
    browser = sign_in(adviser)
    assert "2 late" not in browser.get(URL).content.decode()
    for _ in range(2):
        ReportFactory(schouw=schouw, category=category, overdue=True)

    assert [row.standing.overdue for row in rows(browser)] == [2]
    assert "2 late" in browser.get(URL).content.decode()


def test_what_is_late_leads_to_its_list(sign_in: Any, adviser: Any, schouw: Any, category: Any) -> None:
    late = ReportFactory(schouw=schouw, category=category, overdue=True)
    ReportFactory(schouw=schouw, category=category)
    browser = sign_in(adviser)
    address = rows(browser)[0].standing.overdue_url

    assert f'href="{address.replace("&", "&amp;")}"' in browser.get(URL).content.decode()
    assert [row.report for row in browser.get(address).context["rows"]] == [late]


def test_what_needs_the_adviser_most_comes_first(sign_in: Any, adviser: Any, category: Any) -> None:
    quiet = SchouwFactory(trajectory__adviser=adviser, trajectory__title="A")
    unready = SchouwFactory(step="preparation", walk_at=None, trajectory__adviser=adviser)
    late = SchouwFactory(trajectory__adviser=adviser, trajectory__title="Z")
    ReportFactory(schouw=late, category=category, overdue=True)

    listed = [row.trajectory.schouw for row in rows(sign_in(adviser))]
    assert listed == [late, unready, quiet]


def test_of_several_municipalities_one_can_be_chosen(sign_in: Any, adviser: Any, schouw: Any) -> None:
    browser = sign_in(adviser)
    assert "All municipalities" not in browser.get(URL).content.decode()
    elsewhere = SchouwFactory(municipality=MunicipalityFactory(other=True), trajectory__adviser=adviser)

    assert "All municipalities" in browser.get(URL).content.decode()
    chosen = browser.get(f"{URL}?gemeente=duinstad").context["rows"]
    assert [row.trajectory for row in chosen] == [elsewhere.trajectory]
    assert len(browser.get(f"{URL}?gemeente=nergens").context["rows"]) == 2


def test_figures_on_top_say_what_is_late_and_lead_to_it(sign_in: Any, adviser: Any, schouw: Any) -> None:
    late, stalled = (SchouwFactory(trajectory__adviser=adviser).trajectory for _n in range(2))
    over = SchouwFactory(step="", trajectory__adviser=adviser, trajectory__status="evaluated").trajectory
    Trajectory.objects.filter(pk=late.pk).update(step_due_on=timezone.localdate() - timedelta(days=1))
    Trajectory.objects.filter(pk__in=[stalled.pk, over.pk]).update(
        created_at=timezone.now() - timedelta(days=90)
    )
    meeting = MeetingFactory(trajectory=schouw.trajectory)
    asked = TrajectoryRequestFactory()
    browser = sign_in(adviser)
    figures = {str(figure.label): figure for figure in browser.get(URL).context["figures"]}
    assert {label: figure.value for label, figure in figures.items()} == {
        "Stalled": 1,
        "Late": 1,
        "Requests that wait for you": 1,
        "Next meeting": date_format(timezone.localtime(meeting.starts_at), "j M"),
    }
    assert asked.status == "new"
    assert figures["Late"].note == "of 3 that go on or are to begin"
    assert [row.trajectory for row in browser.get(figures["Late"].url).context["rows"]] == [late]
    assert [row.trajectory for row in browser.get(figures["Stalled"].url).context["rows"]] == [stalled]
    on_track = browser.get(f"{URL}?health=on_track").context["rows"]
    assert [row.trajectory for row in on_track] == [schouw.trajectory]


def test_since_when_a_step_is_open_is_told(sign_in: Any, adviser: Any, schouw: Any, coordinator: Any) -> None:
    steps.reopen(
        trajectory=schouw.trajectory, step="preparation", by=coordinator, reason="De route moet anders."
    )
    opened = StepRecord.objects.filter(trajectory=schouw.trajectory).latest("id").at

    assert [row.since for row in rows(sign_in(adviser))] == [opened]


def test_on_a_page_of_a_municipality_there_is_a_way_back(sign_in: Any, adviser: Any, schouw: Any) -> None:
    page = sign_in(adviser).get("/polderwijk/")

    assert URL in [item.url for item in page.context["account_navigation"]]


def test_what_the_open_step_still_needs_is_said(sign_in: Any, adviser: Any) -> None:
    SchouwFactory(step="preparation", walk_at=None, categories=[], trajectory__adviser=adviser)

    assert [reason.key for reason in rows(sign_in(adviser))[0].unmet] == ["date", "area", "themes"]


def test_a_trajectory_that_is_over_needs_nothing(sign_in: Any, adviser: Any) -> None:
    SchouwFactory(step="", trajectory__adviser=adviser, trajectory__status="evaluated")

    assert rows(sign_in(adviser))[0].unmet == ()


def test_one_and_thirty_trajectories_ask_the_database_the_same(
    sign_in: Any, adviser: Any, schouw: Any
) -> None:
    browser = sign_in(adviser)
    browser.get(URL)
    with CaptureQueriesContext(connection) as for_one:
        assert len(rows(browser)) == 1
    for _ in range(29):
        SchouwFactory(trajectory__adviser=adviser)
    with CaptureQueriesContext(connection) as for_thirty:
        assert len(rows(browser)) == 30

    assert len(for_thirty) == len(for_one)


def test_who_is_no_adviser_finds_nothing(client: Client, resident_client: Client, schouw: Any) -> None:
    assert client.get(URL).status_code == 302
    assert resident_client.get(URL).status_code == 404


def test_a_trajectory_of_an_unknown_method_is_an_error_not_a_missing_row(sign_in: Any, adviser: Any) -> None:
    TrajectoryFactory(method_key="unheard-of", adviser=adviser)

    with pytest.raises(KeyError):
        sign_in(adviser).get(URL)


def test_from_a_walk_one_goes_back_to_where_one_may(
    sign_in: Any, schouw: Any, adviser: Any, handler: Any
) -> None:
    address = f"/polderwijk/werk/schouwen/{schouw.pk}/"
    back = {user: sign_in(user).get(address).content.decode() for user in (adviser, handler)}
    assert ('href="/advies/"' in back[adviser], 'href="/polderwijk/werk/schouwen/"' in back[handler]) == (
        True,
        True,
    )
    assert 'href="/polderwijk/werk/schouwen/"' not in back[adviser]
