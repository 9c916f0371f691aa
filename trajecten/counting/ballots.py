"""An election as its ballots say it: projects with a cost, voters with what they support, and a budget."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class VoteType(StrEnum):
    """The kinds of ballot that Pabulib describes (https://pabulib.org/format)."""

    APPROVAL = "approval"
    CHOOSE_ONE = "choose-1"
    ORDINAL = "ordinal"
    CUMULATIVE = "cumulative"
    SCORING = "scoring"

    @property
    def has_points(self) -> bool:
        return self in {VoteType.CUMULATIVE, VoteType.SCORING}


class Utility(StrEnum):
    """What a project is worth to who supports it: its cost, or the points that the ballot gives it."""

    COST = "cost"
    POINTS = "points"


@dataclass(frozen=True)
class Project:
    """``cost`` in whole or decimal units of the currency; ``details`` are further columns, by name, in order."""

    id: str
    cost: Fraction
    details: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Ballot:
    """``choices`` are ids of projects, in the order given; ``points`` goes along with them, None without points.

    A ballot that chooses nothing is a ballot: its voter counts where the budget is divided over voters.
    """

    voter: str
    choices: tuple[str, ...]
    points: tuple[Fraction, ...] | None = None
    details: tuple[tuple[str, str], ...] = ()

    def supported(self) -> tuple[str, ...]:
        """What it supports: everything that it chooses, unless it gave no points for it."""
        if self.points is None:
            return self.choices
        return tuple(choice for choice, points in zip(self.choices, self.points, strict=True) if points > 0)


@dataclass(frozen=True)
class Election:
    """``meta`` are all other fields of its description, by name, in order."""

    budget: Fraction
    vote_type: VoteType
    projects: tuple[Project, ...]
    ballots: tuple[Ballot, ...]
    meta: tuple[tuple[str, str], ...] = ()

    def usual_utility(self) -> Utility:
        return Utility.POINTS if self.vote_type.has_points else Utility.COST
