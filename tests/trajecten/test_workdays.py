"""Working days, on dates of which anybody can look up what day they are."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trajecten.domain import workdays

DATES = st.dates(min_value=date(2020, 1, 1), max_value=date(2040, 12, 31))


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 11, 23), True),  # Monday
        (date(2026, 11, 28), False),  # Saturday
        (date(2026, 11, 29), False),  # Sunday
        (date(2026, 4, 27), False),  # King's Day, a Monday
        (date(2025, 4, 26), False),  # King's Day a day earlier, because the 27th is a Sunday
        (date(2026, 5, 14), False),  # Ascension Day
        (date(2026, 5, 25), False),  # Whit Monday
        (date(2026, 12, 25), False),  # Christmas, a Friday
        (date(2026, 12, 31), True),  # a Thursday; only the evening is a feast
    ],
)
def test_nobody_works_at_weekends_and_on_holidays(day: date, works: bool) -> None:
    assert workdays.is_workday(day) is works


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        (date(2026, 11, 23), 1, date(2026, 11, 24)),
        (date(2026, 11, 23), 5, date(2026, 11, 30)),  # over one weekend
        (date(2026, 11, 27), 1, date(2026, 11, 30)),  # from Friday to Monday
        (date(2026, 11, 28), 1, date(2026, 11, 30)),  # from a Saturday
        (date(2026, 12, 24), 1, date(2026, 12, 28)),  # over Christmas, which ends in a weekend
        (date(2026, 12, 31), 1, date(2027, 1, 4)),  # into another year
        (date(2026, 11, 28), 0, date(2026, 11, 28)),
    ],
)
def test_days_are_counted_from_the_next_working_day(start: date, days: int, end: date) -> None:
    assert workdays.after(start, days) == end


@given(DATES, st.integers(min_value=1, max_value=90))
def test_a_term_ends_on_a_working_day_with_so_many_working_days_in_it(start: date, days: int) -> None:
    end = workdays.after(start, days)
    between = [start + timedelta(days=n) for n in range(1, (end - start).days + 1)]
    assert workdays.is_workday(end)
    assert sum(map(workdays.is_workday, between)) == days
