"""The Method of Equal Shares: every voter gets the same part of the budget, and pays with it for what she supports.

Source: Peters, Pierczyński, Skowron, "Proportional Participatory Budgeting with Additive Utilities" (NeurIPS 2021).
Each round buys the project with the lowest price rho, where the sum over its supporters of min(money, rho * worth) is
its cost; in a tie the lowest id as text. Only what its supporters can pay together is bought.

A price only rises as voters spend, so an old price is a lower bound: a heap of those saves most of the work. Bounds are
floats; where two prices, or money and cost, are within ``CLOSE`` of each other, exact fractions decide.
"""

from dataclasses import dataclass
from fractions import Fraction
from heapq import heapify, heappop, heappush

import numpy as np
import numpy.typing as npt

from trajecten.counting.ledger import Ledger
from trajecten.counting.tally import Tally

CLOSE = 1e-9  # relative; floats err by about 1e-13 here
SURE = 1e-12

Money = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Count:
    """``free`` costs nothing and has a supporter; ``bought`` in the order of buying; the ledger knows who paid."""

    free: tuple[int, ...]
    bought: tuple[int, ...]
    ledger: Ledger

    @property
    def chosen(self) -> tuple[int, ...]:
        return self.free + self.bought


def plain(tally: Tally) -> Count:
    """Without completion: each voter has the budget divided by the number of ballots, empty ones included."""
    return count(tally, tally.budget / tally.voters if tally.voters else Fraction(0))


def count(tally: Tally, share: Fraction) -> Count:
    """The outcome when each voter has ``share``."""
    counting = Counting(tally, share)
    while (project := counting.cheapest()) is not None:
        counting.buy(project)
    free = tuple(
        project for project, cost in enumerate(tally.costs) if cost == 0 and tally.votes(project) > 0
    )
    bought = tuple(purchase.project for purchase in counting.ledger.purchases)
    return Count(free, bought, counting.ledger)


class Counting:
    """One count on its way: what each voter has left, and what each project costs at least."""

    def __init__(self, tally: Tally, share: Fraction) -> None:
        self.tally = tally
        self.ledger = Ledger(tally, share)
        self.money: Money = np.full(tally.voters, float(share))
        self.costs = [float(cost) for cost in tally.costs]
        self.bounds = [
            (self.costs[project] / float(tally.worth[project].sum()), project)
            for project, cost in enumerate(tally.costs)
            if cost > 0 and tally.votes(project)
        ]
        heapify(self.bounds)

    def cheapest(self) -> int | None:
        """The project to buy now, taken out of the heap; None when the supporters of none have enough."""
        equals: list[tuple[float, int]] = []
        known: set[int] = set()
        while self.bounds and (not equals or self.bounds[0][0] <= equals[0][0] * (1 + CLOSE)):
            bound, project = heappop(self.bounds)
            if project in known:
                equals.append((bound, project))
            elif (price := self.price(project)) is not None:
                known.add(project)
                heappush(self.bounds, (price, project))
        if not equals:
            return None
        first = equals[0] if len(equals) == 1 else min(equals, key=self._exactly)
        for other in equals:
            if other != first:
                heappush(self.bounds, other)
        return first[1]

    def buy(self, project: int) -> None:
        voters, worth = self.tally.supporters[project], self.tally.worth[project]
        price = self.price(project)
        if price is None:
            raise ValueError("Its supporters can't pay it.")
        gave_all = self._gave_all(project, price)
        self.ledger.enter(project, price, gave_all)
        self.money[voters] = np.where(gave_all, 0.0, np.maximum(self.money[voters] - price * worth, 0.0))

    def price(self, project: int) -> float | None:
        """Per unit of worth; None when its supporters don't have enough, now or later."""
        cost, money = self.costs[project], self.money[self.tally.supporters[project]]
        if not self._affordable(project, float(money.sum())):
            return None
        worth = self.tally.worth[project]
        if self.tally.is_even[project]:
            return _price(cost, np.sort(money), None) / int(worth[0])
        order = np.argsort(money / worth)
        return _price(cost, money[order], worth[order])

    def _affordable(self, project: int, total: float) -> bool:
        cost = self.costs[project]
        if abs(total - cost) > CLOSE * cost:
            return total > cost
        return self.ledger.money(self.tally.supporters[project]) >= self.tally.costs[project]

    def _gave_all(self, project: int, price: float) -> npt.NDArray[np.bool_]:
        voters, worth = self.tally.supporters[project], self.tally.worth[project]
        gave_all: npt.NDArray[np.bool_] = self.money[voters] < price * worth * (1 - SURE)
        return gave_all

    def _exactly(self, equal: tuple[float, int]) -> tuple[Fraction, int]:
        price, project = equal
        return self.ledger.price_for(project, self._gave_all(project, price)), project


def _price(cost: float, money: Money, worth: npt.NDArray[np.int64] | None) -> float:
    """The price at which these give ``cost`` together; they come with who can pay the lowest price first.

    If the first k give all they have, the others pay (cost - money of those k) / (worth to the others). Never more than
    what takes all that the last one has: where they have just enough, floats could find a little more.
    """
    most = float(money[-1] if worth is None else money[-1] / worth[-1])
    before = np.cumsum(money) - money
    if worth is None:
        rest: Money = np.arange(len(money), 0, -1, dtype=np.float64)
        reached = before + money * rest >= cost * (1 - SURE)
    else:
        rest = (worth[::-1].cumsum()[::-1]).astype(np.float64)
        reached = before + money / worth * rest >= cost * (1 - SURE)
    first = int(np.argmax(reached))
    return min(most, float((cost - before[first]) / rest[first])) if reached[first] else most
