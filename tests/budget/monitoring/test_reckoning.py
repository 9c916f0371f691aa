"""Course, forecast and signal, without a database."""

from fractions import Fraction

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from budget.domain.monitoring import periods, wording
from budget.domain.monitoring.reckoning import Earlier, course, reckon
from budget.enums import Period, Signal
from budget.method import LEAST_COURSE, LEAST_DEVIATION, SIGNAL_FROM, YEAR_PASSED

Q1, Q2, Q3, Q4, ACCOUNTS = (Period(n) for n in range(1, 6))
AMOUNTS = st.integers(-(10**9), 10**9)
PERIODS = st.sampled_from([Q1, Q2, Q3, Q4, ACCOUNTS])
EARLIER = st.lists(
    st.builds(Earlier, st.integers(2020, 2025), AMOUNTS, AMOUNTS.filter(bool)), max_size=3
).map(tuple)


@pytest.mark.parametrize(
    ("plan", "spent", "period", "signal"),
    [
        (50_000, 25_000, Q2, Signal.ON_COURSE),
        (50_000, 12_000, Q2, Signal.UNDER),
        (50_000, 40_000, Q2, Signal.OVER),
        (50_000, 18_751, Q2, Signal.ON_COURSE),
        (50_000, 18_750, Q2, Signal.UNDER),
        (50_000, 31_250, Q2, Signal.OVER),
        (50_000, 0, Q1, Signal.EARLY),
        (50_000, 50_000, Q1, Signal.EARLY),
        (50_000, 53_000, Q1, Signal.OVER),
        (50_000, 50_500, Q1, Signal.ON_COURSE),
        (50_000, 47_501, ACCOUNTS, Signal.ON_COURSE),
        (50_000, 47_500, ACCOUNTS, Signal.UNDER),
        (800, 0, Q4, Signal.UNDER),
        (800, 1, Q4, Signal.ON_COURSE),
        (0, 999, Q4, Signal.ON_COURSE),
        (0, 1_000, Q4, Signal.OVER),
        (0, -1_000, Q4, Signal.UNDER),
        (0, 0, Q2, Signal.ON_COURSE),
        (0, 0, Q1, Signal.EARLY),
        (0, 5_000, Q1, Signal.OVER),
        (-20_000, -10_000, Q2, Signal.ON_COURSE),
        (-20_000, -4_000, Q2, Signal.OVER),
        (-20_000, -18_000, Q2, Signal.UNDER),
        (-20_000, -25_000, Q1, Signal.UNDER),
        (50_000, -3_000, Q2, Signal.UNDER),
    ],
)
def test_the_signal(plan: int, spent: int, period: Period, signal: Signal) -> None:
    assert reckon(plan=plan, spent=spent, period=period).signal == signal


@pytest.mark.parametrize(
    ("plan", "spent", "forecast", "signal", "words"),
    [
        (100_000, 103_000, 103_000, Signal.ON_COURSE, "That is €\xa03,000 more than planned."),
        (100_000, 106_000, 106_000, Signal.OVER, "That is €\xa06,000 more than planned."),
        (0, 500, 500, Signal.ON_COURSE, "That is €\xa0500 more than planned."),
        (-20_000, -25_000, -25_000, Signal.UNDER, "That is €\xa05,000 more saved than planned."),
        (100_000, 100_000, 100_000, Signal.EARLY, "It is too early to say how the year will end."),
        (100_000, 60_000, 100_000, Signal.EARLY, "It is too early to say how the year will end."),
    ],
)
def test_a_first_quarter_only_tells_by_how_much_the_whole_plan_was_passed(
    plan: int, spent: int, forecast: int, signal: Signal, words: str
) -> None:
    found = reckon(plan=plan, spent=spent, period=Q1)
    assert (found.forecast, found.deviation, found.signal) == (forecast, forecast - plan, signal)
    with override("en"):
        assert wording.expected(found) == words


@pytest.mark.parametrize(
    ("plan", "spent", "forecast", "signal"),
    [
        (50_000, 50_000, 50_000, Signal.ON_COURSE),
        (-50_000, -50_000, -50_000, Signal.ON_COURSE),
        (50_000, 40_000, 80_000, Signal.OVER),
        (50_000, 51_000, 102_000, Signal.OVER),
    ],
)
def test_an_amount_of_its_own_that_was_paid_to_the_euro_is_not_paid_twice(
    plan: int, spent: int, forecast: int, signal: Signal
) -> None:
    found = reckon(plan=plan, spent=spent, period=Q2, is_own=True)
    assert (found.forecast, found.signal) == (forecast, signal)
    assert found.is_extrapolated is not (spent == plan)
    assert reckon(plan=plan, spent=spent, period=Q2).forecast == 2 * spent


def test_what_was_paid_at_once_in_the_first_quarter_is_on_course() -> None:
    found = reckon(plan=50_000, spent=50_000, period=Q1, is_own=True)
    assert (found.signal, found.deviation, found.is_early) == (Signal.ON_COURSE, 0, False)
    with override("en"):
        assert wording.expected(found) == "That is exactly what was planned."
    assert reckon(plan=50_000, spent=40_000, period=Q1, is_own=True).is_early


def test_the_sentence_of_the_issue() -> None:
    """Half a year, 12,000 of 50,000, in a field where 40 percent is usual by then: 20,000 stays."""
    found = reckon(plan=50_000, spent=12_000, period=Q2, earlier=(Earlier(2025, 40_000, 100_000),))
    assert (found.forecast, found.deviation, found.by_now) == (30_000, -20_000, 20_000)
    assert (found.course.part, found.course.of_year) == (Fraction(2, 5), 2025)


@pytest.mark.parametrize(
    ("earlier", "part", "of_year"),
    [
        ((), Fraction(1, 2), None),
        ((Earlier(2025, 30_000, 100_000),), Fraction(3, 10), 2025),
        ((Earlier(2024, 30_000, 100_000), Earlier(2025, 60_000, 100_000)), Fraction(3, 5), 2025),
        # Not sensible: too small, nearly nothing by then, more than all, the other way.
        ((Earlier(2025, 3_000, 9_999),), Fraction(1, 2), None),
        ((Earlier(2025, 4_999, 100_000),), Fraction(1, 2), None),
        ((Earlier(2025, 100_001, 100_000),), Fraction(1, 2), None),
        ((Earlier(2025, -30_000, 100_000),), Fraction(1, 2), None),
        ((Earlier(2025, -30_000, 100_000), Earlier(2024, -30_000, -100_000)), Fraction(3, 10), 2024),
    ],
)
def test_the_course_of_the_year(earlier: tuple[Earlier, ...], part: Fraction, of_year: int | None) -> None:
    found = course(Q2, earlier)
    assert (found.part, found.of_year) == (part, of_year)


def test_the_accounts_are_the_whole_year_whatever_an_earlier_one_did() -> None:
    assert course(ACCOUNTS, (Earlier(2025, 30_000, 100_000),)).part == 1


@given(AMOUNTS, AMOUNTS, PERIODS, EARLIER)
def test_less_money_is_the_mirror_of_more(
    plan: int, spent: int, period: Period, earlier: tuple[Earlier, ...]
) -> None:
    mirror = {Signal.UNDER: Signal.OVER, Signal.OVER: Signal.UNDER}
    more = reckon(plan=plan, spent=spent, period=period, earlier=earlier)
    less = reckon(plan=-plan, spent=-spent, period=period, earlier=earlier)
    assert (less.forecast, less.deviation) == (-more.forecast, -more.deviation)
    assert less.signal == mirror.get(more.signal, more.signal)


@given(AMOUNTS, AMOUNTS, PERIODS, EARLIER)
def test_what_always_holds(plan: int, spent: int, period: Period, earlier: tuple[Earlier, ...]) -> None:
    found = reckon(plan=plan, spent=spent, period=period, earlier=earlier)
    assert LEAST_COURSE <= found.course.part <= 1
    assert found.deviation == found.forecast - plan
    assert abs(found.forecast) >= abs(spent) or found.signal == Signal.EARLY
    assert found.signal != Signal.NONE
    if found.signal == Signal.EARLY:
        assert (period, found.deviation) == (Q1, 0)
    if found.signal in {Signal.UNDER, Signal.OVER}:
        assert (found.deviation > 0) == (found.signal == Signal.OVER)
        assert abs(found.deviation) >= min(LEAST_DEVIATION, abs(plan) or LEAST_DEVIATION)
        assert abs(found.deviation) >= (SIGNAL_FROM[period] or 0) * abs(plan)


@given(st.integers(0, 10**9), st.integers(0, 10**9), st.integers(0, 10**6), PERIODS, EARLIER)
def test_spending_more_never_makes_it_less(
    plan: int, spent: int, more: int, period: Period, earlier: tuple[Earlier, ...]
) -> None:
    order = [Signal.UNDER, Signal.EARLY, Signal.ON_COURSE, Signal.OVER]
    one = reckon(plan=plan, spent=spent, period=period, earlier=earlier)
    other = reckon(plan=plan, spent=spent + more, period=period, earlier=earlier)
    assert other.forecast >= one.forecast
    assert order.index(other.signal) >= order.index(one.signal)


def test_every_period_has_its_numbers() -> None:
    assert set(YEAR_PASSED) == set(SIGNAL_FROM) == set(Period) - {Period.BUDGET}
    known = [part for part in SIGNAL_FROM.values() if part is not None]
    assert known == sorted(known, reverse=True)


@pytest.mark.parametrize(
    ("today", "is_over", "is_due"),
    [
        ((2026, 3, 31), [], None),
        ((2026, 4, 1), [Q1], None),
        ((2026, 5, 14), [Q1], None),
        ((2026, 5, 15), [Q1], Q1),
        ((2026, 8, 14), [Q1, Q2], Q2),
        ((2027, 1, 1), [Q1, Q2, Q3, Q4, ACCOUNTS], Q3),
        ((2027, 2, 14), [Q1, Q2, Q3, Q4, ACCOUNTS], Q4),
        ((2027, 6, 30), [Q1, Q2, Q3, Q4, ACCOUNTS], Q4),
        ((2027, 7, 1), [Q1, Q2, Q3, Q4, ACCOUNTS], ACCOUNTS),
        ((2025, 12, 1), [], None),
    ],
)
def test_which_figures_can_be_there(
    today: tuple[int, int, int], is_over: list[Period], is_due: Period | None
) -> None:
    from datetime import date

    assert periods.over(2026, date(*today)) == is_over
    assert periods.due(2026, date(*today)) == is_due
    assert periods.missing(2026, None, date(*today)) == is_due
    assert periods.missing(2026, ACCOUNTS, date(*today)) is None
