"""When things happen: residents report in their own time, officials answer in office hours."""

import re
from datetime import date, datetime, time, timedelta
from random import Random

from django.utils import timezone

from trajecten.domain import workdays

SATURDAY = 5
# How often people report in each hour of the day, from 7 to 22.
BY_HOUR = (2, 4, 4, 3, 3, 3, 3, 2, 2, 3, 4, 5, 6, 6, 4, 2)
OFFICE_OPENS, OFFICE_CLOSES = 8 * 60 + 30, 16 * 60 + 50  # minutes after midnight
AGO = re.compile(r"(\d+)([dhm])(?: (\d\d):(\d\d))?")


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), tzinfo=timezone.get_default_timezone())


def in_spare_time(day: date, rng: Random) -> datetime:
    """Some moment of the day at which people report."""
    hour = rng.choices(range(7, 7 + len(BY_HOUR)), BY_HOUR)[0]
    return at(day, hour, rng.randrange(60)) + timedelta(seconds=rng.randrange(60))


def in_office(after: datetime, days: int, rng: Random) -> datetime:
    """Some moment in office hours, so many working days (at least one) after another moment."""
    day = workdays.after(timezone.localdate(after), days)
    minutes = rng.randrange(OFFICE_OPENS, OFFICE_CLOSES)
    return at(day, *divmod(minutes, 60)) + timedelta(seconds=rng.randrange(60))


def saturday_before(day: date) -> date:
    """The last Saturday that is not after this day."""
    return day - timedelta(days=(day.weekday() - SATURDAY) % 7)


def saturday_after(day: date) -> date:
    """The first Saturday after this day."""
    return saturday_before(day + timedelta(days=7))


def last_spring(today: date, *, days_ago: int) -> date:
    """The third Saturday of the last April that lies at least so many days back."""
    newest = today - timedelta(days=days_ago)
    year = newest.year
    while (day := saturday_before(date(year, 4, 21))) > newest:
        year -= 1
    return day


def ago(said: str, now: datetime) -> datetime:
    """ "19d 16:40" is the clock of that day, "3h" and "50m" are counted back from now. Raises ValueError."""
    match = AGO.fullmatch(said)
    if not match or bool(match[3]) != (match[2] == "d"):
        raise ValueError(f"{said!r} is not like “19d 16:40”, “3h” or “50m”.")
    number = int(match[1])
    if match[2] == "d":
        day = timezone.localdate(now) - timedelta(days=number)
        return at(day, int(match[3]), int(match[4]))
    return now - (timedelta(hours=number) if match[2] == "h" else timedelta(minutes=number))


def workday_near(now: datetime, days: int) -> date:
    """A working day so many days from today (back when negative), or the first one after that."""
    return workdays.after(timezone.localdate(now) + timedelta(days=days - 1), 1)
