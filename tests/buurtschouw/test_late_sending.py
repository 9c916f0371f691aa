"""Until when a walk takes what was seen on it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from buurtschouw.domain import late_sending
from buurtschouw.method import LATE_SENDING_DAYS
from tests.factories.buurtschouw import SchouwFactory
from trajecten.domain import steps
from trajecten.enums import TrajectoryStatus

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_scope", "english")]

CLOSED_AT = datetime(2026, 5, 9, 12, 0, tzinfo=timezone.get_fixed_timezone(120))
DURING = CLOSED_AT - timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.fixture
def over(schouw: Any, coordinator: Any) -> Any:
    """The walk, closed at ``CLOSED_AT``."""
    with time_machine.travel(CLOSED_AT, tick=False):
        reason = {"override_reason": "Het regent."}
        schouw.trajectory = steps.close(trajectory=schouw.trajectory, step="walk", by=coordinator, **reason)
    return schouw


@pytest.fixture
def refusal(over: Any) -> Callable[..., str]:
    def found(*, seen_at: datetime | None, days: float, **more: Any) -> str:
        with time_machine.travel(CLOSED_AT + days * DAY, tick=False):
            return late_sending.why_refused(over, seen_at=seen_at, **more)

    return found


def test_while_the_walk_is_open_everything_is_taken(schouw: Any) -> None:
    for seen_at in (None, timezone.now() - 400 * DAY, timezone.now() + DAY):
        assert late_sending.why_refused(schouw, seen_at=seen_at) == ""


def test_what_was_seen_during_the_walk_is_taken_for_some_days(refusal: Any) -> None:
    assert refusal(seen_at=DURING, days=1) == refusal(seen_at=DURING, days=LATE_SENDING_DAYS) == ""
    assert "in a file" in refusal(seen_at=DURING, days=LATE_SENDING_DAYS + 0.01)


def test_what_was_seen_after_it_or_at_no_known_time_is_not(refusal: Any) -> None:
    for seen_at in (None, CLOSED_AT + timedelta(minutes=1)):
        assert "closed" in refusal(seen_at=seen_at, days=1)


def test_a_phone_whose_clock_is_ahead_gains_nothing_by_it(refusal: Any) -> None:
    assert "closed" in refusal(seen_at=CLOSED_AT + 9 * DAY, days=1)


def test_an_official_takes_it_in_long_after_until_it_lies_in_the_archive(refusal: Any, over: Any) -> None:
    assert refusal(seen_at=DURING, days=300, by_official=True) == ""
    over.trajectory.status = TrajectoryStatus.ARCHIVED
    assert "archive" in refusal(seen_at=DURING, days=300, by_official=True)


def test_a_walk_that_was_opened_again_and_closed_counts_from_the_last_time(
    refusal: Any, over: Any, coordinator: Any
) -> None:
    with time_machine.travel(CLOSED_AT + 20 * DAY, tick=False):
        trajectory = steps.reopen(trajectory=over.trajectory, step="walk", by=coordinator, reason="Nog eens.")
        reason = {"override_reason": "Klaar."}
        over.trajectory = steps.close(trajectory=trajectory, step="walk", by=coordinator, **reason)
    assert refusal(seen_at=CLOSED_AT + 19 * DAY, days=25) == ""


def test_a_walk_that_has_not_begun_takes_nothing_whatever_the_clock_says(municipality: Any) -> None:
    coming = SchouwFactory(step="preparation", walk_at=timezone.now() + DAY)
    assert "not possible yet" in late_sending.why_refused(coming, seen_at=timezone.now() - DAY)
