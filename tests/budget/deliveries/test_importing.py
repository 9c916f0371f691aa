"""``script/manage import_iv3``: all or nothing, once, and what is wrong with its place."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django_scopes import scopes_disabled

from budget.models import Budget, Delivery

pytestmark = pytest.mark.django_db
HEAD = "gm_code,jaar,verslagsoort,taakveld,lasten_x1000,kleur\n"


@pytest.fixture(autouse=True)
def everywhere(english: None) -> Any:
    with scopes_disabled():
        yield


def run(*args: Any) -> str:
    out = io.StringIO()
    call_command("import_iv3", *map(str, args), stdout=out)
    return out.getvalue()


def refusal(*args: Any) -> str:
    with pytest.raises(CommandError) as refused:
        run(*args)
    assert refused.value.returncode == 2
    return str(refused.value)


def a_file(folder: Path, body: str, name: str = "a.csv") -> Path:
    path = folder / name
    path.write_text(HEAD + body)
    return path


def test_what_it_did_is_told(tmp_path: Path) -> None:
    first = run(a_file(tmp_path, "GM9999,2026,begroting,6.3,5,rood\nGM9999,2025,realisatie,6.3,5,\n"))
    assert first == "a.csv (CSV, 2 rows): 2 budgets made.\n  Columns that were left out: kleur.\n"

    again = run(a_file(tmp_path, "GM9999,2025,realisatie,6.3,5,\nGM9999,2026,begroting,6.3,7,rood\n"))
    assert again.splitlines() == [
        "a.csv (CSV, 2 rows): 1 new version, 1 unchanged.",
        "  Columns that were left out: kleur.",
        "  GM9999, budget 2026, version 2:",
        "    6.3 Income support (expenditure): from 5,000 to 7,000 euro",
    ]


def test_one_wrong_row_in_one_of_the_files_keeps_all_out(tmp_path: Path) -> None:
    good = a_file(tmp_path, "GM9999,2026,begroting,6.3,5,\n", "good.csv")
    bad = a_file(tmp_path, "GM9998,2026,begroting,6.3,vijf,\nGM9998,2026,begroting,12.3,1,\n", "bad.csv")
    words = refusal(good, bad)

    assert "bad.csv, row 2, column lasten_x1000: This is not an amount." in words
    assert "bad.csv, row 3, column taakveld: This task field is in no list of Iv3." in words
    assert not Budget.objects.exists()
    assert not Delivery.objects.exists()


def test_the_same_budget_in_two_files_is_refused(tmp_path: Path) -> None:
    paths = [a_file(tmp_path, f"GM9999,2026,begroting,6.3,{n},\n", f"{n}.csv") for n in (1, 2)]
    assert "1.csv" in refusal(*paths)
    assert not Budget.objects.exists()


def test_what_the_file_leaves_open_is_asked(tmp_path: Path) -> None:
    path = a_file(tmp_path, "GM9999,2028,begroting,6.3,5,\n")
    run(path, "--kind", "estimate", "--base-year", "2026")
    assert Budget.objects.values_list("kind", "year", "base_year").get() == ("estimate", 2028, 2026)


@pytest.mark.parametrize(
    "args",
    [
        (),
        ("a.csv", "--cbs", "2026"),
        ("a.csv", "--municipality", "GM0361"),
        ("--cbs", "2026", "--municipality", "x"),
    ],
)
def test_wrong_use_is_refused(args: tuple[str, ...]) -> None:
    refusal(*args)


def test_files_that_can_not_be_read(tmp_path: Path) -> None:
    empty = tmp_path / "empty.csv"
    empty.touch()
    assert "empty.csv" in refusal(empty)
    assert "none.csv" in refusal(tmp_path / "none.csv")
    assert refusal(tmp_path)


def test_several_pages_are_one_delivery(tmp_path: Path) -> None:
    for number, task_field in enumerate(("6.3", "6.4")):
        row = {
            "Gemeenten": "GM9999",
            "TaakveldBalanspost": task_field,
            "Categorie": "L1.1",
            "Verslagsoort": "2026X000",
        }
        page = {"value": [{**row, "k_1ePlaatsing_1": 1}]}
        (tmp_path / f"{number}.json").write_text(json.dumps(page))
    run(tmp_path / "0.json", tmp_path / "1.json")
    assert Delivery.objects.get().name == "0.json, 1.json"
    assert Budget.objects.get().row_count == 2
