"""Opening and closing steps, with the buurtschouw as the method."""

import threading
from typing import Any

import pytest
from django.db import connection
from django_scopes import scope

from tests.factories.buurtschouw import ReportFactory, SchouwFactory
from tests.factories.core import TrajectoryFactory
from trajecten.domain import steps
from trajecten.domain.steps import StepRefused
from trajecten.enums import StepEvent, TrajectoryStatus
from trajecten.models import Activity, StepRecord, Trajectory
from trajecten.transitions import TransitionRefused

pytestmark = pytest.mark.usefixtures("english")

REASON = "De wandeling is in het buurthuis nagespeeld."


@pytest.fixture
def agreed(in_scope: Any) -> Any:
    return TrajectoryFactory(status=TrajectoryStatus.AGREED)


@pytest.fixture
def unfinished(in_scope: Any, coordinator: Any) -> Any:
    """A preparation without date, areas and themes."""
    return SchouwFactory(step="preparation", walk_at=None, categories=[]).trajectory


def records(trajectory: Any) -> list[tuple[str, str]]:
    return list(StepRecord.objects.filter(trajectory=trajectory).values_list("step", "event"))


def test_starting_opens_the_first_step(agreed: Any, coordinator: Any) -> None:
    started = steps.start(trajectory=agreed, by=coordinator)
    assert (started.status, started.current_step) == (TrajectoryStatus.RUNNING, "preparation")
    assert records(agreed) == [("preparation", StepEvent.OPENED)]


def test_what_runs_is_not_started_again(agreed: Any, coordinator: Any) -> None:
    steps.start(trajectory=agreed, by=coordinator)
    with pytest.raises(TransitionRefused):
        steps.start(trajectory=agreed, by=coordinator)
    assert len(records(agreed)) == 1


def test_what_came_to_its_end_is_not_started_again_but_opened_with_a_reason(
    in_scope: Any, coordinator: Any
) -> None:
    ended = steps.close(trajectory=SchouwFactory(step="feedback").trajectory, step="feedback", by=coordinator)
    before = records(ended)
    with pytest.raises(StepRefused, match="Open one of its steps again"):
        steps.start(trajectory=ended, by=coordinator)
    assert Trajectory.objects.get(pk=ended.pk).status == TrajectoryStatus.EVALUATED
    assert records(ended) == before


def test_closing_opens_the_next_and_says_who_did_it(schouw: Any, coordinator: Any) -> None:
    closed = steps.close(trajectory=schouw.trajectory, step="walk", by=coordinator)
    assert closed.open_step.key == "feedback"
    assert records(closed)[-2:] == [("walk", StepEvent.CLOSED), ("feedback", StepEvent.OPENED)]
    told = Activity.objects.order_by("-id").values_list("verb", "actor_user", "details")[:2]
    assert list(told) == [
        ("step_opened", coordinator.pk, {"step": "feedback"}),
        ("step_closed", coordinator.pk, {"step": "walk"}),
    ]


def test_a_shut_gate_refuses_with_every_reason_and_changes_nothing(unfinished: Any, coordinator: Any) -> None:
    before = records(unfinished)
    with pytest.raises(StepRefused) as refused:
        steps.close(trajectory=unfinished, step="preparation", by=coordinator, override_reason="  ")
    assert [reason.key for reason in refused.value.unmet] == ["date", "area", "themes"]
    assert records(unfinished) == before
    assert Trajectory.objects.get(pk=unfinished.pk).current_step == "preparation"


def test_with_a_reason_it_is_closed_and_the_reasons_stay_with_the_record(
    unfinished: Any, coordinator: Any
) -> None:
    steps.close(trajectory=unfinished, step="preparation", by=coordinator, override_reason=f" {REASON} ")
    record = StepRecord.objects.get(trajectory=unfinished, event=StepEvent.CLOSED)
    assert (record.by, record.reason, len(record.overridden)) == (coordinator, REASON, 3)


def test_a_reason_that_nothing_asked_for_is_not_kept(schouw: Any, coordinator: Any) -> None:
    steps.close(trajectory=schouw.trajectory, step="walk", by=coordinator, override_reason=REASON)
    record = StepRecord.objects.get(step="walk", event=StepEvent.CLOSED)
    assert (record.reason, record.overridden) == ("", [])


def test_a_step_that_is_not_open_is_not_closed(schouw: Any, coordinator: Any) -> None:
    before = records(schouw.trajectory)
    for step in ("preparation", "feedback", "unheard-of"):
        with pytest.raises(StepRefused):
            steps.close(trajectory=schouw.trajectory, step=step, by=coordinator, override_reason=REASON)
    assert records(schouw.trajectory) == before


def test_the_last_step_ends_the_trajectory(in_scope: Any, coordinator: Any) -> None:
    trajectory = SchouwFactory(step="feedback").trajectory
    ended = steps.close(trajectory=trajectory, step="feedback", by=coordinator)
    assert (ended.status, ended.open_step) == (TrajectoryStatus.EVALUATED, None)


def test_a_gate_looks_at_the_database_of_now(in_scope: Any, coordinator: Any) -> None:
    schouw = SchouwFactory(step="feedback")
    assert steps.unmet(trajectory=schouw.trajectory) == ()
    ReportFactory(schouw=schouw)
    assert [reason.key for reason in steps.unmet(trajectory=schouw.trajectory)] == ["answers"]


def test_opening_again_goes_back_with_the_reason(schouw: Any, coordinator: Any) -> None:
    opened = steps.reopen(trajectory=schouw.trajectory, step="preparation", by=coordinator, reason=REASON)
    assert opened.current_step == "preparation"
    record = StepRecord.objects.filter(trajectory=opened).last()
    assert (record.event, record.reason) == (StepEvent.REOPENED, REASON)


def test_opening_again_makes_what_was_over_run_again(in_scope: Any, coordinator: Any) -> None:
    trajectory = SchouwFactory(step="feedback").trajectory
    steps.close(trajectory=trajectory, step="feedback", by=coordinator)
    opened = steps.reopen(trajectory=trajectory, step="walk", by=coordinator, reason=REASON)
    assert (opened.status, opened.current_step) == (TrajectoryStatus.RUNNING, "walk")


@pytest.mark.parametrize(("step", "reason"), [("preparation", " "), ("feedback", REASON), ("walk", REASON)])
def test_opening_again_needs_a_reason_and_a_step_that_was_closed(
    schouw: Any, coordinator: Any, step: str, reason: str
) -> None:
    before = records(schouw.trajectory)
    with pytest.raises(StepRefused):
        steps.reopen(trajectory=schouw.trajectory, step=step, by=coordinator, reason=reason)
    assert records(schouw.trajectory) == before


@pytest.fixture
def back_at_preparation(in_scope: Any, coordinator: Any) -> Any:
    """From feedback back to the first step."""
    trajectory = SchouwFactory(step="feedback").trajectory
    return steps.reopen(trajectory=trajectory, step="preparation", by=coordinator, reason=REASON)


def test_the_step_that_is_left_is_closed_with_the_same_reason(back_at_preparation: Any) -> None:
    assert records(back_at_preparation)[-2:] == [
        ("feedback", StepEvent.CLOSED),
        ("preparation", StepEvent.REOPENED),
    ]
    left = StepRecord.objects.filter(trajectory=back_at_preparation, step="feedback").last()
    assert (left.reason, left.overridden) == (REASON, [])


@pytest.mark.parametrize("step", ["walk", "feedback"])
def test_a_later_step_is_not_opened_past_the_gates_before_it(
    back_at_preparation: Any, coordinator: Any, step: str
) -> None:
    with pytest.raises(StepRefused):
        steps.reopen(trajectory=back_at_preparation, step=step, by=coordinator, reason=REASON)
    assert Trajectory.objects.get(pk=back_at_preparation.pk).current_step == "preparation"


def test_steps_that_are_to_be_passed_again_are_still_to_come(back_at_preparation: Any) -> None:
    track = steps.track(trajectory=back_at_preparation)
    assert [(tracked.state, tracked.closed_at) for tracked in track] == [
        ("now", None),
        ("todo", None),
        ("todo", None),
    ]


def test_an_archived_trajectory_stays_archived(in_scope: Any, coordinator: Any) -> None:
    trajectory = SchouwFactory(step="feedback").trajectory
    steps.close(trajectory=trajectory, step="feedback", by=coordinator)
    Trajectory.objects.filter(pk=trajectory.pk).update(status=TrajectoryStatus.ARCHIVED)
    before = records(trajectory)
    with pytest.raises(TransitionRefused):
        steps.reopen(trajectory=trajectory, step="walk", by=coordinator, reason=REASON)
    assert records(trajectory) == before


def test_what_was_never_started_has_nothing_to_open_again(agreed: Any, coordinator: Any) -> None:
    with pytest.raises(StepRefused):
        steps.reopen(trajectory=agreed, step="preparation", by=coordinator, reason=REASON)


def test_the_track_tells_done_now_and_to_come_with_their_dates(schouw: Any) -> None:
    track = steps.track(trajectory=schouw.trajectory)
    assert [(tracked.number, tracked.step.key, tracked.state) for tracked in track] == [
        (1, "preparation", "done"),
        (2, "walk", "now"),
        (3, "feedback", "todo"),
    ]
    assert [tracked.closed_at is not None for tracked in track] == [True, False, False]
    assert [tracked.opened_at is not None for tracked in track] == [True, True, False]


def test_a_step_that_was_opened_again_has_no_closing_date(schouw: Any, coordinator: Any) -> None:
    opened = steps.reopen(trajectory=schouw.trajectory, step="preparation", by=coordinator, reason=REASON)
    track = steps.track(trajectory=opened)
    assert (track[0].state, track[0].closed_at) == ("now", None)


def test_only_the_open_step_says_what_it_still_needs(unfinished: Any) -> None:
    assert [len(tracked.unmet) for tracked in steps.track(trajectory=unfinished)] == [3, 0, 0]


@pytest.mark.django_db(transaction=True)
def test_two_who_open_a_step_again_at_once_open_it_once(
    schouw: Any, coordinator: Any, municipality: Any
) -> None:
    together = threading.Barrier(2)
    came: list[str] = []

    def reopen() -> None:
        try:
            together.wait(timeout=10)
            with scope(municipality=municipality):
                steps.reopen(trajectory=schouw.trajectory, step="preparation", by=coordinator, reason=REASON)
            came.append("opened")
        except StepRefused:
            came.append("refused")
        finally:
            connection.close()

    both = [threading.Thread(target=reopen) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join(timeout=20)
    assert sorted(came) == ["opened", "refused"]
    assert records(schouw.trajectory).count(("preparation", StepEvent.REOPENED)) == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_close_a_step_at_once_close_it_once(schouw: Any, coordinator: Any, municipality: Any) -> None:
    together = threading.Barrier(2)
    came: list[str] = []

    def close() -> None:
        try:
            together.wait(timeout=10)
            with scope(municipality=municipality):
                came.append(
                    steps.close(trajectory=schouw.trajectory, step="walk", by=coordinator).current_step
                )
        except StepRefused:
            came.append("refused")
        finally:
            connection.close()

    both = [threading.Thread(target=close) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join(timeout=20)
    assert sorted(came) == ["feedback", "refused"]
    assert records(schouw.trajectory).count(("walk", StepEvent.CLOSED)) == 1
