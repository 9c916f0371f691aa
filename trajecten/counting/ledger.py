"""Who paid what in a count by Equal Shares, exactly.

A voter pays a project its price times what the project is worth to her, or all that she has left if that is less; then
she is out. So her money is what she got, less the sum of prices times worth of what she paid in full: sums over groups
of voters need only whole numbers and the few prices. Thus exact fractions cost little, also with many voters.
"""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from trajecten.counting.tally import Numbers, Tally

IN = np.iinfo(np.int64).max  # has money left, or never had to give all


@dataclass(frozen=True)
class Purchase:
    """``price`` is per unit of worth, as a float; who pays less than it gave all that was left."""

    project: int
    price: float


@dataclass(frozen=True)
class Paid:
    """How many paid in full, how many less because it was all that they had left.

    Of those who paid in full, what one paid at least and at most: who gives more points pays more.
    """

    in_full: int
    gave_all: int
    least_each: Fraction
    most_each: Fraction


class Ledger:
    """Every voter begins with ``share``; purchases are entered in order."""

    def __init__(self, tally: Tally, share: Fraction) -> None:
        self.tally = tally
        self.share = share
        self.purchases: list[Purchase] = []
        self.out: Numbers = np.full(
            tally.voters, IN, dtype=np.int64
        )  # the purchase for which a voter gave all
        self._prices: list[Fraction] = []

    def with_share(self, share: Fraction) -> "Ledger":
        """The same purchases, for which the same voters give all, with another share for every voter."""
        other = Ledger(self.tally, share)
        other.purchases, other.out = self.purchases, self.out
        return other

    def enter(self, project: int, price: float, gave_all: npt.NDArray[np.bool_]) -> None:
        """A purchase; ``gave_all`` tells it of each supporter in their order."""
        voters = self.tally.supporters[project][gave_all]
        self.out[voters] = np.minimum(self.out[voters], len(self.purchases))
        self.purchases.append(Purchase(project, price))

    def money(self, voters: Numbers, before: int | None = None) -> Fraction:
        """What these voters have together, before the purchase with that number; without it, now."""
        before = len(self.purchases) if before is None else before
        paying = voters[self.out[voters] >= before]
        total = self.share * len(paying)
        for number in range(before):
            worth = int(self.tally.matrix[self.purchases[number].project, paying].sum())
            total -= self.price(number) * worth
        return total

    def price(self, number: int) -> Fraction:
        """The exact price of the purchase with that number."""
        while len(self._prices) <= number:
            at = len(self._prices)
            project = self.purchases[at].project
            out = self.out[self.tally.supporters[project]] <= at
            self._prices.append(self.price_for(project, out, before=at))
        return self._prices[number]

    def price_for(self, project: int, gave_all: npt.NDArray[np.bool_], before: int | None = None) -> Fraction:
        """What a unit of worth costs, if these supporters give all that they have and the others pay it in full."""
        voters, worth = self.tally.supporters[project], self.tally.worth[project]
        missing = self.tally.costs[project] - self.money(voters[gave_all], before)
        return missing / int(worth[~gave_all].sum())

    def paid(self, number: int) -> "Paid":
        """Who paid for the purchase with that number."""
        project = self.purchases[number].project
        out = self.out[self.tally.supporters[project]]
        in_full = out > number
        worth = self.tally.worth[project][in_full]
        least, most = (self.price(number) * int(each) for each in (worth.min(), worth.max()))
        return Paid(int(in_full.sum()), int((out == number).sum()), least, most)
