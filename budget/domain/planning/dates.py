"""Days of the calendar, and which step of the route has to be ready when. Pure."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from budget.enums import Moment
from budget.method import CALENDAR, WARN_BEFORE_DAYS, Usual
from trajecten.domain import workdays

State = Literal["done", "late", "soon", "ahead"]


@dataclass(frozen=True)
class Planned:
    """A moment in the calendar of one budget. ``is_own`` is a date that the municipality chose. ``ready_on`` is the
    day on which ``usual.step`` has to be closed; None where no step has to be."""

    usual: Usual
    day: date
    is_own: bool
    ready_on: date | None

    @property
    def moment(self) -> Moment:
        return self.usual.moment


@dataclass(frozen=True)
class Due:
    """A step that has to be ready before a moment, and how that stands on a day; ``days`` until then, below zero
    when it is past."""

    planned: Planned
    step: str
    ready_on: date
    state: State
    days: int

    @property
    def late(self) -> int:
        """How many days it is late."""
        return max(0, -self.days) if self.state == "late" else 0


def calendar(year: int, own: Mapping[str, date]) -> tuple[Planned, ...]:
    """The moments of the budget of this year, by day. ``own`` has the municipality's dates by moment."""
    found = (_planned(usual, year, own.get(usual.moment)) for usual in CALENDAR)
    return tuple(sorted(found, key=lambda planned: planned.day))


def _planned(usual: Usual, year: int, own: date | None) -> Planned:
    day = own or usual_day(usual, year)
    ready = workday_before(day - timedelta(days=usual.ready_before)) if usual.step else None
    return Planned(usual, day, own is not None, ready)


def usual_day(usual: Usual, year: int) -> date:
    """When it usually is, for the budget of this year: never on a weekend or a public holiday."""
    return workday_before(date(year + usual.years, usual.month, usual.day))


def workday_before(day: date) -> date:
    """The day itself where people work on it, else the last one before it on which they do."""
    while not workdays.is_workday(day):
        day -= timedelta(days=1)
    return day


def dues(
    planned: Collection[Planned], *, steps: Collection[str], closed: Collection[str], today: date
) -> Iterator[Due]:
    """What has to be ready when, of the steps that a trajectory has: ``closed`` are those that are."""
    for one in planned:
        step = one.usual.step
        if step in steps and one.ready_on:
            days = (one.ready_on - today).days
            yield Due(one, step, one.ready_on, _state(step in closed, days), days)


def _state(is_closed: bool, days: int) -> State:
    if is_closed:
        return "done"
    if days < 0:
        return "late"
    return "soon" if days <= WARN_BEFORE_DAYS else "ahead"


def year_for(starts: date) -> int:
    """The first budget that a trajectory which starts on this day can still change: the council has yet to treat it."""
    treats = next(usual for usual in CALENDAR if usual.moment == Moment.COUNCIL)
    year = starts.year - treats.years
    return year if starts <= usual_day(treats, year) else year + 1
