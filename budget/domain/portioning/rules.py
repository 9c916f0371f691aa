"""Rules that divide an envelope, exactly: shares as fractions that add up to 1.

Sources: Freeman, Pennock, Peters, Wortman Vaughan, "Truthful aggregation of budget proposals" (arXiv 1905.00457) for
both moving phantoms; Elkind, Greger, Lederer, Suksompong, Teh (arXiv 2307.15586) for the mean.
"""

from collections.abc import Callable
from enum import StrEnum
from fractions import Fraction
from itertools import accumulate, pairwise

from budget.domain.alternative.majority import at_common_level
from budget.domain.portioning.shares import Column, Shares

Portions = tuple[Fraction, ...]


class Rule(StrEnum):
    """As they are called on the command line."""

    INDEPENDENT_MARKETS = "independent-markets"
    COMMON_RANK = "common-rank"
    MEAN = "mean"


def portion(shares: Shares, rule: Rule) -> Portions:
    """The share of each project, in their order."""
    rules: dict[Rule, Callable[[Shares], Portions]] = {
        Rule.INDEPENDENT_MARKETS: independent_markets,
        Rule.COMMON_RANK: common_rank,
        Rule.MEAN: mean,
    }
    return rules[rule](shares)


def mean(shares: Shares) -> Portions:
    return tuple(
        sum((share * times for share, times in zip(column.shares, column.times, strict=True)), Fraction(0))
        / shares.voters
        for column in shares.columns
    )


def common_rank(shares: Shares) -> Portions:
    """The utilitarian moving phantom, as ``budget.domain.alternative.majority`` explains it."""
    low_rank, high_rank = 0, shares.voters + 1
    while high_rank - low_rank > 1:
        middle = (low_rank + high_rank) // 2
        if sum(column.ranked(middle) for column in shares.columns) <= 1:
            low_rank = middle
        else:
            high_rank = middle
    low = [column.ranked(low_rank) for column in shares.columns]
    high = [column.ranked(low_rank + 1) for column in shares.columns]
    return at_common_level(low, high, Fraction(1))


def independent_markets(shares: Shares) -> Portions:
    """A project gets the largest over k of min(t(n - k), p_(k+1)), for the t with which all add up to 1.

    Each is a line in pieces that never falls as t grows, and bends only at a share divided by how many give at least,
    or more than, that share. So the right t lies between two neighbouring bends, and a straight line tells it exactly.
    """
    markets = [_Market.of(column, shares.voters) for column in shares.columns]
    bends = sorted({bend for market in markets for bend in market.bends()})
    low, high = 0, len(bends) - 1
    while high - low > 1:
        middle = (low + high) // 2
        if sum(market.at(bends[middle]) for market in markets) <= 1:
            low = middle
        else:
            high = middle
    start = [market.at(bends[low]) for market in markets]
    end = [market.at(bends[high]) for market in markets]
    rise = sum(end) - sum(start)
    part = (1 - sum(start)) / Fraction(rise) if rise else Fraction(0)
    return tuple(first + part * (last - first) for first, last in zip(start, end, strict=True))


class _Market:
    """One project: its distinct shares above zero, each with how many voters give at least that."""

    def __init__(self, steps: list[tuple[Fraction, int, int]]) -> None:
        self.steps = steps

    @classmethod
    def of(cls, column: Column, voters: int) -> "_Market":
        upto = [0, *accumulate(column.times)]
        return cls(
            [
                (share, voters - below, voters - through)
                for share, (below, through) in zip(column.shares, pairwise(upto), strict=True)
                if share
            ]
        )

    def bends(self) -> set[Fraction]:
        found = {Fraction(0)}
        for share, at_least, more in self.steps:
            found.add(share / at_least)
            if more:
                found.add(share / more)
        return found

    def at(self, t: Fraction) -> Fraction:
        return max((min(t * at_least, share) for share, at_least, _more in self.steps), default=Fraction(0))
