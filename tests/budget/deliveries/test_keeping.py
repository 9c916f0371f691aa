"""Figures become versions of budgets: once, traceable, and never half."""

import threading
from typing import Any

import psycopg2
import pytest
from django.db import IntegrityError, connection, transaction
from django_scopes import scopes_disabled

from budget.domain.deliveries.copying import copy_lines
from budget.domain.deliveries.keeping import keep
from budget.domain.deliveries.rows import FiguresRefused
from budget.domain.deliveries.tallies import tally
from budget.enums import BudgetKind, DeliverySource, DeliveryState
from budget.models import Budget, BudgetLine, YearSize
from tests.budget.deliveries.making import a_delivery, a_row, rows_of, some_figures
from tests.factories.core import MunicipalityFactory
from trajecten.models import Municipality

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def everywhere() -> Any:
    with scopes_disabled():
        yield


def test_a_delivery_makes_a_budget_with_its_rows_and_lines() -> None:
    delivery = a_delivery()
    rows = (
        a_row("6.711", 1000, category="3.8", place=2),
        a_row("6.711", 500, category="7.4", place=3),
        a_row("6.711", -200, category="3.8", side="B", place=4),
        a_row("6.711", 70, category="3.8", programme="A\t\\1", place=5),
    )
    (did,) = keep(delivery=delivery, figures=[some_figures(*rows)])

    budget = Budget.objects.get()
    assert (did["did"], did["number"], did["changes"]) == ("made", 1, [])
    assert (budget.expenditure, budget.income, budget.row_count) == (1570, -200, 4)
    line = BudgetLine.objects.get(programme="")
    assert (line.group, line.main) == ("6.7", "6")
    assert (line.expenditure, line.income, line.moved_expenditure, line.moved_income) == (1000, -200, 500, 0)
    assert BudgetLine.objects.get(programme="A\t\\1").expenditure == 70
    assert [(row.place, row.amount) for row in rows_of(budget)] == [(2, 1000), (3, 500), (4, -200), (5, 70)]
    delivery.refresh_from_db()
    assert (delivery.state, delivery.rows, delivery.outcome) == (DeliveryState.DONE, 4, [did])


def test_the_same_rows_in_another_order_change_nothing() -> None:
    keep(delivery=a_delivery(), figures=[some_figures(a_row("6.3", 1), a_row("5.1", 2))])
    again = [some_figures(a_row("5.1", 2, place=9), a_row("6.3", 1), a_row("5.2", 0))]
    (did,) = keep(delivery=a_delivery(), figures=again)

    assert did["did"] == "unchanged"
    budget = Budget.objects.get()
    assert (len(rows_of(budget)), BudgetLine.objects.count()) == (2, 2)


def test_other_figures_make_a_new_version_and_say_what_changed() -> None:
    keep(delivery=a_delivery(), figures=[some_figures(a_row("6.3", 1000), a_row("5.1", 2000))])
    new = some_figures(a_row("6.3", 1500), a_row("5.1", 2000), a_row("7.3", 30, side="B"))
    (did,) = keep(delivery=a_delivery(), figures=[new])

    assert (did["did"], did["number"]) == ("changed", 2)
    assert did["changes"] == [
        {"task_field": "6.3", "side": "L", "old": 1000, "new": 1500},
        {"task_field": "7.3", "side": "B", "old": 0, "new": 30},
    ]
    assert list(Budget.objects.order_by("number").values_list("number", "is_current")) == [
        (1, False),
        (2, True),
    ]
    assert len(rows_of(Budget.objects.get(number=1))) == 2


def test_a_task_field_that_is_gone_is_among_what_changed() -> None:
    keep(delivery=a_delivery(), figures=[some_figures(a_row("6.3", 1000), a_row("5.1", 2000))])
    (did,) = keep(delivery=a_delivery(), figures=[some_figures(a_row("6.3", 1000))])

    assert did["changes"] == [{"task_field": "5.1", "side": "L", "old": 2000, "new": 0}]


def test_kinds_periods_and_base_years_stand_beside_each_other() -> None:
    figures = [
        some_figures(),
        some_figures(kind=BudgetKind.AMENDED),
        some_figures(kind=BudgetKind.REALISED, period=2),
        some_figures(kind=BudgetKind.REALISED, period=5),
        some_figures(kind=BudgetKind.ESTIMATE, year=2028, base_year=2026),
        some_figures(kind=BudgetKind.ESTIMATE, year=2028, base_year=2027),
    ]
    did = keep(delivery=a_delivery(), figures=figures)

    assert {one["did"] for one in did} == {"made"}
    assert Budget.objects.filter(is_current=True).count() == 6


def test_a_municipality_that_is_not_known_is_made_and_takes_no_part() -> None:
    MunicipalityFactory(name="Nieuwdorp", slug="nieuwdorp")
    figures = [some_figures(code="GM9001", name="Nieuwdorp"), some_figures(code="GM9002")]
    keep(delivery=a_delivery(), figures=figures)

    rows = Municipality.objects.filter(code__startswith="GM900").order_by("code")
    assert list(rows.values_list("name", "slug", "is_participating")) == [
        ("Nieuwdorp", "nieuwdorp-gm9001", False),
        ("GM9002", "gm9002", False),
    ]


def test_inhabitants_are_kept_and_households_stay() -> None:
    place = MunicipalityFactory()
    YearSize.objects.create(municipality=place, year=2026, inhabitants=1, households=7)
    keep(delivery=a_delivery(), figures=[some_figures(code=place.code, inhabitants=1234)])

    size = YearSize.objects.get()
    assert (size.inhabitants, size.households) == (1234, 7)


def test_figures_of_another_municipality_are_refused_for_an_official() -> None:
    own = MunicipalityFactory()
    delivery = a_delivery(municipality=own, source=DeliverySource.UPLOAD)
    with pytest.raises(FiguresRefused) as refused:
        keep(
            delivery=delivery,
            figures=[some_figures(code=own.code), some_figures(a_row(place=17), code="GM9001")],
        )

    assert [(one.row, one.value) for one in refused.value.errors] == [(17, "GM9001")]
    assert not Budget.objects.exists()
    assert not Municipality.objects.filter(code="GM9001").exists()


def test_the_same_budget_twice_in_one_delivery_is_refused() -> None:
    with pytest.raises(FiguresRefused):
        keep(delivery=a_delivery(), figures=[some_figures(), some_figures(a_row("6.3", 1))])
    assert not Budget.objects.exists()


def test_every_line_is_the_sum_of_its_rows() -> None:
    rows = [
        a_row(code, 7 * n, category=category, side=side, place=n)
        for n, (code, category, side) in enumerate(
            [(c, k, s) for c in ("0.10", "6.711", "8.3") for k in ("1.1", "7.1", "7.5") for s in "LB"]
        )
    ]
    keep(delivery=a_delivery(), figures=[some_figures(*rows)])

    kept = rows_of(Budget.objects.get())
    assert sorted(kept) == sorted(rows)
    for line in BudgetLine.objects.all():
        for side, amount in (
            ("L", line.expenditure + line.moved_expenditure),
            ("B", line.income + line.moved_income),
        ):
            own = [row.amount for row in kept if (row.task_field, row.side) == (line.task_field, side)]
            assert sum(own) == amount


def test_a_line_of_a_budget_that_is_not_there_is_refused() -> None:
    (one,) = tally([some_figures()])
    with pytest.raises(psycopg2.IntegrityError), transaction.atomic():
        copy_lines([(1, one.lines)])


def test_a_budget_with_lines_can_not_be_taken_away_below_them() -> None:
    keep(delivery=a_delivery(), figures=[some_figures()])
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM budget_budget")
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE budget_budgetline SET budget_id = 0")
    Budget.objects.all().delete()
    assert not BudgetLine.objects.exists()


def test_the_number_of_queries_does_not_grow_with_the_budgets(django_assert_max_num_queries: Any) -> None:
    def deliver(count: int) -> None:
        keep(delivery=a_delivery(), figures=[some_figures(code=f"GM9{n:03}") for n in range(count)])

    deliver(1)
    with django_assert_max_num_queries(22):
        deliver(30)


@pytest.mark.django_db(transaction=True)
def test_two_of_the_same_at_once_make_one_version() -> None:
    """Also where both have to make the municipality first."""
    seen: list[str] = []
    deliveries = [a_delivery(), a_delivery()]
    gate = threading.Barrier(2)

    def deliver(delivery: Any) -> None:
        try:
            with scopes_disabled():
                gate.wait(10)
                figures = [some_figures(code=f"GM9{n:03}") for n in range(20)]
                seen.extend(one["did"] for one in keep(delivery=delivery, figures=figures))
        finally:
            connection.close()

    threads = [threading.Thread(target=deliver, args=(delivery,)) for delivery in deliveries]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert sorted(seen) == ["made"] * 20 + ["unchanged"] * 20
    assert Budget.objects.count() == 20


@pytest.mark.django_db(transaction=True)
def test_who_reads_meanwhile_sees_the_old_or_the_new() -> None:
    """The sum of the lines of the newest version is that of one of the two versions at any moment."""
    keep(delivery=a_delivery(), figures=[some_figures(*(a_row(f"{m}.1", 1, place=m) for m in range(1, 9)))])
    sums, ended = set(), threading.Event()

    def read() -> None:
        try:
            with scopes_disabled():
                while True:
                    last = ended.is_set()
                    current = Budget.objects.get(is_current=True)
                    lines = BudgetLine.objects.filter(budget=current).values_list("expenditure", flat=True)
                    sums.add((current.expenditure, sum(lines)))
                    if last:
                        return
        finally:
            connection.close()

    reader = threading.Thread(target=read)
    reader.start()
    with transaction.atomic():
        keep(
            delivery=a_delivery(), figures=[some_figures(*(a_row(f"{m}.1", 5, place=m) for m in range(1, 9)))]
        )
        while not sums:
            ended.wait(0.01)
    ended.set()
    reader.join(30)

    assert sums == {(8, 8), (40, 40)}
