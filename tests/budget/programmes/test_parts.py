"""One reading of the parts of task fields that fall under programmes, wherever their money is told."""

from typing import Any

import pytest

from budget.domain.figures import areas as areas_of
from budget.domain.figures.programmes import by_programme
from budget.domain.figures.totals import totals
from budget.domain.monitoring import books
from budget.domain.rounds import proposing
from budget.domain.rounds.proposing import Choice
from budget.enums import LineKind
from budget.models import Round
from tests.budget.reading_books import plan
from tests.factories.budget import BudgetFactory, ProgrammeFactory, RoundFactory


def of_round(budget: Any) -> dict[str, int]:
    found: Round = RoundFactory(municipality=budget.municipality, budget=budget, unit=1)
    rows = proposing.propose(found, Choice(by=proposing.PROGRAMMES))
    return {row.code: row.baseline for row in rows}


def of_figures(budget: Any) -> dict[str, int]:
    return {total.code: total.amounts.expenditure for total in by_programme(budget, totals(budget)).totals}


def of_monitor(budget: Any, *codes: str) -> dict[str, int | None]:
    read = books.read(budget.municipality, [budget.year])
    return {code: plan(read, budget.year, code, LineKind.PROGRAMME) for code in codes}


def of_areas(budget: Any, *programmes: Any) -> dict[str, int]:
    sums = totals(budget)
    found = {each.code: areas_of.of_programme(budget, sums, each) for each in programmes}
    return {code: sum(division.amounts.values()) for code, division in found.items() if division}


@pytest.mark.parametrize(
    ("first", "second", "lines", "one", "two", "none"),
    [
        # P2 takes a part of what P1 takes a part of.
        ({"6.7": "0.5"}, {"6.71": "0.5"}, {"6.711": 1000, "6.72": 400}, 700, 500, 200),
        # Halves of an odd euro, three times.
        ({"6.1": "0.5", "6.2": "0.5", "6.3": "0.5"}, {"6.1": "0.5"}, {"6.1": 3, "6.2": 5, "6.3": 7}, 9, 1, 5),
        # What only moves between years is of no programme.
        ({"0": 1, "0.10": 1}, {"6.1": 1}, {"0.10": 900, "0.1": 10, "6.1": 20}, 10, 20, 0),
    ],
)
def test_a_programme_has_the_same_money_everywhere(
    in_scope: Any, areas: Any, first: Any, second: Any, lines: Any, one: int, two: int, none: int
) -> None:
    programmes = [
        ProgrammeFactory(municipality=in_scope, code=code, shares=shares)
        for code, shares in (("P1", first), ("P2", second))
    ]
    budget = BudgetFactory(municipality=in_scope, lines=lines)
    wanted = {"P1": one, "P2": two}
    assert of_figures(budget) == wanted | ({"": none} if none else {})
    assert of_monitor(budget, "P1", "P2") == wanted
    assert of_areas(budget, *programmes) == wanted
    assert of_round(budget) == wanted


def test_rows_that_name_programmes_are_what_counts_everywhere(in_scope: Any, areas: Any) -> None:
    """Also for what no row names a programme of."""
    programme = ProgrammeFactory(municipality=in_scope, code="P1", shares={"6.1": 1})
    budget = BudgetFactory(municipality=in_scope, lines={"6.1": 40, "6.3": 100})
    budget.lines.filter(task_field="6.3").update(programme="P1")
    assert of_figures(budget) == {"P1": 100, "": 40}
    assert of_monitor(budget, "P1") == {"P1": 100}
    assert of_areas(budget, programme) == {"P1": 100}
    assert of_round(budget) == {"P1": 100}


def test_of_a_programme_that_was_entered_anew_the_last_counts_everywhere(in_scope: Any, areas: Any) -> None:
    """Also when it takes less than the one of before, which has no last year, or nothing."""
    for code, before, now in (("P1", {"6.3": "0.5", "6.1": 1}, {"6.3": "0.25"}), ("P2", {"6.2": 1}, {})):
        ProgrammeFactory(municipality=in_scope, code=code, from_year=2020, shares=before)
        last = ProgrammeFactory(municipality=in_scope, code=code, from_year=2024, shares=now)
        ProgrammeFactory(municipality=in_scope, code=code, from_year=2030, shares={"6.3": 1})
    budget = BudgetFactory(municipality=in_scope, lines={"6.1": 40, "6.2": 8, "6.3": 100})
    assert of_figures(budget) == {"P1": 25, "": 123}
    assert of_monitor(budget, "P1", "P2") == {"P1": 25, "P2": None}
    assert of_areas(budget, last) == {}
    assert of_round(budget) == {"P1": 25}
