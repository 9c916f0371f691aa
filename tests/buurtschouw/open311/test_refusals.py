"""Every form of refusal, in XML and JSON: by a key, by a limit, and for what is no call of Open311."""

import json
from typing import Any

import jsonschema
import pytest
from django.test import Client

from buurtschouw.domain.open311 import keys
from buurtschouw.models import Answer, Report
from tests.buurtschouw.open311 import schemas
from tests.buurtschouw.open311.facts import BASE, as_text, of_xml
from tests.factories.open311 import api_key
from tests.factories.questions import QuestionFactory

pytestmark = pytest.mark.django_db


def reasons(ask: Any, status: int) -> list[dict[str, Any]]:
    """What ``ask`` is refused for, which has to be the same in both forms."""
    as_json, as_xml = ask("json"), ask("xml")
    assert as_json.status_code == as_xml.status_code == status, as_json.content
    assert as_json.headers["Content-Type"] == "application/json; charset=utf-8"
    assert as_xml.headers["Content-Type"] == "text/xml; charset=utf-8"
    assert as_json.headers["Cache-Control"] == "no-store"
    facts = json.loads(as_json.content)
    jsonschema.validate(facts, schemas.ERRORS)
    assert of_xml(as_xml.content) == ("errors", as_text(facts))
    return facts


def get(path: str, **query: str) -> Any:
    return lambda form: Client().get(f"/polderwijk/open311/{path}.{form}", query)


@pytest.mark.parametrize(
    ("path", "query", "status"),
    [
        ("v2/services/0", {}, 404),
        ("v2/services/stoep", {}, 404),
        ("v2/requests/0", {}, 404),
        ("v2/requests/stoep", {}, 404),
        ("v2/requests/99999999999999999999", {}, 404),
        ("v2/tokens/9b2f0f0e-8f0b-4c57-b3a5-3b8f8f1a2c11", {}, 404),
        ("v2/niets", {}, 404),
        ("niets", {}, 404),
        ("discovery", {"jurisdiction_id": "GM0363"}, 404),
        ("v2/services", {"jurisdiction_id": "duinstad.nl"}, 404),
        ("v2/requests", {"status": "weg"}, 400),
        ("v2/servicerequestupdates", {"start_date": "weg"}, 400),
        ("v2/services", {"api_key": "verzonnen"}, 403),
        ("v2/requests", {"api_key": "o311_123456789012_x"}, 403),
        ("v2/requests", {"api_key": "o311_\0_x"}, 403),
    ],
)
def test_reading_is_refused(municipality: Any, path: str, query: Any, status: int) -> None:
    (reason,) = reasons(get(path, **query), status)
    assert reason["code"] == status


def test_several_mistakes_are_all_said(municipality: Any) -> None:
    found = reasons(get("v2/requests", status="weg", page="0", start_date="ooit"), 400)
    assert sorted(reason["description"].partition(":")[0] for reason in found) == [
        "page",
        "start_date",
        "status",
    ]


@pytest.mark.parametrize("other", ["requests.yaml", "requests", "requests.JSON", ""])
def test_another_form_than_xml_and_json_is_not_found(municipality: Any, other: str) -> None:
    answer = Client().get(f"{BASE}/{other}")
    assert answer.status_code == 404
    assert of_xml(answer.content)[0] == "errors"


def test_a_definition_of_a_theme_that_asks_nothing_is_not_found(schouw: Any, category: Any) -> None:
    QuestionFactory(category=category, is_active=False)
    reasons(get(f"v2/services/{category.pk}"), 404)


# -- By key ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("call", ["requests", "servicerequestupdates"])
@pytest.mark.parametrize("words", ["", "verzonnen"])
def test_nothing_is_taken_without_a_key_that_is_known(send: Any, sent: Any, call: str, words: str) -> None:
    reasons(lambda form: send({**sent, "api_key": words}, call=call, form=form), 403)
    assert not Report.objects.exists()


@pytest.mark.parametrize(
    ("right", "call"), [("may_report", "requests"), ("may_update", "servicerequestupdates")]
)
def test_a_key_does_what_it_may(
    send: Any, sent: Any, in_scope: Any, coordinator: Any, right: str, call: str
) -> None:
    words = api_key(in_scope, coordinator, **{right: False})[1]
    reasons(lambda form: send({**sent, "api_key": words}, call=call, form=form), 403)
    assert not Report.objects.exists()
    assert not Answer.objects.exists()
    only = {"may_read": False, "may_report": False, "may_update": False, right: True}
    words = api_key(in_scope, coordinator, **only)[1]
    assert send({**sent, "api_key": words}, call=call).status_code in (201, 400)
    reasons(get("v2/requests", api_key=words), 403)


def test_a_revoked_key_a_renewed_one_and_one_of_elsewhere_open_nothing(
    send: Any, sent: Any, in_scope: Any, other_municipality: Any, coordinator: Any
) -> None:
    revoked, revoked_words = api_key(in_scope, coordinator)
    renewed, old_words = api_key(in_scope, coordinator)
    keys.revoke(key=revoked, by=coordinator)
    new_words = keys.renew(key=renewed, by=coordinator)
    elsewhere = api_key(other_municipality, coordinator)[1]
    for words in (revoked_words, old_words, elsewhere, new_words[:-1], f"{new_words} x", revoked.secret_hash):
        reasons(lambda form, words=words: send({**sent, "api_key": words}, form=form), 403)
        reasons(get("v2/services", api_key=words), 403)
    assert send({**sent, "api_key": new_words}).status_code == 201


# -- By limit -------------------------------------------------------------------------------------------------------


def test_who_asks_too_often_is_told_when_to_come_back(municipality: Any, settings: Any) -> None:
    settings.OPEN311_REQUESTS_PER_MINUTE = 2
    from_one = Client(REMOTE_ADDR="192.0.2.44")

    def ask(form: str) -> Any:
        return from_one.get(f"{BASE}/services.{form}")

    assert [ask("xml").status_code, ask("json").status_code] == [200, 200]
    (reason,) = reasons(ask, 429)
    assert reason["code"] == 429
    assert ask("xml").headers["Retry-After"] == "60"
    assert Client(REMOTE_ADDR="192.0.2.45").get(f"{BASE}/services.xml").status_code == 200


def test_a_wrong_key_counts_for_who_tries_it(municipality: Any, settings: Any) -> None:
    settings.OPEN311_REQUESTS_PER_MINUTE = 2
    from_one = Client(REMOTE_ADDR="192.0.2.46")
    tries = [
        from_one.get(f"{BASE}/services.xml", {"api_key": f"o311_0000_{n}"}).status_code for n in range(3)
    ]
    assert tries == [403, 403, 429]


def test_a_key_has_a_limit_of_its_own(in_scope: Any, coordinator: Any, settings: Any) -> None:
    settings.OPEN311_REQUESTS_PER_MINUTE = 1
    words = api_key(in_scope, coordinator, requests_per_minute=2)[1]
    asked = [Client().get(f"{BASE}/services.xml", {"api_key": words}).status_code for _time in range(3)]
    assert asked == [200, 200, 429]


# -- What is no call --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_another_method_is_refused_with_those_that_are_taken(municipality: Any, method: str) -> None:
    def ask(form: str) -> Any:
        return getattr(Client(), method)(f"{BASE}/services.{form}")

    reasons(ask, 405)
    assert ask("xml").headers["Allow"] == "GET, HEAD, OPTIONS"
    reasons(lambda form: getattr(Client(enforce_csrf_checks=True), method)(f"{BASE}/niets.{form}"), 404)
    if method != "post":
        assert "POST" in getattr(Client(), method)(f"{BASE}/requests.json").headers["Allow"]


@pytest.mark.parametrize("kind", ["application/json", "multipart/form-data; boundary=x", "text/plain", ""])
def test_a_body_of_another_type_is_refused(sent: Any, kind: str) -> None:
    def ask(form: str) -> Any:
        return Client().post(f"{BASE}/requests.{form}", b"{}", content_type=kind)

    reasons(ask, 415)


def test_a_body_in_another_encoding_is_refused(sent: Any) -> None:
    kind = "application/x-www-form-urlencoded; charset=iso-8859-1"
    reasons(lambda form: Client().post(f"{BASE}/requests.{form}", b"a=%E9", content_type=kind), 400)


def test_a_body_that_is_too_large_is_refused(send: Any, sent: Any) -> None:
    given = {**sent, "description": "x" * 1_100_000}
    reasons(lambda form: send(given, form=form), 413)


def test_a_body_with_too_many_parts_is_refused(send: Any, sent: Any) -> None:
    given = {**sent, **{f"attribute[{n}]": "x" for n in range(1100)}}
    reasons(lambda form: send(given, form=form), 400)


def test_a_browser_of_another_site_may_read_but_not_send(sent: Any, report: Any) -> None:
    asked = {"Origin": "https://elders.example.org", "Access-Control-Request-Method": "POST"}
    allowed = Client().options(f"{BASE}/requests.json", headers=asked)
    assert "Access-Control-Allow-Origin" not in allowed.headers
    assert Client().get(f"{BASE}/requests.json").headers["Access-Control-Allow-Origin"] == "*"
