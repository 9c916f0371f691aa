"""The chain of a report: what is promised and done, and that a broken promise is never hidden."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from buurtschouw.domain import answering, following
from buurtschouw.domain.chain import chain_of, chains_of
from buurtschouw.models import Report
from tests.factories.buurtschouw import ReportFactory
from trajecten.domain.chain import short_day
from trajecten.domain.promises import moving
from trajecten.models import Commitment

pytestmark = pytest.mark.usefixtures("english")


def states(report):
    report.refresh_from_db()
    return [link.state for link in chain_of(report)]


@pytest.fixture
def answer(report, handler):
    def answered(status, **fields):
        report.refresh_from_db()
        return answering.answer(
            report=report,
            by=handler,
            version=report.version,
            status=status,
            message="Wij doen dit.",
            **fields,
        )

    return answered


def in_days(days):
    return timezone.localdate() + timedelta(days=days)


def test_five_links_with_the_verdict_of_whoever_reads_it(report):
    labels = [link.label for link in chain_of(report)]
    assert labels == ["Said", "Promised", "Decided", "Done", "Your verdict"]
    assert chain_of(report, own=False)[-1].label == "Verdict"


def test_a_new_report_waits_for_an_answer_by_its_term(report):
    assert states(report) == ["done", "todo", "skipped", "todo", "todo"]
    promised = chain_of(report)[1]
    assert (promised.detail, promised.state_label) == (f"answer by {short_day(report.due_on)}", "")


def test_a_term_that_passed_is_a_broken_promise(schouw):
    late = ReportFactory(schouw=schouw, overdue=True)
    assert states(late)[1] == "broken"
    assert chain_of(late)[1].detail == f"answer was due by {short_day(late.due_on)}"


def test_a_planned_report_is_promised(report, answer):
    answer("planned", planned_for=in_days(4))
    assert states(report) == ["done", "done", "skipped", "todo", "todo"]


def test_a_promise_whose_day_passed_is_broken(report, answer):
    answer("planned", planned_for=in_days(4))
    Commitment.objects.update(deadline=in_days(-1))
    assert states(report)[1] == "broken"


def test_work_in_progress_is_now(report, answer):
    answer("in_progress")
    assert states(report)[3] == "now"


@pytest.mark.parametrize("status", ["done", "partly"])
def test_a_promise_that_is_called_done_is_so_while_its_report_is_open(report, answer, handler, status):
    answer("planned", planned_for=in_days(4))
    moving.move(commitment=Commitment.objects.get(), status=status, by=handler)
    report.refresh_from_db()
    done = chain_of(report)[3]
    assert report.is_open
    assert (done.state, done.detail) == (
        "done",
        "partly" if status == "partly" else short_day(timezone.localdate()),
    )


def test_what_is_done_asks_for_a_verdict(report, answer):
    answer("planned", planned_for=in_days(4))
    answer("done")
    assert states(report) == ["done", "done", "skipped", "done", "now"]
    following.judge(report=report, value="yes")
    assert states(report)[4] == "done"


def test_a_no_is_red_until_the_next_closing(report, answer):
    answer("done")
    following.judge(report=report, value="no")
    assert states(report) == ["done", "todo", "skipped", "todo", "broken"]
    answer("done")
    assert states(report)[4] == "now"


def test_what_came_back_has_one_date_until_it_is_answered(report, answer):
    answer("planned", planned_for=in_days(2))
    answer("done")
    following.judge(report=report, value="no")
    report.refresh_from_db()
    promised = chain_of(report)[1]
    assert report.due_on > in_days(2)
    assert (promised.state, promised.detail) == ("todo", f"answer by {short_day(report.due_on)}")
    answer("in_progress")
    assert chain_of(Report.objects.get(pk=report.pk))[1].detail == f"by {short_day(in_days(2))}"


def test_a_promise_that_is_not_done_is_broken_and_a_refusal_is_not(report, answer, schouw, handler):
    refused = ReportFactory(schouw=schouw)
    answering.answer(report=refused, by=handler, version=1, status="not_done", message="Niet van ons.")
    assert states(refused) == ["done", "skipped", "skipped", "skipped", "now"]
    answer("planned", planned_for=in_days(4))
    answer("not_done")
    assert states(report) == ["done", "broken", "skipped", "broken", "now"]


def test_a_forwarded_report_is_not_done_by_us(report, answer):
    answer("forwarded", forwarded_to="Waterschap")
    assert states(report)[3] == "skipped"


def test_a_verdict_that_others_wait_for_is_not_their_turn(report, answer):
    answer("done")
    report.refresh_from_db()
    asked = chain_of(report, own=False)[-1]
    assert (asked.state, asked.detail, asked.state_label) == ("todo", "the reporter has yet to say", "")


def test_states_have_words_of_their_own(report, answer):
    answer("planned", planned_for=in_days(4))
    report.refresh_from_db()
    said, promised, *_ = chain_of(report)
    assert (said.state_label, promised.state_label) == ("complete", "pledged")
    answer("done")
    following.judge(report=report, value="no")
    report.refresh_from_db()
    verdict = chain_of(report)[-1]
    assert (verdict.state_label, verdict.detail) == ("", "last time: not solved")


def test_many_chains_take_as_many_statements_as_one(schouw):
    reports = [ReportFactory(schouw=schouw) for _ in range(5)]
    chains_of(reports[:1])
    with CaptureQueriesContext(connection) as one:
        chains_of(reports[:1])
    with CaptureQueriesContext(connection) as five:
        assert len(chains_of(reports)) == 5
    assert len(one) == len(five) == 3
