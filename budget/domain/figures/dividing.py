"""Dividing a whole amount by weights so that the parts add up to it."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction


def divide(amount: int, weights: Sequence[int | Decimal]) -> list[int]:
    """A whole part for each weight, by largest remainder: each is its exact part, less or more than one euro off.

    With equal remainders the earlier one goes first. A weight of 0 gets nothing. Refused (ValueError): a weight below
    0, and weights that are all 0.
    """
    exact = [Fraction(weight) for weight in weights]
    whole = sum(exact)
    if any(weight < 0 for weight in exact) or not whole:
        raise ValueError("Weights are 0 or more, and at least one is more.")
    sign = -1 if amount < 0 else 1
    shares = [abs(amount) * weight / whole for weight in exact]
    parts = [int(share) for share in shares]
    by_remainder = sorted(range(len(parts)), key=lambda place: parts[place] - shares[place])
    for place in by_remainder[: abs(amount) - sum(parts)]:
        parts[place] += 1
    return [sign * part for part in parts]
