"""Melding, compliment and idee: how each comes in, what may become of it, and how it reads everywhere."""

import hashlib
import json
import uuid
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from buurtschouw.domain import answering, following, intake, questions
from buurtschouw.domain.chain import chain_of
from buurtschouw.domain.queries import figures, queue, verdicts
from buurtschouw.domain.queries.queue import QueueFilter
from buurtschouw.enums import OPEN, ReportKind, ReportStatus
from buurtschouw.kinds import KINDS
from buurtschouw.models import Report
from tests.factories.buurtschouw import AnswerFactory, ReportFactory
from tests.mails import in_english
from trajecten.domain import contributions
from trajecten.domain.promises import making
from trajecten.domain.promises.refusals import PromiseRefused
from trajecten.models import Notification
from trajecten.transitions import TransitionRefused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture
def compliment(schouw: Any, category: Any, areas: list[Any]) -> Report:
    return ReportFactory(
        schouw=schouw,
        category=category,
        area=areas[0],
        kind=ReportKind.COMPLIMENT,
        text="Wat liggen de perken er mooi bij.",
        public=True,
    )


@pytest.fixture
def idea(schouw: Any, category: Any, areas: list[Any]) -> Report:
    return ReportFactory(
        schouw=schouw,
        category=category,
        area=areas[0],
        kind=ReportKind.IDEA,
        text="Een ruilkast",
        public=True,
    )


def answer(report: Report, handler: Any, status: str, **fields: Any) -> Any:
    version = Report.objects.values_list("version", flat=True).get(pk=report.pk)
    return answering.answer(
        report=report, by=handler, version=version, status=status, message="Dank u wel.", **fields
    )


def form(category: Any, **fields: Any) -> dict[str, Any]:
    return {
        "key": str(uuid.uuid4()),
        "category": category.pk,
        "lat": 52.51,
        "lon": 4.915,
        "text": "Een ruilkast op het plein",
        **fields,
    }


# -- Coming in ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ReportKind.values)
def test_the_page_takes_in_each_kind(schouw: Any, category: Any, kind: str) -> None:
    answered = Client().post(f"/polderwijk/schouw/{schouw.pk}/melden/", form(category, kind=kind))
    assert answered.status_code == 302
    assert Report.objects.get().kind == kind


def test_what_does_not_say_its_kind_is_a_melding(schouw: Any, category: Any) -> None:
    assert Client().post(f"/polderwijk/schouw/{schouw.pk}/melden/", form(category)).status_code == 302
    assert Report.objects.get().kind == ReportKind.PROBLEM


def test_an_unknown_kind_is_an_error_beside_its_field_and_nothing_typed_is_lost(
    schouw: Any, category: Any
) -> None:
    answered = Client().post(f"/polderwijk/schouw/{schouw.pk}/melden/", form(category, kind="klacht"))
    shown = answered.content.decode()
    assert "Choose one of these three." in shown
    assert "Een ruilkast op het plein" in shown
    assert not Report.objects.exists()


def test_json_takes_the_kind_and_the_same_key_with_another_kind_conflicts(schouw: Any, category: Any) -> None:
    key = str(uuid.uuid4())

    def send(**fields: Any) -> Any:
        body = {**form(category), **fields}
        body.pop("key")
        return Client().post(
            f"/polderwijk/schouw/{schouw.pk}/meldingen",
            json.dumps(body),
            content_type="application/json",
            headers={"Idempotency-Key": key},
        )

    assert [send(kind="idea").status_code for _ in range(2)] == [201, 200]
    assert Report.objects.get().kind == ReportKind.IDEA
    assert send(kind="problem").status_code == 409


def test_a_melding_has_the_mark_that_it_had_before_there_were_kinds(schouw: Any, category: Any) -> None:
    given = {
        "schouw": schouw,
        "category": category.pk,
        "text": "los",
        "point": None,
        "address": "Kerkstraat 1",
        "said": questions.NOTHING,
        "email": "",
        "stop": None,
        "observed_at": None,
    }

    before = {
        "schouw": schouw.pk,
        "category": category.pk,
        "text": "los",
        "place": None,
        "address": "Kerkstraat 1",
        "extra": "",
        "email": "",
    }
    packed = json.dumps(before, sort_keys=True, ensure_ascii=False)
    assert intake._fingerprint(**given, kind="problem") == hashlib.sha256(packed.encode()).hexdigest()
    assert intake._fingerprint(**given, kind="idea") != intake._fingerprint(**given, kind="problem")


# -- A compliment ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", ["planned", "in_progress", "not_done"])
def test_a_compliment_is_only_read_and_passed_on(compliment: Report, handler: Any, status: str) -> None:
    with pytest.raises(TransitionRefused):
        answer(compliment, handler, status)
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.filter(pk=compliment.pk).update(status=status)


def test_a_compliment_that_is_passed_on_reads_so_and_asks_nothing(compliment: Report, handler: Any) -> None:
    answer(compliment, handler, "done")
    compliment.refresh_from_db()
    assert compliment.get_status_display() == "passed on, with thanks"
    links = chain_of(compliment)
    assert [link.state for link in links] == ["done", "skipped", "skipped", "done", "skipped"]
    assert list(verdicts.to_judge(compliment.author)) == []
    with pytest.raises(following.VerdictRefused):
        following.judge(report=compliment, value="no")
    page = Client().get(f"/polderwijk/volg/{compliment.token}/").content.decode()
    assert "Passed on, with thanks" in page
    assert "Is it solved?" not in page
    assert "opened again" not in page
    verdict = f"/polderwijk/volg/{compliment.token}/oordeel/1/yes/"
    assert Client().get(verdict).status_code == Client().post(verdict).status_code == 404


def test_who_gave_a_compliment_hears_that_it_was_passed_on(compliment: Report, handler: Any) -> None:
    answer(compliment, handler, "done")
    row = Notification.objects.get(participant=compliment.author)
    assert row.key == "buurtschouw.compliment_passed_on"
    sent = in_english(row)
    assert "Passed on, with thanks" in str(sent.body)
    assert "oordeel" not in str(sent.body)


def test_a_compliment_does_not_wait_silently(compliment: Report, handler: Any) -> None:
    Report.objects.filter(pk=compliment.pk).update(due_on="2020-01-01")
    assert list(queue.reports(asked=QueueFilter(term="overdue"), user=handler)) == [compliment]
    assert figures.of_queue().overdue == 1


def test_nothing_is_promised_on_a_compliment(
    compliment: Report, handler: Any, handler_client: Client
) -> None:
    with pytest.raises(PromiseRefused):
        making.promise_for(
            trajectory=compliment.trajectory,
            origins=[compliment],
            text="Wij houden het zo.",
            deadline=compliment.due_on,
            owner=handler,
            by=handler,
        )
    page = handler_client.get(f"/polderwijk/werk/meldingen/{compliment.pk}/").content.decode()
    assert "werk/toezeggingen/nieuw" not in page
    assert 'value="planned"' not in page
    assert "Passed on, with thanks" in page


# -- An idea --------------------------------------------------------------------------------------------------


def test_an_idea_is_answered_like_a_melding_and_asks_whether_one_is_content(
    idea: Report, handler: Any
) -> None:
    answer(idea, handler, "not_done")
    assert list(verdicts.to_judge(idea.author)) == [idea]
    page = Client().get(f"/polderwijk/volg/{idea.token}/").content.decode()
    assert "Are you content with what was done with your idea?" in page
    idea.refresh_from_db()
    following.judge(report=idea, value="no")
    idea.refresh_from_db()
    assert idea.status == ReportStatus.ACKNOWLEDGED
    assert chain_of(idea)[4].detail == "last time: not content"
    assert (
        "Not content, says who had the idea"
        in Client().get(f"/polderwijk/volg/{idea.token}/").content.decode()
    )


def test_what_is_said_of_ideas_is_no_figure_of_what_is_solved(
    idea: Report, handler: Any, report: Report
) -> None:
    for each in (idea, report):
        answer(each, handler, "done")
    idea.refresh_from_db()
    report.refresh_from_db()
    following.judge(report=idea, value="yes")
    following.judge(report=report, value="partly")
    assert (figures.of_queue().verdicts, figures.of_queue().solved_share) == (1, 0)


# -- Everywhere else ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ReportKind)
def test_every_open_status_of_a_kind_leads_on_and_every_kind_can_be_closed(kind: str) -> None:
    table = KINDS[kind].transitions
    assert set(table) <= set(ReportStatus.values)
    assert all(after <= set(table) for after in table.values())
    assert all(table[status] for status in OPEN & set(table))
    assert "done" in table["new"]


def test_lists_and_files_filter_and_name_the_kind(
    idea: Report, compliment: Report, report: Report, handler_client: Client
) -> None:
    for path in ("/polderwijk/meldingen/", "/polderwijk/werk/meldingen/"):
        shown = handler_client.get(path, {"kind": "idea"}).content.decode()
        assert idea.text in shown
        assert compliment.text not in shown
        assert report.text not in shown
    lines = b"".join(Client().get("/polderwijk/meldingen.csv", {"kind": "compliment"})).decode().splitlines()
    assert "Kind" in lines[0]
    assert "compliment" in lines[1]
    assert len(lines) == 2
    for kind in ("idea", "compliment", "problem"):
        (found,) = Client().get("/polderwijk/meldingen.geojson", {"kind": kind}).json()["features"]
        assert found["properties"]["kind"] == kind


def test_a_map_asks_the_database_once_for_all_kinds(
    schouw: Any, category: Any, django_assert_max_num_queries: Any
) -> None:
    for kind in ReportKind.values * 5:
        ReportFactory(schouw=schouw, category=category, kind=kind)
    with django_assert_max_num_queries(6):
        Client().get("/polderwijk/meldingen.geojson")


def test_near_a_new_idea_only_ideas_are_shown(idea: Report, report: Report, schouw: Any) -> None:
    place = {"lat": 52.51, "lon": 4.915, "kind": "idea"}
    shown = Client().get(f"/polderwijk/schouw/{schouw.pk}/in-de-buurt", place).content.decode()
    assert f"/meldingen/{idea.pk}/" in shown
    assert f"/meldingen/{report.pk}/" not in shown


def test_search_says_of_what_sort_a_result_is(idea: Report, municipality: Any) -> None:
    assert contributions.search("ruilkast", municipality)[0].row == idea
    assert "Idea" in Client().get("/polderwijk/zoeken/", {"q": "ruilkast"}).content.decode()


def test_an_answer_reads_as_that_of_its_kind(compliment: Report) -> None:
    made = AnswerFactory(report=compliment, status=ReportStatus.DONE)
    assert made.get_status_display() == "passed on, with thanks"
