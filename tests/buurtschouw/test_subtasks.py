"""Tasks at a report: whose they are, what they keep from being called done, and whose turn it is."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from buurtschouw.domain import answering, subtasks
from buurtschouw.domain.queries import queue
from buurtschouw.domain.queries.queue import QueueFilter
from buurtschouw.models import Answer, Note, Report, Subtask
from tests.factories.buurtschouw import ReportFactory
from tests.factories.core import TeamFactory
from tests.factories.handling import SubtaskFactory
from trajecten.models import Activity

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english", "in_scope")]


def url(report: Any, action: str = "") -> str:
    return f"/polderwijk/werk/meldingen/{report.pk}/{action + '/' if action else ''}"


def test_a_task_is_added_done_and_opened_again(handler_client: Any, handler: Any, report: Any) -> None:
    day = timezone.localdate() + timedelta(days=3)
    given = {"text": "De aannemer bellen", "owner": handler.pk, "due_on": day.isoformat()}
    assert handler_client.post(url(report, "taken"), given).status_code == 302
    task = Subtask.objects.get()
    assert (task.text, task.owner, task.team, task.due_on, task.by) == (
        given["text"],
        handler,
        None,
        day,
        handler,
    )
    assert "De aannemer bellen" in handler_client.get(url(report)).content.decode()
    for done in (True, True, False):
        handler_client.post(url(report, f"taken/{task.pk}"), {"is_done": "on"} if done else {})
        task.refresh_from_db()
        assert (task.done_at is not None, task.done_by) == (done, handler if done else None)
    verbs = Activity.objects.filter(verb__startswith="task_").order_by("id").values_list("verb", flat=True)
    assert list(verbs) == ["task_added", "task_done", "task_reopened"]


def test_a_form_sent_twice_adds_one_task(handler_client: Any, handler: Any, report: Any) -> None:
    given = {"text": "De aannemer bellen", "owner": handler.pk}
    for _again in range(2):
        assert handler_client.post(url(report, "taken"), given).status_code == 302
    task = Subtask.objects.get()
    assert Activity.objects.filter(verb="task_added").count() == 1
    subtasks.tick(subtask=task, by=handler, is_done=True)
    handler_client.post(url(report, "taken"), given)
    assert Subtask.objects.count() == 2


def test_what_can_t_be_is_said_beside_its_field(handler_client: Any, handler: Any, report: Any) -> None:
    team = TeamFactory()
    for fields, field in (
        ({"text": " "}, "text"),
        ({"text": "x", "owner": handler.pk, "team": team.pk}, "team"),
    ):
        page = handler_client.post(url(report, "taken"), fields)
        assert (page.status_code, list(page.context["task_form"].errors)) == (422, [field])
    with pytest.raises(IntegrityError), transaction.atomic():
        SubtaskFactory(report=report, owner=handler, team=team)


def test_a_closed_report_takes_no_more_tasks(schouw: Any, category: Any, handler: Any) -> None:
    with pytest.raises(subtasks.SubtaskRefused):
        subtasks.add(report=ReportFactory(schouw=schouw, category=category, done=True), by=handler, text="x")


def test_a_task_of_another_report_is_not_found(
    handler_client: Any, schouw: Any, category: Any, report: Any
) -> None:
    other = SubtaskFactory(report=ReportFactory(schouw=schouw, category=category))
    assert handler_client.post(url(report, f"taken/{other.pk}"), {"is_done": "on"}).status_code == 404


# -- Called done with open tasks


def test_done_waits_for_its_tasks_unless_it_is_said_with_a_reason(
    handler_client: Any, handler: Any, report: Any
) -> None:
    SubtaskFactory(report=report)
    SubtaskFactory(report=report, done=True)
    sent = {"version": 1, "status": "done", "message": "Hersteld."}
    page = handler_client.post(url(report, "antwoord"), sent)
    assert (page.status_code, list(page.context["answer_form"].errors)) == (422, ["despite_tasks"])
    page = handler_client.post(url(report, "antwoord"), {**sent, "despite_tasks": "on"})
    assert (page.status_code, list(page.context["answer_form"].errors)) == (422, ["despite_reason"])
    assert not Note.objects.exists()
    reason = {"despite_tasks": "on", "despite_reason": "De paal komt later."}
    assert handler_client.post(url(report, "antwoord"), {**sent, **reason}).status_code == 302
    assert "De paal komt later." in Note.objects.get().text
    assert Report.objects.get(pk=report.pk).status == "done"


def test_other_answers_do_not_wait(handler: Any, report: Any) -> None:
    SubtaskFactory(report=report)
    answering.answer(report=report, by=handler, version=1, status="not_done", message="Wij doen dit niet.")
    assert Answer.objects.count() == 1


# -- Whose turn it is


def test_the_queue_shows_what_has_a_task_for_me_or_my_team(
    handler_client: Any, handler: Any, schouw: Any, category: Any
) -> None:
    own, of_team, done, of_other, nobody = ReportFactory.create_batch(5, schouw=schouw, category=category)
    team = TeamFactory()
    team.members.add(handler)
    SubtaskFactory.create_batch(2, report=own, owner=handler)
    SubtaskFactory(report=of_team, team=team)
    SubtaskFactory(report=done, owner=handler, done=True)
    SubtaskFactory(report=of_other, team=TeamFactory())
    SubtaskFactory(report=nobody)
    assert set(queue.reports(asked=QueueFilter(tasks=True), user=handler)) == {own, of_team}
    page = handler_client.get("/polderwijk/werk/meldingen/?tasks=on")
    assert {row.report for row in page.context["rows"]} == {own, of_team}
    figure = next(figure for figure in page.context["figures"] if "tasks=on" in figure.url)
    assert figure.value == 2


def test_tasks_are_handed_over_when_an_official_stops(handler: Any, coordinator: Any, report: Any) -> None:
    SubtaskFactory(report=report, owner=handler)
    SubtaskFactory(report=report, owner=handler, done=True)
    (work,) = subtasks.WORK
    assert work.count(handler) == 1
    work.hand_over(handler, to=coordinator, by=coordinator)
    assert (work.count(handler), work.count(coordinator)) == (0, 1)


def test_the_figure_of_tasks_is_in_the_singular_for_one(
    handler_client: Any, handler: Any, schouw: Any, category: Any, report: Any
) -> None:
    def shown() -> tuple[str, str]:
        figures = handler_client.get("/polderwijk/werk/meldingen/").context["figures"]
        return next((str(each.label), str(each.note)) for each in figures if "tasks=on" in each.url)

    SubtaskFactory(report=report, owner=handler)
    assert shown() == ("Task for you", "report with a task of you or your team")
    SubtaskFactory(report=ReportFactory(schouw=schouw, category=category), owner=handler)
    assert shown() == ("Tasks for you", "reports with a task of you or your team")
