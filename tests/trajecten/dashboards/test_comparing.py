"""Trajectories of one method beside each other (trajecten/domain/dashboards/comparing.py)."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from django_scopes import scopes_disabled

from tests.factories.buurtschouw import ReportFactory, SchouwFactory
from tests.factories.core import CommitmentFactory, StepRecordFactory
from tests.factories.enrolment import EnrolmentFactory
from tests.factories.meetings import MeetingFactory
from trajecten.domain.dashboards import comparing
from trajecten.enums import CommitmentStatus, MeetingStatus, TrajectoryStatus

pytestmark = pytest.mark.usefixtures("english")


def compared(adviser: Any) -> list[comparing.Compared]:
    with scopes_disabled():
        return comparing.compared(adviser=adviser, method_key="buurtschouw")


def test_everything_of_a_trajectory_is_counted_and_nothing_of_another(
    schouw: Any, category: Any, adviser: Any, other_municipality: Any
) -> None:
    other = SchouwFactory(municipality=other_municipality, trajectory__adviser=adviser)
    mine = schouw.trajectory
    ReportFactory(schouw=schouw, category=category)
    EnrolmentFactory(trajectory=mine)
    EnrolmentFactory(trajectory=mine, left=True)
    MeetingFactory(trajectory=mine, past=True, status=MeetingStatus.HELD)
    MeetingFactory(trajectory=mine)
    for status in (CommitmentStatus.DONE, CommitmentStatus.PROMISED):
        CommitmentFactory(trajectory=mine, status=status)
    first, second = compared(adviser)
    assert (first.trajectory, second.trajectory) == (other.trajectory, mine)
    assert (second.members, second.meetings, second.said) == (1, 1, 1)
    assert second.promises == comparing.Promises(done=1, running=1)
    assert (first.members, first.meetings, first.said, first.promises) == (0, 0, 0, comparing.Promises())


def test_days_run_until_today_and_until_the_last_step_of_what_is_over(schouw: Any, adviser: Any) -> None:
    now = timezone.now()
    with time_machine.travel(now - timedelta(days=30), tick=False):
        StepRecordFactory(trajectory=schouw.trajectory)
    with time_machine.travel(now + timedelta(days=10), tick=False):
        assert [row.days for row in compared(adviser)] == [40]
        schouw.trajectory.status = TrajectoryStatus.EVALUATED
        schouw.trajectory.save()
        assert [row.days for row in compared(adviser)] == [30]


def test_another_adviser_s_trajectories_are_not_compared(schouw: Any, other_adviser: Any) -> None:
    assert compared(other_adviser) == []
    with scopes_disabled():
        assert comparing.methods_of(other_adviser) == []


def test_as_many_queries_for_one_trajectory_as_for_thirty(
    schouw: Any, adviser: Any, django_assert_num_queries: Any
) -> None:
    for count in (0, 29):
        for _n in range(count):
            SchouwFactory(trajectory__adviser=adviser)
        with django_assert_num_queries(6):
            compared(adviser)


def test_every_number_is_drawn_and_promises_as_shares(schouw: Any, adviser: Any) -> None:
    charts = comparing.charts(compared(adviser))
    assert [chart.key for chart in charts] == ["members", "said", "meetings", "days", "kept"]
    assert charts[-1].scale == "shares"
    assert comparing.charts([]) == []
