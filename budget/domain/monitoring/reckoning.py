"""How spending goes: the course of the year, the forecast, and the signal. Pure; all amounts in whole euro.

Everything works for amounts below zero too (less money): then what was spent is what was saved, below zero as well.
Every number is from ``budget.method``.
"""

from dataclasses import dataclass
from fractions import Fraction

from budget.enums import Period, Signal
from budget.method import LEAST_COURSE, LEAST_DEVIATION, LEAST_PATTERN, SIGNAL_FROM, YEAR_PASSED

# The days on which the quarters end: (month, day).
QUARTER_ENDS = {
    Period.QUARTER_1: (3, 31),
    Period.QUARTER_2: (6, 30),
    Period.QUARTER_3: (9, 30),
    Period.QUARTER_4: (12, 31),
}

# After these the year is over.
OVER = frozenset({Period.QUARTER_4, Period.ACCOUNTS})


@dataclass(frozen=True)
class Course:
    """Which part of the year's spending is usually done by now. ``of_year`` is the own year that shows it; None where
    it is simply the part of the year that is over."""

    part: Fraction
    of_year: int | None = None


@dataclass(frozen=True)
class Earlier:
    """An earlier year of the same municipality and code: what was spent by the same period, and in all."""

    year: int
    by_then: int
    in_all: int


@dataclass(frozen=True)
class Reckoned:
    """How one amount goes. ``forecast`` is what it comes to in the whole year, ``deviation`` that less the plan.

    Where no forecast can be made yet, ``forecast`` is the plan, or what was spent if that is more. ``is_paid`` says
    that all of it was paid at once, so that nothing more is expected.
    """

    plan: int
    spent: int
    period: Period
    course: Course
    forecast: int
    deviation: int
    signal: Signal
    is_paid: bool = False

    @property
    def is_early(self) -> bool:
        """Whether nothing can be expected of it yet."""
        return self.signal == Signal.EARLY

    @property
    def is_extrapolated(self) -> bool:
        """Whether the forecast follows from the course of the year, rather than from what was spent already."""
        return not self.is_paid and self.period not in OVER and SIGNAL_FROM[self.period] is not None

    @property
    def by_now(self) -> int:
        """What would have been spent by now if it went exactly as planned."""
        return round(self.plan * self.course.part)


def course(period: Period, earlier: tuple[Earlier, ...] = ()) -> Course:
    """The course of the newest earlier year that is sensible, else the part of the year that is over.

    Sensible is a year of at least ``LEAST_PATTERN`` euro, of which at least ``LEAST_COURSE`` and not more than all
    was booked by then. The annual accounts are the whole year, whatever an earlier one did.
    """
    if period == Period.ACCOUNTS:
        return Course(Fraction(1))
    for one in sorted(earlier, key=lambda each: each.year, reverse=True):
        if abs(one.in_all) >= LEAST_PATTERN:
            part = Fraction(one.by_then, one.in_all)
            if LEAST_COURSE <= part <= 1:
                return Course(part, one.year)
    return Course(YEAR_PASSED[period])


def reckon(
    *, plan: int, spent: int, period: Period, earlier: tuple[Earlier, ...] = (), is_own: bool = False
) -> Reckoned:
    """What this comes to in the whole year, and whether that is a signal.

    ``is_own`` is for one amount that was promised, rather than a whole line of the budget. Where exactly that amount
    was spent it was paid at once, as a grant is: nobody pays it again later in the year.
    """
    goes = course(period, earlier)
    is_paid = is_own and spent == plan
    forecast = plan if is_paid else _forecast(plan, spent, period, goes)
    deviation = forecast - plan
    signal = Signal.ON_COURSE if is_paid else _signal(plan, spent, period, deviation)
    return Reckoned(plan, spent, period, goes, forecast, deviation, signal, is_paid)


def _forecast(plan: int, spent: int, period: Period, goes: Course) -> int:
    """While it is too early for a forecast, the plan; or what was spent, where that passed the plan already."""
    if SIGNAL_FROM[period] is None:
        return spent if _is_beyond(plan, spent) else plan
    return round(spent / goes.part)


def _signal(plan: int, spent: int, period: Period, deviation: int) -> Signal:
    threshold = SIGNAL_FROM[period]
    if threshold is None:
        surest = SIGNAL_FROM[Period.ACCOUNTS]
        assert surest is not None  # noqa: S101
        return _of(plan, deviation, surest) if _is_beyond(plan, spent) else Signal.EARLY
    return _of(plan, deviation, threshold)


def _is_beyond(plan: int, spent: int) -> bool:
    """Whether the whole plan is spent already, or saved; of no plan, anything."""
    return abs(spent) > abs(plan) and spent * plan >= 0


def _of(plan: int, deviation: int, threshold: Fraction) -> Signal:
    least = min(LEAST_DEVIATION, abs(plan)) if plan else LEAST_DEVIATION
    if abs(deviation) < least or abs(deviation) < threshold * abs(plan) or not deviation:
        return Signal.ON_COURSE
    return Signal.OVER if deviation > 0 else Signal.UNDER
