"""The real figures of Statistics Netherlands, which are no part of this repository."""

import csv
import io
import os
from collections import defaultdict
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django_scopes import scopes_disabled

from budget.iv3 import categories, names
from budget.models import Budget, BudgetLine
from tests.budget.deliveries.making import rows_of

SHARED = Path(os.environ.get("PORTAL_SHARED") or Path(__file__).parents[4] / "shared") / "data"
ALKMAAR = SHARED / "iv3_alkmaar_lasten_per_taakveld.csv"
FORTY = SHARED / "iv3_lasten_per_taakveld_40_gemeenten_2023_2026.csv"
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not ALKMAAR.exists(), reason="the figures of Statistics Netherlands are not here"),
]


@pytest.fixture(autouse=True)
def everywhere() -> Any:
    with scopes_disabled():
        yield


def sums(path: Path) -> tuple[dict[Any, int], dict[Any, int]]:
    """In all and of 6.3, in euro, by municipality, year and whether it is a budget."""
    whole, income_support = defaultdict(int), defaultdict(int)
    with path.open(encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            is_budget = row["verslagsoort"] == "begroting" or row["verslagsoort"].endswith("X000")
            key = (row["gm_code"], int(row["jaar"]), is_budget)
            euro = int(Decimal(row["lasten_x1000"]) * 1000)
            whole[key] += euro
            if row["taakveld"] == "6.3":
                income_support[key] += euro
    return whole, income_support


@pytest.mark.parametrize("path", [ALKMAAR, FORTY], ids=["alkmaar", "forty"])
def test_totals_and_income_support_equal_the_file(path: Path) -> None:
    call_command("import_iv3", str(path), stdout=io.StringIO())
    whole, income_support = sums(path)

    budgets = Budget.objects.select_related("municipality")
    assert {(b.municipality.code, b.year, b.period == 0): b.expenditure for b in budgets} == whole
    lines = BudgetLine.objects.filter(task_field="6.3").select_related("budget__municipality")
    found = {(x.budget.municipality.code, x.budget.year, x.budget.period == 0): x.expenditure for x in lines}
    assert found == income_support


def test_alkmaar_2026() -> None:
    call_command("import_iv3", str(ALKMAAR), stdout=io.StringIO())
    budget = Budget.objects.get(municipality__code="GM0361", year=2026)

    assert budget.expenditure == 560_346_000
    assert budget.lines.get(task_field="6.3").expenditure == 68_875_000
    (row,) = (row for row in rows_of(budget) if row.task_field == "6.3")
    with ALKMAAR.open(encoding="utf-8-sig") as file:
        assert file.readlines()[row.place - 1].startswith("GM0361,2026,begroting,6.3,")


def test_the_same_file_again_changes_nothing_and_a_corrected_one_makes_a_version(tmp_path: Path) -> None:
    call_command("import_iv3", str(FORTY), stdout=io.StringIO())
    before = list(BudgetLine.objects.order_by("pk").values_list("pk", "places"))
    call_command("import_iv3", str(FORTY), stdout=io.StringIO())
    assert list(BudgetLine.objects.order_by("pk").values_list("pk", "places")) == before

    lines = FORTY.read_text(encoding="utf-8-sig").splitlines()
    corrected = tmp_path / "corrected.csv"
    corrected.write_text("\n".join([lines[0], *lines[2:], f"{lines[1].rsplit(',', 1)[0]},1.0"]))
    call_command("import_iv3", str(corrected), stdout=io.StringIO())
    (new,) = Budget.objects.filter(number=2)
    (did,) = [did for did in new.delivery.outcome if did["did"] == "changed"]
    assert (did["budget"], [one["new"] for one in did["changes"]]) == (new.pk, [1000])


def test_every_line_is_the_sum_of_its_rows() -> None:
    call_command("import_iv3", str(FORTY), stdout=io.StringIO())
    lines = BudgetLine.objects.values_list("budget", "task_field", "expenditure")
    assert set(lines) == {
        (budget.pk, row.task_field, row.amount) for budget in Budget.objects.all() for row in rows_of(budget)
    }


def test_the_code_lists_are_whole() -> None:
    with (SHARED / "categorieen_2026.csv").open(encoding="utf-8-sig") as file:
        assert all(categories.is_known(row["zijde"], row["code"]) for row in csv.DictReader(file))
    with (SHARED / "taakvelden_2026.csv").open(encoding="utf-8-sig") as file:
        assert all(names.is_known(row["code"]) for row in csv.DictReader(file))
