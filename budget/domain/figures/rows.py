"""Where a figure comes from: the rows of the file."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter

from budget.domain.deliveries.rows import Row
from budget.domain.figures.totals import Totals, lines_of
from budget.enums import Side
from budget.models import Budget


@dataclass(frozen=True)
class Check:
    """The rows of a line added up, beside the figure that is shown and what is left out of it. In euro."""

    side: str
    rows: int
    moved: int
    shown: int


def rows_of(budget: Budget, totals: Totals, code: str) -> list[Row]:
    """The rows of a task field with all that is part of it, in the order of the file, in one statement."""
    lines = lines_of(budget).filter(task_field__in=totals.codes(code))
    kept = lines.order_by("task_field", "programme").values_list("task_field", "programme", "places", "rows")
    return sorted((row for line in kept for row in unpacked(*line)), key=attrgetter("place"))


def unpacked(task_field: str, programme: str, places: str, rows: str) -> Iterator[Row]:
    """The rows of one line, from the form in which ``BudgetLine`` keeps them."""
    for place, row in zip(places.split(), rows.split(";") if rows else (), strict=True):
        side, category, amount = row.split(" ")
        yield Row(int(place), side, task_field, category, programme, int(amount))


def checks(rows: Sequence[Row], totals: Totals, code: str) -> list[Check]:
    """For each side whether its rows are the figure with what is left out."""
    sums = {Side.EXPENDITURE.value: 0, Side.INCOME.value: 0}
    for row in rows:
        sums[row.side] += row.amount
    shown = totals.of(code)
    return [
        Check(Side.EXPENDITURE, sums[Side.EXPENDITURE], shown.moved_expenditure, shown.expenditure),
        Check(Side.INCOME, sums[Side.INCOME], shown.moved_income, shown.income),
    ]
