"""Whatever people do with a report, in whatever order: its log replays to what its row says now."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from buurtschouw.domain import answering, following
from buurtschouw.domain.chain import chain_of
from buurtschouw.domain.history import VERSION_VERBS, changes_since, history
from buurtschouw.enums import CLOSED, TRANSITIONS, ReportStatus
from buurtschouw.models import Answer, Report
from tests.factories.buurtschouw import ReportFactory
from trajecten.domain import activities, verdicts
from trajecten.enums import COMMITMENT_TRANSITIONS, VerdictValue
from trajecten.models import Activity, Commitment
from trajecten.transitions import TransitionRefused

pytestmark = pytest.mark.django_db

ACTS = st.lists(
    st.tuples(st.just("answer"), st.sampled_from(ReportStatus.values))
    | st.tuples(st.just("judge"), st.sampled_from(VerdictValue.values))
    | st.tuples(st.just("assign"), st.booleans()),
    max_size=9,
)


def act(report: Report, by: Any, kind: str, what: Any) -> None:
    """Do it when it may be done now, and nothing otherwise."""
    newest = Report.objects.get(pk=report.pk)
    try:
        if kind == "assign":
            answering.assign(report=newest, by=by, to=by if what else None)
        elif kind == "judge":
            following.judge(report=newest, value=what)
        else:
            answering.answer(
                report=newest,
                by=by,
                version=newest.version,
                status=what,
                message="Zo is het.",
                planned_for=timezone.localdate() + timedelta(days=3),
                forwarded_to="het waterschap",
            )
    except (TransitionRefused, following.VerdictRefused):
        return


def replayed(report: Report) -> list[str]:
    """Every status in the log of acts, the first one first."""
    states = ["new"]
    log = Activity.objects.filter(object_id=report.pk, verb__in=["answered", "reopened"]).order_by("id")
    for row in log:
        if row.verb == "answered":
            assert row.details["from"] == states[-1]
            assert row.details["to"] in TRANSITIONS[states[-1]]
        states.append(row.details["to"] if row.verb == "answered" else "acknowledged")
    return states


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_the_log_replays_to_the_row(schouw: Any, category: Any, handler: Any, acts: Any) -> None:
    report = ReportFactory(schouw=schouw, category=category)
    activities.record(verb="reported", target=report, by=report.author, is_public=True)
    for kind, what in acts:
        act(report, handler, kind, what)
    report.refresh_from_db()
    answers = list(Answer.objects.filter(report=report))
    log = Activity.objects.filter(object_id=report.pk, verb__in=VERSION_VERBS)
    assert replayed(report)[-1] == report.status
    assert report.round == sum(made.status in CLOSED for made in answers)
    assert (report.closed_at is not None) == (report.status in CLOSED)
    assert (report.first_answer_at is not None) == bool(answers)
    assert report.version == log.count()
    assert {event.kind for event in changes_since(report, report.version)} <= {"verdict"}
    assert [event.status for event in history(report) if event.kind == "answer"] == [
        made.status for made in answers
    ]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_one_verdict_a_round_one_open_promise_and_always_a_chain(
    schouw: Any, category: Any, handler: Any, acts: Any
) -> None:
    report = ReportFactory(schouw=schouw, category=category)
    for kind, what in acts:
        act(report, handler, kind, what)
    report.refresh_from_db()
    rounds = list(verdicts.of(report).values_list("round", flat=True))
    open_promises = [
        promise
        for promise in Commitment.objects.filter(origins__object_id=report.pk)
        if COMMITMENT_TRANSITIONS[promise.status] and promise.closed_at is None
    ]
    assert len(rounds) == len(set(rounds))
    assert all(1 <= number <= report.round for number in rounds)
    assert len(open_promises) <= 1
    assert not (report.status == "done" and open_promises)
    assert len(chain_of(report)) == 5
