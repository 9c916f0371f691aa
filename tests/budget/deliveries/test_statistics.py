"""Figures from the tables of Statistics Netherlands, from a stand-in that answers in pages."""

import io
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django_scopes import scopes_disabled

from budget.models import Budget, Delivery
from tests.budget.deliveries.making import rows_of
from tests.standins.statistics import Statistics
from trajecten.models import Municipality

pytestmark = pytest.mark.django_db


@pytest.fixture
def statistics(settings: Any, english: None) -> Iterator[Statistics]:
    with Statistics() as running, scopes_disabled():
        settings.CBS_CATALOG_URL = running.url
        yield running


def rows(code: str, *task_fields: str, report: str = "2026X000") -> list[dict[str, Any]]:
    plain = {"Gemeenten": f"{code}    ", "Categorie": "L1.1  ", "Verslagsoort": report}
    return [
        {**plain, "TaakveldBalanspost": f"{field}   ", "k_1ePlaatsing_1": 1, "k_2ePlaatsing_2": -99998}
        for field in task_fields
    ]


def run(*args: str) -> str:
    out = io.StringIO()
    call_command("import_iv3", *args, stdout=out)
    return out.getvalue()


def test_a_year_of_all_municipalities_page_by_page(statistics: Statistics) -> None:
    statistics.tables["45078NED"] = [
        *rows("GM9001", "6.3", "6.4", "6.5", "A111", "8.1"),
        *rows("GM9002", "6.3", report="2026X005"),
    ]
    assert "2 budgets made" in run("--cbs", "2026")

    found = Budget.objects.order_by("municipality__code").values_list(
        "municipality__code", "period", "expenditure"
    )
    assert list(found) == [("GM9001", 0, 4000), ("GM9002", 5, 1000)]
    assert Municipality.objects.get(code="GM9001").name == "Gemeente GM9001"
    assert Delivery.objects.get().source == "statistics"
    assert "2 unchanged" in run("--cbs", "2026")
    assert sum(len(rows_of(budget)) for budget in Budget.objects.all()) == 5


def test_one_municipality_only(statistics: Statistics) -> None:
    statistics.tables["45078NED"] = [*rows("GM9001", "6.3"), *rows("GM9002", "6.3")]
    run("--cbs", "2026", "--municipality", "GM9002")
    assert Budget.objects.get().municipality.code == "GM9002"


def test_a_table_of_another_year_is_looked_up(statistics: Statistics) -> None:
    statistics.tables["45099NED"] = rows("GM9001", "6.3", report="2027X000")
    statistics.titles = {"1": "Gemeenten 2027; iets anders", "45099NED": "Gemeenten 2027 onbewerkte Iv3-data"}
    run("--cbs", "2027")
    assert Budget.objects.get().year == 2027


@pytest.mark.parametrize("year", ["2026", "2030"])
def test_what_is_not_there_is_refused(statistics: Statistics, year: str) -> None:
    with pytest.raises(CommandError) as refused:
        run("--cbs", year)
    assert refused.value.returncode == 2
    assert f"Statistics Netherlands {year}" in str(refused.value)


def test_an_address_that_does_not_answer_is_refused(settings: Any) -> None:
    settings.CBS_CATALOG_URL = "http://127.0.0.1:9"
    with pytest.raises(CommandError):
        run("--cbs", "2026")
    assert not Delivery.objects.exists()
