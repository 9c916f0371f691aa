"""Ballots as arrays, which is what the rules count."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import lcm

import numpy as np
import numpy.typing as npt
from django.utils.translation import gettext as _

from trajecten.counting.ballots import Election, Utility
from trajecten.refusals import Refused

Numbers = npt.NDArray[np.int64]
LARGEST = 2**62  # sums of utilities are kept in 64 bits


@dataclass(frozen=True)
class Tally:
    """Projects in the order of their ids as text, so that in a tie the first wins.

    ``supporters[p]`` are the numbers of the voters for project ``p``, ascending; ``worth[p]`` what it is worth to each
    of them, as whole numbers above zero (utilities times one number for all, which changes no outcome).
    """

    ids: tuple[str, ...]
    costs: tuple[Fraction, ...]
    supporters: tuple[Numbers, ...]
    worth: tuple[Numbers, ...]
    voters: int
    budget: Fraction

    @cached_property
    def matrix(self) -> Numbers:
        """What each project is worth to each voter; 0 to who doesn't support it."""
        table = np.zeros((len(self.ids), self.voters), dtype=np.int64)
        for project, (voters, worth) in enumerate(zip(self.supporters, self.worth, strict=True)):
            table[project, voters] = worth
        return table

    @cached_property
    def is_even(self) -> tuple[bool, ...]:
        """Of each project, whether it is worth as much to all who support it."""
        return tuple(not len(worth) or bool((worth == worth[0]).all()) for worth in self.worth)

    def votes(self, project: int) -> int:
        return len(self.supporters[project])

    def cost(self, projects: Sequence[int]) -> Fraction:
        return sum((self.costs[project] for project in projects), Fraction(0))

    def by_votes(self) -> list[int]:
        """Those with a vote, most votes first; with as many votes, the lowest id as text first."""
        voted = [project for project in range(len(self.ids)) if self.votes(project)]
        return sorted(voted, key=lambda project: (-self.votes(project), project))


def tally(election: Election, utility: Utility | None = None) -> Tally:
    """The ballots, with the utility that goes with their kind unless another is asked.

    Refused: utility by points where the ballots give no points, and numbers too large to add up.
    """
    utility = utility or election.usual_utility()
    if utility is Utility.POINTS and not election.vote_type.has_points:
        raise Refused(_("These ballots give no points, so projects can't be weighed by points."))
    projects = sorted(election.projects, key=lambda project: project.id)
    supports = _supports(election)
    ids = tuple(project.id for project in projects)
    costs = tuple(project.cost for project in projects)
    voters = tuple(np.array([voter for voter, _points in supports[key]], dtype=np.int64) for key in ids)
    if utility is Utility.COST:
        worth = [[project.cost] * len(supports[project.id]) for project in projects]
    else:
        worth = [[points for _voter, points in supports[key]] for key in ids]
    return Tally(ids, costs, voters, _whole(worth), len(election.ballots), election.budget)


def _supports(election: Election) -> dict[str, list[tuple[int, Fraction]]]:
    found: dict[str, list[tuple[int, Fraction]]] = {project.id: [] for project in election.projects}
    for voter, ballot in enumerate(election.ballots):
        for choice, points in zip(
            ballot.choices, ballot.points or [Fraction(1)] * len(ballot.choices), strict=True
        ):
            if points > 0:
                found[choice].append((voter, points))
    return found


def _whole(worth: list[list[Fraction]]) -> tuple[Numbers, ...]:
    distinct = [set(of_project) for of_project in worth]
    times = lcm(*(number.denominator for numbers in distinct for number in numbers))
    scaled = {number: int(number * times) for numbers in distinct for number in numbers}
    if sum(scaled[number] for of_project in worth for number in of_project) > LARGEST:
        raise Refused(_("The numbers on these ballots are too large, or have too many decimals."))
    return tuple(np.array([scaled[number] for number in of_project], dtype=np.int64) for of_project in worth)
