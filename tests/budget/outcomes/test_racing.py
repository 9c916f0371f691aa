"""An outcome is frozen at the moment at which a resident finishes: what was finished is counted, or comes after it."""

import csv
import io
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event
from typing import Any

import pytest
from django.db import connection, transaction
from django_scopes import scope

from budget.domain.alternatives import finishing
from budget.domain.alternatives.finishing import About
from budget.domain.outcomes.freezing import freeze
from budget.domain.rounds import counting
from budget.domain.rounds.opening import close
from budget.models import Alternative, Outcome
from tests.factories.budget import AlternativeFactory

pytestmark = pytest.mark.django_db(transaction=True)

ALL, MINE = {"5.1": -6, "6.1": 6}, {"5.1": -20, "6.1": 20}


@pytest.fixture
def mine(opened: Any, finish: Any) -> Alternative:
    """The sixth, that balances and is not finished yet; five others are."""
    finish(5, changes=ALL)
    return AlternativeFactory(round=opened, changes=MINE)


def going(pool: ThreadPoolExecutor, municipality: Any, act: Callable[[], Any]) -> "Future[Any]":
    def once() -> Any:
        try:
            with scope(municipality=municipality):
                return act()
        finally:
            connection.close()

    return pool.submit(once)


def done(alternative: Alternative) -> Alternative:
    return finishing.finish(alternative=alternative, expected=alternative.revision, about=About())


def check_whole(outcome: Outcome, mine: Alternative) -> bool:
    """Whether it is in this version. It is there in all of the numbers, or in none."""
    is_in = outcome.counted.filter(alternative=mine).exists()
    people = 6 if is_in else 5
    total = {"5.1": -30 - 20 * is_in, "6.1": 30 + 20 * is_in, "6.3": 0}
    rows = list(csv.DictReader(io.StringIO(outcome.file)))
    assert (outcome.residents, outcome.counted.count()) == (people, people)
    assert len({row["resident"] for row in rows}) == people
    assert {line.line.code: line.total for line in outcome.lines.select_related("line")} == total
    assert sum(line.mean for line in outcome.lines.all()) == 0
    return is_in


def check_after(round: Any, by: Any, first: Outcome, mine: Alternative) -> None:
    """What is finished stands, and is counted in the end, in the version before it or not."""
    assert mine in counting.counted(round)
    was_in = check_whole(first, mine)
    close(found=round, by=by)
    second = freeze(round=round, by=by)
    assert second.number == 2
    assert check_whole(second, mine)
    assert check_whole(first, mine) is was_in


@pytest.mark.parametrize("turn", range(6))
def test_finishing_at_that_moment_is_in_the_version_or_after_it(
    mine: Alternative, opened: Any, in_scope: Any, coordinator: Any, turn: int
) -> None:
    with ThreadPoolExecutor(2) as pool:
        acts = [lambda: done(mine), lambda: freeze(round=opened, by=coordinator)]
        if turn % 2:
            acts.reverse()
        made = [each.result() for each in [going(pool, in_scope, act) for act in acts]]
    (first,) = [one for one in made if isinstance(one, Outcome)]
    check_after(opened, coordinator, first, mine)


def test_freezing_waits_for_who_is_finishing_and_counts_them(
    mine: Alternative, opened: Any, in_scope: Any, coordinator: Any
) -> None:
    finished, may_end = Event(), Event()

    def finish_slowly() -> None:
        with transaction.atomic():
            done(mine)
            finished.set()
            assert may_end.wait(20)

    with ThreadPoolExecutor(2) as pool:
        slow = going(pool, in_scope, finish_slowly)
        assert finished.wait(20)
        frozen = going(pool, in_scope, lambda: freeze(round=opened, by=coordinator))
        with pytest.raises(TimeoutError):
            frozen.result(timeout=0.5)
        may_end.set()
        slow.result()
        first = frozen.result(timeout=20)
    assert check_whole(first, mine)
    check_after(opened, coordinator, first, mine)


def test_who_finishes_while_it_is_frozen_comes_after_it(
    mine: Alternative, opened: Any, in_scope: Any, coordinator: Any
) -> None:
    frozen, may_end = Event(), Event()

    def freeze_slowly() -> Outcome:
        with transaction.atomic():
            made = freeze(round=opened, by=coordinator)
            frozen.set()
            assert may_end.wait(20)
            return made

    with ThreadPoolExecutor(2) as pool:
        slow = going(pool, in_scope, freeze_slowly)
        assert frozen.wait(20)
        finishing_now = going(pool, in_scope, lambda: done(mine))
        with pytest.raises(TimeoutError):
            finishing_now.result(timeout=0.5)
        may_end.set()
        first = slow.result()
        finishing_now.result(timeout=20)
    assert not check_whole(first, mine)
    check_after(opened, coordinator, first, mine)
