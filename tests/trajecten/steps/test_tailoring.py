"""Made to measure: optional steps that are skipped or left out, planned days, and what is late."""

import threading
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from django_scopes import scope

from tests.factories.core import StepRecordFactory, TrajectoryFactory
from trajecten import registry
from trajecten.domain import steps
from trajecten.domain.steps import PlanRefused, StepRefused, tailoring
from trajecten.domain.steps.tailoring import PlannedStep
from trajecten.enums import StepEvent, TrajectoryStatus
from trajecten.models import Activity, StepRecord, Trajectory

pytestmark = pytest.mark.usefixtures("english")

TODAY = timezone.localdate


@pytest.fixture
def agreed(in_scope: Any) -> Any:
    return TrajectoryFactory(method_key="visie", status=TrajectoryStatus.AGREED)


@pytest.fixture
def running(agreed: Any, coordinator: Any) -> Any:
    """A vision of which the culture is being measured, the second step, which is optional."""
    started = steps.start(trajectory=agreed, by=coordinator)
    return steps.close(trajectory=started, step="exploring", by=coordinator)


def plan(trajectory: Any, by: Any, **ends: date | None) -> Any:
    planned = [PlannedStep(step, ends_on=day) for step, day in ends.items()]
    return steps.plan(trajectory=trajectory, by=by, steps=planned)


# -- Skipping -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("reason", ["", " De meting van vorig jaar volstaat. "])
def test_an_optional_step_is_skipped_and_the_next_one_opens(
    running: Any, coordinator: Any, reason: str
) -> None:
    skipped = steps.skip(trajectory=running, step="scan", by=coordinator, reason=reason)
    assert skipped.current_step == "dialogue"
    record = StepRecord.objects.get(event=StepEvent.SKIPPED)
    assert (record.step, record.by, record.reason) == ("scan", coordinator, reason.strip())
    assert [tracked.state for tracked in steps.track(trajectory=skipped)][:3] == ["done", "skipped", "now"]
    assert Activity.objects.filter(verb="step_skipped", details={"step": "scan"}).exists()


@pytest.mark.parametrize("step", ["exploring", "scan", "unheard-of"])
def test_what_belongs_to_the_method_or_is_not_open_is_not_skipped(
    agreed: Any, coordinator: Any, step: str
) -> None:
    started = steps.start(trajectory=agreed, by=coordinator)
    with pytest.raises(StepRefused):
        steps.skip(trajectory=started, step=step, by=coordinator)
    assert Trajectory.objects.get(pk=agreed.pk).current_step == "exploring"


def test_what_was_skipped_can_be_opened_after_all(running: Any, coordinator: Any) -> None:
    skipped = steps.skip(trajectory=running, step="scan", by=coordinator)
    opened = steps.reopen(trajectory=skipped, step="scan", by=coordinator, reason="De raad vraagt erom.")
    assert opened.current_step == "scan"
    assert [tracked.state for tracked in steps.track(trajectory=opened)][:3] == ["done", "now", "todo"]


# -- Leaving out ----------------------------------------------------------------------------------------------


def test_a_step_that_is_left_out_is_passed_over(agreed: Any, coordinator: Any) -> None:
    steps.plan(
        trajectory=agreed,
        by=coordinator,
        steps=[PlannedStep("scan", on=False), PlannedStep("dialogue", on=False)],
    )
    started = steps.start(trajectory=agreed, by=coordinator)
    closed = steps.close(trajectory=started, step="exploring", by=coordinator)
    assert closed.current_step == "ambition"
    assert "scan" not in [tracked.step.key for tracked in steps.track(trajectory=closed)]
    with pytest.raises(StepRefused):
        steps.reopen(trajectory=closed, step="scan", by=coordinator, reason="Toch maar wel.")


@pytest.mark.parametrize(
    ("step", "why"), [("evaluation", "belongs to the method"), ("scan", "opened or passed already")]
)
def test_what_can_not_be_left_out_says_why(running: Any, coordinator: Any, step: str, why: str) -> None:
    with pytest.raises(PlanRefused) as refused:
        steps.plan(trajectory=running, by=coordinator, steps=[PlannedStep(step, on=False)])
    ((fault),) = refused.value.faults
    assert (fault.step, fault.field) == (step, "on")
    assert why in fault.message
    assert Trajectory.objects.get(pk=running.pk).tailoring == {}


# -- Planned days ---------------------------------------------------------------------------------------------


def test_planned_days_and_words_are_kept_and_the_trajectory_spans_them(agreed: Any, coordinator: Any) -> None:
    own = PlannedStep(
        "scan", starts_on=date(2027, 1, 4), ends_on=date(2027, 2, 1), text="Met de jongerenraad."
    )
    kept = steps.plan(
        trajectory=agreed, by=coordinator, steps=[own, PlannedStep("evaluation", ends_on=date(2027, 6, 1))]
    )
    again = tailoring.of(Trajectory.objects.get(pk=kept.pk))
    assert again.of("scan") == own
    assert (kept.starts_on, kept.ends_on) == (date(2027, 1, 4), date(2027, 6, 1))


def test_the_same_planning_again_changes_nothing(agreed: Any, coordinator: Any) -> None:
    plan(agreed, coordinator, scan=date(2027, 2, 1))
    plan(agreed, coordinator, scan=date(2027, 2, 1))
    assert Activity.objects.filter(verb="steps_planned").count() == 1


def test_the_planned_end_of_the_open_step_goes_along(running: Any, coordinator: Any) -> None:
    day = date(2027, 2, 1)
    assert plan(running, coordinator, scan=day, dialogue=day + timedelta(3)).step_due_on == day
    closed = steps.close(trajectory=running, step="scan", by=coordinator)
    assert closed.step_due_on == day + timedelta(3)
    assert steps.close(trajectory=closed, step="dialogue", by=coordinator).step_due_on is None


@pytest.mark.parametrize("day", [date(1, 1, 1), date(9999, 12, 31)])
def test_a_day_of_another_age_was_mistyped(agreed: Any, coordinator: Any, day: date) -> None:
    with pytest.raises(PlanRefused) as refused:
        steps.plan(trajectory=agreed, by=coordinator, steps=[PlannedStep("scan", starts_on=day)])
    assert [(fault.step, fault.field) for fault in refused.value.faults] == [("scan", "starts_on")]


def test_days_follow_the_order_of_the_steps(agreed: Any, coordinator: Any) -> None:
    day = date(2027, 2, 1)
    wrong = [
        PlannedStep("exploring", starts_on=day, ends_on=day + timedelta(9)),
        PlannedStep("scan", starts_on=day - timedelta(1), ends_on=day + timedelta(8)),
        PlannedStep("dialogue", starts_on=day + timedelta(20), ends_on=day + timedelta(19)),
    ]
    with pytest.raises(PlanRefused) as refused:
        steps.plan(trajectory=agreed, by=coordinator, steps=wrong)
    assert [(fault.step, fault.field) for fault in refused.value.faults] == [
        ("scan", "ends_on"),
        ("scan", "starts_on"),
        ("dialogue", "ends_on"),
    ]


def test_what_is_over_is_not_planned_any_more(agreed: Any, coordinator: Any) -> None:
    Trajectory.objects.update(status=TrajectoryStatus.EVALUATED)
    with pytest.raises(PlanRefused, match="over"):
        plan(agreed, coordinator, scan=TODAY())


def test_a_step_of_another_method_is_unknown(agreed: Any, coordinator: Any) -> None:
    with pytest.raises(KeyError):
        plan(agreed, coordinator, walk=TODAY())


@pytest.mark.parametrize("key", ["buurtschouw", "budget", "stuur", "visie", "youth"])
def test_suggested_days_follow_each_other(key: str) -> None:
    method, begins_on = registry.method(key), date(2027, 1, 4)
    planned = tailoring.suggested(method=method, begins_on=begins_on)
    assert [own.key for own in planned] == [step.key for step in method.steps]
    for own, step in zip(planned, method.steps, strict=True):
        assert own.starts_on == begins_on
        assert (own.ends_on - own.starts_on).days == step.typical_days - 1
        begins_on = own.ends_on + timedelta(1)


def test_days_late_are_told_of_what_is_open_and_of_what_was_closed_late(
    agreed: Any, coordinator: Any
) -> None:
    plan(agreed, coordinator, exploring=TODAY() - timedelta(9), scan=TODAY() - timedelta(2))
    started = steps.start(trajectory=agreed, by=coordinator)
    closed = steps.close(trajectory=started, step="exploring", by=coordinator)
    assert [tracked.days_late for tracked in steps.track(trajectory=closed)][:3] == [9, 2, 0]
    skipped = steps.skip(trajectory=closed, step="scan", by=coordinator)
    assert [tracked.days_late for tracked in steps.track(trajectory=skipped)][:3] == [9, 0, 0]


# -- At once --------------------------------------------------------------------------------------------------


def at_once(municipality: Any, *acts: Callable[[], object]) -> list[str]:
    """Each in a transaction and thread of its own, let go at the same moment; what came of them."""
    together, came = threading.Barrier(len(acts)), []

    def run(act: Callable[[], object]) -> None:
        try:
            together.wait(timeout=10)
            with scope(municipality=municipality):
                act()
            came.append("done")
        except (StepRefused, PlanRefused):
            came.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return sorted(came)


@pytest.mark.django_db(transaction=True)
def test_closing_and_skipping_at_once_leaves_the_step_once(
    running: Any, coordinator: Any, adviser: Any, municipality: Any
) -> None:
    def close() -> None:
        steps.close(trajectory=running, step="scan", by=coordinator)

    def skip() -> None:
        steps.skip(trajectory=running, step="scan", by=adviser)

    assert at_once(municipality, close, skip, close, skip) == ["done", "refused", "refused", "refused"]
    left = StepRecord.objects.filter(step="scan").exclude(event=StepEvent.OPENED)
    assert left.count() == 1
    assert Trajectory.objects.get(pk=running.pk).current_step == "dialogue"


@pytest.mark.django_db(transaction=True)
def test_planning_while_a_step_is_closed_keeps_both(
    running: Any, coordinator: Any, municipality: Any
) -> None:
    day = date(2027, 2, 1)
    done = at_once(
        municipality,
        lambda: steps.close(trajectory=running, step="scan", by=coordinator),
        lambda: plan(running, coordinator, scan=day, dialogue=day + timedelta(5)),
    )
    assert done == ["done", "done"]
    now = Trajectory.objects.get(pk=running.pk)
    assert (now.current_step, now.step_due_on) == ("dialogue", day + timedelta(5))


def test_history_is_newest_first_with_who_did_it(running: Any, coordinator: Any) -> None:
    StepRecordFactory()  # of another trajectory
    told = [(record.step, record.event, record.by) for record in steps.history(trajectory=running)]
    assert told == [
        ("scan", "opened", coordinator),
        ("exploring", "closed", coordinator),
        ("exploring", "opened", coordinator),
    ]
