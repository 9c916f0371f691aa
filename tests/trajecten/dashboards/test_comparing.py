"""Trajectories of one method beside each other (trajecten/domain/dashboards/comparing.py)."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from django_scopes import scopes_disabled

from tests.factories.buurtschouw import ReportFactory, SchouwFactory
from tests.factories.core import AreaFactory, CommitmentFactory, StepRecordFactory, TrajectoryFactory
from tests.factories.enrolment import EnrolmentFactory
from tests.factories.meetings import MeetingFactory
from trajecten.domain.dashboards import comparing
from trajecten.domain.dashboards.promise_counts import Promises
from trajecten.enums import CommitmentStatus, MeetingStatus, TrajectoryStatus
from trajecten.models import Area

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
    assert second.promises == Promises(done=1, running=1)
    assert (first.members, first.meetings, first.said, first.promises) == (0, 0, 0, Promises())


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
        with django_assert_num_queries(8):
            compared(adviser)


def test_every_number_is_drawn_on_one_scale(schouw: Any, adviser: Any) -> None:
    charts = comparing.charts(compared(adviser))
    assert [chart.key for chart in charts] == ["members", "said", "meetings", "days", "kept"]
    assert comparing.charts([]) == []


def test_promises_of_a_small_town_are_drawn_smaller(
    schouw: Any, adviser: Any, other_municipality: Any
) -> None:
    small = SchouwFactory(municipality=other_municipality, trajectory__adviser=adviser).trajectory
    CommitmentFactory(trajectory=small, status=CommitmentStatus.DONE)
    yesterday = timezone.localdate() - timedelta(days=1)
    CommitmentFactory(trajectory=schouw.trajectory, deadline=yesterday)
    CommitmentFactory.create_batch(3, trajectory=schouw.trajectory, status=CommitmentStatus.DONE)
    kept = comparing.charts(compared(adviser))[-1]
    drawn = {
        row.label: (list(row.values), sum(part.width for part in parts or ()))
        for row, _, parts in kept.drawn()
    }
    assert drawn == {
        f"Duinstad: {small.title}": ([1, 0, 0, 0, 0, "100%"], 25),
        "Polderwijk: Schouw De Linde": ([3, 0, 0, 1, 0, "100%"], 100),
    }


def test_who_takes_part_is_compared_by_inhabitants(
    schouw: Any, adviser: Any, other_municipality: Any
) -> None:
    """Of the own areas of a trajectory, else of the whole municipality; of neither it is not known."""
    town = SchouwFactory(trajectory__adviser=adviser, trajectory__title="Overal").trajectory
    SchouwFactory(municipality=other_municipality, trajectory__adviser=adviser, trajectory__title="Elders")
    Area.objects.filter(code="WK990101").update(inhabitants=4000)
    Area.objects.filter(code="WK990102").update(inhabitants=2000)
    AreaFactory(buurt=True, code="BU99010100", inhabitants=900)
    schouw.trajectory.areas.set(Area.objects.filter(code="WK990102"))
    town.areas.clear()
    for trajectory in (schouw.trajectory, town):
        EnrolmentFactory.create_batch(3, trajectory=trajectory)
    shares = {row.trajectory.title: (row.inhabitants, row.per_1000(row.members)) for row in compared(adviser)}
    assert shares == {"Elders": (None, None), "Schouw De Linde": (2000, 1.5), "Overal": (6000, 0.5)}
    members = comparing.charts(compared(adviser))[0]
    assert [list(row.values) for row in members.rows] == [
        [0, "not known", "–"],
        [3, 6000, 0.5],
        [3, 2000, 1.5],
    ]


def test_the_page_opens_on_what_municipalities_share(
    schouw: Any, adviser: Any, sign_in: Any, other_municipality: Any
) -> None:
    TrajectoryFactory(vision=True, adviser=adviser)
    TrajectoryFactory(vision=True, adviser=adviser)
    SchouwFactory(municipality=other_municipality, trajectory__adviser=adviser)
    shown = sign_in(adviser).get("/advies/vergelijken/").context
    assert [row.trajectory.method_key for row in shown["rows"]] == ["buurtschouw", "buurtschouw"]
    with scopes_disabled():
        assert [method.key for method in comparing.methods_of(adviser)] == ["buurtschouw", "visie"]
