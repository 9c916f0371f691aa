"""The sums of one budget: per main field, comparable task field, and task field."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import QuerySet, Sum

from budget.iv3 import codes
from budget.models import Budget, BudgetLine

AMOUNTS = ("expenditure", "income", "moved_expenditure", "moved_income")


@dataclass(frozen=True)
class Amounts:
    """What was or will be spent and received, and beside it what was only moved within the books. In euro."""

    expenditure: int = 0
    income: int = 0
    moved_expenditure: int = 0
    moved_income: int = 0

    def __add__(self, other: "Amounts") -> "Amounts":
        return Amounts(*(getattr(self, name) + getattr(other, name) for name in AMOUNTS))

    @property
    def net(self) -> int:
        """What the municipality pays itself: expenditure less income of the same task."""
        return self.expenditure - self.income


@dataclass(frozen=True)
class Total:
    """The sum of one code."""

    code: str
    amounts: Amounts


@dataclass(frozen=True)
class Totals:
    """The sums of the task fields of one budget, from which all others are made."""

    fields: dict[str, Amounts] = field(default_factory=dict)

    def of(self, code: str) -> Amounts:
        """Of a task field with all that is part of it, or of a main field without what is moved between years."""
        return _sum(self.fields[each] for each in self.codes(code))

    def codes(self, code: str) -> list[str]:
        """The task fields of this budget that are counted in ``code``; none when it has no line."""
        return [each for each in self._sorted if code in codes.chain(each) and self._counts(each, code)]

    def has(self, code: str) -> bool:
        """Whether there is a line for it, or for a part of it."""
        return bool(self.codes(code))

    def _counts(self, each: str, code: str) -> bool:
        return each not in codes.BELOW_MAIN or code == each

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(self.fields, key=codes.sort_key)

    @cached_property
    def mains(self) -> list[Total]:
        """Per main field, in the order of their numbers."""
        return self._grouped(self._spent, codes.main)

    def groups(self, main: str) -> list[Total]:
        """Per task field that can be compared over years, within a main field."""
        return self._grouped([each for each in self._spent if each[0] == main], codes.comparable)

    def parts(self, code: str) -> list[Total]:
        """Per task field below this one; none when it is not divided."""
        found = [each for each in self.codes(code) if each != code]
        return [Total(each, self.fields[each]) for each in found]

    @cached_property
    def all(self) -> Amounts:
        """Everything that is spent and received."""
        return _sum(self.fields[each] for each in self._spent)

    @cached_property
    def between_years(self) -> Amounts:
        """What goes to and from the reserves, and the result: task fields 0.10 and 0.11, as a whole."""
        return _sum(self.fields[each] for each in self._sorted if each in codes.BELOW_MAIN)

    @property
    def _spent(self) -> list[str]:
        return [each for each in self._sorted if each not in codes.BELOW_MAIN]

    def _grouped(self, fields: Iterable[str], key: Callable[[str], str]) -> list[Total]:
        found: dict[str, Amounts] = {}
        for each in fields:
            found[key(each)] = found.get(key(each), Amounts()) + self.fields[each]
        return [Total(code, amounts) for code, amounts in found.items()]


def _sum(amounts: Iterable[Amounts]) -> Amounts:
    return sum(amounts, start=Amounts())


def totals(budget: Budget) -> Totals:
    """Those of a budget, in one statement."""
    return Totals({row.pop("task_field"): Amounts(**row) for row in summed(lines_of(budget), "task_field")})


def lines_of(budget: Budget) -> QuerySet[BudgetLine]:
    found: QuerySet[BudgetLine] = BudgetLine.objects.filter(budget=budget)
    return found


def summed(lines: QuerySet[BudgetLine], *by: str) -> Iterable[dict[str, Any]]:
    """The amounts of lines added up by columns: a dict with those columns and the amounts for each."""
    sums = {f"total_{name}": Sum(name) for name in AMOUNTS}
    for row in lines.order_by().values(*by).annotate(**sums):
        yield {name.removeprefix("total_"): value for name, value in row.items()}
