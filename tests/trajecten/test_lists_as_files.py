"""Every list of a page of staff as a file: the same rows, for the same people, without addresses."""

import csv
import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories.buurtschouw import ReportFactory
from tests.factories.core import ActivityFactory, CommitmentFactory, CouncilItemFactory, TrajectoryFactory
from tests.factories.enrolment import InvitationFactory
from tests.factories.meetings import MeetingFactory, ShelfItemFactory
from tests.factories.proposals import TrajectoryRequestFactory
from tests.trajecten.test_tables import read_xlsx
from trajecten import registry
from trajecten.domain.lookups import LOOKED_UP
from trajecten.models import Activity, RetentionRun

pytestmark = pytest.mark.usefixtures("english")
WORK = "/polderwijk/werk"


def read(answer: Any) -> list[list[str]]:
    assert answer.status_code == 200
    return list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode())))


def column(answer: Any, heading: str) -> list[str]:
    first, *rows = read(answer)
    return [row[first.index(heading)] for row in rows]


@pytest.fixture
def things(schouw: Any, report: Any, category: Any, handler: Any, coordinator: Any, in_scope: Any) -> None:
    """Two of everything that has a list."""
    ReportFactory(schouw=schouw, category=category, text="=1+1", assigned_to=handler)
    for text in ("Een bank.", "Een boom."):
        CommitmentFactory(trajectory=schouw.trajectory, text=text, owner=handler)
        CouncilItemFactory(title=text, trajectory=schouw.trajectory)
        TrajectoryRequestFactory(municipality=in_scope)
        MeetingFactory(trajectory=schouw.trajectory, title=text)
        ActivityFactory(target=report, verb=LOOKED_UP, actor_user=handler)
    for night in (date(2026, 11, 26), date(2026, 11, 27)):
        RetentionRun.objects.create(municipality=in_scope, kind="trajecten.mails", on=night, days=90, count=3)


# A list of staff, who may take it, and how many rows it has.
LISTS = [
    ("meldingen", 2),
    ("toezeggingen", 2),
    ("raad", 2),
    ("trajecten", 1),
    ("aanvragen", 2),
    ("moderatie", 2),
    ("logboek", 2),
    ("team", 2),
    ("bewaren", 2),
    ("schouwen", 1),
]


@pytest.mark.parametrize(("name", "rows"), LISTS)
def test_each_list_of_staff_is_a_file(
    name: str, rows: int, things: None, coordinator_client: Client, report: Any
) -> None:
    answer = coordinator_client.get(f"{WORK}/{name}.csv")
    first, *found = read(answer)
    assert len(found) == rows
    assert all(len(row) == len(first) for row in found)
    assert "@" not in str(found)
    workbook = coordinator_client.get(f"{WORK}/{name}.xlsx")
    assert len(read_xlsx(b"".join(workbook.streaming_content))) == rows + 1
    workbook.close()


@pytest.mark.parametrize(("name", "_rows"), LISTS)
def test_its_page_links_to_the_file_with_the_same_filter(
    name: str, _rows: int, things: None, coordinator_client: Client
) -> None:
    page = coordinator_client.get(f"{WORK}/{name}/").content.decode()
    assert f'href="{WORK}/{name}.csv' in page
    assert f'href="{WORK}/{name}.xlsx' in page


def test_the_filter_goes_along(things: None, coordinator_client: Client, handler: Any) -> None:
    page = coordinator_client.get(f"{WORK}/toezeggingen/?words=bank").content.decode()
    assert f'href="{WORK}/toezeggingen.csv?words=bank"' in page
    assert column(coordinator_client.get(f"{WORK}/toezeggingen.csv?words=bank"), "Promise") == ["Een bank."]
    assert len(read(coordinator_client.get(f"{WORK}/meldingen.csv?status=closed"))) == 1


def test_what_a_resident_typed_is_no_formula_and_officials_have_names(
    things: None, handler_client: Client
) -> None:
    answer = handler_client.get(f"{WORK}/meldingen.csv?order=newest")
    assert "'=1+1" in column(answer, "Words")
    answer = handler_client.get(f"{WORK}/meldingen.csv?order=newest")
    assert "Behandelaar Openbare Ruimte" in column(answer, "Assigned to")


def test_who_took_a_list_along_stands_in_the_log(
    things: None, handler_client: Client, coordinator_client: Client, handler: Any
) -> None:
    handler_client.get(f"{WORK}/meldingen.csv")
    (act,) = Activity.objects.filter(verb="list_exported")
    assert (act.actor_user, act.details) == (handler, {"list": "queue-csv"})
    page = coordinator_client.get(f"{WORK}/logboek/?act=list_exported").content.decode()
    assert "Took a list along as a file" in page


@pytest.mark.parametrize("name", ["meldingen", "raad", "bijeenkomsten"])
def test_each_public_list_is_a_file_for_everybody(name: str, things: None) -> None:
    found = read(Client().get(f"/polderwijk/{name}.csv"))
    assert len(found) == 3
    assert f'href="/polderwijk/{name}.csv"' in Client().get(f"/polderwijk/{name}/").content.decode()


def test_words_that_nobody_read_are_in_no_public_file(things: None, report: Any) -> None:
    assert report.text not in str(read(Client().get("/polderwijk/meldingen.csv")))


def test_meetings_that_are_not_for_everybody_are_in_no_public_file(schouw: Any) -> None:
    MeetingFactory(trajectory=schouw.trajectory, is_public=False)
    assert len(read(Client().get("/polderwijk/bijeenkomsten.csv"))) == 1


def test_the_advisers_lists_are_files(
    things: None, adviser: Any, sign_in: Callable[[Any], Client], report: Any
) -> None:
    browser = sign_in(adviser)
    assert column(browser.get("/advies/trajecten.csv"), "Trajectory") == ["Schouw De Linde"]
    assert column(browser.get("/advies/trajecten.csv?gemeente=polderwijk"), "Municipality") == ["Polderwijk"]
    assert column(browser.get("/advies/vergelijken.csv"), "What was said") == ["2"]
    assert len(read(browser.get("/advies/aanvragen.csv"))) == 3
    for page in ("/advies/", "/advies/vergelijken/", "/advies/aanvragen/"):
        assert ".xlsx" in browser.get(page).content.decode()


def test_the_shelf_and_the_calendar_of_an_adviser_are_files(
    schouw: Any, adviser: Any, sign_in: Callable[[Any], Client]
) -> None:
    ShelfItemFactory(adviser=adviser, title="Draaiboek")
    ShelfItemFactory(title="Van een ander")
    MeetingFactory(trajectory=schouw.trajectory, title="Start")
    MeetingFactory(trajectory=schouw.trajectory, title="Vorige", past=True)
    browser = sign_in(adviser)
    assert column(browser.get("/advies/materialen.csv"), "Title") == ["Draaiboek"]
    assert column(browser.get("/advies/agenda.csv"), "Meeting") == ["Start"]
    for page in ("materialen", "agenda"):
        assert f'href="/advies/{page}.xlsx"' in browser.get(f"/advies/{page}/").content.decode()


def test_posters_are_a_file_with_how_many_came_in(schouw: Any, coordinator_client: Client) -> None:
    InvitationFactory(trajectory=schouw.trajectory, label="Bibliotheek", uses=7)
    address = f"{WORK}/trajecten/{schouw.trajectory_id}/deelnemers/posters"
    assert column(coordinator_client.get(f"{address}.csv"), "Came in by it") == ["7"]
    assert f'href="{address}.xlsx"' in coordinator_client.get(f"{address}/").content.decode()


def test_what_goes_soon_is_drawn_beside_what_goes_tonight(coordinator_client: Client, in_scope: Any) -> None:
    goes = coordinator_client.get(f"{WORK}/bewaren/").context["goes"]
    assert [str(series.label) for series in goes.series] == [
        "Kept (days)",
        "Tonight",
        "After that, within 30 days",
    ]
    assert len(goes.rows) == len(registry.retention())


@pytest.mark.parametrize("name", ["meldingen", "trajecten", "moderatie", "logboek"])
def test_thirty_rows_take_as_many_statements_as_two(
    name: str, things: None, schouw: Any, category: Any, report: Any, coordinator_client: Client
) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as asked:
            read(coordinator_client.get(f"{WORK}/{name}.csv"))
        return len(asked)

    statements()
    two = statements()
    for _ in range(30):
        ActivityFactory(target=ReportFactory(schouw=schouw, category=category), verb=LOOKED_UP)
        TrajectoryFactory(vision=True)
    assert statements() == two
