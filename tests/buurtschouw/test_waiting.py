"""A question to the reporter: the clock stands still, and runs again when they answer or an official goes on."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from buurtschouw.domain import answering, pausing, service, waiting
from buurtschouw.domain.history import history
from buurtschouw.domain.queries import figures, queue
from buurtschouw.domain.queries.queue import QueueFilter
from buurtschouw.domain.standing import standings
from buurtschouw.domain.todo import todo
from buurtschouw.method import WAIT_FOR_REPORTER_DAYS
from buurtschouw.models import Answer, Reply, Report
from buurtschouw.tasks import tell_silent_reporters
from tests.buurtschouw.test_intake_form import photo
from tests.factories.buurtschouw import ReportFactory
from tests.factories.core import ParticipantFactory
from tests.mails import composed
from trajecten.domain import workdays
from trajecten.models import Attachment, Notification
from trajecten.transitions import TransitionRefused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def ask(report: Report, by: Any, message: str = "Waar precies?") -> Answer:
    newest = Report.objects.get(pk=report.pk)
    return answering.answer(report=newest, by=by, version=newest.version, status="waiting", message=message)


def later(days: int) -> Any:
    """So many working days from now, at the same hour."""
    today = timezone.localdate()
    return time_machine.travel(timezone.now() + (workdays.after(today, days) - today), tick=False)


def keys(official: Any) -> list[str]:
    return list(Notification.objects.filter(user=official).order_by("id").values_list("key", flat=True))


# -- Asking


def test_the_reporter_gets_the_question_and_the_clock_stops(report: Report, handler: Any) -> None:
    term = report.due_on
    made = ask(report, handler)
    report.refresh_from_db()
    assert (report.status, report.is_open, report.paused_term) == ("waiting", True, term)
    assert report.due_on == workdays.after(timezone.localdate(), WAIT_FOR_REPORTER_DAYS)
    assert report.first_answer_at is not None
    row = Notification.objects.get(key="buurtschouw.report_question")
    assert (row.participant, row.about) == (report.author, made)
    mail = composed(row)
    assert f"/volg/{report.token}/#vraag" in mail.body
    assert "Waar precies?" in mail.body


@pytest.mark.parametrize("author", [None, "no address"])
def test_who_can_t_be_reached_is_not_asked(schouw: Any, category: Any, handler: Any, author: Any) -> None:
    participant = ParticipantFactory(email=None) if author else None
    report = ReportFactory(schouw=schouw, category=category, author=participant)
    with pytest.raises(answering.AnswerRefused) as refused:
        ask(report, handler)
    assert refused.value.field == "status"
    assert not Answer.objects.exists()


def test_what_is_promised_for_a_day_has_no_clock_to_stop(schouw: Any, category: Any, handler: Any) -> None:
    with pytest.raises(TransitionRefused):
        ask(ReportFactory(schouw=schouw, category=category, planned=True), handler)


def test_others_are_not_told_of_a_question(report: Report, handler: Any) -> None:
    ask(report, handler)
    assert Notification.objects.count() == 1
    told = history(report, public=True)
    assert "Waar precies?" not in [event.text for event in told]
    assert "Waar precies?" in [event.text for event in history(report, own=True)]


@pytest.mark.parametrize("is_anonymous", [True, False])
def test_a_question_is_offered_only_where_it_reaches_somebody(
    schouw: Any, category: Any, handler_client: Any, is_anonymous: bool
) -> None:
    report = ReportFactory(schouw=schouw, category=category, anonymous=is_anonymous)
    page = handler_client.get(f"/polderwijk/werk/meldingen/{report.pk}/")
    tiles = [status for status, _label in page.context["answer_form"].fields["status"].widget.choices]
    assert ("waiting" in tiles) is not is_anonymous
    assert ("you can&#x27;t ask them anything" in page.content.decode()) is is_anonymous


def test_the_database_keeps_a_waiting_one_whole(report: Report) -> None:
    for fields in ({"status": "waiting"}, {"waiting_since": timezone.now(), "paused_term": report.due_on}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Report.objects.filter(pk=report.pk).update(**fields)


# -- The clock


@pytest.mark.parametrize("waited", [0, 1, 4, 12])
def test_the_term_moves_by_the_working_days_that_were_waited(
    report: Report, handler: Any, waited: int
) -> None:
    term = report.due_on
    ask(report, handler)
    with later(waited):
        waiting.reply(report=report, text="Naast de schommel.")
    report.refresh_from_db()
    assert report.due_on == workdays.after(term, waited)
    assert (report.status, report.waiting_since, report.paused_term) == ("acknowledged", None, None)


def test_a_second_question_does_not_start_the_clock(report: Report, handler: Any) -> None:
    term = report.due_on
    ask(report, handler)
    with later(3):
        ask(report, handler, "En hoe groot is het gat?")
    with later(5):
        waiting.reply(report=report, text="Een halve meter.")
    report.refresh_from_db()
    assert (report.due_on, report.status) == (workdays.after(term, 5), "acknowledged")


def test_it_is_nowhere_late_while_it_waits(report: Report, handler: Any, schouw: Any) -> None:
    ask(report, handler)
    with later(WAIT_FOR_REPORTER_DAYS + 5):
        report.refresh_from_db()
        assert not report.is_overdue
        assert not Report.objects.overdue(timezone.localdate()).exists()
        assert figures.of_queue().overdue == 0
        assert service.service(schouw.municipality).overdue == 0
        assert standings([schouw.trajectory])[schouw.trajectory_id].overdue == 0
        assert not queue.reports(asked=QueueFilter(term="overdue"), user=handler).exists()
        assert "close it or go on" in todo(report).act


def test_going_on_without_an_answer_mails_nobody(report: Report, handler: Any) -> None:
    term = report.due_on
    ask(report, handler)
    with later(2):
        waiting.take_up(report=report, by=handler)
    report.refresh_from_db()
    assert (report.status, report.due_on, report.returned_at) == (
        "acknowledged",
        workdays.after(term, 2),
        None,
    )
    assert Notification.objects.count() == 1
    with pytest.raises(pausing.PauseRefused):
        waiting.take_up(report=report, by=handler)


def test_an_answer_ends_the_waiting_too(report: Report, handler: Any) -> None:
    ask(report, handler)
    report.refresh_from_db()
    answering.answer(
        report=report, by=handler, version=report.version, status="not_done", message="Wij horen niets."
    )
    report.refresh_from_db()
    assert (report.status, report.waiting_since) == ("not_done", None)


# -- The reply


def test_a_reply_comes_on_top_and_who_asked_hears_it(
    report: Report, handler: Any, schouw: Any, category: Any
) -> None:
    ReportFactory(schouw=schouw, category=category, overdue=True)
    ask(report, handler)
    made = waiting.reply(report=report, text=" Naast de schommel. ")
    assert waiting.reply(report=report, text="Naast de schommel.") == made
    assert queue.reports(asked=QueueFilter(), user=handler).first() == report
    assert keys(handler) == ["buurtschouw.reporter_replied"]
    report.refresh_from_db()
    assert report.has_reply
    assert "answered" in todo(report).act
    assert [event.text for event in history(report) if event.kind == "said"][-1] == "Naast de schommel."
    assert "Naast de schommel." not in [event.text for event in history(report, public=True)]
    answering.answer(report=report, by=handler, version=report.version, status="done", message="Klaar.")
    report.refresh_from_db()
    assert not report.has_reply


def test_words_are_kept_when_an_official_went_on_meanwhile(report: Report, handler: Any) -> None:
    ask(report, handler)
    waiting.take_up(report=report, by=handler)
    report.refresh_from_db()
    term = report.due_on
    waiting.reply(report=report, text="Naast de schommel.")
    report.refresh_from_db()
    assert (report.status, report.due_on, report.has_reply) == ("acknowledged", term, True)


def test_a_reply_is_refused_without_words_without_a_question_twice_and_when_closed(
    report: Report, handler: Any
) -> None:
    with pytest.raises(pausing.PauseRefused, match="not asked"):
        waiting.reply(report=report, text="Hallo?")
    ask(report, handler)
    with pytest.raises(pausing.PauseRefused, match="first"):
        waiting.reply(report=report, text="  ")
    waiting.reply(report=report, text="Naast de schommel.")
    with pytest.raises(pausing.PauseRefused, match="already"):
        waiting.reply(report=report, text="Iets anders.")
    ask(report, handler)
    report.refresh_from_db()
    answering.answer(report=report, by=handler, version=report.version, status="done", message="Klaar.")
    with pytest.raises(pausing.PauseRefused, match="finished"):
        waiting.reply(report=report, text="Te laat.")
    assert Reply.objects.count() == 1


# -- Silence


def test_who_asked_hears_of_silence_once(report: Report, handler: Any) -> None:
    ask(report, handler)
    with later(WAIT_FOR_REPORTER_DAYS):
        assert waiting.tell_silence() == 0
    with later(WAIT_FOR_REPORTER_DAYS + 1):
        tell_silent_reporters()
        tell_silent_reporters()
        assert keys(handler) == ["buurtschouw.reporter_silent"]
    with later(WAIT_FOR_REPORTER_DAYS + 4):
        tell_silent_reporters()
    assert keys(handler) == ["buurtschouw.reporter_silent"]


def test_who_looks_after_it_hears_instead_and_the_team_when_both_left(
    report: Report, handler: Any, coordinator: Any
) -> None:
    ask(report, handler)
    answering.assign(report=report, by=handler, to=coordinator)
    with later(WAIT_FOR_REPORTER_DAYS + 1):
        waiting.tell_silence()
    assert (keys(coordinator), keys(handler)) == (["buurtschouw.reporter_silent"], [])


# -- Its page


def test_the_reporter_answers_on_their_own_page_with_a_photo(
    client: Client, report: Report, handler: Any
) -> None:
    Report.objects.filter(pk=report.pk).update(created_at=timezone.now() - timedelta(days=9))
    ask(report, handler)
    page = f"/polderwijk/volg/{report.token}/"
    assert "Waar precies?" in client.get(page).content.decode()
    sent = client.post(f"{page}antwoord/", {"text": "Naast de schommel.", "photos": photo()})
    assert sent.status_code == 302
    assert Reply.objects.get().text == "Naast de schommel."
    assert Attachment.objects.count() == 1
    assert "antwoord/" not in client.get(page).content.decode()


def test_nothing_that_was_typed_is_lost(client: Client, report: Report, handler: Any) -> None:
    ask(report, handler)
    empty = client.post(f"/polderwijk/volg/{report.token}/antwoord/", {"text": " "})
    assert (empty.status_code, "Write your answer first." in empty.content.decode()) == (422, True)
    newest = Report.objects.get(pk=report.pk)
    answering.answer(report=newest, by=handler, version=newest.version, status="done", message="Klaar.")
    late = client.post(f"/polderwijk/volg/{report.token}/antwoord/", {"text": "Naast de schommel."})
    assert (late.status_code, "Naast de schommel." in late.content.decode()) == (422, True)
