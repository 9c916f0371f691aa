"""Lines of new budgets with their rows into the database by COPY, which takes many thousands in a second."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import islice

from django.db import connection

from budget.domain.deliveries.tallies import Line, LineKey
from budget.iv3 import codes

_AT_ONCE = 200  # lines, some tens of kB
_LINES = (
    'COPY budget_budgetline ("budget_id", "task_field", "group", "main", "programme", "expenditure", "income", '
    '"moved_expenditure", "moved_income", "rows", "places") FROM STDIN'
)


class _Texts:
    """What COPY reads, made while the database works on what went before."""

    def __init__(self, texts: Iterator[str]) -> None:
        self.texts = texts

    def read(self, _size: int = 0) -> str:
        return "".join(islice(self.texts, _AT_ONCE))


def copy_lines(batches: Iterable[tuple[int, Mapping[LineKey, Line]]]) -> None:
    """The lines of each budget, which is known by its key in the database."""
    texts = (text for key, lines in batches for text in _line_texts(key, lines))
    with connection.cursor() as cursor:
        cursor.copy_expert(_LINES, _Texts(texts))


def _line_texts(key: int, lines: Mapping[LineKey, Line]) -> Iterator[str]:
    for (code, programme), line in lines.items():
        spent, received, moved_out, moved_in = line.amounts
        shown = _escaped(programme) if programme else ""
        rows, places = ";".join(line.rows), " ".join(map(str, line.places))
        yield (
            f"{key}\t{_columns(code)}\t{shown}\t{spent}\t{received}\t{moved_out}\t{moved_in}\t{rows}\t{places}\n"
        )


@cache
def _columns(code: str) -> str:
    return f"{code}\t{codes.comparable(code)}\t{codes.main(code)}"


def _escaped(text: str) -> str:
    for sign, written in (("\\", "\\\\"), ("\t", "\\t"), ("\n", "\\n"), ("\r", "\\r")):
        text = text.replace(sign, written)
    return text
