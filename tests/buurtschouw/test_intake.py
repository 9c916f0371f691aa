"""Taking in a report as JSON, as the page sends it and as anything else may."""

import json
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from buurtschouw.domain import intake
from buurtschouw.models import Report
from tests.factories.buurtschouw import CategoryFactory, SchouwFactory
from tests.factories.core import UserFactory
from trajecten.domain import workdays
from trajecten.models import Activity, Consent, Notification, Participant

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture
def url(schouw: Any) -> str:
    return f"/polderwijk/schouw/{schouw.pk}/meldingen"


@pytest.fixture
def body(category: Any) -> dict[str, Any]:
    return {
        "category": category.pk,
        "lat": 52.51,
        "lon": 4.915,
        "accuracy": 8,
        "text": "De tegels liggen los.",
    }


def send(url: str, body: Any, *, key: Any = None, browser: Client | None = None, **extra: Any) -> Any:
    """Posts ``body``, as JSON unless it is bytes already."""
    return (browser or Client(raise_request_exception=False)).post(
        url,
        body if isinstance(body, bytes) else json.dumps(body),
        content_type=extra.pop("content_type", "application/json"),
        headers={"Idempotency-Key": str(key or uuid.uuid4())},
        **extra,
    )


def errors(answer: Any) -> dict[str, list[str]]:
    assert answer.status_code == 422, answer.content[:300]
    return answer.json()["errors"]


# -- What is kept ---------------------------------------------------------------------------------------------


def test_a_report_is_kept_with_its_area_and_its_term(url: str, body: Any, areas: Any, schouw: Any) -> None:
    answer = send(url, body)

    report = Report.objects.get(pk=answer.json()["number"])
    assert answer.status_code == 201
    assert (report.schouw, report.category_id, report.text) == (schouw, body["category"], body["text"])
    assert (report.point.x, report.point.y, report.accuracy) == (4.915, 52.51, 8)
    assert report.area in areas
    assert report.answer_by == workdays.after(report.created_at.date(), schouw.service_level_days)
    assert answer.json()["answer_by"] == report.answer_by.isoformat()
    assert "You will hear from us by" in answer.json()["message"]


def test_the_tracking_link_opens_the_report_and_can_t_be_guessed(url: str, body: Any) -> None:
    tracking = send(url, body).json()["tracking_url"]
    assert body["text"] in Client().get(tracking).content.decode()
    assert len(Report.objects.get().token) >= 32
    assert Client().get("/polderwijk/volg/1/").status_code == 404


def test_without_an_address_nobody_is_written_down(url: str, body: Any) -> None:
    send(url, body)
    assert Report.objects.get().author is None
    assert not Participant.objects.exists()
    assert not Notification.objects.exists()


def test_an_address_becomes_a_guest_with_consent_and_an_owed_confirmation(url: str, body: Any) -> None:
    send(url, {**body, "email": "Bewoner@Example.org"})
    report = Report.objects.get()
    assert report.author == Participant.objects.get(email="bewoner@example.org", user=None)
    assert Consent.objects.get().participant == report.author
    owed = Notification.objects.get()
    assert (owed.key, owed.about, owed.participant) == ("buurtschouw.report_received", report, report.author)
    assert Activity.objects.get(verb="reported").target == report


def test_who_is_signed_in_is_the_author(url: str, body: Any, resident: Any, resident_client: Client) -> None:
    send(url, {**body, "email": "ander@example.org"}, browser=resident_client)
    assert Report.objects.get().author.user == resident


def test_a_place_in_words_is_enough(url: str, body: Any) -> None:
    send(url, {"category": body["category"], "text": "Kuil", "address": "bij de brug"})
    report = Report.objects.get()
    assert (report.point, report.area, report.address) == (None, None, "bij de brug")


def test_a_point_on_the_border_of_two_areas_lies_in_one_of_them(url: str, body: Any, areas: Any) -> None:
    border = areas[0].geometry.extent[2]
    send(url, {**body, "lon": border})
    assert Report.objects.get().area in areas


def test_a_new_report_with_an_address_takes_few_statements(url: str, body: Any) -> None:
    send(url, body)
    with CaptureQueriesContext(connection) as captured:
        send(url, {**body, "email": "bewoner@example.org"})
    asked = [query["sql"] for query in captured if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(asked) <= 6


# -- The key --------------------------------------------------------------------------------------------------


def test_the_same_report_again_is_the_same_report(url: str, body: Any) -> None:
    key = uuid.uuid4()
    first, again = send(url, body, key=key), send(url, body, key=key)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert Report.objects.count() == 1


@pytest.mark.parametrize(
    "change",
    [
        {"text": "Iets anders."},
        {"lat": 52.5101},
        {"lat": None, "lon": None, "address": "Meent 12"},
        {"address": "Meent 12"},
        {"extra_answer": "mast 42"},
        {"facts": {"mast": "42"}},
        {"email": "a@example.org"},
    ],
)
def test_other_content_under_the_same_key_is_refused(url: str, body: Any, change: Any) -> None:
    key = uuid.uuid4()
    send(url, body, key=key)
    answer = send(url, {**body, **change}, key=key)
    assert answer.status_code == 409
    assert "sent before" in answer.json()["detail"]
    assert Report.objects.get().text == body["text"]


def test_another_theme_under_the_same_key_is_refused(url: str, body: Any, schouw: Any) -> None:
    other = CategoryFactory(name="Groen")
    schouw.categories.add(other)
    key = uuid.uuid4()
    send(url, body, key=key)
    assert send(url, {**body, "category": other.pk}, key=key).status_code == 409


def test_how_exact_the_place_was_and_how_the_address_is_written_make_no_other_report(
    url: str, body: Any
) -> None:
    key = uuid.uuid4()
    send(url, {**body, "email": "bewoner@example.org"}, key=key)
    again = {**body, "accuracy": 30, "lat": 52.51000000001, "email": "Bewoner@EXAMPLE.org "}
    assert send(url, again, key=key).status_code == 200


def test_a_key_that_another_municipality_has_says_nothing_here(
    url: str, body: Any, other_municipality: Any
) -> None:
    theme = CategoryFactory(municipality=other_municipality, name="Duin")
    theirs = SchouwFactory(municipality=other_municipality, categories=[theme])
    key = uuid.uuid4()
    there = {"category": theme.pk, "lat": 52.51, "lon": 5.12, "text": "Zand op de weg."}
    assert send(f"/duinstad/schouw/{theirs.pk}/meldingen", there, key=key).status_code == 201
    assert send(url, body, key=key).status_code == 201
    assert Report.objects.get().text == body["text"]


@pytest.mark.parametrize("key", ["", "1", "geen sleutel", "x" * 500])
def test_without_a_good_key_nothing_is_kept(url: str, body: Any, key: str) -> None:
    answer = Client().post(
        url, json.dumps(body), content_type="application/json", headers={"Idempotency-Key": key}
    )
    assert "key" in errors(answer)
    assert not Report.objects.exists()


def test_a_report_that_came_before_is_told_so_after_the_walk_closed(url: str, body: Any, schouw: Any) -> None:
    key = uuid.uuid4()
    send(url, body, key=key)
    schouw.trajectory.current_step = "feedback"
    schouw.trajectory.save()
    assert send(url, body, key=key).status_code == 200
    assert "closed" in errors(send(url, body))["__all__"][0]


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_with_one_key_make_one_report(url: str, body: Any) -> None:
    key = uuid.uuid4()

    def one(_: int) -> int:
        try:
            return send(url, {**body, "email": "bewoner@example.org"}, key=key).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as pool:
        statuses = sorted(pool.map(one, range(20)))
    assert statuses == [200] * 19 + [201]
    assert (Report.objects.count(), Notification.objects.count(), Participant.objects.count()) == (1, 1, 1)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("step", ["_check_inside", "_store"])
def test_what_fails_half_way_leaves_nothing_and_can_be_sent_again(
    url: str, body: Any, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """The report, its guest, their consent, the log and the owed mail come together or not at all."""
    original = getattr(intake, step)

    def then_broken(*args: Any, **kwargs: Any) -> None:
        original(*args, **kwargs)
        raise RuntimeError

    key, sent = uuid.uuid4(), {**body, "email": "bewoner@example.org"}
    kept = (Report, Participant, Consent, Notification, Activity)
    monkeypatch.setattr(intake, step, then_broken)
    assert send(url, sent, key=key).status_code == 500
    assert [model.objects.count() for model in kept] == [0] * 5
    monkeypatch.undo()
    assert send(url, sent, key=key).status_code == 201
    assert [model.objects.count() for model in kept] == [1] * 5


# -- What is refused ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"text": ""}, "text"),
        ({"text": "   "}, "text"),
        ({"text": None}, "text"),
        ({"text": ["a"]}, "text"),
        ({"text": "a\x00b"}, "text"),
        ({"text": "x" * 5001}, "text"),
        ({"category": None}, "category"),
        ({"category": 0}, "category"),
        ({"category": True}, "category"),
        ({"category": "1 OR 1=1"}, "category"),
        ({"category": 10**30}, "category"),
        ({"lat": None, "lon": None}, "address"),
        ({"lat": None}, "address"),
        ({"lat": 0, "lon": 0}, "address"),
        ({"lat": 10**400}, "lat"),
        ({"lat": "noord"}, "lat"),
        ({"lat": float("nan")}, "lat"),
        ({"lon": float("inf")}, "lon"),
        ({"accuracy": -1}, "accuracy"),
        ({"accuracy": 10**400}, "accuracy"),
        ({"address": "x" * 201}, "address"),
        ({"address": "a\x00b"}, "address"),
        ({"email": "geen adres"}, "email"),
        ({"email": f"{'a' * 250}@example.org"}, "email"),
    ],
    ids=lambda value: str(value)[:40].encode("ascii", "replace").decode(),
)
def test_a_refusal_stands_beside_its_field(url: str, body: Any, change: Any, field: str) -> None:
    found = errors(send(url, {**body, **change}))
    assert field in found
    assert all(found[field])
    assert not Report.objects.exists()


@pytest.mark.parametrize(
    "raw",
    [b" ", b"{", b"[]", b"null", b"1", b'"tekst"', b"\xff\xfe", b"[" * 200_000, b'{"a":' * 200_000],
    ids=lambda raw: repr(raw[:12]),
)
def test_a_body_that_is_no_object_is_an_empty_form(url: str, raw: bytes) -> None:
    assert set(errors(send(url, raw))) >= {"category", "text"}


def test_half_a_character_becomes_the_sign_for_it(url: str, body: Any) -> None:
    send(url, {**body, "text": "Kapot \ud800 \ud83d\ude00", "email": "a@example.org"})
    assert Report.objects.get().text == "Kapot \ufffd \U0001f600"


def test_half_a_character_in_the_place_is_marked_and_in_an_address_refused(url: str, body: Any) -> None:
    send(url, {"category": body["category"], "text": "Kuil", "address": "bij \udfff brug"})
    assert Report.objects.get().address == "bij \ufffd brug"
    found = errors(send(url, {**body, "email": "a\ud800@example.org"}))
    assert found["email"] == ["This is not an e-mail address. It looks like name@example.org."]


def test_a_name_that_is_no_field_is_left_out(url: str, body: Any) -> None:
    forbidden = {"key": str(uuid.uuid4()), "status": "done", "moderation": "published", "supports": 99}
    send(url, {**body, **forbidden})
    report = Report.objects.get()
    assert (report.status, report.is_public, report.supports) == ("new", False, 0)
    assert str(report.key) != forbidden["key"]


def test_a_body_that_is_too_large_is_refused(url: str, body: Any) -> None:
    assert send(url, {**body, "text": "x" * 2_000_000}).status_code in (400, 413)
    assert not Report.objects.exists()


def test_only_json_is_taken(url: str, body: Any) -> None:
    assert send(url, b"text=a", content_type="application/x-www-form-urlencoded").status_code == 415
    assert Client().get(url).status_code == 405


def test_a_theme_of_another_walk_is_refused(url: str, body: Any) -> None:
    elsewhere = CategoryFactory(name="Elders")
    SchouwFactory(categories=[elsewhere])
    assert "Choose one of the themes" in errors(send(url, {**body, "category": elsewhere.pk}))["category"][0]


def test_a_walk_or_theme_of_another_municipality_is_not_there(
    url: str, body: Any, schouw: Any, other_municipality: Any
) -> None:
    theme = CategoryFactory(municipality=other_municipality, name="Duin")
    theirs = SchouwFactory(municipality=other_municipality, categories=[theme])
    assert "category" in errors(send(url, {**body, "category": theme.pk}))
    assert send(f"/polderwijk/schouw/{theirs.pk}/meldingen", body).status_code == 404
    assert send(f"/duinstad/schouw/{schouw.pk}/meldingen", body).status_code == 404


def test_a_theme_out_of_use_is_refused(url: str, body: Any, category: Any) -> None:
    category.is_active = False
    category.save()
    assert "category" in errors(send(url, body))


def test_a_place_in_the_neighbouring_municipality_says_whom_to_turn_to(
    url: str, body: Any, other_municipality: Any
) -> None:
    middle = other_municipality.boundary.point_on_surface
    found = errors(send(url, {**body, "lat": middle.y, "lon": middle.x}))
    assert other_municipality.name in found["address"][0]
    assert not Report.objects.exists()


def test_a_place_outside_all_municipalities_asks_to_look_at_the_pin(url: str, body: Any) -> None:
    assert "lies outside Polderwijk" in errors(send(url, {**body, "lat": 53.4, "lon": 6.9}))["address"][0]


@pytest.mark.parametrize("step", ["preparation", "feedback"])
def test_a_step_that_takes_no_reports_refuses_unless_the_walk_keeps_them_open(
    url: str, body: Any, schouw: Any, step: str
) -> None:
    schouw.trajectory.current_step = step
    schouw.trajectory.save()
    assert "__all__" in errors(send(url, body))
    schouw.keeps_reporting_open = True
    schouw.save()
    assert send(url, body).status_code == 201


def test_one_address_may_send_so_many_an_hour_and_hears_when_to_come_back(
    url: str, body: Any, settings: Any
) -> None:
    settings.ANONYMOUS_REPORTS_PER_HOUR = 2
    sender = {"REMOTE_ADDR": f"10.1.{uuid.uuid4().int % 250}.{uuid.uuid4().int % 250}"}
    key = uuid.uuid4()
    assert send(url, body, key=key, **sender).status_code == 201
    assert send(url, body, key=key, **sender).status_code == 200
    assert send(url, body, **sender).status_code == 201
    refused = send(url, body, **sender)
    assert refused.status_code == 429
    assert 0 < int(refused.headers["Retry-After"]) <= timedelta(hours=1).total_seconds()
    assert send(url, body, key=key, **sender).status_code == 200
    assert send(url, body, REMOTE_ADDR="10.2.0.1").status_code == 201


def test_one_mail_address_may_be_given_so_often_an_hour_and_a_retry_is_never_refused(
    url: str, body: Any, settings: Any
) -> None:
    settings.MAILS_PER_ADDRESS_PER_HOUR = 2
    settings.ANONYMOUS_REPORTS_PER_HOUR = 100
    sender = {"REMOTE_ADDR": f"10.6.{uuid.uuid4().int % 250}.{uuid.uuid4().int % 250}"}
    key, mailed = uuid.uuid4(), {**body, "email": f"{uuid.uuid4()}@example.org"}
    assert send(url, mailed, key=key, **sender).status_code == 201
    assert send(url, mailed, key=key, **sender).status_code == 200
    assert send(url, mailed, **sender).status_code == 201
    refused = send(url, mailed, **sender)
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "3600")
    message = "Many mails went to this address in the last hour. Leave it empty, or try again later."
    assert refused.json() == {"detail": message, "errors": {"email": [message]}}
    assert send(url, mailed, key=key, **sender).status_code == 200
    assert send(url, {**body, "email": ""}, **sender).status_code == 201


def test_a_report_above_1_mb_is_answered_as_every_refusal(url: str, body: Any) -> None:
    answer = send(url, {**body, "text": "x" * 1024 * 1024})
    assert (answer.status_code, list(answer.json())) == (413, ["detail"])


@pytest.mark.parametrize("change", ["retired", "taken from the walk"])
def test_a_retry_is_not_refused_because_its_theme_went_meanwhile(
    url: str, body: Any, category: Any, schouw: Any, change: str
) -> None:
    key = uuid.uuid4()
    first = send(url, body, key=key)
    if change == "retired":
        category.is_active = False
        category.save()
    else:
        schouw.categories.clear()
    again = send(url, body, key=key)
    assert (again.status_code, again.json()) == (200, first.json())
    assert "category" in errors(send(url, {**body, "text": "Iets anders."}, key=key))
    assert Report.objects.count() == 1


def test_who_is_signed_in_has_no_such_limit(url: str, body: Any, settings: Any, sign_in: Any) -> None:
    settings.ANONYMOUS_REPORTS_PER_HOUR = 1
    browser = sign_in(UserFactory(email="veel@example.org"))
    assert [send(url, body, browser=browser).status_code for _ in range(3)] == [201] * 3


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    change=st.dictionaries(
        st.sampled_from(
            ["category", "lat", "lon", "accuracy", "text", "address", "extra_answer", "facts", "email"]
        ),
        JSON,
    )
)
def test_no_json_is_too_strange_for_an_answer(url: str, body: Any, change: Any) -> None:
    assert send(url, {**body, **change}).status_code in (201, 422)
