"""How far the share of every voter can be raised before a count by Equal Shares could buy anything else.

Let every share grow by x. As long as the same is bought, in the same order, and the same voters give all they have,
every price and every voter's money is a straight line in x. That goes on while

- of each purchase, who gave all still has too little to pay in full, and the others have enough;
- no other project is cheaper: at the price of the purchase its supporters would still give less than its cost. The
  sum of min(money, price * worth) is at most the same sum with the side of each minimum that is the smaller at x = 0,
  and that is a straight line too;
- in the end, what was not bought still costs more than its supporters have.

The least x at which one of these lines could cross zero is a safe limit. Where two prices are too close to tell apart
with floats, fractions tell. Where they are the same nothing is promised, unless neither moves at all: so it is where
nobody has to give all, and projects with as many supporters cost the same for what they are worth. Then the lowest id
stays first.
"""

from fractions import Fraction
from functools import cached_property
from math import floor, inf

import numpy as np
import numpy.typing as npt

from trajecten.counting.equal_shares import CLOSE, Count
from trajecten.counting.ledger import Ledger
from trajecten.counting.tally import Tally

Floats = npt.NDArray[np.float64]
FAR = 2**53  # beyond this, floats don't know whole numbers


def steady_for(counted: Count) -> int:
    """The number of steps of one by which all shares can be raised so that the count stays as it is. May be too low."""
    replay = _Replay(counted)
    for number in range(len(counted.bought)):
        if not replay.buy(number):
            return 0
    replay.end()
    return max(0, floor(min(replay.limit, FAR) * (1 - CLOSE) - CLOSE))


class _Replay:
    """The count once more, with of each voter's money its value now and its slope in x."""

    def __init__(self, counted: Count) -> None:
        self.tally: Tally = counted.ledger.tally
        self.ledger = counted.ledger
        self.money: Floats = np.full(self.tally.voters, float(self.ledger.share))
        self.slope: Floats = np.ones(self.tally.voters)
        self.costs: Floats = np.array([float(cost) for cost in self.tally.costs])
        self.open = np.array([cost > 0 and votes > 0 for cost, votes in self._sizes()], dtype=bool)
        self.limit = inf

    def _sizes(self) -> list[tuple[float, int]]:
        return [(cost, self.tally.votes(project)) for project, cost in enumerate(self.costs)]

    def buy(self, number: int) -> bool:
        """The next purchase; False where something is too close to tell how long this holds."""
        project = self.ledger.purchases[number].project
        voters, worth = self.tally.supporters[project], self.tally.worth[project]
        gave = self.ledger.out[voters] <= number
        rest = float(worth[~gave].sum())
        price = (self.costs[project] - float(self.money[voters[gave]].sum())) / rest
        rise = -float(self.slope[voters[gave]].sum()) / rest
        self.open[project] = False
        over = np.where(gave, 1, -1) * (price * worth - self.money[voters])
        growth = np.where(gave, 1, -1) * (rise * worth - self.slope[voters])
        self._hold(over, growth)
        if not self._others(number, price, rise):
            return False
        self.money[voters] = np.where(gave, 0, self.money[voters] - price * worth)
        self.slope[voters] = np.where(gave, 0, self.slope[voters] - rise * worth)
        return True

    def _others(self, number: int, price: float, rise: float) -> bool:
        bought = self.ledger.purchases[number].project
        others = [p for p in np.flatnonzero(self.open) if not self._is_twin(bought, int(p))]
        worth = self.tally.matrix[others]
        in_full = price * worth
        pays_all = self.money < in_full
        missing = self.costs[others] - np.where(pays_all, self.money, in_full).sum(axis=1)
        growth = -np.where(pays_all, self.slope, rise * worth).sum(axis=1)
        near = (missing <= CLOSE * self.costs[others]) & (growth != 0)
        self._hold(missing[~near], growth[~near])
        return all(
            self._stays_dearer(int(others[place]), number, pays_all[place]) for place in np.flatnonzero(near)
        )

    def _stays_dearer(self, other: int, number: int, pays_all: npt.NDArray[np.bool_]) -> bool:
        """As ``_others``, exactly; False where it isn't dearer. ``pays_all`` tells it of every voter."""
        voters = self.tally.supporters[other]
        now, later = (self._missing(ledger, other, number, pays_all[voters]) for ledger in self._ledgers)
        if now <= 0:
            return False
        if later < now:
            self.limit = min(self.limit, float(now / (now - later)))
        return True

    def _missing(self, ledger: Ledger, other: int, number: int, pays_all: npt.NDArray[np.bool_]) -> Fraction:
        voters, worth = self.tally.supporters[other], self.tally.worth[other]
        given = ledger.money(voters[pays_all], number) + ledger.price(number) * int(worth[~pays_all].sum())
        return self.tally.costs[other] - given

    @cached_property
    def _ledgers(self) -> tuple[Ledger, Ledger]:
        """Now, and with a share that is 1 more: what is a straight line is known from both."""
        return self.ledger, self.ledger.with_share(self.ledger.share + 1)

    def _is_twin(self, bought: int, other: int) -> bool:
        """Of two projects that differ in nothing but their id the first goes first, at any share."""
        return (
            other > bought
            and self.tally.costs[other] == self.tally.costs[bought]
            and np.array_equal(self.tally.matrix[other], self.tally.matrix[bought])
        )

    def end(self) -> None:
        """What is not bought stays out of reach."""
        supports = self.tally.matrix[self.open] > 0
        self._hold(self.costs[self.open] - supports @ self.money, -(supports @ self.slope))

    def _hold(self, distance: Floats, growth: Floats) -> None:
        """Lines that must not go below zero. A slope that floats can't tell from zero counts as falling."""
        falling = (growth < CLOSE) & (growth != 0)
        if falling.any():
            until = distance[falling] / np.maximum(-growth[falling], CLOSE)
            self.limit = min(self.limit, float(until.min()))
