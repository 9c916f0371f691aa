"""The step engine as a whole: whatever several people do in whatever order, its promises hold."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from tests.factories.core import CommitmentFactory, TrajectoryFactory, UserFactory
from trajecten.domain import steps
from trajecten.domain.steps import PlanRefused, StepRefused, tailoring
from trajecten.domain.steps.tailoring import PlannedStep
from trajecten.enums import CommitmentStatus, StepEvent, TrajectoryStatus
from trajecten.models import Commitment, StepRecord, Trajectory
from trajecten.transitions import TransitionRefused

REASONS = st.sampled_from(["", "  ", "Wij weten genoeg."])
OPENING = {StepEvent.OPENED, StepEvent.REOPENED}
# What is behind comes before the open step, and that before what is still to come.
PLACE = {"done": 0, "skipped": 0, "now": 1, "todo": 2}


class Engine(RuleBasedStateMachine):
    """Several people at one trajectory, who do not all look at the page before they act.

    Its gates are a neighbourhood (budget, stuur), themes and programmes (budget), and promises that have ended
    (budget, visie, youth).
    """

    @initialize(method=st.sampled_from(["budget", "stuur", "visie", "youth", "buurtschouw"]))
    def agree(self, method: str) -> None:
        made = TrajectoryFactory(method_key=method, status=TrajectoryStatus.AGREED)
        if method == "buurtschouw":
            from tests.factories.buurtschouw import SchouwFactory

            SchouwFactory(trajectory=made, walk_at=None, categories=[])
        self.pk = made.pk
        self.people = [UserFactory() for _ in range(3)]
        self.seen: list[dict[str, Any]] = []

    @property
    def trajectory(self) -> Trajectory:
        return Trajectory.objects.get(pk=self.pk)

    def records(self) -> list[dict[str, Any]]:
        return list(StepRecord.objects.filter(trajectory=self.pk).values())

    def last_events(self) -> dict[str, str]:
        return {record["step"]: record["event"] for record in self.records()}

    def any_step(self, data: Any) -> str:
        """Mostly the one that is open, at times another, or one that was never heard of."""
        keys = [step.key for step in self.trajectory.method.steps]
        return data.draw(
            st.sampled_from([self.trajectory.current_step or keys[0]] * 6 + [*keys, "unheard-of"])
        )

    def anyone(self, data: Any) -> Any:
        return data.draw(st.sampled_from(self.people))

    @rule(data=st.data())
    def start(self, data: Any) -> None:
        was = self.trajectory.status
        try:
            steps.start(trajectory=self.trajectory, by=self.anyone(data))
            assert was == TrajectoryStatus.AGREED
        except (TransitionRefused, StepRefused):
            assert was != TrajectoryStatus.AGREED

    @rule(data=st.data(), reason=REASONS)
    def close(self, data: Any, reason: str) -> None:
        before, step, by = self.trajectory, self.any_step(data), self.anyone(data)
        missing = steps.unmet(trajectory=before)
        may = step == before.current_step and step != "" and (not missing or bool(reason.strip()))
        try:
            steps.close(trajectory=before, step=step, by=by, override_reason=reason)
            assert may
            closed = StepRecord.objects.filter(trajectory=self.pk, step=step, event=StepEvent.CLOSED).last()
            assert closed.overridden == [str(unmet) for unmet in missing]
            assert bool(closed.reason) == bool(missing)
            assert closed.by == by
        except StepRefused:
            assert not may

    @rule(data=st.data(), reason=REASONS)
    def skip(self, data: Any, reason: str) -> None:
        before, step = self.trajectory, self.any_step(data)
        may = step == before.current_step and step != "" and before.open_step.optional
        try:
            steps.skip(trajectory=before, step=step, by=self.anyone(data), reason=reason)
            assert may
        except StepRefused:
            assert not may

    @rule(data=st.data(), reason=REASONS)
    def reopen(self, data: Any, reason: str) -> None:
        before, step = self.trajectory, self.any_step(data)
        behind = {own.key for own in before.method.steps[: steps.reached(before)]}
        try:
            steps.reopen(trajectory=before, step=step, by=self.anyone(data), reason=reason)
            assert step in behind
            assert reason.strip()
            assert before.status != TrajectoryStatus.ARCHIVED
        except TransitionRefused:
            assert before.status == TrajectoryStatus.ARCHIVED
        except StepRefused:
            on = {own.key for own in tailoring.of(before).steps}
            assert step not in behind & on or not reason.strip()

    @rule(data=st.data())
    def archive(self, data: Any) -> None:
        before = self.trajectory
        # Seldom: nothing can follow on it.
        if not data.draw(st.sampled_from([True, False, False, False])):
            return
        try:
            steps.archive(trajectory=before, by=self.anyone(data))
            assert before.status == TrajectoryStatus.EVALUATED
        except TransitionRefused:
            assert before.status != TrajectoryStatus.EVALUATED

    @rule(data=st.data(), on=st.booleans(), days=st.none() | st.integers(-40, 40))
    def plan(self, data: Any, on: bool, days: int | None) -> None:
        before, step = self.trajectory, self.any_step(data)
        ends_on = None if days is None else timezone.localdate() + timedelta(days=days)
        try:
            steps.plan(
                trajectory=before, by=self.anyone(data), steps=[PlannedStep(step, on, None, ends_on, "")]
            )
        except (PlanRefused, KeyError):
            assert self.trajectory.tailoring == before.tailoring

    @rule()
    def promise(self) -> None:
        CommitmentFactory(trajectory=self.trajectory)

    @rule()
    def keep_promises(self) -> None:
        Commitment.objects.filter(trajectory=self.pk).update(status=CommitmentStatus.DONE)

    @invariant()
    def no_record_is_lost(self) -> None:
        now = self.records()
        assert now[: len(self.seen)] == self.seen
        self.seen = now

    @invariant()
    def never_are_two_steps_open(self) -> None:
        is_open: set[str] = set()
        for record in self.records():
            if record["event"] in OPENING:
                is_open.add(record["step"])
            else:
                is_open.remove(record["step"])
            assert len(is_open) <= 1
        current = self.trajectory.current_step
        assert is_open == ({current} if current else set())
        assert bool(current) == (self.trajectory.status == TrajectoryStatus.RUNNING)

    @invariant()
    def the_open_step_is_part_of_the_trajectory_and_has_its_planned_end(self) -> None:
        trajectory, own = self.trajectory, tailoring.of(self.trajectory)
        if trajectory.current_step:
            assert trajectory.open_step in own.steps
            assert trajectory.step_due_on == own.of(trajectory.current_step).ends_on
        else:
            assert trajectory.step_due_on is None

    @invariant()
    def the_track_tells_of_every_step_once(self) -> None:
        track, current = steps.track(trajectory=self.trajectory), self.trajectory.current_step
        assert tuple(tracked.step for tracked in track) == tailoring.of(self.trajectory).steps
        assert [tracked.step.key for tracked in track if tracked.state == "now"] == [current] * bool(current)
        places = [PLACE[tracked.state] for tracked in track]
        assert places == sorted(places)
        left = self.last_events()
        for tracked in track:
            if tracked.state == "skipped":
                assert left[tracked.step.key] == StepEvent.SKIPPED


def test_whatever_several_people_do_the_engine_keeps_its_promises(in_scope: Any) -> None:
    run_state_machine_as_test(
        Engine,
        settings=settings(
            max_examples=40,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
        ),
    )
