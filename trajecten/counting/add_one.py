"""Completing Equal Shares: everybody gets one more, until the outcome would cost more than there is.

Plain Equal Shares leaves money over. So each voter's share is raised from budget / voters by one unit of the currency
at a time, and the last outcome before the first that costs more than the budget counts. This is the rule of the real
elections in Assen 2024 and Świecie 2023. Stopping as soon as nothing more fits is another rule, with other outcomes.

Steps that can't change anything are skipped, never guessed:

- What costs more than its supporters have together can't be bought. While all else together fits in the budget, no
  outcome costs too much.
- Counts say themselves how far they hold (``trajecten.counting.steadiness``).
"""

from fractions import Fraction
from math import ceil

from trajecten.counting.equal_shares import Count, count, plain
from trajecten.counting.steadiness import steady_for
from trajecten.counting.tally import Tally

# Asking how far a count holds takes longer than counting, the more so the more ballots there are.
CELLS_A_STEP = 2000  # so many cells of projects by voters are worth a step of waiting
WAIT = 512  # and at most so many steps more where asking gained nothing


def add_one(tally: Tally) -> Count:
    """The last outcome that doesn't cost more than the budget.

    Where all that anybody supports fits in the budget, raising goes on without end: all of that is the outcome then.
    """
    counted = plain(tally)
    if not tally.voters:
        return counted
    threshold = _first_that_may_overspend(tally)
    if threshold is None:
        return _all_supported(tally)
    steps = _Steps(tally, counted)
    steps.jump(ceil(threshold - counted.ledger.share) - 1)
    while steps.advance():
        pass
    return steps.last


class _Steps:
    """``last`` is the outcome at its share, which doesn't overspend."""

    def __init__(self, tally: Tally, counted: Count) -> None:
        self.tally = tally
        self.last = counted
        self.least = len(tally.ids) * tally.voters // CELLS_A_STEP
        self.wait = self.least
        self.waited = 0

    def jump(self, steps: int) -> None:
        """Take this many steps at once; only for who knows that no outcome on the way overspends."""
        if steps > 0:
            self.last = count(self.tally, self.last.ledger.share + steps)

    def advance(self) -> bool:
        """One step further, and over those after it that change nothing; False where it would overspend."""
        following = count(self.tally, self.last.ledger.share + 1)
        if self.tally.cost(following.chosen) > self.tally.budget:
            return False
        self.last = following
        self.jump(self._held())
        return True

    def _held(self) -> int:
        """How many further steps change nothing, where that is worth asking."""
        self.waited += 1
        if self.waited <= self.wait:
            return 0
        self.waited = 0
        held = steady_for(self.last)
        self.wait = self.least if held > 2 else min(WAIT + self.least, 2 * self.wait + 1)
        return held


def _first_that_may_overspend(tally: Tally) -> Fraction | None:
    """The lowest share with which supporters could buy more together than the budget; None when none is."""
    affordable = sorted(
        (tally.costs[project] / tally.votes(project), project) for project in tally.by_votes()
    )
    spent = Fraction(0)
    for share, project in affordable:
        spent += tally.costs[project]
        if spent > tally.budget:
            return share
    return None


def _all_supported(tally: Tally) -> Count:
    """With a share with which each voter can pay everything that she supports alone."""
    return count(tally, tally.cost(tally.by_votes()) + 1)
