"""The mean rule: of every line the mean of what residents change, in whole numbers that add up to 0.

Of the rules that Elkind, Greger, Lederer, Suksompong and Teh compare (arXiv 2307.15586) the mean keeps most of what is
asked of fairness. One resident moves a line by at most (cap - floor) / n.
"""

from collections.abc import Sequence
from fractions import Fraction
from math import floor

from budget.domain.alternative.proposals import Proposals


def exact(proposals: Proposals) -> tuple[Fraction, ...]:
    """Per line the sum over all residents divided by their number, who changed nothing included. Adds up to 0."""
    residents = len(proposals.residents)
    return tuple(Fraction(int(total), residents) for total in proposals.changes.sum(axis=0))


def rounded(means: Sequence[Fraction]) -> tuple[int, ...]:
    """Whole numbers with the same sum, by largest remainder; with equal remainders the earlier line goes first.

    Raises ValueError when the sum is not whole. Each is the mean rounded up or down, up only if it was not whole, for
    there are more remainders than units to hand out. So with whole floors and caps it is within them as the mean is.
    """
    down = [floor(mean) for mean in means]
    to_give = sum(means) - sum(down)
    if Fraction(to_give).denominator != 1:
        raise ValueError("The means have to add up to a whole number.")
    order = sorted(range(len(means)), key=lambda line: (down[line] - means[line], line))
    up = set(order[: int(to_give)])
    return tuple(whole + (line in up) for line, whole in enumerate(down))
