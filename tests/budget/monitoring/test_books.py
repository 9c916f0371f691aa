"""Plan, spent and earlier years from the figures of a municipality."""

from typing import Any

from budget.domain.monitoring import books, shown
from budget.domain.monitoring.reckoning import Earlier
from budget.enums import BudgetKind, LineKind, Period, Signal
from tests.budget.reading_books import plan, spent
from tests.factories.budget import BudgetFactory, ProgrammeFactory
from tests.factories.budget_monitor import figures
from trajecten.charts import BarRow

Q2, PROGRAMME = Period.QUARTER_2, LineKind.PROGRAMME


def test_the_plan_is_the_budget_after_changes_when_there_is_one(in_scope: Any) -> None:
    figures(in_scope, 2026, plan={"6.3": 100})
    assert plan(books.read(in_scope, [2026]), 2026, "6.3") == 100
    figures(in_scope, 2026, amended={"6.3": 120})
    read = books.read(in_scope, [2026])
    assert (plan(read, 2026, "6.3"), plan(read, 2025, "6.3"), plan(read, 2026, "5.1")) == (120, None, 0)


def test_the_newest_version_and_the_newest_period_count(in_scope: Any) -> None:
    figures(in_scope, 2026, plan={"6.3": 1000}, q1={"6.3": 200}, q2={"6.3": 450})
    BudgetFactory(municipality=in_scope, number=2, is_current=False, lines={"6.3": 999})
    read = books.read(in_scope, [2026])
    assert (read.newest(2026), read.newest(2025)) == (Q2, None)
    assert (spent(read, 2026, Q2, "6.3"), spent(read, 2026, Period.QUARTER_3, "6.3")) == (450, None)


def test_a_code_counts_what_is_part_of_it(in_scope: Any) -> None:
    figures(in_scope, 2026, plan={"6.711": 10, "6.712": 5, "6.3": 7, "0.10": 3, "0.1": 2})
    read = books.read(in_scope, [2026])
    assert [plan(read, 2026, code) for code in ("6.711", "6.71", "6.7", "6.3", "0.1", "0.10")] == [
        10, 15, 15, 7, 2, 3,
    ]  # fmt: skip
    assert (read.of_main_field(2026, "6")[0], read.main_fields(2026)) == (22, ["0", "6"])


def test_what_goes_from_year_to_year_is_not_in_its_main_field(in_scope: Any) -> None:
    given = {"0.1": 5000, "0.10": 9000, "0.11": 1000}
    figures(in_scope, 2026, plan=given, q2=given)
    figures(in_scope, 2025, plan={"0.10": 9000})
    read = books.read(in_scope, [2025, 2026])
    assert (read.of_main_field(2026, "0"), plan(read, 2026, "0.10")) == ((5000, 5000), 9000)
    assert (read.main_fields(2026), read.main_fields(2025)) == (["0"], [])


def test_a_programme_is_its_parts_of_task_fields_in_the_years_that_it_holds(in_scope: Any) -> None:
    ProgrammeFactory(code="7", from_year=2026, shares={"6.3": "0.25", "6.7": 1})
    ProgrammeFactory(code="7", from_year=2020, until_year=2025, shares={"6.3": 1})
    figures(in_scope, 2026, plan={"6.3": 1001, "6.711": 10, "7.1": 50})
    figures(in_scope, 2025, plan={"6.3": 400})
    read = books.read(in_scope, [2026])
    assert [plan(read, year, "7", PROGRAMME) for year in (2026, 2025)] == [260, 400]


def test_a_programme_that_rows_name_is_what_they_say(in_scope: Any) -> None:
    ProgrammeFactory(code="7", shares={"6.3": 1})
    budget = BudgetFactory(municipality=in_scope, lines={"6.3": 100, "6.1": 40})
    budget.lines.filter(task_field="6.1").update(programme="7")
    assert plan(books.read(in_scope, [2026]), 2026, "7", PROGRAMME) == 40


def named(municipality: Any, programme: str, lines: Any, **fields: Any) -> None:
    """Figures of which all rows name this programme."""
    BudgetFactory(municipality=municipality, lines=lines, **fields).lines.update(programme=programme)


def test_plan_and_spent_of_a_programme_are_read_the_same_way(in_scope: Any) -> None:
    """By what rows name only where both name programmes, else by parts of task fields; not known without those."""
    named(in_scope, "P1", {"6.3": 1_000_000})
    figures(in_scope, 2026, q2={"6.3": 500_000})
    read = books.read(in_scope, [2026])
    assert (plan(read, 2026, "P1", PROGRAMME), spent(read, 2026, Q2, "P1", PROGRAMME)) == (1_000_000, None)
    assert (read.reckoned(2026, "P1", PROGRAMME), read.tell(2026, "P1", PROGRAMME)) == (None, False)
    ProgrammeFactory(code="P1", shares={"6.3": "0.5"})
    read = books.read(in_scope, [2026])
    found = read.reckoned(2026, "P1", PROGRAMME)
    assert found
    assert (found.plan, found.spent, read.tell(2026, "P1", PROGRAMME)) == (500_000, 250_000, True)
    named(in_scope, "P1", {"6.3": 600_000}, kind=BudgetKind.REALISED, period=Period.QUARTER_3)
    found = books.read(in_scope, [2026]).reckoned(2026, "P1", PROGRAMME)
    assert found
    assert (found.plan, found.spent) == (1_000_000, 600_000)


def test_a_programme_of_which_nothing_is_booked_yet_has_spent_nothing(in_scope: Any) -> None:
    named(in_scope, "P1", {"6.3": 1_000_000})
    named(in_scope, "P2", {"6.1": 500_000}, kind=BudgetKind.REALISED, period=Q2)
    read = books.read(in_scope, [2026])
    found = read.reckoned(2026, "P1", PROGRAMME)
    assert found
    assert (found.spent, found.signal) == (0, Signal.UNDER)
    assert read.reckoned(2026, "P9", PROGRAMME) is None
    assert (read.tell(2026, "P9", PROGRAMME), read.tell(2025, "P9", PROGRAMME)) == (False, True)


def test_a_programme_with_the_number_of_a_task_field_is_that_programme(in_scope: Any) -> None:
    ProgrammeFactory(code="1.1", shares={"6.3": 1})
    ProgrammeFactory(code="6", shares={"5.1": 1})
    figures(in_scope, 2026, plan={"1.1": 7_000_000, "6.3": 1_000_000, "5.1": 300})
    read = books.read(in_scope, [2026])
    found = [(plan(read, 2026, code), plan(read, 2026, code, PROGRAMME)) for code in ("1.1", "6")]
    assert found == [(7_000_000, 1_000_000), (1_000_000, 300)]


def test_earlier_years_by_the_code_or_what_can_be_compared_with_it(in_scope: Any) -> None:
    figures(in_scope, 2025, q2={"6.3": 30_000}, accounts={"6.3": 100_000})
    figures(in_scope, 2024, q2={"6.71a": 40_000}, accounts={"6.71a": 90_000})
    figures(in_scope, 2022, q2={"6.3": 1}, accounts={"6.3": 2})
    read = books.read(in_scope, [2026])
    assert read.earlier(2026, Q2, "6.3") == (Earlier(2025, 30_000, 100_000),)
    assert read.earlier(2026, Q2, "6.711") == (Earlier(2024, 40_000, 90_000),)


def test_a_whole_field_is_reckoned_by_the_own_earlier_year(in_scope: Any) -> None:
    figures(in_scope, 2025, q2={"6.3": 40_000}, accounts={"6.3": 100_000})
    figures(in_scope, 2026, plan={"6.3": 50_000}, q2={"6.3": 12_000})
    found = books.read(in_scope, [2026]).reckoned(2026, "6.3")
    assert found
    assert (found.forecast, found.deviation, found.signal) == (30_000, -20_000, Signal.UNDER)
    assert books.read(in_scope, [2025]).reckoned(2025, "6.3") is None


def test_figures_of_another_municipality_are_not_read(in_scope: Any, other_municipality: Any) -> None:
    figures(other_municipality, 2026, plan={"6.3": 50_000})
    assert plan(books.read(in_scope, [2026]), 2026, "6.3") is None


def test_as_many_statements_for_many_years(in_scope: Any, django_assert_num_queries: Any) -> None:
    for year in range(2022, 2027):
        figures(in_scope, year, plan={"6.3": 1, "6.1": 2}, q2={"6.3": 1}, accounts={"6.3": 1})
    for years in ([2026], [2024, 2025, 2026]):
        with django_assert_num_queries(3):
            books.read(in_scope, years)


def test_the_whole_budget_by_main_field(in_scope: Any, english: Any) -> None:
    figures(in_scope, 2026, plan={"6.3": 100, "5.1": 40, "0.1": 10}, q2={"6.3": 60, "5.1": 50, "0.1": -5})
    chart = shown.whole_budget(books.read(in_scope, [2026]), 2026)
    assert chart
    rows: list[BarRow] = list(chart.rows)
    assert [list(row.values) for row in rows] == [["−\xa0€\xa05", 10, 10], [50, 0, 40], [60, 40, 100]]
    assert [str(row.note) for row in rows] == ["", "€\xa010 more than planned", ""]


def test_without_figures_of_what_was_spent_there_is_no_whole_budget(in_scope: Any) -> None:
    figures(in_scope, 2026, plan={"6.3": 100})
    assert shown.whole_budget(books.read(in_scope, [2026]), 2026) is None
    BudgetFactory(municipality=in_scope, year=2025, kind=BudgetKind.REALISED, period=5, lines={"6.3": 1})
    assert shown.whole_budget(books.read(in_scope, [2025]), 2025) is None
