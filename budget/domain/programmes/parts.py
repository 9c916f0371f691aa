"""What of a task field falls under each programme by its shares: the one reading, for every page that tells of it.

A share of a task field is one of all that is part of it too, and those of a part come on top: where P1 takes half of
6.7 and P2 half of 6.71, 6.711 goes to both, and of 6.72 half to P1 and half to none. ``sharing`` refuses shares that
together take more than all. Parts are whole euros that add up to the task field (``figures.dividing``).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from budget.domain.figures.dividing import divide
from budget.iv3 import codes
from budget.models import Programme

NONE = ""


class Entered(NamedTuple):
    """A programme with the years in which it is one."""

    code: str
    from_year: int
    until_year: int | None

    def holds_in(self, year: int) -> bool:
        return self.from_year <= year and (self.until_year is None or year <= self.until_year)


@dataclass(frozen=True)
class Parts:
    """The shares that hold in one year: by task field, and then by number of the programme."""

    shares: Mapping[str, Mapping[str, Decimal]] = field(default_factory=dict)

    def takes(self, code: str) -> bool:
        """Whether a programme with this number takes anything."""
        return any(code in taken for taken in self.shares.values())

    def of(self, task_field: str) -> dict[str, Decimal]:
        """By number of the programme what it takes, from 0 to 1, and under "" what none takes.

        What only moves between years falls under none.
        """
        found: dict[str, Decimal] = {}
        if task_field not in codes.BELOW_MAIN:
            for step in codes.chain(task_field):
                for code, share in self.shares.get(step, {}).items():
                    found[code] = found.get(code, Decimal(0)) + share
        rest = max(Decimal(0), 1 - sum(found.values(), Decimal(0)))
        return {code: found[code] for code in sorted(found)} | ({NONE: rest} if rest else {})

    def divide(self, task_field: str, amount: int) -> dict[str, int]:
        """An amount of this task field in whole euro, by number of the programme."""
        taken = self.of(task_field)
        return dict(zip(taken, divide(amount, list(taken.values())), strict=True))


def in_years(municipality: int, years: Iterable[int]) -> dict[int, Parts]:
    """Those of each of these years, in one statement. ``municipality`` is its key.

    Where a programme was entered anew while that of before had no last year, the one that began last counts.
    """
    rows = Programme.objects.filter(municipality=municipality).order_by("from_year", "shares__task_field")
    kept: dict[Entered, dict[str, Decimal]] = {}
    for *entered, task_field, share in rows.values_list(
        *Entered._fields, "shares__task_field", "shares__share"
    ):
        shares = kept.setdefault(Entered(*entered), {})
        if task_field:
            shares[task_field] = share
    return {year: _in_year(kept, year) for year in years}


def _in_year(kept: Mapping[Entered, Mapping[str, Decimal]], year: int) -> Parts:
    newest = {entered.code: shares for entered, shares in kept.items() if entered.holds_in(year)}
    found: dict[str, dict[str, Decimal]] = {}
    for code, shares in newest.items():
        for task_field, share in shares.items():
            found.setdefault(task_field, {})[code] = share
    return Parts(found)
