"""What has a majority behind it, line by line: the median, and the outcome of the common-rank moving phantom.

Common rank (Freeman, Pennock, Peters and Wortman Vaughan, arXiv 1905.00457, the utilitarian moving phantom): with n
shares of a line p_1 <= ... <= p_n and phantoms f_k(t) = clip(t(n + 1) - k, 0, 1), a line becomes the largest over k of
min(f_k(t), p_(k+1)), for the t with which all lines add up to 1. With m = floor(t(n + 1)) and level = t(n + 1) - m that
is the level, but at least p_m and at most p_(m+1): so the outcome lies between two ranks that all lines have in common,
and where it lies between is a level that they have in common. Both are found exactly, without bisecting t.
"""

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

import numpy as np

from budget.domain.alternative.proposals import Proposals


def medians(proposals: Proposals) -> tuple[Fraction, ...]:
    """Per line the middle change; with an even number of residents halfway the two middle ones."""
    ordered = np.sort(proposals.changes, axis=0)
    residents = len(ordered)
    twice = ordered[(residents - 1) // 2] + ordered[residents // 2]
    return tuple(Fraction(int(both), 2) for both in twice)


def common_rank(proposals: Proposals) -> tuple[Fraction, ...]:
    """Per line the change of the common-rank outcome; adds up to 0, and is within floors and caps."""
    baseline = np.array([line.baseline for line in proposals.lines], dtype=np.int64)
    ordered = np.sort(proposals.changes + baseline, axis=0)
    total = int(baseline.sum())
    # The lowest amounts add up to the total at most, the highest to at least that.
    rank = max(0, int(np.searchsorted(ordered.sum(axis=1), total, side="right")) - 1)
    low = [Fraction(int(amount)) for amount in ordered[rank]]
    high = [Fraction(int(amount)) for amount in ordered[min(rank + 1, len(ordered) - 1)]]
    outcome = at_common_level(low, high, Fraction(total))
    return tuple(amount - line.baseline for amount, line in zip(outcome, proposals.lines, strict=True))


def at_common_level(
    low: Sequence[Fraction], high: Sequence[Fraction], total: Fraction
) -> tuple[Fraction, ...]:
    """One level for all, but for each at least its low and at most its high, so that they add up to ``total``.

    Raises ValueError when no level does.
    """
    bounds = list(zip(low, high, strict=True))
    if sum(low) == total:
        return tuple(low)
    for start, end in pairwise(sorted({*low, *high})):
        at_start = sum(max(least, min(start, most)) for least, most in bounds)
        moving = sum(least <= start and end <= most for least, most in bounds)
        if at_start <= total <= at_start + moving * (end - start):
            level = start + (total - at_start) / moving if moving else start
            return tuple(max(least, min(level, most)) for least, most in bounds)
    raise ValueError("There is no such level.")
