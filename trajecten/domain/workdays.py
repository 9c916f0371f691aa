"""Working days in the Netherlands: no weekends, no public holidays."""

from datetime import date, timedelta
from functools import lru_cache

import holidays


@lru_cache(maxsize=8)
def _holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("NL", years=year))


def is_workday(day: date) -> bool:
    """Whether people work on this day: not on Saturday or Sunday, and not on a public holiday in the Netherlands."""
    return day.weekday() < 5 and day not in _holidays(day.year)


def after(start: date, days: int) -> date:
    """The date that lies ``days`` working days after ``start``; the first one when ``days`` is 1."""
    day = start
    while days > 0:
        day += timedelta(days=1)
        if is_workday(day):
            days -= 1
    return day


def between(start: date, end: date) -> int:
    """How many working days lie after ``start`` and not after ``end``: the inverse of ``after`` for a working day."""
    days = (end - start).days
    return sum(is_workday(start + timedelta(days=n)) for n in range(1, days + 1))
