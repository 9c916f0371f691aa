"""One line over the years, planned and realised."""

from dataclasses import dataclass

from budget.domain.figures.totals import Amounts, summed
from budget.domain.figures.versions import Versions
from budget.enums import BudgetKind
from budget.models import Budget, BudgetLine


@dataclass(frozen=True)
class YearFigures:
    """What was planned and realised in a year; None where that is not known, or no line has this code that year."""

    year: int
    plan: Budget | None
    planned: Amounts | None
    result: Budget | None
    realised: Amounts | None


def over_years(code: str, versions: Versions) -> list[YearFigures]:
    """A main field or comparable task field over all years, oldest first. In one statement, whatever the number.

    A code that is part of a comparable one does not exist in all years: ask for ``codes.comparable`` of it.
    """
    years = sorted({each.year for each in versions.budgets})
    pairs = [(year, versions.planned(year), versions.of(year, BudgetKind.REALISED)) for year in years]
    wanted = [budget.pk for _year, *found in pairs for budget in found if budget]
    sums = _sums(code, wanted)
    return [
        YearFigures(
            year, plan, sums.get(plan.pk) if plan else None, result, sums.get(result.pk) if result else None
        )
        for year, plan, result in pairs
    ]


def _sums(code: str, budgets: list[int]) -> dict[int, Amounts]:
    narrowed = {"group": code} if "." in code else {"main": code}
    lines = BudgetLine.objects.filter(budget__in=budgets, **narrowed)
    if "." not in code:
        lines = lines.exclude(task_field__in=["0.10", "0.11"])
    return {row.pop("budget"): Amounts(**row) for row in summed(lines, "budget")}
