"""Updates that other systems send: answers in the name of who answers for the key."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django_scopes import scope

from buurtschouw.domain.open311 import statuses
from buurtschouw.enums import ReportKind, ReportStatus
from buurtschouw.models import Answer, Note, ReceivedUpdate
from tests.buurtschouw.open311 import schemas
from tests.buurtschouw.open311.facts import same
from tests.factories.buurtschouw import AnswerFactory, NoteFactory, ReportFactory
from trajecten.models import Activity, Commitment, Notification

pytestmark = pytest.mark.django_db


@pytest.fixture
def update(words: str, report: Any) -> dict[str, str]:
    return {
        "api_key": words,
        "service_request_id": str(report.pk),
        "update_id": "u-1",
        "updated_datetime": "2026-11-25T10:00:00+01:00",
        "status": "IN_PROGRESS",
        "description": "De stratenmaker is begonnen.",
    }


@pytest.fixture
def post(send: Any) -> Any:
    return lambda given, **more: send(given, call="servicerequestupdates", **more)


def test_an_update_is_an_answer_to_the_reporter(
    post: Any, update: Any, report: Any, coordinator: Any
) -> None:
    answer = post(update)
    made = Answer.objects.get()
    assert answer.json() == [{"update_id": str(made.pk)}]
    assert (made.report, made.by, made.status, made.message) == (
        report,
        coordinator,
        ReportStatus.IN_PROGRESS,
        update["description"],
    )
    assert Notification.objects.get().key == "buurtschouw.report_answered"
    assert Activity.objects.get(verb="answered").actor_user == coordinator


def test_sent_again_in_any_form_it_is_the_same_answer(post: Any, update: Any) -> None:
    post(update)
    as_json, as_xml = post(update), post(update, form="xml")
    same(as_json, as_xml, schemas.UPDATE_MADE, "service_request_updates")
    assert (Answer.objects.count(), ReceivedUpdate.objects.count()) == (1, 1)


def test_the_same_number_for_something_else_is_refused(post: Any, update: Any) -> None:
    post(update)
    answer = post({**update, "description": "Iets anders."})
    assert (answer.status_code, answer.json()[0]["code"]) == (400, 409)
    assert Answer.objects.count() == 1


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ("open", "acknowledged"),
        ("REOPEN", "acknowledged"),
        ("for_triage", "acknowledged"),
        ("Investigating", "acknowledged"),
        ("internal_referral", "acknowledged"),
        ("in_progress", "in_progress"),
        ("fixed", "done"),
        ("CLOSED", "done"),
        ("duplicate", "not_done"),
        ("no_further_action", "not_done"),
        ("cancelled", "not_done"),
        ("not_councils_responsibility", "not_done"),
    ],
)
def test_each_status_has_its_own_here(post: Any, update: Any, told: str, status: str) -> None:
    assert post({**update, "status": told}).status_code == 200
    assert Answer.objects.get().status == status


def test_every_status_of_the_standard_is_known() -> None:
    assert set(statuses.UPDATE_STATUSES) == set(schemas.UPDATE_STATUSES)
    assert set(statuses.TOLD.values()) <= set(schemas.UPDATE_STATUSES)
    assert set(statuses.TOLD) == set(ReportStatus) - {ReportStatus.WAITING, ReportStatus.MERGED}


@pytest.mark.parametrize("told", ["planned", "ACTION_SCHEDULED"])
def test_what_is_planned_needs_a_day_and_is_a_promise(post: Any, update: Any, told: str) -> None:
    assert "planned" in post({**update, "status": told}).json()[0]["description"]
    day = timezone.localdate() + timedelta(days=9)
    given = {**update, "status": told, "expected_datetime": f"{day}T12:00:00+01:00"}
    assert post(given).status_code == 200
    assert Answer.objects.get().planned_for == day
    assert Commitment.objects.get().deadline == day


def test_who_looks_at_it_again_puts_no_plan_aside(post: Any, update: Any, schouw: Any) -> None:
    planned = ReportFactory(schouw=schouw, planned=True)
    given = {**update, "service_request_id": planned.pk, "status": "investigating"}
    assert post(given).status_code == 200
    made = Answer.objects.get()
    assert (made.status, made.planned_for) == (ReportStatus.PLANNED, planned.planned_for)


def test_unchanged_is_a_note_for_officials(post: Any, update: Any, report: Any, client: Any) -> None:
    answer = post({**update, "status": "unchanged", "description": "Foto volgt."})
    note = Note.objects.get()
    assert answer.json() == [{"update_id": f"n{note.pk}"}]
    assert note.text == "Meldapp: Foto volgt."
    assert not Answer.objects.exists()
    assert not Notification.objects.exists()
    assert client.get("/polderwijk/open311/v2/servicerequestupdates.json").json() == []


def test_a_closed_report_can_be_opened_but_not_worked_on(post: Any, update: Any, schouw: Any) -> None:
    done = ReportFactory(schouw=schouw, done=True)
    given = {**update, "service_request_id": done.pk}
    answer = post(given)
    assert answer.status_code == 400
    assert "can't become" in answer.json()[0]["description"]
    assert post({**given, "status": "reopen"}).status_code == 200


@pytest.mark.parametrize(
    ("change", "about"),
    [
        ({"update_id": ""}, "update_id"),
        ({"updated_datetime": ""}, "updated_datetime"),
        ({"updated_datetime": "gisteren"}, "updated_datetime"),
        ({"status": ""}, "status"),
        ({"status": "weg"}, "status"),
        ({"description": ""}, "description"),
        ({"description": "<b>af</b>"}, "description"),
        ({"description": "x" * 4001}, "description"),
        ({"expected_datetime": "ooit"}, "expected_datetime"),
        ({"service_request_id": ""}, "service_request_id"),
    ],
)
def test_an_update_with_a_mistake_is_refused(post: Any, update: Any, change: Any, about: str) -> None:
    answer = post({**update, **change})
    assert answer.status_code == 400
    assert [reason["description"].partition(":")[0] for reason in answer.json()] == [about]
    assert not Answer.objects.exists()


def test_of_a_report_that_is_not_here_nothing_is_taken(post: Any, update: Any, schouw: Any) -> None:
    idea = ReportFactory(schouw=schouw, kind=ReportKind.IDEA)
    for number in (idea.pk, 2**63, "x"):
        assert post({**update, "service_request_id": number}).status_code == 404


def test_nobody_answers_in_the_name_of_who_works_here_no_more(
    post: Any, update: Any, coordinator: Any, key: Any
) -> None:
    coordinator.staff_roles.all().delete()
    answer = post(update)
    assert answer.status_code == 403
    assert "renew" in answer.json()[0]["description"]
    assert not ReceivedUpdate.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_ten_at_once_are_one_answer(post: Any, update: Any, in_scope: Any) -> None:
    def once(_number: int) -> str:
        try:
            return post(update).json()[0]["update_id"]
        finally:
            connection.close()

    with ThreadPoolExecutor(5) as pool:
        assert len(set(pool.map(once, range(10)))) == 1
    with scope(municipality=in_scope):
        assert Answer.objects.count() == 1


def test_the_database_keeps_one_answer_or_note_for_each_number(key: Any, report: Any) -> None:
    about = {"municipality": report.municipality, "key": key, "fingerprint": "x" * 64}
    answer, note = AnswerFactory(report=report), NoteFactory(report=report)
    ReceivedUpdate.objects.create(**about, update_id="1", answer=answer)
    for wrong in (
        {"update_id": "1", "note": note},
        {"update_id": "2"},
        {"update_id": "3", "answer": AnswerFactory(report=report), "note": note},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            ReceivedUpdate.objects.create(**about, **wrong)


def test_what_only_the_reporter_is_asked_is_told_to_nobody_else(
    client: Any, schouw: Any, category: Any
) -> None:
    report = ReportFactory(schouw=schouw, category=category, public=True)
    AnswerFactory(report=report, message="Wij gaan kijken.")
    AnswerFactory(report=report, status=ReportStatus.WAITING, message="Wat is uw huisnummer?")
    for path in ("requests.json?extensions=true", "servicerequestupdates.json"):
        told = client.get(f"/polderwijk/open311/v2/{path}").content.decode()
        assert "Wij gaan kijken." in told
        assert "huisnummer" not in told
