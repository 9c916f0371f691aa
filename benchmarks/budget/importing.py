"""How fast figures come in: two reports of every municipality, beside a bare COPY of the same rows.

The bare limit is what PostgreSQL does with the rows as the import keeps them, ready made in memory, and their commit:
in a table as that of the import, with its key, index and reference (``ratio``), and in one without any of these,
which is no place to find a row in (``ratio_to_heap``). The import reads and checks the file, and keeps budgets and
lines too. Each is done ``TURNS`` times in turn, and the middle one counts; budgets are made anew each time.
"""

import io
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connection, transaction
from django_scopes import scopes_disabled

from budget.iv3 import categories, names
from budget.models import Budget, BudgetRow, Delivery

MUNICIPALITIES = 342
REPORTS = ("2026X000", "2025X005")
TURNS = 3
SEED = 5
TABLE = "bench_bare_row"
# Of the combinations of task field, side and category so many are used by a municipality.
USED = 0.06
_COLUMNS = "budget_id, place, side, task_field, category, programme, amount"
_HEAP = f"CREATE TABLE {TABLE} AS SELECT {_COLUMNS} FROM budget_budgetrow LIMIT 0"
_AS_OURS = f"""
CREATE TABLE {TABLE} (LIKE budget_budgetrow INCLUDING ALL);
ALTER TABLE {TABLE} ADD FOREIGN KEY (budget_id) REFERENCES budget_budget DEFERRABLE INITIALLY DEFERRED
"""


def measure(*, municipalities: int) -> Iterator[dict[str, Any]]:
    """Rows a second of the import and of the bare COPY, and their ratio: with categories, and by task field only."""
    with scopes_disabled(), tempfile.TemporaryDirectory() as folder:
        for name, write in (("by category", _by_category), ("by task field", _by_task_field)):
            path = Path(folder) / "figures.csv"
            write(path, municipalities)
            yield {"bench": "budget import", "file": name, **_measured(path)}


def _measured(path: Path) -> dict[str, Any]:
    imports, copies, heaps = [], [], []
    for _turn in range(TURNS):
        _empty()
        imports.append(_timed(lambda: call_command("import_iv3", str(path), stdout=io.StringIO())))
        rows = BudgetRow.objects.count()
        copies.append(_bare(_AS_OURS))
        heaps.append(_bare(_HEAP))
    again = _timed(lambda: call_command("import_iv3", str(path), stdout=io.StringIO()))
    seconds, bare, heap = map(statistics.median, (imports, copies, heaps))
    return {
        "rows": rows,
        "budgets": Budget.objects.count(),
        "rows_s": round(rows / seconds),
        "bare_rows_s": round(rows / bare),
        "ratio": round(bare / seconds, 3),
        "heap_rows_s": round(rows / heap),
        "ratio_to_heap": round(heap / seconds, 3),
        "seconds": round(seconds, 2),
        "again_seconds": round(again, 2),
    }


def _timed(act: Callable[[], Any]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def _empty() -> None:
    Budget.objects.all().delete()
    Delivery.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _bare(table: str) -> float:
    """Seconds of the COPY alone; what it copies was read from the database before."""
    ready = io.StringIO()
    with connection.cursor() as cursor:
        cursor.copy_expert(f"COPY (SELECT {_COLUMNS} FROM budget_budgetrow ORDER BY id) TO STDOUT", ready)
        cursor.execute(f"DROP TABLE IF EXISTS {TABLE}")
        cursor.execute(table)
        ready.seek(0)
        began = time.perf_counter()
        with transaction.atomic():
            cursor.copy_expert(f"COPY {TABLE} ({_COLUMNS}) FROM STDIN", ready)
        return time.perf_counter() - began


def _by_category(path: Path, municipalities: int) -> None:
    pairs = [
        (field, side, code)
        for field in names.TASK_FIELDS
        for side, known in categories.CATEGORIES.items()
        for code in known
    ]
    dice = random.Random(SEED)
    with path.open("w") as file:
        file.write("gm_code,jaar,verslagsoort,taakveld,categorie,lasten_x1000,baten_x1000\n")
        for code, report in _reports(municipalities):
            for field, side, category in pairs:
                if dice.random() < USED:
                    amount = dice.randrange(-500, 90_000)
                    amounts = f"{amount}," if side == "L" else f",{amount}"
                    file.write(f"{code},{report[:4]},{report},{field},{side}{category},{amounts}\n")


def _by_task_field(path: Path, municipalities: int) -> None:
    dice = random.Random(SEED)
    with path.open("w") as file:
        file.write("gm_code,naam,jaar,verslagsoort,inwoners,taakveld,lasten_x1000\n")
        for code, report in _reports(municipalities):
            for field in names.TASK_FIELDS:
                amount = f"{dice.randrange(0, 90_000)}.0"
                file.write(f"{code},Gemeente {code},{report[:4]},{report},40000,{field},{amount}\n")


def _reports(municipalities: int) -> Iterator[tuple[str, str]]:
    for number in range(1, municipalities + 1):
        for report in REPORTS:
            yield f"GM{number:04}", report
