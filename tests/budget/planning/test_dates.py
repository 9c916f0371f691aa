"""Days of the calendar, without a database."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budget.domain.planning import dates
from budget.enums import Moment
from budget.method import CALENDAR, METHOD, WARN_BEFORE_DAYS
from trajecten.domain import workdays

STEPS = [step.key for step in METHOD.steps]
USUAL = {usual.moment: usual for usual in CALENDAR}


def test_the_calendar_has_every_moment_and_steps_of_the_route_once() -> None:
    assert [usual.moment for usual in CALENDAR] == list(Moment)
    steps = [usual.step for usual in CALENDAR if usual.step]
    assert len(steps) == len(set(steps))
    assert set(steps) <= set(STEPS)
    assert steps == sorted(steps, key=STEPS.index)


@pytest.mark.parametrize(
    ("moment", "year", "day", "ready"),
    [
        (Moment.OUTLOOK, 2027, date(2026, 6, 1), date(2026, 5, 4)),  # a Monday; 28 days before is one too
        (Moment.OUTLOOK, 2026, date(2025, 5, 30), date(2025, 5, 2)),  # 1 June is a Sunday
        (Moment.DRAFT, 2028, date(2027, 10, 1), date(2027, 9, 3)),
        (Moment.COUNCIL, 2027, date(2026, 11, 5), date(2026, 10, 22)),
        (Moment.COUNCIL, 2024, date(2023, 11, 3), date(2023, 10, 20)),  # 5 November is a Sunday
        (Moment.SPRING, 2028, date(2028, 6, 1), date(2028, 5, 4)),
        (Moment.AUTUMN, 2026, date(2026, 10, 30), None),
        (Moment.ACCOUNTS, 2027, date(2028, 6, 30), date(2028, 6, 16)),  # 1 July 2028 is a Saturday
    ],
)
def test_usual_days(moment: Moment, year: int, day: date, ready: date | None) -> None:
    found = {planned.moment: planned for planned in dates.calendar(year, {})}[moment]
    assert (found.day, found.ready_on, found.is_own) == (day, ready, False)


@pytest.mark.parametrize(
    ("own", "ready"),
    [
        (date(2028, 3, 14), date(2028, 2, 29)),  # 14 days before, in a leap year
        (date(2027, 3, 15), date(2027, 3, 1)),
        (date(2026, 11, 14), date(2026, 10, 30)),  # an own date on a Saturday stays; ready is the Friday
        (date(2026, 4, 20), date(2026, 4, 2)),  # 14 days before is Easter Monday, after Good Friday
        (date(2027, 1, 15), date(2026, 12, 31)),  # 14 days before is New Year's Day
    ],
)
def test_own_dates_are_kept_and_what_is_ready_before_them_is_on_a_workday(own: date, ready: date) -> None:
    found = {planned.moment: planned for planned in dates.calendar(2027, {"council": own})}[Moment.COUNCIL]
    assert (found.day, found.ready_on, found.is_own) == (own, ready, True)


@given(st.integers(2000, 2100), st.sampled_from(list(Moment)))
def test_usual_days_are_workdays_in_the_right_year(year: int, moment: Moment) -> None:
    day = dates.usual_day(USUAL[moment], year)
    assert workdays.is_workday(day)
    assert day.year == year + USUAL[moment].years
    assert date(day.year, USUAL[moment].month, USUAL[moment].day) - day < timedelta(days=7)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_the_calendar_is_in_order_also_with_own_dates(own: date) -> None:
    found = [planned.day for planned in dates.calendar(2027, {"spring": own})]
    assert found == sorted(found)


@pytest.mark.parametrize(
    ("days", "closed", "state"),
    [
        (WARN_BEFORE_DAYS + 1, False, "ahead"),
        (WARN_BEFORE_DAYS, False, "soon"),
        (0, False, "soon"),
        (-1, False, "late"),
        (-1, True, "done"),
        (40, True, "done"),
    ],
)
def test_how_a_step_stands(days: int, closed: bool, state: str) -> None:
    planned = dates.calendar(2027, {})
    ready = next(one.ready_on for one in planned if one.usual.step == "alternative")
    assert ready is not None
    today = ready - timedelta(days=days)
    done = {"alternative"} if closed else set()
    found = {due.step: due for due in dates.dues(planned, steps=STEPS, closed=done, today=today)}
    assert (found["alternative"].state, found["alternative"].days) == (state, days)


def test_a_step_that_a_trajectory_does_not_have_is_not_asked() -> None:
    found = dates.dues(dates.calendar(2027, {}), steps=["monitor"], closed=[], today=date(2026, 1, 1))
    assert [due.step for due in found] == ["monitor"]


@pytest.mark.parametrize(
    ("starts", "year"),
    [
        (date(2026, 1, 1), 2027),
        (date(2026, 11, 5), 2027),
        (date(2026, 11, 6), 2028),
        (date(2026, 12, 31), 2028),
        (date(2024, 2, 29), 2025),
    ],
)
def test_which_budget_a_trajectory_can_still_change(starts: date, year: int) -> None:
    assert dates.year_for(starts) == year
