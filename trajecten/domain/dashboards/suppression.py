"""Small numbers that are not shown, nor can be reckoned from the numbers that are.

Counts of people under ``SMALL`` are hidden, for they point at persons. One hidden number in a table with a total is
the total less the others, so more has to be hidden: the next larger numbers, until the hidden ones could have
been divided otherwise too. What is hidden depends on the numbers only, never on their place, so exchanging the
hidden numbers gives the same page; unless all hidden numbers are equal, each of them can thus be another. A zero is
shown: it tells that nobody came, which is what these tables are for, and it points at nobody.

Two cases can't be helped that way: fewer than ``SMALL`` people in all, and a table in which everybody stands alone.
Then nothing is shown. Tables of the same people share their total; so where one of them can't be shown, none is.
Areas are counted on one level only: a district less its neighbourhoods would give a hidden neighbourhood away.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

SMALL = 5


@dataclass(frozen=True)
class Shown:
    """What may be shown: each table with None for a hidden number, and the total; all None when it is too small."""

    tables: tuple[Mapping[Hashable, int | None], ...]
    total: int | None


def suppress(*tables: Mapping[Any, int]) -> Shown:
    """Hide what is too small in tables that count the same people, each in another way.

    Raises ValueError when their totals differ or a number is below zero.
    """
    totals = {sum(table.values()) for table in tables}
    if len(totals) != 1 or any(number < 0 for table in tables for number in table.values()):
        raise ValueError("Tables of the same people have one total, and no numbers below zero.")
    (total,) = totals
    limits = [highest_hidden(list(table.values())) for table in tables]
    if 0 < total < SMALL or None in limits:
        return Shown(tuple(dict.fromkeys(table) for table in tables), None)
    shown: tuple[Mapping[Hashable, int | None], ...] = tuple(
        {cell: None if 0 < number <= (limit or 0) else number for cell, number in table.items()}
        for table, limit in zip(tables, limits, strict=True)
    )
    return Shown(shown, total)


def highest_hidden(numbers: Sequence[int]) -> int | None:
    """Numbers from 1 up to this one are hidden; 0 when none is, None when nothing of the table can be shown."""
    people = sorted(number for number in numbers if number)
    if not people or people[0] >= SMALL:
        return 0
    for limit in (SMALL - 1, *(number for number in people if number >= SMALL)):
        if _can_be_otherwise([number for number in people if number <= limit]):
            return limit
    return SMALL - 1 if len(people) > 1 and people[0] == people[-1] == SMALL - 1 else None


def _can_be_otherwise(hidden: Sequence[int]) -> bool:
    """Whether other numbers would give the same page: these exchanged, or equal ones moved apart below ``SMALL``."""
    if len(hidden) < 2:
        return False
    return hidden[0] != hidden[-1] or 1 < hidden[0] < SMALL - 1
