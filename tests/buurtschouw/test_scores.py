"""What a group of walkers found: mean, spread and number, per statement at a stop and per theme."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from buurtschouw.domain import scores
from tests.factories.buurtschouw import CategoryFactory, SchouwFactory
from tests.factories.core import ParticipantFactory
from tests.factories.walking import ScoreFactory, StatementFactory, StopFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_scope")]


def give(stop: Any, statement: Any, *values: int, walkers: Any = None) -> None:
    for number, value in enumerate(values):
        walker = walkers[number] if walkers else ParticipantFactory(municipality=stop.municipality)
        ScoreFactory(stop=stop, statement=statement, walker=walker, value=value)


def test_a_group_has_a_mean_and_a_spread_of_all_of_them(schouw: Any, category: Any) -> None:
    stop, statement = StopFactory(schouw=schouw), StatementFactory(category=category)
    give(stop, statement, 2, 4, 4, 4, 5, 5, 1, 3)
    (score,) = scores.by_stop(schouw)
    # By hand: mean 28/8; squares 4+16+16+16+25+25+1+9 = 112, and 112/8 - 3.5² = 1.75.
    assert (score.stop, score.statement) == (stop, statement)
    assert (score.mean, score.lowest, score.highest, score.n) == (3.5, 1, 5, 8)
    assert score.spread == pytest.approx(1.75**0.5)


@pytest.mark.parametrize(("values", "spread"), [((3,), 0), ((4, 4, 4), 0), ((1, 5), 2), ((1, 1, 5, 5), 2)])
def test_the_spread_is_nothing_when_all_agree_and_two_when_they_are_as_far_apart_as_can_be(
    schouw: Any, category: Any, values: tuple[int, ...], spread: float
) -> None:
    give(StopFactory(schouw=schouw), StatementFactory(category=category), *values)
    assert scores.by_stop(schouw)[0].spread == pytest.approx(spread)


def test_they_come_along_the_route_and_by_theme(schouw: Any) -> None:
    last, first = StopFactory(schouw=schouw, position=9), StopFactory(schouw=schouw, position=2)
    green, street = CategoryFactory(name="Groen", position=5), CategoryFactory(name="Straat", position=1)
    trees, tiles = StatementFactory(category=green), StatementFactory(category=street)
    for stop in (last, first):
        give(stop, trees, 3)
        give(stop, tiles, 3)
    found = [(score.stop, score.statement) for score in scores.by_stop(schouw)]
    assert found == [(first, tiles), (first, trees), (last, tiles), (last, trees)]


def test_a_theme_is_the_mean_of_all_its_scores(schouw: Any, category: Any) -> None:
    walkers = [ParticipantFactory(municipality=schouw.municipality) for _ in range(3)]
    stops = [StopFactory(schouw=schouw, position=position) for position in (1, 2)]
    give(stops[0], StatementFactory(category=category), 5, 5, 5, walkers=walkers)
    give(stops[1], StatementFactory(category=category), 1, walkers=walkers)
    (theme,) = scores.by_theme(schouw)
    assert (theme.category, theme.mean, theme.lowest, theme.highest) == (category, 4, 1, 5)
    assert (theme.n, theme.walkers) == (4, 3)
    assert scores.walkers(schouw) == 3


def test_who_is_forgotten_goes_on_counting(schouw: Any, category: Any) -> None:
    stop, statement = StopFactory(schouw=schouw), StatementFactory(category=category)
    give(stop, statement, 2)
    for _ in range(2):
        ScoreFactory(stop=stop, statement=statement, walker=None, value=5)
    (score,) = scores.by_stop(schouw)
    assert (score.mean, score.n) == (4, 3)


def test_another_walk_is_no_part_of_it(schouw: Any, category: Any) -> None:
    other = SchouwFactory(municipality=schouw.municipality, categories=[category])
    give(StopFactory(schouw=other), StatementFactory(category=category), 1)
    assert scores.by_stop(schouw) == scores.by_theme(schouw) == []


def test_many_scores_take_as_many_statements_as_one(schouw: Any, category: Any) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            scores.by_stop(schouw)
            scores.by_theme(schouw)
        return len(captured)

    give(StopFactory(schouw=schouw), StatementFactory(category=category), 3)
    few = asked()
    for position in range(1020, 1050):
        theme = CategoryFactory(name=f"Thema van halte {position}")
        give(StopFactory(schouw=schouw, position=position), StatementFactory(category=theme), 1, 4)
    assert asked() == few == 5
