"""No task field is given away twice: what programmes take of it is at most all of it, in every year."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from budget.iv3 import codes

WHOLE = Decimal(1)


@dataclass(frozen=True)
class Taking:
    """A programme with the years in which it is one, and what it takes of task fields (from 0 to 1)."""

    name: str
    from_year: int
    until_year: int | None
    shares: Mapping[str, Decimal]

    def is_in(self, year: int) -> bool:
        return self.from_year <= year and (self.until_year is None or year <= self.until_year)


@dataclass(frozen=True)
class TakenTwice:
    """A task field of which more than all is taken in a year, by the programme and by ``others``.

    ``left`` is the part that the programme could have.
    """

    task_field: str
    year: int
    left: Decimal
    others: tuple[str, ...]


def taken_twice(new: Taking, others: Iterable[Taking]) -> list[TakenTwice]:
    """Of each task field of the new programme the first year in which too much of it is taken.

    A programme that takes a task field takes what is part of it too: 6.7 with 6.711. What is taken only rises where
    a programme begins, so those are the years to look at.
    """
    others = list(others)
    begin = {one.from_year for one in (new, *others) if new.is_in(one.from_year)}
    found: dict[str, TakenTwice] = {}
    for year in sorted(begin):
        for one in _in_year(new, [other for other in others if other.is_in(year)], year):
            found.setdefault(one.task_field, one)
    return list(found.values())


def _in_year(new: Taking, others: list[Taking], year: int) -> Iterable[TakenTwice]:
    taken: dict[str, dict[str, Decimal]] = defaultdict(dict)
    for other in others:
        for code, share in other.shares.items():
            taken[code][other.name] = share
    for own in new.shares:
        for code in sorted({own, *(code for code in taken if own in codes.chain(code))}):
            steps = codes.chain(code)
            mine = sum((new.shares.get(step, Decimal(0)) for step in steps), Decimal(0))
            theirs = [(name, share) for step in steps for name, share in taken.get(step, {}).items()]
            total = sum((share for _name, share in theirs), Decimal(0))
            if mine + total > WHOLE:
                names = tuple(dict.fromkeys(name for name, _share in theirs))
                yield TakenTwice(own, year, max(Decimal(0), WHOLE - total), names)
                break
