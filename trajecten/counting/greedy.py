"""Most votes first: what most municipalities do, beside Equal Shares for comparison, and to spend what is left."""

from collections.abc import Collection
from fractions import Fraction

from trajecten.counting.tally import Tally


def most_votes(tally: Tally) -> tuple[int, ...]:
    """Most votes first, skipping what doesn't fit in what is left of the budget.

    Of projects with as many votes the lowest id as text goes first. What nobody voted for is never chosen.
    """
    return _added(tally, tally.by_votes(), tally.budget)


def fill(tally: Tally, chosen: Collection[int]) -> tuple[int, ...]:
    """What can be added to ``chosen`` from the money that is left, by the same rule: a step of its own."""
    left = tally.budget - tally.cost(tuple(chosen))
    return _added(tally, [project for project in tally.by_votes() if project not in chosen], left)


def _added(tally: Tally, order: list[int], left: Fraction) -> tuple[int, ...]:
    added = []
    for project in order:
        if tally.costs[project] <= left:
            added.append(project)
            left -= tally.costs[project]
    return tuple(added)
