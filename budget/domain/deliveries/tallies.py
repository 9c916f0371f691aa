"""What the rows of one budget come to: their checksum, their lines, and how two versions differ."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from budget.domain.deliveries.rows import Row
from budget.enums import Side
from budget.iv3 import codes
from budget.method import BOOKKEEPING

# Side, task field, category and programme.
RowKey = tuple[str, str, str, str]
# Expenditure, income, and of each what is only moved within the books.
Amounts = list[int]
# Task field and programme.
LineKey = tuple[str, str]


@dataclass(frozen=True)
class Tally:
    """Amounts in euro. ``digest`` does not depend on the order of rows, nor on rows of nothing."""

    digest: str
    sums: Mapping[RowKey, int]

    def totals(self) -> tuple[int, int]:
        """Expenditure and income of all rows, also what is moved within the books."""
        sides = {Side.EXPENDITURE.value: 0, Side.INCOME.value: 0}
        for key, amount in self.sums.items():
            sides[key[0]] += amount
        return sides[Side.EXPENDITURE.value], sides[Side.INCOME.value]

    def lines(self) -> dict[LineKey, Amounts]:
        """What each task field (and programme) comes to, in the four amounts of a ``BudgetLine``."""
        lines: dict[LineKey, Amounts] = {}
        income = Side.INCOME.value
        for (side, task_field, category, programme), amount in self.sums.items():
            key = (task_field, programme)
            if key not in lines:
                lines[key] = [0, 0, 0, 0]
            lines[key][(side == income) + 2 * (category in BOOKKEEPING)] += amount
        return lines


def tally(rows: Iterable[Row]) -> Tally:
    sums: dict[RowKey, int] = {}
    for row in rows:
        key = row[1:5]
        sums[key] = sums.get(key, 0) + row[5]
    written = sorted("\t".join((*key, str(amount))) for key, amount in sums.items() if amount)
    return Tally(hashlib.sha256("\n".join(written).encode()).hexdigest(), sums)


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
