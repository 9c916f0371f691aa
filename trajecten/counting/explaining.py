"""Why each project won or lost, and whether more voters would have preferred most votes first."""

from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction

from trajecten.counting import greedy
from trajecten.counting.equal_shares import Count
from trajecten.counting.tally import Tally


@dataclass(frozen=True)
class Explained:
    """Of one project. Money in units of the currency, exact.

    ``paid`` is what its supporters paid for it together, 0 where it was not chosen; ``in_full`` of them paid what it
    was worth to them times its price, from ``least_each`` to ``most_each``, and ``gave_all`` of them less, all that
    they had left. ``left`` is what its supporters had together when the count ended, and ``missing`` how much that was
    short.
    """

    id: str
    selected: bool
    cost: Fraction
    supporters: int
    paid: Fraction
    missing: Fraction
    left: Fraction = Fraction(0)
    in_full: int = 0
    gave_all: int = 0
    least_each: Fraction = Fraction(0)
    most_each: Fraction = Fraction(0)


@dataclass(frozen=True)
class Preferred:
    """How many voters have more of what they support in the one outcome, in the other, or as much in both."""

    first: int
    second: int
    neither: int


def by_equal_shares(tally: Tally, counted: Count) -> tuple[Explained, ...]:
    """In the order of the tally. What was free was paid by nobody."""
    numbers = {project: number for number, project in enumerate(counted.bought)}
    return tuple(
        _bought(tally, counted, project, numbers[project])
        if project in numbers
        else _not_bought(tally, counted, project)
        for project in range(len(tally.ids))
    )


def _bought(tally: Tally, counted: Count, project: int, number: int) -> Explained:
    paid = counted.ledger.paid(number)
    cost = tally.costs[project]
    return Explained(
        tally.ids[project],
        selected=True,
        cost=cost,
        supporters=tally.votes(project),
        paid=cost,
        missing=Fraction(0),
        left=counted.ledger.money(tally.supporters[project]),
        in_full=paid.in_full,
        gave_all=paid.gave_all,
        least_each=paid.least_each,
        most_each=paid.most_each,
    )


def _not_bought(tally: Tally, counted: Count, project: int) -> Explained:
    left = counted.ledger.money(tally.supporters[project])
    cost = tally.costs[project]
    return Explained(
        tally.ids[project],
        selected=project in counted.free,
        cost=cost,
        supporters=tally.votes(project),
        paid=Fraction(0),
        missing=max(Fraction(0), cost - left),
        left=left,
    )


def by_most_votes(tally: Tally) -> tuple[Explained, ...]:
    """All is paid from the budget; ``missing`` is how much too little was left at a project's turn.

    What nobody voted for has no turn: it is held against what is left in the end.
    """
    turns = greedy.turns(tally)
    chosen = greedy.most_votes(tally)
    in_the_end = tally.budget - tally.cost(chosen)
    return tuple(
        Explained(
            key,
            selected=project in chosen,
            cost=tally.costs[project],
            supporters=tally.votes(project),
            paid=tally.costs[project] if project in chosen else Fraction(0),
            missing=max(Fraction(0), tally.costs[project] - turns.get(project, in_the_end)),
        )
        for project, key in enumerate(tally.ids)
    )


def preferred(tally: Tally, first: Collection[int], second: Collection[int] | None = None) -> Preferred:
    """Which of two outcomes voters prefer, by what they support in each is worth to them together.

    Without ``second``, against most votes first.
    """
    second = greedy.most_votes(tally) if second is None else second
    more = tally.matrix[sorted(first)].sum(axis=0) - tally.matrix[sorted(second)].sum(axis=0)
    return Preferred(int((more > 0).sum()), int((more < 0).sum()), int((more == 0).sum()))
