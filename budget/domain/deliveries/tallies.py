"""What the rows of one budget come to: their checksum, their lines, and how two versions differ."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from typing import Any

from budget.domain.deliveries.rows import Row
from budget.enums import Side
from budget.iv3 import codes
from budget.method import BOOKKEEPING

# Expenditure, income, and of each what is only moved within the books.
Amounts = list[int]
# Task field and programme.
LineKey = tuple[str, str]

_KEY, _AMOUNT = itemgetter(1, 2, 3, 4), itemgetter(5)


@dataclass(slots=True)
class Line:
    """What the rows of a task field (and programme) come to, and those rows in the form of ``BudgetLine.rows``."""

    amounts: Amounts
    rows: list[str]
    places: list[int]


@dataclass(frozen=True)
class Tally:
    """Amounts in euro. ``digest`` does not depend on the order of rows, nor on rows of nothing."""

    digest: str
    lines: Mapping[LineKey, Line]

    def amounts(self) -> dict[LineKey, Amounts]:
        return {key: line.amounts for key, line in self.lines.items()}

    def totals(self) -> tuple[int, int]:
        """Expenditure and income of all rows, also what is moved within the books."""
        spent, received = 0, 0
        for amounts in self.amounts().values():
            spent += amounts[0] + amounts[2]
            received += amounts[1] + amounts[3]
        return spent, received


def tally(rows: Sequence[Row], *, are_unlike: bool = False) -> Tally:
    """``are_unlike`` as in ``Figures``."""
    lines = _lines(rows)
    is_plain = all(map(_AMOUNT, rows)) and (are_unlike or len(set(map(_KEY, rows))) == len(rows))
    return Tally(_digest(lines if is_plain else _lines(_summed(rows))), lines)


def _lines(rows: Sequence[Row]) -> dict[LineKey, Line]:
    """Column by column where that can be, which takes a third of the time of row by row."""
    lines: dict[LineKey, Line] = {}
    if not rows:
        return lines
    places, sides, fields, categories, programmes, amounts = zip(*rows, strict=True)
    texts = map(" ".join, zip(sides, categories, map(str, amounts), strict=True))
    keys = zip(fields, programmes, strict=True)
    for key, kind, amount, text, place in zip(
        keys, map(_kind, sides, categories), amounts, texts, places, strict=True
    ):
        line = lines.get(key)
        if line is None:
            line = lines[key] = Line([0, 0, 0, 0], [], [])
        line.amounts[kind] += amount
        line.rows.append(text)
        line.places.append(place)
    return lines


@cache
def _kind(side: str, category: str) -> int:
    """Which of the four ``Amounts`` a row counts in."""
    return (side == Side.INCOME) + 2 * (category in BOOKKEEPING)


def _summed(rows: Iterable[Row]) -> list[Row]:
    """One row for each key, and none for what is nothing."""
    sums: dict[tuple[str, str, str, str], int] = {}
    for row in rows:
        key = _KEY(row)
        sums[key] = sums.get(key, 0) + row.amount
    return [Row(0, *key, amount) for key, amount in sums.items() if amount]


def _digest(lines: Mapping[LineKey, Line]) -> str:
    written = [
        f"{code}\t{programme}\t{';'.join(sorted(line.rows))}" for (code, programme), line in lines.items()
    ]
    return hashlib.sha256("\n".join(sorted(written)).encode()).hexdigest()


def changes(old: Mapping[LineKey, Amounts], new: Mapping[LineKey, Amounts]) -> list[dict[str, Any]]:
    """Per task field and side what it was and is, in euro with what is moved within the books; only what differs.

    A task field of which only the division over categories changed has the same amount twice.
    """
    was, now = _by_task_field(old), _by_task_field(new)
    return list(_different(was, now))


def _by_task_field(lines: Mapping[LineKey, Amounts]) -> dict[str, Amounts]:
    found: dict[str, Amounts] = {}
    for (task_field, _programme), amounts in lines.items():
        above = found.setdefault(task_field, [0, 0, 0, 0])
        found[task_field] = [one + other for one, other in zip(above, amounts, strict=True)]
    return found


def _different(was: Mapping[str, Amounts], now: Mapping[str, Amounts]) -> Iterator[dict[str, Any]]:
    for code in sorted({*was, *now}, key=codes.sort_key):
        before, after = was.get(code, [0] * 4), now.get(code, [0] * 4)
        for place, side in enumerate((Side.EXPENDITURE, Side.INCOME)):
            if (before[place], before[place + 2]) != (after[place], after[place + 2]):
                yield {
                    "task_field": code,
                    "side": side.value,
                    "old": before[place] + before[place + 2],
                    "new": after[place] + after[place + 2],
                }
