"""Whether people understand a line, and whether it is enough."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from budget import method
from budget.domain import line_answers
from budget.domain.my_data import line_answers as my_data
from budget.enums import Enough, Understood
from budget.models import LineFeedback
from budget.views.figures import answering
from tests.factories.budget import BudgetFactory, LineFeedbackFactory
from trajecten.domain import participants
from trajecten.domain.retention import running
from trajecten.models import Participant

pytestmark = pytest.mark.usefixtures("in_scope", "english")

ANSWER = {"understood": "partly", "enough": "too_little", "words": "Meer bomen"}


@pytest.fixture(autouse=True)
def budget(in_scope: Any) -> Any:
    return BudgetFactory(lines={"5.7": 4_400_000, "6.3": 1})


def url(name: str = "line-answer", **parts: Any) -> str:
    return reverse(f"budget:{name}", kwargs={"gemeente": "polderwijk", **(parts or {"code": "5.7"})})


def test_a_guest_answers_once_and_can_change_it() -> None:
    browser = Client()
    answer = browser.post(url(), ANSWER)
    assert answer.headers["Location"] == f"{url('line', code='5.7')}#answer"
    browser.post(url(), {**ANSWER, "enough": "enough"})
    row = LineFeedback.objects.get()
    assert (row.year, row.task_field, row.understood, row.enough, row.words) == (
        2026, "5.7", "partly", "enough", "Meer bomen",
    )  # fmt: skip
    assert row.participant is None
    assert row.guest_key
    assert "You answered this" in browser.get(url("line", code="5.7")).content.decode()
    Client().post(url(), ANSWER)
    assert LineFeedback.objects.count() == 2


def test_looking_makes_nobody_a_participant_and_answering_does(
    resident: Any, resident_client: Client
) -> None:
    resident_client.get(url("line", code="5.7"))
    assert not Participant.objects.exists()
    for enough in ("too_much", "unknown"):
        resident_client.post(url(), {**ANSWER, "enough": enough})
    row = LineFeedback.objects.get()
    assert (row.participant.user, row.guest_key, row.enough) == (resident, None, "unknown")


def test_a_made_up_key_is_nobody() -> None:
    browser = Client()
    browser.post(url(), ANSWER)
    browser.cookies["budget_answers"] = f"{LineFeedback.objects.get().guest_key}:made:up"
    browser.post(url(), {**ANSWER, "enough": "too_much"})
    assert sorted(LineFeedback.objects.values_list("enough", flat=True)) == ["too_little", "too_much"]


def test_what_is_missing_is_said_beside_it_and_what_was_typed_stays() -> None:
    answer = Client().post(url(), {"understood": "yes", "words": "Bomen"})
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "Choose what you think of the amount." in shown
    assert "Bomen" in shown
    assert not LineFeedback.objects.exists()


def test_with_htmx_only_that_part_changes() -> None:
    kept = Client().post(url(), ANSWER, headers={"HX-Request": "true"})
    assert kept.status_code == 200
    assert "Your answer has been kept" in kept.content.decode()
    assert "<html" not in kept.content.decode()
    refused = Client().post(url(), {}, headers={"HX-Request": "true"})
    assert refused.status_code == 422
    assert "<html" not in refused.content.decode()


def test_a_line_that_is_not_there_takes_no_answer() -> None:
    assert Client().post(url(code="5.2"), ANSWER).status_code == 404
    assert Client().post(url() + "?year=2019", ANSWER).status_code == 404


def test_too_many_from_one_address_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answering, "ANSWERS_PER_HOUR", 2)
    sender = {"REMOTE_ADDR": f"10.9.{uuid4().int % 250}.{uuid4().int % 250}"}
    assert [Client().post(url(), ANSWER, **sender).status_code for _ in range(3)] == [302, 302, 429]
    assert method.ANSWERS_PER_HOUR > 100


def test_counts_per_line_are_of_the_filter() -> None:
    LineFeedbackFactory(understood="yes", enough="too_little", words="a")
    LineFeedbackFactory(understood="no", enough="too_little")
    LineFeedbackFactory(task_field="6.3", understood="yes", enough="enough", year=2025)
    first, second = line_answers.said_by_line(LineFeedback.objects.all())
    assert (first.task_field, first.total, first.with_words) == ("5.7", 2, 1)
    assert first.understood == {Understood.YES: 1, Understood.PARTLY: 0, Understood.NO: 1}
    assert first.enough[Enough.TOO_LITTLE] == 2
    assert (second.task_field, second.total) == ("6.3", 1)
    assert [
        line.task_field for line in line_answers.said_by_line(LineFeedback.objects.filter(year=2025))
    ] == ["6.3"]


def test_officials_read_the_words_and_residents_never(
    handler_client: Client, resident_client: Client
) -> None:
    LineFeedbackFactory(words="Meer bomen graag")
    LineFeedbackFactory(task_field="6.3", words="Te duur", enough="too_much")
    shown = handler_client.get("/polderwijk/begroting/werk/antwoorden/").content.decode()
    assert "Meer bomen graag" in shown
    narrowed = handler_client.get("/polderwijk/begroting/werk/antwoorden/?enough=too_much").content.decode()
    assert "Te duur" in narrowed
    assert "Meer bomen graag" not in narrowed
    assert resident_client.get("/polderwijk/begroting/werk/antwoorden/").status_code == 404
    assert "Meer bomen graag" not in Client().get(url("line", code="5.7")).content.decode()


def test_the_list_as_a_file_tells_not_who_said_it(handler_client: Client) -> None:
    row = LineFeedbackFactory(words="=1+1")
    sent = b"".join(handler_client.get("/polderwijk/begroting/werk/antwoorden/lijst.csv")).decode()
    assert "'=1+1" in sent
    assert str(row.guest_key) not in sent


def test_as_many_statements_for_one_answer_as_for_thirty(handler_client: Client) -> None:
    counts = []
    for number in (1, 29):
        for place in range(number):
            LineFeedbackFactory(task_field=f"5.{place % 7 + 1}", words="Woorden")
        handler_client.get("/polderwijk/begroting/werk/antwoorden/")
        with CaptureQueriesContext(connection) as asked:
            handler_client.get("/polderwijk/begroting/werk/antwoorden/")
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_my_data_has_the_answers_and_erasing_keeps_only_the_count(
    resident: Any, resident_client: Client
) -> None:
    resident_client.post(url(), ANSWER)
    me = participants.known(municipality=LineFeedback.objects.get().municipality, user=resident)
    assert me is not None
    (kept,) = my_data.answers(me)
    assert "Meer bomen" in [fact.value for fact in kept.facts]
    my_data.erase_answers(me, "")
    row = LineFeedback.objects.get()
    assert (row.participant, row.words, row.enough) == (None, "", "too_little")


def test_after_a_year_nobody_knows_who_said_it() -> None:
    old, young = LineFeedbackFactory(words="Oud"), LineFeedbackFactory(words="Nieuw")
    LineFeedback.objects.filter(pk=old.pk).update(at=timezone.now() - timedelta(days=366))
    assert running.run()
    for row in (old, young):
        row.refresh_from_db()
    assert (old.guest_key, old.words, old.understood) == (None, "", "yes")
    assert young.words == "Nieuw"
