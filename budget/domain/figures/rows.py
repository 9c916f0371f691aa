"""Where a figure comes from: the rows of the file."""

from dataclasses import dataclass

from django.db.models import QuerySet, Sum

from budget.domain.figures.totals import Totals
from budget.enums import Side
from budget.models import Budget, BudgetRow


@dataclass(frozen=True)
class Check:
    """The rows of a line added up, beside the figure that is shown and what is left out of it. In euro."""

    side: str
    rows: int
    moved: int
    shown: int

    @property
    def is_right(self) -> bool:
        return self.rows == self.moved + self.shown


def rows_of(budget: Budget, totals: Totals, code: str) -> QuerySet[BudgetRow]:
    """The rows of a task field with all that is part of it, in the order of the file."""
    found: QuerySet[BudgetRow] = BudgetRow.objects.filter(budget=budget, task_field__in=totals.codes(code))
    return found.order_by("place", "pk")


def checks(budget: Budget, totals: Totals, code: str) -> list[Check]:
    """For each side whether its rows are the figure with what is left out."""
    sums = dict(rows_of(budget, totals, code).order_by().values_list("side").annotate(Sum("amount")))
    shown = totals.of(code)
    return [
        Check(Side.EXPENDITURE, sums.get(Side.EXPENDITURE, 0), shown.moved_expenditure, shown.expenditure),
        Check(Side.INCOME, sums.get(Side.INCOME, 0), shown.moved_income, shown.income),
    ]
