"""On track, late or stalled, and why; for many trajectories in as many statements as for one."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_scopes import scopes_disabled

from tests.factories.buurtschouw import ReportFactory, SchouwFactory
from tests.factories.core import (
    CommitmentFactory,
    MunicipalityFactory,
    ParticipantFactory,
    TrajectoryFactory,
    UserFactory,
)
from trajecten.domain import lookups, steps
from trajecten.domain.dashboards import trajectory_health
from trajecten.domain.dashboards.trajectory_health import STALLED_AFTER
from trajecten.domain.meetings import planning
from trajecten.domain.promises import moving
from trajecten.domain.steps import PlannedStep
from trajecten.domain.telling import following
from trajecten.enums import CommitmentStatus, HealthState, TrajectoryStatus
from trajecten.models import Trajectory

pytestmark = pytest.mark.usefixtures("english", "in_scope")


def running(**fields: Any) -> Any:
    fields = {"method_key": "visie", "current_step": "scan", **fields}
    return TrajectoryFactory(**fields)


def health(trajectory: Any) -> Any:
    return trajectory_health.of([Trajectory.objects.get(pk=trajectory.pk)])[trajectory.pk]


def in_days(days: int) -> Any:
    return timezone.localdate() + timedelta(days=days)


def later(delta: timedelta = STALLED_AFTER) -> Any:
    return time_machine.travel(timezone.now() + delta, tick=False)


@pytest.mark.parametrize(("days", "state"), [(-1, "late"), (0, "on_track"), (1, "on_track")])
def test_a_step_is_late_from_the_day_after_its_planned_end(days: int, state: str) -> None:
    trajectory = running(step_due_on=in_days(days))
    assert health(trajectory).state == state
    assert trajectory_health.in_trouble() == ([trajectory.pk] if state == "late" else [])


@pytest.mark.parametrize(("days", "state"), [(-1, "late"), (0, "on_track")])
def test_what_was_agreed_is_late_when_it_did_not_begin(days: int, state: str) -> None:
    trajectory = TrajectoryFactory(status=TrajectoryStatus.AGREED, starts_on=in_days(days))
    assert health(trajectory).state == state
    assert len(trajectory_health.in_trouble()) == (state == "late")


def test_why_it_is_late_names_the_step_and_the_day() -> None:
    with time_machine.travel("2026-05-05 12:00"):
        trajectory = running(step_due_on=in_days(-2))
        assert health(trajectory).reasons == ("“Measure the culture” was to be ready on 3 May 2026.",)


def test_without_dates_it_is_on_track() -> None:
    found = health(running())
    assert (found.state, found.reasons) == (HealthState.ON_TRACK, ())


def test_where_nothing_happens_it_is_stalled_from_the_thirtieth_day() -> None:
    trajectory = running()
    with later(STALLED_AFTER - timedelta(minutes=1)):
        assert health(trajectory).state == HealthState.ON_TRACK
    with later():
        found = health(trajectory)
    assert (found.state, found.reasons) == (HealthState.STALLED, ("Nothing has happened for 30 days.",))


def test_stalled_goes_before_late_and_both_are_told() -> None:
    trajectory = running(step_due_on=in_days(2))
    with later():
        found = health(trajectory)
    assert (found.state, len(found.reasons)) == (HealthState.STALLED, 2)


@pytest.mark.parametrize("status", [TrajectoryStatus.EVALUATED, TrajectoryStatus.ARCHIVED])
def test_what_does_not_run_is_neither(status: str) -> None:
    trajectory = TrajectoryFactory(status=status, starts_on=in_days(-9), step_due_on=None)
    with later():
        assert health(trajectory).state == HealthState.ON_TRACK


def test_a_contribution_a_promise_and_the_end_of_one_are_signs_of_life(coordinator: Any) -> None:
    schouw = SchouwFactory()
    with later(timedelta(days=20)):
        ReportFactory(schouw=schouw)
    with later(timedelta(days=45)):
        assert health(schouw.trajectory).state == HealthState.ON_TRACK
        promise = CommitmentFactory(trajectory=schouw.trajectory)
    with later(timedelta(days=70)):
        assert health(schouw.trajectory).state == HealthState.ON_TRACK
    with later(timedelta(days=80)):
        assert health(schouw.trajectory).state == HealthState.STALLED
        moving.move(commitment=promise, status=CommitmentStatus.DONE, by=coordinator)
        assert health(schouw.trajectory).state == HealthState.ON_TRACK


def test_following_and_taking_a_list_along_are_no_signs_of_life(sign_in: Any, coordinator: Any) -> None:
    trajectory = running()
    with later():
        following.follow(participant=ParticipantFactory(), target=trajectory)
        url = f"/polderwijk/werk/trajecten/{trajectory.pk}/deelnemers.csv"
        assert b"Name" in b"".join(sign_in(coordinator).get(url))
        lookups.record(target=trajectory, by=UserFactory())
        assert health(trajectory).state == HealthState.STALLED


def test_planning_is_a_sign_of_life(coordinator: Any) -> None:
    trajectory = running()
    with later():
        assert health(trajectory).state == HealthState.STALLED
        steps.plan(trajectory=trajectory, by=coordinator, steps=[PlannedStep("scan", text="Anders.")])
        assert health(trajectory).state == HealthState.ON_TRACK


def test_a_turn_of_a_promise_is_a_sign_of_life(coordinator: Any) -> None:
    promise = CommitmentFactory(trajectory=running())
    with later():
        assert health(promise.trajectory).state == HealthState.STALLED
        moving.update(commitment=promise, by=coordinator, words="De bank is besteld.")
        assert health(promise.trajectory).state == HealthState.ON_TRACK


def test_a_meeting_that_is_planned_or_changed_is_a_sign_of_life(coordinator: Any) -> None:
    trajectory = running()
    begin = timezone.now() + timedelta(days=200)
    plan = planning.Plan("Dialoog", begin, begin + timedelta(hours=2), place="Buurthuis De Linde")
    with later():
        meeting = planning.plan(trajectory=trajectory, plan=plan, by=coordinator)
        assert health(trajectory).state == HealthState.ON_TRACK
    with later(STALLED_AFTER * 2):
        assert health(trajectory).state == HealthState.STALLED
        planning.change(meeting=meeting, plan=replace(plan, agenda="Kennismaken"), by=coordinator)
        assert health(trajectory).state == HealthState.ON_TRACK


def test_many_cost_as_many_statements_as_one_also_over_municipalities(
    django_assert_num_queries: Any,
) -> None:
    duinstad = MunicipalityFactory(other=True)
    for _ in range(15):
        running()
        running(municipality=duinstad)
    with scopes_disabled():
        one, many = list(Trajectory.objects.all()[:1]), list(Trajectory.objects.all())
        trajectory_health.of(one)  # content types are remembered
        with CaptureQueriesContext(connection) as asked:
            trajectory_health.of(one)
        with django_assert_num_queries(len(asked)):
            assert len(trajectory_health.of(many)) == 30
