"""Which period's figures can be there, and should be."""

from datetime import date, timedelta

from budget.domain.monitoring.reckoning import QUARTER_ENDS
from budget.enums import Moment, Period
from budget.method import CALENDAR, FIGURES_AFTER_DAYS


def end_of(year: int, period: Period) -> date:
    """The last day that the figures of this period are about."""
    month, day = QUARTER_ENDS.get(period, (12, 31))
    return date(year, month, day)


def over(year: int, today: date) -> list[Period]:
    """The periods of this year that are over; the annual accounts with the last quarter."""
    reported = [period for period in Period if period != Period.BUDGET]
    return [period for period in reported if end_of(year, period) < today]


def due(year: int, today: date) -> Period | None:
    """The newest period of which figures should be in by now; None when none should."""
    found = None
    for period in over(year, today):
        asked_on = end_of(year, period) + timedelta(days=FIGURES_AFTER_DAYS)
        if period == Period.ACCOUNTS:
            usual = next(each for each in CALENDAR if each.moment == Moment.ACCOUNTS)
            asked_on = date(year + usual.years, usual.month, usual.day)
        if asked_on <= today:
            found = period
    return found


def missing(year: int, newest: Period | None, today: date) -> Period | None:
    """The period whose figures are waited for: the newest that should be in, where it is not."""
    asked = due(year, today)
    return asked if asked is not None and (newest is None or newest < asked) else None
