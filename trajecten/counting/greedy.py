"""Most votes first: what most municipalities do, beside Equal Shares for comparison, and to spend what is left."""

from collections.abc import Collection, Mapping
from fractions import Fraction

from trajecten.counting.tally import Tally

Turns = Mapping[int, Fraction]  # by project, in the order of their turns: what was left when it came


def most_votes(tally: Tally) -> tuple[int, ...]:
    """Most votes first, skipping what doesn't fit in what is left of the budget.

    Of projects with as many votes the lowest id as text goes first. What nobody voted for is never chosen.
    """
    return _fitting(tally, turns(tally))


def turns(tally: Tally) -> Turns:
    """The turns of all projects that somebody voted for."""
    return _turns(tally, tally.by_votes(), tally.budget)


def fill(tally: Tally, chosen: Collection[int]) -> tuple[int, ...]:
    """What can be added to ``chosen`` from the money that is left, by the same rule: a step of its own."""
    left = tally.budget - tally.cost(tuple(chosen))
    order = [project for project in tally.by_votes() if project not in chosen]
    return _fitting(tally, _turns(tally, order, left))


def _turns(tally: Tally, order: list[int], left: Fraction) -> Turns:
    found = {}
    for project in order:
        found[project] = left
        if tally.costs[project] <= left:
            left -= tally.costs[project]
    return found


def _fitting(tally: Tally, found: Turns) -> tuple[int, ...]:
    return tuple(project for project, left in found.items() if tally.costs[project] <= left)
