"""The numbers of the chain of promises: when who is reminded, and when it is asked again."""

from datetime import date, timedelta

from trajecten.domain import workdays

# The owner hears it this long before the date, and on the date; coordinators this long after it.
REMIND_BEFORE = timedelta(days=7)
OVERDUE_AFTER = timedelta(days=7)
# So long after it was said to be done, it is asked once whether it is still so.
STILL_SO_AFTER = timedelta(weeks=4)
# Nobody can be held to what is promised for later than this.
FURTHEST = timedelta(days=3653)
# A promise that an author says is not kept gets so many working days, when its date has passed.
REOPENED_WORKDAYS = 10

NONE, SOON, DUE, OVERDUE = range(4)


def reminder(deadline: date, today: date) -> int:
    """The reminder that is due on this day: the latest one, whatever was missed before it."""
    if today >= deadline + OVERDUE_AFTER:
        return OVERDUE
    if today >= deadline:
        return DUE
    return SOON if today >= deadline - REMIND_BEFORE else NONE


def begun(deadline: date, today: date) -> int:
    """Which reminder a date that was just set needs no more: not the one of a week before, within that week."""
    return min(reminder(deadline, today), SOON)


def reopened(deadline: date, today: date) -> date:
    """The date of a promise that is taken up again: the same, when that is still to come."""
    return deadline if deadline >= today else workdays.after(today, REOPENED_WORKDAYS)
