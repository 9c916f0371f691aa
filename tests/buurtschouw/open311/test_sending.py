"""Service requests of other systems: reports like any other, each taken in once."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.utils import timezone
from django_scopes import scope

from buurtschouw.enums import ReportOrigin
from buurtschouw.models import Report
from tests.buurtschouw.open311 import schemas
from tests.buurtschouw.open311.facts import BASE, of_xml, read, same
from tests.factories.buurtschouw import CategoryFactory, SchouwFactory
from tests.factories.open311 import api_key
from trajecten.models import Notification

pytestmark = pytest.mark.django_db


def number(answer: Any) -> int:
    assert answer.status_code in (200, 201), answer.content
    return int(answer.json()[0]["service_request_id"])


def refused(answer: Any, status: int = 400) -> str:
    """What is wrong, in one text."""
    assert answer.status_code == status, answer.content
    return " ".join(reason["description"] for reason in answer.json())


# -- What is kept ---------------------------------------------------------------------------------------------


def test_a_service_request_becomes_a_report(
    send: Any, sent: Any, schouw: Any, category: Any, areas: Any
) -> None:
    answer = send({**sent, "email": "bewoner@example.org", "account_id": "a-7", "jurisdiction_id": "gm9901"})
    report = Report.objects.get()
    assert (answer.status_code, number(answer)) == (201, report.pk)
    assert (report.schouw, report.category, report.origin) == (schouw, category, ReportOrigin.OPEN311)
    assert (report.text, report.point.coords, report.area) == (sent["description"], (4.915, 52.51), areas[0])
    assert report.author.email == "bewoner@example.org"
    assert Notification.objects.get().key == "buurtschouw.report_received"
    (told,) = answer.json()
    assert told["account_id"] == "a-7"
    assert told["service_notice"].startswith("You hear from the municipality by ")


def test_both_forms_answer_the_same(send: Any, sent: Any) -> None:
    given = {**sent, "account_id": "a-7"}
    first = send(given)
    as_json, as_xml = send(given), send(given, form="xml")
    assert (first.status_code, as_json.status_code, as_xml.status_code) == (201, 200, 200)
    same(as_json, as_xml, schemas.MADE, "service_requests")
    assert as_json.json() == first.json()
    assert first.headers["Cache-Control"] == "no-store"
    assert "Access-Control-Allow-Origin" not in first.headers


def test_what_is_asked_is_kept_with_its_answers(send: Any, sent: Any, asks: Any) -> None:
    number(
        send({**sent, "attribute[mast]": " 42 ", "attribute[hoe][]": ["ja", "nee"], "attribute[leeg]": ""})
    )
    facts = {fact["code"]: fact["answer"] for fact in Report.objects.get().facts}
    assert facts == {"mast": "42", "hoe": "Ja, Nee"}


def test_a_place_in_words_is_looked_up_afterwards(send: Any, sent: Any) -> None:
    number(send({**sent, "lat": "", "long": "", "address_string": "Meent 12"}))
    report = Report.objects.get()
    assert (report.point, report.address) == (None, "Meent 12")


def test_without_words_it_is_a_report_still(send: Any, sent: Any, category: Any) -> None:
    number(send({**sent, "description": " "}))
    report = Report.objects.get()
    assert (report.text, report.title) == ("", category.name)


def test_a_name_and_a_telephone_number_are_not_kept(send: Any, sent: Any) -> None:
    number(send({**sent, "first_name": "Aletta", "last_name": "Proef", "phone": "0612345678"}))
    report = Report.objects.get()
    assert report.author is None
    assert "Proef" not in str(vars(report))


def test_it_belongs_to_the_walk_that_comes_by(
    send: Any, sent: Any, schouw: Any, category: Any, areas: Any
) -> None:
    east = SchouwFactory(categories=[category], trajectory__areas=areas[1:])
    SchouwFactory(categories=[CategoryFactory()], trajectory__areas=areas)
    x = areas[1].geometry.centroid.x
    number(send({**sent, "long": str(x)}))
    number(send(sent))
    number(
        send({**sent, "description": "Bij de brug.", "lat": "", "long": "", "address_string": "bij de brug"})
    )
    found = Report.objects.order_by("pk").values_list("schouw", flat=True)
    assert list(found)[:2] == [east.pk, schouw.pk]
    assert found[2] in (east.pk, schouw.pk)


def test_a_walk_that_is_always_open_takes_what_lies_in_no_walk(
    send: Any, sent: Any, schouw: Any, category: Any
) -> None:
    always = SchouwFactory(categories=[category], keeps_reporting_open=True, step="feedback")
    number(send({**sent, "lat": "", "long": "", "address_string": "bij de brug"}))
    assert Report.objects.get().schouw == always


# -- What is refused --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"service_code": ""}, "Send a service_code."),
        ({"lat": ""}, "lat: Send lat and long together."),
        ({"long": ""}, "long: Send lat and long together."),
        ({"lat": "", "long": ""}, "Send lat and long, or address_string."),
        ({"lat": "", "long": "", "address_id": "0363200012345678"}, "address_id: An address_id alone"),
        ({"lat": "noord"}, "lat: "),
        ({"lat": "nan"}, "lat: "),
        ({"lat": "12.5"}, "lat: "),
        ({"long": "5.12"}, "Duinstad"),
        ({"description": "x" * 4001}, "description: "),
        ({"description": "<p>Los</p>"}, "description: Send plain text, without HTML."),
        ({"description": "<!-- x -->"}, "description: Send plain text"),
        ({"address_string": "x" * 201}, "address_string: "),
        ({"email": "geen adres"}, "email: "),
        ({"attribute[kleur]": "rood"}, "This service has no attribute with the code kleur."),
        ({"attribute[mast]": "x" * 301}, "attribute[mast]: "),
        ({"attribute[mast][]": ["a", "b"]}, "attribute[mast]: Give one answer."),
        ({"attribute[hoe][]": ["ja", "blauw"]}, "attribute[hoe]: "),
        ({"description": "nul\0"}, "description: "),
    ],
)
def test_what_is_wrong_is_said(
    send: Any, sent: Any, asks: Any, other_municipality: Any, change: Any, reason: str
) -> None:
    assert reason in refused(send({**sent, **change}))
    assert not Report.objects.exists()


def test_words_with_marks_of_more_and_less_are_no_html(send: Any, sent: Any) -> None:
    number(send({**sent, "description": "Het gat is > 3 cm en < 10 cm. <3"}))


def test_what_has_to_be_answered_is_asked_for(send: Any, sent: Any, asks: Any) -> None:
    asks.questions.filter(code="mast").update(is_required=True)
    assert refused(send(sent)) == "attribute[mast]: Answer this question."
    number(send({**sent, "attribute[mast]": "42"}))


def test_a_service_that_is_not_there_is_not_found(send: Any, sent: Any, other_municipality: Any) -> None:
    elsewhere = CategoryFactory(municipality=other_municipality)
    for code in (elsewhere.pk, "9" * 30, "stoep"):
        assert "no service with this code" in refused(send({**sent, "service_code": code}), 404)


def test_when_no_walk_takes_reports_there_is_no_service(send: Any, sent: Any, schouw: Any) -> None:
    schouw.trajectory.current_step = "feedback"
    schouw.trajectory.save()
    refused(send(sent), 404)


# -- Sent again ---------------------------------------------------------------------------------------------------


def test_the_same_key_of_the_sender_is_the_same_request(send: Any, sent: Any) -> None:
    token = str(uuid.uuid4())
    first, again = (send(sent, Idempotency_Key=token) for _time in range(2))
    assert (first.status_code, again.status_code, number(first)) == (201, 200, number(again))
    assert "used before for another" in refused(
        send({**sent, "description": "Anders."}, Idempotency_Key=token)
    )
    code = send({**sent, "description": "Anders."}, Idempotency_Key=token).json()[0]["code"]
    assert (code, Report.objects.count()) == (409, 1)
    told = read(f"{BASE}/tokens/{token}", schemas.TOKEN, "service_requests")
    assert told == [{"service_request_id": str(number(first)), "token": token}]


def test_a_key_that_is_no_uuid_is_one_within_its_system(
    send: Any, sent: Any, in_scope: Any, coordinator: Any
) -> None:
    other = api_key(in_scope, coordinator)[1]
    first, again = (number(send(sent, Idempotency_Key="melding 7")) for _time in range(2))
    theirs = number(send({**sent, "api_key": other}, Idempotency_Key="melding 7"))
    assert first == again != theirs


def test_the_same_content_within_the_hour_is_the_same_request(send: Any, sent: Any) -> None:
    with time_machine.travel("2026-11-25T09:50:00+00:00", tick=False) as clock:
        first = number(send(sent))
        clock.shift(timedelta(minutes=30))  # in the next stretch of an hour
        assert number(send(sent)) == first
        clock.shift(timedelta(minutes=29))
        assert number(send(sent)) == first
        clock.shift(timedelta(minutes=2))
        later = number(send(sent))
        assert later != first
        clock.shift(timedelta(minutes=30))
        assert number(send(sent)) == later


@pytest.mark.parametrize(
    "change",
    [
        {"description": "Anders."},
        {"lat": "52.5101"},
        {"device_id": "telefoon 2"},
        {"account_id": "a-2"},
        {"email": "bewoner@example.org"},
        {"attribute[mast]": "42"},
        {"media_url": "https://photos.example.org/1.jpg"},
    ],
)
def test_other_content_is_another_request(send: Any, sent: Any, asks: Any, change: Any) -> None:
    assert number(send(sent)) != number(send({**sent, **change}))


def test_a_request_that_came_is_recognised_after_the_walk_closed(
    send: Any, sent: Any, schouw: Any, category: Any
) -> None:
    first = number(send(sent))
    SchouwFactory(categories=[category])
    schouw.trajectory.current_step = "feedback"
    schouw.trajectory.save()
    assert number(send(sent)) == first


@pytest.mark.django_db(transaction=True)
def test_ten_at_once_are_one_report(sent: Any, send: Any, in_scope: Any) -> None:
    def once(_number: int) -> int:
        try:
            return number(send(sent))
        finally:
            connection.close()

    with ThreadPoolExecutor(5) as pool:
        assert len(set(pool.map(once, range(10)))) == 1
    with scope(municipality=in_scope):
        assert Report.objects.count() == 1


def test_a_token_of_a_report_that_came_otherwise_opens_nothing(client: Any, report: Any) -> None:
    for token in (report.key, report.token, "x"):
        assert client.get(f"{BASE}/tokens/{token}.xml").status_code == 404


# -- Limits -------------------------------------------------------------------------------------------------------


def test_a_system_sends_so_many_reports_an_hour(
    send: Any, sent: Any, in_scope: Any, coordinator: Any
) -> None:
    given = {**sent, "api_key": api_key(in_scope, coordinator, reports_per_hour=2)[1]}
    number(send(given))
    for _time in range(3):
        number(send(given))  # the same one again is no other report
    number(send({**given, "description": "Twee."}))
    answer = send({**given, "description": "Drie."}, form="xml")
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "3600")
    assert of_xml(answer.content)[1][0]["code"] == "429"
    number(send(given))
    assert Report.objects.count() == 2


def test_one_address_gets_so_many_mails_an_hour(send: Any, sent: Any, settings: Any) -> None:
    settings.MAILS_PER_ADDRESS_PER_HOUR = 1
    given = {**sent, "email": f"{uuid.uuid4().hex}@example.org"}
    number(send(given))
    assert "Many mails" in refused(send({**given, "description": "Twee."}), 429)
    now = timezone.now()
    assert Report.objects.filter(created_at__lte=now).count() == 1
