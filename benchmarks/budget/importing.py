"""How fast figures come in: two reports of every municipality, beside a bare COPY of the same rows.

The bare limit is what PostgreSQL does with the rows of the file, ready made in memory, a row each in a table without
key, index or reference, and their commit. The import reads and checks the file, and keeps budgets and lines too, in
which any row can be found. Each is done ``TURNS`` times in turn, and the middle one counts; budgets are made anew each
time. ``lines`` are the lines that came of the rows: in a file by task field as many as there are rows.
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

from budget.domain.figures.rows import unpacked
from budget.iv3 import categories, names
from budget.models import Budget, BudgetLine, Delivery

MUNICIPALITIES = 342
REPORTS = ("2026X000", "2025X005")
TURNS = 3
SEED = 5
TABLE = "bench_bare_row"
# Of the combinations of task field, side and category so many are used by a municipality.
USED = 0.06
_TABLE = f"""CREATE TABLE {TABLE} (budget_id bigint, place int, side varchar(1), task_field varchar(6),
category varchar(6), programme varchar(20), amount bigint)"""


def measure(*, municipalities: int) -> Iterator[dict[str, Any]]:
    """Rows a second of the import and of the bare COPY, and their ratio: with categories, and by task field only."""
    with scopes_disabled(), tempfile.TemporaryDirectory() as folder:
        for name, write in (("by category", _by_category), ("by task field", _by_task_field)):
            path = Path(folder) / "figures.csv"
            write(path, municipalities)
            yield {"bench": "budget import", "file": name, **_measured(path)}


def _measured(path: Path) -> dict[str, Any]:
    imports, copies = [], []
    for _turn in range(TURNS):
        _empty()
        imports.append(_timed(lambda: call_command("import_iv3", str(path), stdout=io.StringIO())))
        rows, ready = _ready()
        copies.append(_bare(ready))
    again = _timed(lambda: call_command("import_iv3", str(path), stdout=io.StringIO()))
    seconds, bare = statistics.median(imports), statistics.median(copies)
    return {
        "rows": rows,
        "budgets": Budget.objects.count(),
        "lines": BudgetLine.objects.count(),
        "rows_s": round(rows / seconds),
        "bare_rows_s": round(rows / bare),
        "ratio": round(bare / seconds, 3),
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


def _ready() -> tuple[int, str]:
    """How many rows were imported, and all of them as COPY reads them."""
    texts = []
    kept = BudgetLine.objects.order_by("budget", "task_field")
    for budget, *line in kept.values_list("budget", "task_field", "programme", "places", "rows"):
        texts += [
            f"{budget}\t{row.place}\t{row.side}\t{row.task_field}\t{row.category}\t\t{row.amount}\n"
            for row in unpacked(*line)
        ]
    return len(texts), "".join(texts)


def _bare(ready: str) -> float:
    """Seconds of the COPY alone."""
    file = io.StringIO(ready)
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {TABLE}")
        cursor.execute(_TABLE)
        began = time.perf_counter()
        with transaction.atomic():
            cursor.copy_expert(f"COPY {TABLE} FROM STDIN", file)
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
