"""Reminders of meetings: caught up, never twice, none after the start, none to who said no."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from tests.factories.enrolment import EnrolmentFactory
from tests.factories.meetings import AttendanceFactory, MeetingFactory
from trajecten.domain.meetings import planning, reminding
from trajecten.models import Attendance, Meeting, Notification

START = datetime(2026, 3, 20, 19, 30, tzinfo=timezone.get_default_timezone())


@pytest.fixture
def meeting(in_scope: Any) -> Meeting:
    with time_machine.travel(START - timedelta(days=30), tick=False):
        made = MeetingFactory(starts_at=START)
        for name, answer in {"ja": "yes", "stil": "", "nee": "no"}.items():
            AttendanceFactory(meeting=made, answer=answer, participant__email=f"{name}@example.org")
        AttendanceFactory(meeting=made, participant__email=None)
    return made


def run_at(**before: int) -> int:
    with time_machine.travel(START - timedelta(**before), tick=False):
        return reminding.remind()


def told() -> list[str]:
    rows = Notification.objects.filter(key="trajecten.meeting_reminder").order_by("id")
    return [row.delivery_key.split(":")[2] for row in rows]


def test_a_week_and_a_day_before_and_never_twice(meeting: Meeting) -> None:
    assert [run_at(days=8), run_at(days=7), run_at(days=6), run_at(days=1), run_at(hours=2)] == [
        0,
        2,
        0,
        2,
        0,
    ]
    assert told() == ["week", "week", "day", "day"]


def test_a_missed_run_is_caught_up_by_the_latest_only(meeting: Meeting) -> None:
    assert run_at(hours=3) == 2
    assert told() == ["day", "day"]


@pytest.mark.parametrize("before", [{"seconds": 0}, {"hours": -1}])
def test_none_once_it_has_begun(meeting: Meeting, before: dict[str, int]) -> None:
    assert run_at(**before) == 0


def test_none_of_a_cancelled_meeting(meeting: Meeting, coordinator: Any) -> None:
    with time_machine.travel(START - timedelta(days=9)):
        planning.cancel(meeting=meeting, reason="Storm", by=coordinator)
    assert run_at(days=6) == 0


def test_none_to_who_was_told_of_it_after_its_moment(meeting: Meeting) -> None:
    with time_machine.travel(START - timedelta(days=3)):
        AttendanceFactory(meeting=meeting)
    assert run_at(days=2) == 2
    Meeting.objects.update(moved_at=START - timedelta(hours=20))
    assert run_at(hours=10) == 0


def test_a_second_worker_finds_them_reminded(meeting: Meeting) -> None:
    assert run_at(days=5) == 2
    Attendance.objects.update(reminded_at=None)
    assert run_at(days=5) == 2
    assert told() == ["week", "week"]


def test_none_to_who_left_the_trajectory_nor_word_of_a_change(meeting: Meeting, coordinator: Any) -> None:
    gone = Attendance.objects.get(participant__email="stil@example.org").participant
    with time_machine.travel(START - timedelta(days=20), tick=False):
        EnrolmentFactory(trajectory=meeting.trajectory, participant=gone, left=True)
    assert run_at(days=6) == 1
    with time_machine.travel(START - timedelta(days=5)):
        planning.cancel(meeting=meeting, reason="Storm", by=coordinator)
    assert not Notification.objects.filter(participant=gone).exists()
