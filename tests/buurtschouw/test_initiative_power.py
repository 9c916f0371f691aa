"""The formula of initiative power (buurtschouw/method.py): its table, and what holds whatever the numbers."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from buurtschouw.enums import Feasibility
from buurtschouw.method import (
    FEASIBLE,
    FEASIBLE_MAX,
    FRESH_HALF_LIFE_DAYS,
    PowerFacts,
    initiative_power,
)

FACTS = st.builds(
    PowerFacts,
    pullers=st.integers(0, 5),
    joiners=st.integers(0, 60),
    hours=st.integers(0, 300),
    supporters=st.integers(0, 200),
    neighbourhoods=st.integers(0, 30),
    feasibility=st.sampled_from(sorted(FEASIBLE)),
    idle_days=st.integers(0, 1500),
)
# On a busy machine drawing takes its time; that says nothing of the formula.
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
COUNTED = ("pullers", "joiners", "hours", "supporters", "neighbourhoods")
FROM_HARD_TO_EASY = ("not_possible", "hard", "possible", "easy")


def power(facts: PowerFacts) -> float:
    return initiative_power(facts).total


# What an idea of which this is known gets, by hand from the numbers of the formula.
TABLE = [
    (PowerFacts(), 15.0),
    (PowerFacts(idle_days=60), 10.0),
    (PowerFacts(pullers=1, joiners=1, hours=4), 39.77),
    (PowerFacts(pullers=1, joiners=4, hours=16), 50.0),
    (PowerFacts(pullers=2, joiners=4, hours=16), 52.5),
    (PowerFacts(supporters=12), 22.5),
    (PowerFacts(supporters=12, neighbourhoods=3), 27.5),
    (PowerFacts(supporters=24, neighbourhoods=1), 26.25),
    (PowerFacts(feasibility="not_possible"), 10.0),
    (PowerFacts(feasibility="easy"), 20.0),
    (PowerFacts(pullers=1, joiners=8, hours=32, supporters=24, neighbourhoods=5, feasibility="easy"), 81.25),
]


@pytest.mark.parametrize(("facts", "points"), TABLE)
def test_by_hand(facts: PowerFacts, points: float) -> None:
    assert power(facts) == pytest.approx(points, abs=0.05)


def test_the_parts_are_named_and_their_ceilings_are_a_hundred() -> None:
    parts = initiative_power(PowerFacts()).parts
    assert [part.key for part in parts] == [
        "pulled",
        "joined",
        "hours",
        "supported",
        "spread",
        "feasible",
        "fresh",
    ]
    assert sum(part.maximum for part in parts) == 100


def test_every_judgement_has_its_points_and_none_is_in_the_middle() -> None:
    assert set(FEASIBLE) == {"", *Feasibility.values}
    assert FEASIBLE[""] == FEASIBLE_MAX / 2
    assert [FEASIBLE[level] for level in FROM_HARD_TO_EASY] == sorted(
        FEASIBLE[level] for level in FROM_HARD_TO_EASY
    )


@patient
@given(FACTS)
def test_it_is_between_0_and_100_and_so_is_each_part_between_0_and_its_ceiling(facts: PowerFacts) -> None:
    assert 0 <= power(facts) <= 100
    assert all(0 <= part.points <= part.maximum for part in initiative_power(facts).parts)


@patient
@given(FACTS, st.integers(1, 5))
def test_with_somebody_who_pulls_it_outranks_the_same_without(facts: PowerFacts, pullers: int) -> None:
    assert power(replace(facts, pullers=pullers)) > power(replace(facts, pullers=0)) + 15


@patient
@given(FACTS, st.sampled_from(COUNTED), st.integers(1, 50))
def test_more_never_lowers_it(facts: PowerFacts, name: str, more: int) -> None:
    assert power(replace(facts, **{name: getattr(facts, name) + more})) >= power(facts)


@patient
@given(FACTS, st.sampled_from(("supporters", "joiners", "hours")), st.integers(0, 40))
def test_each_one_more_adds_something_but_less_than_the_one_before(
    facts: PowerFacts, name: str, count: int
) -> None:
    zero, one, two = (power(replace(facts, **{name: count + more})) for more in range(3))
    assert one > zero
    assert two - one < one - zero


def test_the_tenth_supporter_adds_less_than_the_second() -> None:
    def added(number: int) -> float:
        return power(PowerFacts(supporters=number)) - power(PowerFacts(supporters=number - 1))

    assert 0 < added(10) < added(2)


@patient
@given(FACTS)
def test_it_rises_with_the_judgement(facts: PowerFacts) -> None:
    found = [power(replace(facts, feasibility=level)) for level in FROM_HARD_TO_EASY]
    assert found == sorted(found)
    assert found[0] < found[-1]


@patient
@given(FACTS, st.integers(1, 400))
def test_silence_lowers_it_and_never_below_what_else_it_has(facts: PowerFacts, days: int) -> None:
    now, later = facts, replace(facts, idle_days=facts.idle_days + days)
    assert power(later) < power(now)
    assert power(later) >= power(now) - 10


def test_after_the_half_life_half_of_the_freshness_is_left() -> None:
    fresh = [
        initiative_power(PowerFacts(idle_days=days)).parts[-1].points for days in (0, FRESH_HALF_LIFE_DAYS)
    ]
    assert fresh[1] == fresh[0] / 2


@patient
@given(FACTS)
def test_who_joined_and_begins_to_pull_raises_it(facts: PowerFacts) -> None:
    """They go on counting as one who joins."""
    assert power(replace(facts, pullers=facts.pullers + 1)) > power(facts)


@patient
@given(FACTS)
def test_it_depends_on_the_facts_alone(facts: PowerFacts) -> None:
    assert initiative_power(facts) == initiative_power(replace(facts))
