"""Which figures there are of the municipality in scope: its years, and the kinds of each."""

from dataclasses import dataclass
from functools import cached_property

from budget.enums import BudgetKind, Period
from budget.models import Budget, BudgetLine

# What is shown of a year unless somebody asks for another: the newest plan, then what was spent.
ORDER = (BudgetKind.AMENDED, BudgetKind.PRIMITIVE, BudgetKind.REALISED, BudgetKind.ESTIMATE)


@dataclass(frozen=True)
class Versions:
    """The newest versions of all figures: of realised ones the latest period, of estimates the latest one made."""

    budgets: tuple[Budget, ...]

    @cached_property
    def years(self) -> list[int]:
        """Newest first; a year with estimates only is none."""
        return sorted({each.year for each in self.budgets if each.kind != BudgetKind.ESTIMATE}, reverse=True)

    @cached_property
    def _by_year(self) -> dict[tuple[int, str], Budget]:
        rising = sorted(self.budgets, key=lambda each: (each.period, each.base_year or 0))
        return {(each.year, each.kind): each for each in rising}

    def of(self, year: int, kind: str) -> Budget | None:
        """The newest figures of this kind; None without any."""
        return self._by_year.get((year, kind))

    def kinds(self, year: int) -> list[Budget]:
        """One budget for each kind there is of a year, in ``ORDER``."""
        found = (self.of(year, kind) for kind in ORDER)
        return [budget for budget in found if budget]

    def planned(self, year: int) -> Budget | None:
        """The newest plan of a year: after changes, else as it was adopted, else an estimate."""
        plans = (BudgetKind.AMENDED, BudgetKind.PRIMITIVE, BudgetKind.ESTIMATE)
        return next((found for kind in plans if (found := self.of(year, kind))), None)

    def newest(self) -> Budget | None:
        """What is shown to who asks for nothing: the plan of the newest year that has one, else what there is."""
        with_plan = (self.planned(year) for year in self.years)
        first = next((found for found in with_plan if found), None)
        return first or next((self.kinds(year)[0] for year in self.years), None)

    def chosen(self, year: int | None, kind: str) -> Budget | None:
        """The figures of this year, of this kind if there are; None for a year without figures."""
        if year is None:
            return self.newest()
        found = self.kinds(year) if year in self.years else []
        return next((budget for budget in found if budget.kind == kind), found[0] if found else None)


def versions() -> Versions:
    """Those of the municipality in scope, in one statement."""
    return Versions(tuple(Budget.objects.filter(is_current=True).select_related("delivery").order_by("pk")))


def have_figures() -> bool:
    """Whether the municipality in scope has any."""
    return bool(Budget.objects.filter(is_current=True).exclude(kind=BudgetKind.ESTIMATE).exists())


def is_partial(budget: Budget) -> bool:
    """Whether these figures go over a part of the year only."""
    return budget.kind == BudgetKind.REALISED and budget.period not in (Period.QUARTER_4, Period.ACCOUNTS)


def codes_in_use() -> set[str]:
    """The main fields and task fields, comparable ones too, of which the municipality in scope has figures."""
    lines = BudgetLine.objects.filter(budget__is_current=True).order_by()
    found = lines.values_list("main", "group", "task_field").distinct()
    return {code for several in found for code in several}
