"""Promises, with a report as what they answer."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from buurtschouw.domain import answering
from tests.factories.buurtschouw import ReportFactory
from tests.factories.core import CommitmentFactory, CommitmentOriginFactory
from trajecten.domain.promises import finding, making, moving
from trajecten.enums import CommitmentStatus
from trajecten.models import Activity, Commitment, CommitmentOrigin
from trajecten.transitions import TransitionRefused

TODAY = timezone.localdate()


@pytest.fixture
def promise(report: Any, handler: Any) -> Any:
    def promise(days: int = 7, **changes: Any) -> Commitment:
        given = {"text": "Wij leggen de tegels recht.", "owner": handler, "by": handler, **changes}
        return making.promise(contribution=report, deadline=TODAY + timedelta(days=days), **given)

    return promise


def test_a_promise_knows_what_it_answers_by_when_and_whose_it_is(
    promise: Any, report: Any, handler: Any
) -> None:
    made = promise()
    assert list(finding.of(report)) == [made]
    assert (made.trajectory, made.owner, made.status) == (report.trajectory, handler, "promised")
    assert made.deadline == TODAY + timedelta(days=7)
    logged = Activity.objects.get(verb="promised")
    assert (logged.target, logged.actor_user, logged.is_public) == (made, handler, True)
    assert logged.details == {"deadline": made.deadline.isoformat()}


def test_while_one_stands_another_date_changes_it(promise: Any, report: Any, coordinator: Any) -> None:
    first = promise()
    again = promise(14, text="Het wordt later.", owner=coordinator)
    assert again.pk == first.pk
    kept = finding.of(report).get()
    assert (kept.text, kept.owner, kept.deadline) == (
        "Het wordt later.",
        coordinator,
        TODAY + timedelta(days=14),
    )
    changed = Activity.objects.get(verb="promise_changed")
    assert changed.details == {
        "from": (TODAY + timedelta(days=7)).isoformat(),
        "deadline": (TODAY + timedelta(days=14)).isoformat(),
    }
    assert CommitmentOrigin.objects.count() == 1


def test_a_date_that_has_passed_stays_as_a_promise_that_was_not_kept(promise: Any, report: Any) -> None:
    late = promise(-1)
    again = promise(14, text="Het wordt later.")
    late.refresh_from_db()
    assert list(finding.of(report)) == [again, late]
    assert (late.status, late.deadline, late.text) == (
        CommitmentStatus.BROKEN,
        TODAY - timedelta(days=1),
        "Wij leggen de tegels recht.",
    )
    assert (again.status, again.deadline) == (CommitmentStatus.PROMISED, TODAY + timedelta(days=14))


def test_a_promise_for_today_is_not_late_yet(promise: Any) -> None:
    assert promise(0).pk == promise(14).pk


def test_only_what_was_called_done_is_taken_up_again(report: Any, promise: Any, handler: Any) -> None:
    broken = promise()
    moving.move(commitment=broken, status="broken", by=handler, reason="Te duur.")
    done = promise()
    moving.move(commitment=done, status="done", by=handler)
    moving.take_up_again(contribution=report, by=handler)
    assert list(finding.standing(report)) == [done]
    broken.refresh_from_db()
    assert broken.status == CommitmentStatus.BROKEN


@pytest.mark.parametrize("status", ["done", "partly", "broken", "withdrawn"])
def test_after_one_that_was_closed_a_new_one_is_made(
    promise: Any, report: Any, handler: Any, status: str
) -> None:
    first = promise()
    moving.move(commitment=first, status=status, by=handler, reason="Te duur.")
    second = promise()
    assert list(finding.of(report)) == [second, first]


def test_a_promise_on_another_report_is_left_alone(promise: Any, report: Any, category: Any) -> None:
    other = CommitmentOriginFactory(contribution=ReportFactory(schouw=report.schouw, category=category))
    promise()
    assert list(finding.of(other.contribution)) == [other.commitment]


@pytest.mark.parametrize("status", ["planned", "done", "not_done", "forwarded"])
def test_an_answer_leaves_alone_what_was_promised_to_others_too(
    report: Any, category: Any, handler: Any, status: str
) -> None:
    shared = making.promise_for(
        trajectory=report.trajectory,
        origins=[report, ReportFactory(schouw=report.schouw, category=category)],
        text="Voor jullie allemaal.",
        deadline=TODAY + timedelta(days=30),
        owner=handler,
        by=handler,
    )
    answering.answer(
        report=report,
        by=handler,
        status=status,
        message="Alleen voor u.",
        planned_for=TODAY + timedelta(days=9) if status == "planned" else None,
        forwarded_to="Het waterschap",
        version=report.version,
    )
    shared.refresh_from_db()
    assert (shared.text, shared.status, shared.version) == ("Voor jullie allemaal.", "promised", 1)
    own = finding.standing_on_it_alone(report).values_list("text", flat=True)
    assert list(own) == (["Alleen voor u."] if status == "planned" else [])


@pytest.mark.parametrize("status", ["done", "partly", "broken", "withdrawn"])
def test_closing_notes_when_and_who(in_scope: Any, handler: Any, status: str) -> None:
    moved = moving.move(commitment=CommitmentFactory(), status=status, by=handler, reason="Te duur.")
    assert moved.status == status
    assert moved.closed_at is not None
    logged = Activity.objects.get(verb=f"promise_{status}")
    assert (logged.target, logged.actor_user) == (moved, handler)


def test_a_kept_promise_that_is_taken_up_again_is_open(in_scope: Any) -> None:
    done = CommitmentFactory(status=CommitmentStatus.DONE, closed_at=timezone.now())
    assert moving.reopen(commitment=done, by=None).closed_at is None


def test_what_was_withdrawn_stays_so(in_scope: Any, handler: Any) -> None:
    withdrawn = CommitmentFactory(status=CommitmentStatus.WITHDRAWN, closed_at=timezone.now())
    with pytest.raises(TransitionRefused):
        moving.move(commitment=withdrawn, status="in_progress", by=handler)
    assert not Activity.objects.exists()


def test_the_table_is_asked_about_the_row_of_now(in_scope: Any, handler: Any) -> None:
    seen = CommitmentFactory()
    moving.move(commitment=seen, status="withdrawn", by=handler, reason="Anders opgelost.")
    with pytest.raises(TransitionRefused):
        moving.move(commitment=seen, status="done", by=handler)
