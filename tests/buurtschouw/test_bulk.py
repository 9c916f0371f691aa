"""Several reports at once: what is shown is what happens, once, and somebody else's change in between is noticed."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from django.utils.formats import date_format
from django_scopes import scope

from buurtschouw.domain import answering, bulk
from buurtschouw.enums import BulkState, Outcome
from buurtschouw.models import Answer, Bulk, BulkItem, Report
from buurtschouw.tasks import finish_bulk, run_bulk
from tests.factories.buurtschouw import ReportFactory
from tests.factories.handling import AnswerTemplateFactory, SubtaskFactory
from trajecten.models import Activity, Notification

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english", "in_scope")]

NEW = "/polderwijk/werk/meldingen/tegelijk/"
QUEUE = "/polderwijk/werk/meldingen/"


@pytest.fixture
def reports(schouw: Any, category: Any) -> list[Report]:
    return ReportFactory.create_batch(3, schouw=schouw, category=category)


@pytest.fixture
def prepare(municipality: Any, handler: Any) -> Any:
    def prepared(reports: list[Report], action: str = "answer", **fields: Any) -> Bulk:
        given = {"status": "in_progress", "message": "Melding {nummer}: wij zijn bezig."}
        fields = {**(given if action == "answer" else {}), **fields}
        return bulk.prepare(municipality=municipality, by=handler, reports=reports, action=action, **fields)

    return prepared


def outcomes(made: Bulk) -> list[str]:
    return list(BulkItem.objects.filter(bulk=made).order_by("id").values_list("outcome", flat=True))


# -- Preparing


def test_preparing_shows_the_words_for_each_and_does_nothing(prepare: Any, reports: Any) -> None:
    made = prepare(reports)
    assert [item.message for item in made.items.all()] == [
        f"Melding {report.pk}: wij zijn bezig." for report in reports
    ]
    assert outcomes(made) == [Outcome.WAITING] * 3
    for model in (Answer, Notification, Activity):
        assert not model.objects.exists()
    assert set(Report.objects.values_list("status", "version")) == {("new", 1)}


def test_the_promised_day_is_shown_in_the_words_and_refused_where_none_is_promised(
    prepare: Any, reports: Any, handler_client: Any
) -> None:
    day = timezone.localdate() + timedelta(days=12)
    words = {"message": "Wij komen op {gepland}.", "planned_for": day}
    shown = f"Wij komen op {date_format(day, 'j F Y')}."
    assert {item.message for item in prepare(reports, status="planned", **words).items.all()} == {shown}
    numbers = [report.pk for report in reports]
    page = handler_client.post(NEW, {"action": "answer", "numbers": numbers, "status": "done", **words})
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["message"])


def test_what_can_t_be_is_said_with_the_reason(
    prepare: Any, reports: Any, schouw: Any, category: Any
) -> None:
    done = ReportFactory(schouw=schouw, category=category, done=True)
    SubtaskFactory(report=reports[0])
    silent = ReportFactory(schouw=schouw, category=category, anonymous=True)
    for action, chosen, says in (
        ({"status": "in_progress"}, done, "can't become"),
        ({"status": "done"}, reports[0], "not done yet"),
        ({"status": "waiting"}, silent, "left no address"),
        ({"message": "In de {straat}."}, reports[1], "{straat}"),
        ({"status": "planned"}, reports[1], "for which date"),
    ):
        item = prepare([chosen], **action).items.get()
        assert (item.outcome, says in item.reason) == (Outcome.REFUSED, True)


def test_an_act_that_says_too_little_is_refused(prepare: Any, reports: Any) -> None:
    for act, field in (
        ({"reports": []}, None),
        ({"reports": reports, "status": ""}, "status"),
        ({"reports": reports, "message": " "}, "message"),
        ({"reports": reports, "action": "merge"}, "kept"),
        ({"reports": reports[:1], "action": "merge"}, None),
    ):
        with pytest.raises(bulk.BulkRefused) as refused:
            prepare(**act)
        assert refused.value.field == field


# -- Doing


def test_confirming_does_it_once_and_pressing_again_nothing(prepare: Any, reports: Any, handler: Any) -> None:
    made = prepare(reports)
    for _press in range(2):
        assert bulk.confirm(bulk=made, by=handler)
    made.refresh_from_db()
    assert (made.state, outcomes(made)) == (BulkState.FINISHED, [Outcome.DONE] * 3)
    assert Answer.objects.count() == Notification.objects.count() == 3


def test_a_change_by_somebody_else_in_between_is_noticed_and_the_rest_goes_on(
    prepare: Any, reports: Any, handler: Any, coordinator: Any
) -> None:
    made = prepare(reports)
    answering.assign(report=reports[1], by=coordinator, to=coordinator)
    bulk.confirm(bulk=made, by=handler)
    assert outcomes(made) == [Outcome.DONE, Outcome.REFUSED, Outcome.DONE]
    assert "meanwhile" in made.items.get(report=reports[1]).reason


def test_only_who_prepared_it_confirms(
    prepare: Any, reports: Any, coordinator: Any, coordinator_client: Any
) -> None:
    made = prepare(reports)
    with pytest.raises(bulk.BulkRefused):
        bulk.confirm(bulk=made, by=coordinator)
    assert coordinator_client.get(f"{NEW}{made.pk}/").status_code == 404


@pytest.mark.parametrize("action", ["assign", "merge", "publish"])
def test_each_act_does_what_it_says(prepare: Any, reports: Any, handler: Any, action: str) -> None:
    fields = {"assign": {"to": handler}, "merge": {"kept": reports[2]}, "publish": {}}[action]
    bulk.confirm(bulk=prepare(reports, action, **fields), by=handler)
    found = [Report.objects.get(pk=report.pk) for report in reports]
    if action == "assign":
        assert {report.assigned_to for report in found} == {handler}
    elif action == "merge":
        assert [report.merged_into_id for report in found] == [reports[2].pk] * 2 + [None]
    else:
        assert all(report.is_public for report in found)


def test_many_are_left_to_a_job_and_one_that_died_is_made_up(
    prepare: Any, handler: Any, handler_client: Any, schouw: Any, category: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr("buurtschouw.views.bulk.run_bulk.delay", lambda number: None)
    many = ReportFactory.create_batch(bulk.AT_ONCE + 1, schouw=schouw, category=category)
    made = prepare(many)
    handler_client.post(f"{NEW}{made.pk}/")
    made.refresh_from_db()
    assert (made.state, set(outcomes(made))) == (BulkState.RUNNING, {Outcome.WAITING})
    assert f"0 of {len(many)} done." in handler_client.get(f"{NEW}{made.pk}/").content.decode()
    finish_bulk()
    assert set(outcomes(made)) == {Outcome.WAITING}
    Bulk.objects.update(confirmed_at=timezone.now() - timedelta(minutes=5))
    finish_bulk()
    assert set(outcomes(made)) == {Outcome.DONE}
    run_bulk(made.pk)
    assert Answer.objects.count() == len(many)
    assert f"Done for {len(many)} reports." in handler_client.get(f"{NEW}{made.pk}/").content.decode()


@pytest.mark.django_db(transaction=True)
def test_two_at_once_do_each_report_once(prepare: Any, reports: Any, handler: Any, municipality: Any) -> None:
    made, together_now = prepare(reports), Barrier(2)

    def press() -> None:
        try:
            with scope(municipality=municipality):
                together_now.wait()
                bulk.confirm(bulk=made, by=handler)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        for act in [pool.submit(press) for _ in range(2)]:
            act.result(timeout=30)
    assert (outcomes(made), Answer.objects.count()) == ([Outcome.DONE] * 3, 3)


# -- From the queue


def test_from_the_queue_by_ticks_to_the_result(handler_client: Any, reports: Any, handler: Any) -> None:
    assert f'value="{reports[0].pk}" form="choose"' in handler_client.get(QUEUE).content.decode()
    chosen = {"action": "answer", "numbers": [reports[0].pk, reports[1].pk]}
    assert len(handler_client.get(NEW, chosen).context["reports"]) == 2
    template = AnswerTemplateFactory(status="acknowledged")
    page = handler_client.post(NEW, {**chosen, "template": template.pk, "fill": "1", "message": "Dag."})
    assert page.context["form"]["message"].value() == f"Dag.\n\n{template.text}"
    empty = handler_client.post(NEW, chosen)
    assert (empty.status_code, set(empty.context["form"].errors)) == (422, {"status", "message"})
    sent = handler_client.post(NEW, {**chosen, "status": "acknowledged", "message": "Melding {nummer}."})
    made = Bulk.objects.get()
    assert sent.headers["Location"] == f"{NEW}{made.pk}/"
    page = handler_client.get(sent.headers["Location"]).content.decode()
    assert f"Melding {reports[0].pk}." in page
    handler_client.post(f"{NEW}{made.pk}/")
    assert Answer.objects.count() == 2


def test_what_is_shown_can_be_changed_without_typing_it_again(
    prepare: Any, reports: Any, handler_client: Any, coordinator_client: Any
) -> None:
    made, merging = prepare(reports), prepare(reports[:2], "merge", kept=reports[0])
    assert f'href="{NEW}?again={made.pk}"' in handler_client.get(f"{NEW}{made.pk}/").content.decode()
    page = handler_client.get(NEW, {"again": made.pk})
    assert [report.pk for report in page.context["reports"]] == [report.pk for report in reports]
    assert page.context["form"]["message"].value() == made.message
    assert page.context["form"]["status"].value() == "in_progress"
    page = handler_client.get(NEW, {"again": merging.pk})
    assert [report.pk for report in page.context["reports"]] == [report.pk for report in reports[:2]]
    for browser, number in ((coordinator_client, made.pk), (handler_client, "x"), (handler_client, "9" * 30)):
        assert browser.get(NEW, {"again": number}).status_code == 302


def test_all_of_a_filter_are_taken_up_to_the_most(
    handler_client: Any, reports: Any, monkeypatch: Any, schouw: Any, category: Any
) -> None:
    ReportFactory(schouw=schouw, category=category, done=True)
    asked = {"action": "publish", "all": "on", "status": "new"}
    assert handler_client.get(NEW, asked).context["reports"] == list(Report.objects.filter(status="new"))
    monkeypatch.setattr("buurtschouw.forms.bulk.MAX_BULK", 2)
    assert len(handler_client.get(NEW, asked).context["reports"]) == 2


@pytest.mark.parametrize(
    "asked", [{}, {"action": "answer"}, {"action": "answer", "numbers": "99999"}, {"action": "x"}]
)
def test_choosing_nothing_leads_back(handler_client: Any, reports: Any, asked: Any) -> None:
    assert handler_client.get(NEW, asked).headers["Location"] == QUEUE


def test_one_of_another_municipality_is_not_among_them(handler_client: Any, other_municipality: Any) -> None:
    with scope(municipality=other_municipality):
        other = ReportFactory(schouw__municipality=other_municipality)
    assert handler_client.get(NEW, {"action": "publish", "numbers": other.pk}).status_code == 302
