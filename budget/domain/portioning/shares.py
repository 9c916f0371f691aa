"""Shares of voters, and the counts of them that the rules need."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from trajecten.counting.ballots import Election
from trajecten.refusals import Refused


@dataclass(frozen=True)
class Column:
    """What voters give one project: the distinct shares, ascending, and how many give exactly that."""

    shares: tuple[Fraction, ...]
    times: tuple[int, ...]

    def ranked(self, rank: int) -> Fraction:
        """The share with that rank, the lowest being 1; 0 for rank 0 and 1 for ranks above the number of voters."""
        if rank < 1:
            return Fraction(0)
        for share, times in zip(self.shares, self.times, strict=True):
            rank -= times
            if rank <= 0:
                return share
        return Fraction(1)


@dataclass(frozen=True)
class Shares:
    """``columns`` go along with ``ids``; every voter's shares add up to 1."""

    ids: tuple[str, ...]
    columns: tuple[Column, ...]
    voters: int


def gather(ids: Sequence[str], given: Sequence[Mapping[str, Fraction]]) -> Shares:
    """Of each voter what she gives each project; what is not named gets 0, and the whole is stretched to 1.

    Refused: no voters. Raises ValueError for a voter who gives less than nothing, or nothing at all.
    """
    if not given:
        raise Refused(_("There are no ballots that give anything."))
    counted: dict[str, Counter[Fraction]] = {key: Counter() for key in ids}
    for voter in given:
        total = sum(voter.values())
        if total <= 0 or min(voter.values()) < 0:
            raise ValueError("A voter gives more than nothing in all, and never less than nothing.")
        for key, amount in voter.items():
            counted[key][amount / total] += 1
    columns = tuple(_column(counted[key], len(given)) for key in ids)
    return Shares(tuple(ids), columns, len(given))


def _column(counted: Counter[Fraction], voters: int) -> Column:
    nothing = voters - counted.total()
    if nothing:
        counted[Fraction(0)] += nothing
    shares = sorted(counted)
    return Column(tuple(shares), tuple(counted[share] for share in shares))


def of_points(election: Election) -> Shares:
    """From ballots with points, each voter's as shares of what she gave; who gave nothing is left out.

    Refused: ballots without points, or with points below zero.
    """
    if not election.vote_type.has_points:
        raise Refused(_("These ballots give no points, so an envelope can't be divided by them."))
    given = []
    for ballot in election.ballots:
        points = dict(zip(ballot.choices, ballot.points or (), strict=True))
        if any(number < 0 for number in points.values()):
            raise Refused(_("Voter %(voter)s gives points below 0.") % {"voter": ballot.voter})
        if sum(points.values()):
            given.append(points)
    return gather([project.id for project in election.projects], given)
