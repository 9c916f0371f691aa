"""What Open311 tells: the same facts in XML and JSON, as the schemas of the standard have them, and nothing private."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.gis.geos import Point
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from buurtschouw.enums import ReportKind, ReportStatus
from buurtschouw.models import Report
from tests.buurtschouw.open311 import schemas
from tests.buurtschouw.open311.facts import BASE, read
from tests.factories.buurtschouw import AnswerFactory, CategoryFactory, ReportFactory
from tests.factories.core import AttachmentFactory
from tests.factories.questions import QuestionFactory, said

pytestmark = pytest.mark.django_db

REQUESTS = f"{BASE}/requests"


def listed(**query: Any) -> list[Any]:
    return read(REQUESTS, schemas.REQUESTS, "service_requests", **query)


def numbers(**query: Any) -> list[str]:
    return [request["service_request_id"] for request in listed(**query)]


def reported(report: Any, *, days: float = 0, **more: float) -> Any:
    """The report as if it came in so long ago."""
    Report.objects.filter(pk=report.pk).update(created_at=timezone.now() - timedelta(days=days, **more))
    return report


# -- Discovery and services -------------------------------------------------------------------------------------


def test_discovery_says_where_the_server_is(municipality: Any, settings: Any) -> None:
    settings.BASE_URL = "https://portaal.example.org"
    told = read("/polderwijk/open311/discovery", schemas.DISCOVERY, "discovery")
    (endpoint,) = told["endpoints"]
    assert endpoint["url"] == "https://portaal.example.org/polderwijk/open311/v2"
    assert endpoint["formats"] == ["text/xml", "application/json"]
    assert told["jurisdiction_id"] == municipality.code
    assert "https://portaal.example.org/polderwijk/open311/" in told["key_service"]


def test_services_are_the_themes_of_walks_that_take_reports(schouw: Any, asks: Any) -> None:
    silent = CategoryFactory(name="Groen", team=None, position=200)
    schouw.categories.add(silent, CategoryFactory(is_active=False))
    CategoryFactory(name="Van geen schouw")
    first, second = read(f"{BASE}/services", schemas.SERVICES, "services")
    assert first == {
        "service_code": str(asks.pk),
        "service_name": asks.name,
        "description": f"Reports about: {asks.name}",
        "metadata": True,
        "type": "realtime",
        "keywords": "Pavement",
        "group": asks.team.name,
    }
    assert (second["service_name"], second["metadata"], second["group"]) == ("Groen", False, None)


def test_without_a_walk_that_takes_reports_there_are_no_services(schouw: Any) -> None:
    schouw.trajectory.current_step = "feedback"
    schouw.trajectory.save()
    assert read(f"{BASE}/services", schemas.SERVICES, "services") == []


def test_a_definition_has_the_questions_in_use_in_their_order(schouw: Any, asks: Any) -> None:
    QuestionFactory(category=asks, code="eerst", position=1, is_required=True, datatype="number")
    QuestionFactory(category=asks, code="weg", is_active=False)
    told = read(f"{BASE}/services/{asks.pk}", schemas.DEFINITION, "service_definition")
    assert [(each["code"], each["order"], each["required"]) for each in told["attributes"]] == [
        ("eerst", 1, True),
        ("mast", 2, False),
        ("hoe", 3, False),
    ]
    mast, hoe = told["attributes"][1:]
    assert (mast["description"], mast["datatype_description"], mast["values"]) == (
        "Welk nummer?",
        "Op het plaatje.",
        [],
    )
    assert hoe["values"] == [{"key": "ja", "name": "Ja"}, {"key": "nee", "name": "Nee"}]


# -- Service requests --------------------------------------------------------------------------------------------


def test_a_public_report_with_all_that_is_known_of_it(
    schouw: Any, category: Any, areas: Any, settings: Any
) -> None:
    settings.BASE_URL = "https://portaal.example.org"
    report = ReportFactory(
        schouw=schouw, category=category, area=areas[0], public=True, planned=True, text="Los <b>&\r\ntegel"
    )
    answer = AnswerFactory(
        report=report, status="planned", message="Wij komen.", planned_for=report.planned_for
    )
    photo = AttachmentFactory(target=report, is_public=True)
    AttachmentFactory(target=report)
    (told,) = listed()
    local = timezone.localtime
    assert told["media_url"].startswith(
        f"https://portaal.example.org/polderwijk/foto/{photo.uuid}/image.jpg?t="
    )
    file = Client().get(told["media_url"].removeprefix("https://portaal.example.org"))
    assert b"".join(file).startswith(b"\xff\xd8")
    assert told == {
        "service_request_id": str(report.pk),
        "status": "open",
        "status_notes": "Wij komen.",
        "service_name": category.name,
        "service_code": str(category.pk),
        "description": "Los <b>&\ntegel",
        "agency_responsible": "Polderwijk",
        "service_notice": None,
        "requested_datetime": local(report.created_at).isoformat(timespec="seconds"),
        "updated_datetime": local(answer.at).isoformat(timespec="seconds"),
        "expected_datetime": told["expected_datetime"],
        "address": "De Linde, Polderwijk",
        "address_id": None,
        "zipcode": None,
        "lat": 52.51,
        "long": 4.915,
        "media_url": told["media_url"],
    }
    assert told["expected_datetime"].startswith(f"{report.planned_for}T23:59:59+")
    assert read(f"{REQUESTS}/{report.pk}", schemas.REQUESTS, "service_requests") == [told]


@pytest.mark.parametrize("state", [{}, {"hidden": True}])
def test_of_a_report_that_is_not_public_only_what_its_page_shows(
    schouw: Any, category: Any, areas: Any, state: Any
) -> None:
    report = ReportFactory(
        schouw=schouw,
        category=category,
        area=areas[0],
        text="Mijn buurman op 12.",
        address="Geheimstraat 12",
        facts=said("Nummer 12"),
        **state,
    )
    AnswerFactory(report=report, message="Dag buurman.", forwarded_to="Buurman BV")
    AttachmentFactory(target=report, is_public=True)
    (told,) = read(REQUESTS, schemas.EXTENDED, "service_requests", extensions="true")
    assert told["description"] == f"{category.name} in De Linde"
    assert (told["status_notes"], told["media_url"]) == (None, None)
    assert told["notes"][0]["description"] is None
    (update,) = read(f"{BASE}/servicerequestupdates", schemas.UPDATES, "service_request_updates")
    assert update["description"] is None
    found = [secret for secret in ("buurman", "Geheim", "Nummer", "BV") if secret in str(told | update)]
    assert found == []


def test_a_report_without_a_place_yet(schouw: Any) -> None:
    ReportFactory(schouw=schouw, placeless=True, area=None)
    (told,) = listed()
    assert (told["lat"], told["long"], told["address"]) == (None, None, "Polderwijk")


def test_who_does_what_was_forwarded_is_told_where_others_may_know(schouw: Any) -> None:
    common = {"status": ReportStatus.FORWARDED, "closed_at": timezone.now(), "schouw": schouw}
    for state in ({}, {"public": True}):
        report = ReportFactory(**common, **state)
        AnswerFactory(report=report, status=ReportStatus.FORWARDED, forwarded_to="Het waterschap")
    told = listed()
    assert [each["agency_responsible"] for each in told] == ["Het waterschap", "Polderwijk"]
    assert {each["status"] for each in told} == {"closed"}
    assert {each["expected_datetime"] for each in told} == {None}


def test_extensions_tell_more(schouw: Any, areas: Any, settings: Any) -> None:
    settings.BASE_URL = "https://portaal.example.org"
    report = ReportFactory(schouw=schouw, area=areas[0], public=True, acknowledged=True, supports=3)
    AnswerFactory(report=report, message="Wij kijken.")
    (told,) = read(REQUESTS, schemas.EXTENDED, "service_requests", extensions="true")
    assert told["extended_attributes"] == {
        "detailed_status": "acknowledged",
        "area_code": areas[0].code,
        "supports": 3,
        "planned_for": None,
        "url": f"https://portaal.example.org/polderwijk/meldingen/{report.pk}/",
    }
    assert [(note["summary"], note["description"]) for note in told["notes"]] == [
        ("acknowledged", "Wij kijken.")
    ]


def test_compliments_and_ideas_are_no_service_requests(schouw: Any) -> None:
    for kind in (ReportKind.COMPLIMENT, ReportKind.IDEA):
        report = ReportFactory(schouw=schouw, kind=kind)
        AnswerFactory(report=report)
        assert Client().get(f"{REQUESTS}/{report.pk}.json").status_code == 404
    assert listed() == []
    assert Client().get(f"{BASE}/servicerequestupdates.json").json() == []


def test_what_xml_can_t_hold_is_in_neither(schouw: Any) -> None:
    ReportFactory(schouw=schouw, public=True, text="Piep\x07 <![CDATA[ ]]> &amp; \U0001f333 \ufffe\r\n\ttab")
    assert listed()[0]["description"] == "Piep\ufffd <![CDATA[ ]]> &amp; \U0001f333 \ufffd\n\ttab"


# -- Filters -----------------------------------------------------------------------------------------------------


@pytest.fixture
def several(schouw: Any, category: Any) -> dict[str, str]:
    """Reports by what they are, the newest first in the list of the server."""
    other = CategoryFactory(name="Groen")
    common = {"schouw": schouw}
    made = {
        "new": reported(ReportFactory(category=category, **common), days=1),
        "done": reported(ReportFactory(category=category, done=True, **common), days=2),
        "green": reported(ReportFactory(category=other, **common), days=30),
        "old": reported(ReportFactory(category=category, **common), days=91),
    }
    return {name: str(report.pk) for name, report in made.items()}


def test_the_last_90_days_unless_something_else_is_asked(several: Any) -> None:
    assert numbers() == [several["new"], several["done"], several["green"]]
    assert numbers(service_code="", status="", start_date="") == numbers()


def test_by_number_whatever_else_is_asked(several: Any, other_municipality: Any) -> None:
    asked = f"{several['old']}, {several['done']},x,0,{2**70}"
    assert numbers(service_request_id=asked, status="open", service_code="") == [
        several["done"],
        several["old"],
    ]
    assert numbers(service_request_id="x") == []


def test_by_status_and_service(several: Any, category: Any) -> None:
    assert numbers(status="closed") == [several["done"]]
    assert numbers(status="open") == [several["new"], several["green"]]
    assert numbers(status="Open,closed") == numbers()
    assert numbers(service_code=str(category.pk)) == [several["new"], several["done"]]
    other = listed(service_request_id=several["green"])[0]["service_code"]
    assert numbers(service_code=f"{category.pk},{other}", status="open") == [several["new"], several["green"]]


def test_by_moment(several: Any) -> None:
    def ago(days: float) -> str:
        return (timezone.now() - timedelta(days=days)).isoformat()

    def day(days: int) -> str:
        return (timezone.localdate() - timedelta(days=days)).isoformat()

    assert numbers(start_date=ago(3)) == [several["new"], several["done"]]
    assert numbers(end_date=ago(1.5)) == [several["done"], several["green"], several["old"]]
    assert numbers(start_date=ago(100), end_date=ago(20)) == [several["green"], several["old"]]
    assert numbers(start_date=day(31), end_date=day(29)) == [several["green"]]
    assert numbers(start_date=ago(91.5)) == [several["done"], several["green"], several["old"]]


def test_pages_lead_on_to_the_next(several: Any) -> None:
    first = Client().get(f"{REQUESTS}.json", {"page_size": 2, "api_key": ""})
    assert [each["service_request_id"] for each in first.json()] == [several["new"], several["done"]]
    address, rel = first.headers["Link"].split("; ")
    assert rel == 'rel="next"'
    last = Client().get(address.strip("<>").removeprefix("http://testserver"))
    assert [each["service_request_id"] for each in last.json()] == [several["green"]]
    assert "Link" not in last.headers


def test_a_key_is_not_in_the_address_of_the_next_page(several: Any, words: str) -> None:
    first = Client().get(f"{REQUESTS}.json", {"page_size": 1, "api_key": words})
    assert words not in first.headers["Link"]
    assert first.headers["Cache-Control"] == "private, max-age=0"


@pytest.mark.parametrize(
    ("query", "about"),
    [
        ({"start_date": "gisteren"}, "start_date"),
        ({"start_date": "2026-13-01"}, "start_date"),
        ({"end_date": "0001-01-01"}, "start_date"),
        ({"start_date": "9999-12-30"}, "start_date"),
        ({"start_date": "2026-01-01", "end_date": "2026-04-02T00:00:00Z"}, "end_date"),
        ({"start_date": "2026-02-01", "end_date": "2026-01-01"}, "end_date"),
        ({"status": "new"}, "status"),
        ({"service_code": "0"}, "service_code"),
        ({"service_code": "stoep"}, "service_code"),
        ({"page": "0"}, "page"),
        ({"page": "51"}, "page"),
        ({"page": "5001", "page_size": "10"}, "page"),
        ({"page": "9" * 30}, "page"),
        ({"page_size": "1001"}, "page_size"),
        ({"page_size": "veel"}, "page_size"),
        ({"service_request_id": ",".join("1" * 1001)}, "service_request_id"),
        ({"service_request_id": "1\0"}, "service_request_id"),
    ],
)
def test_a_filter_with_a_mistake_is_refused(municipality: Any, query: Any, about: str) -> None:
    answer = Client().get(f"{REQUESTS}.json", query)
    assert answer.status_code == 400, answer.content
    assert answer.json()[0]["description"].startswith(f"{about}: ")


def test_what_is_of_another_municipality_is_not_told(other_municipality: Any, report: Any) -> None:
    assert Client().get("/duinstad/open311/v2/requests.json").json() == []
    assert Client().get(f"/duinstad/open311/v2/requests/{report.pk}.json").status_code == 404


# -- Updates -----------------------------------------------------------------------------------------------------


def test_updates_are_the_answers_of_a_stretch_of_time(schouw: Any) -> None:
    report = ReportFactory(schouw=schouw, public=True)
    statuses = ["acknowledged", "planned", "in_progress", "done", "not_done", "forwarded"]
    made = [
        AnswerFactory(report=report, status=status, forwarded_to="Het waterschap", message=f"Zo: {status}")
        for status in statuses
    ]
    told = read(f"{BASE}/servicerequestupdates", schemas.UPDATES, "service_request_updates")
    assert [each["update_id"] for each in told] == [str(answer.pk) for answer in made]
    assert [each["status"] for each in told] == [
        "investigating",
        "action_scheduled",
        "in_progress",
        "fixed",
        "no_further_action",
        "not_councils_responsibility",
    ]
    assert told[0]["description"] == "Zo: acknowledged"
    assert {each["service_request_id"] for each in told} == {str(report.pk)}
    later = (timezone.now() + timedelta(minutes=1)).isoformat()
    asked = {"start_date": later}
    assert read(f"{BASE}/servicerequestupdates", schemas.UPDATES, "service_request_updates", **asked) == []


# -- How much it costs, and how long it is kept ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "query"),
    [
        ("requests", {}),
        ("requests", {"extensions": "true", "status": "open"}),
        ("services", {}),
        ("servicerequestupdates", {}),
    ],
)
def test_thirty_take_as_many_queries_as_one(schouw: Any, asks: Any, call: str, query: Any) -> None:
    def one_more() -> None:
        theme = CategoryFactory()
        schouw.categories.add(theme)
        report = ReportFactory(schouw=schouw, category=theme, public=True)
        AnswerFactory(report=report)
        AttachmentFactory(target=report, is_public=True)

    one_more()
    Client().get(f"{BASE}/{call}.xml", query)
    with CaptureQueriesContext(connection) as one:
        Client().get(f"{BASE}/{call}.xml", query)
    for _number in range(29):
        one_more()
    with CaptureQueriesContext(connection) as thirty:
        answer = Client().get(f"{BASE}/{call}.json", query)
    assert len(answer.json()) >= 30
    assert len(one) == len(thirty)
    assert len(one) <= 6


@pytest.mark.parametrize("path", ["discovery", "v2/services", "v2/requests"])
def test_what_is_the_same_still_is_not_sent_again(report: Any, path: str) -> None:
    address = f"/polderwijk/open311/{path}.json"
    first = Client().get(address)
    again = Client().get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert first.headers["Cache-Control"] == f"public, max-age={0 if 'requests' in path else 300}"
    assert first.headers["Access-Control-Allow-Origin"] == "*"
    ReportFactory(schouw=report.schouw, point=Point(4.916, 52.51, srid=4326))
    if "requests" in path:
        now = Client().get(address, headers={"If-None-Match": first.headers["ETag"]})
        assert now.status_code == 200


def test_a_head_has_no_body(report: Any) -> None:
    answer = Client().head(f"{REQUESTS}.xml")
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["ETag"] == Client().get(f"{REQUESTS}.xml").headers["ETag"]
