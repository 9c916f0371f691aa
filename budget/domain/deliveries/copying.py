"""Rows and lines of new budgets into the database by COPY, which takes hundreds of thousands in a second."""

import io
from collections.abc import Iterable, Iterator
from itertools import islice

from django.db import connection

from budget.domain.deliveries.rows import Row
from budget.domain.deliveries.tallies import Amounts, LineKey
from budget.iv3 import codes

_BATCH = 50_000  # rows a statement, about 2 MB
_ROWS = (
    'COPY budget_budgetrow ("budget_id", "place", "side", "task_field", "category", "programme", "amount") '
    "FROM STDIN"
)
_LINES = (
    'COPY budget_budgetline ("budget_id", "task_field", "group", "main", "programme", "expenditure", "income", '
    '"moved_expenditure", "moved_income") FROM STDIN'
)


def copy_rows(batches: Iterable[tuple[int, Iterable[Row]]]) -> None:
    """The rows of each budget, which is known by its key in the database."""
    _copy(_ROWS, (text for key, rows in batches for text in _row_texts(key, rows)))


def copy_lines(batches: Iterable[tuple[int, dict[LineKey, Amounts]]]) -> None:
    _copy(_LINES, (text for key, lines in batches for text in _line_texts(key, lines)))


def _row_texts(key: int, rows: Iterable[Row]) -> Iterator[str]:
    for place, side, task_field, category, programme, amount in rows:
        shown = _escaped(programme) if programme else ""
        yield f"{key}\t{place}\t{side}\t{task_field}\t{category}\t{shown}\t{amount}\n"


def _line_texts(key: int, lines: dict[LineKey, Amounts]) -> Iterator[str]:
    for (code, programme), amounts in lines.items():
        own = (str(key), code, codes.comparable(code), codes.main(code), _escaped(programme))
        yield "\t".join((*own, *map(str, amounts))) + "\n"


def _escaped(text: str) -> str:
    for sign, written in (("\\", "\\\\"), ("\t", "\\t"), ("\n", "\\n"), ("\r", "\\r")):
        text = text.replace(sign, written)
    return text


def _copy(statement: str, texts: Iterator[str]) -> None:
    with connection.cursor() as cursor:
        while batch := "".join(islice(texts, _BATCH)):
            cursor.copy_expert(statement, io.StringIO(batch))
