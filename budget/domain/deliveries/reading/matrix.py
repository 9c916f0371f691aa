"""A sheet with a matrix of task fields by categories: where it begins, and its cells."""

import re
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from budget.domain.deliveries.reading.complaints import Complaints

MAX_ROWS, MAX_COLUMNS = 2_000, 300
_ENOUGH = 3  # codes that make a heading
_CATEGORY = re.compile(r"([LB]?\d\.\d(?:\.\d)?)(?:\s.*)?", re.DOTALL)
_TASK_FIELD = re.compile(r"([0-8]\.\d{1,3}[a-z]?)(?:\s.*)?", re.DOTALL)
_DECIMALS = re.compile(r"0\.(0+)")


@dataclass(frozen=True)
class Sheet:
    """One sheet twice: with the results of its formulas, and with the formulas themselves."""

    name: str
    results: Any
    formulas: Any


@dataclass(frozen=True)
class Cell:
    """What stands in one cell, with the codes of its row and its column. ``row`` and ``column`` count from 1."""

    row: int
    column: int
    task_field: str
    category: str
    value: Any


@dataclass(frozen=True)
class Matrix:
    """``words`` stand above the heading."""

    cells: list[Cell] = field(default_factory=list)
    words: list[str] = field(default_factory=list)


def read(complaints: Complaints, sheet: Sheet) -> Matrix:
    """All cells with something in them. A complaint, and no cells, when there is no matrix to be recognised."""
    reach = {"max_row": MAX_ROWS, "max_col": MAX_COLUMNS}
    rows = [list(row) for row in sheet.results.iter_rows(**reach)]
    heading = next((at for at, row in enumerate(rows) if len(_codes(row, _CATEGORY)) >= _ENOUGH), None)
    if heading is None:
        complaints.add(None, sheet.name, None, _("There is no row with codes of categories on this sheet."))
        return Matrix()
    categories = _codes(rows[heading], _CATEGORY)
    if len(set(categories.values())) < len(categories):
        complaints.add(heading + 1, sheet.name, None, _("A code of a category stands in this row twice."))
    named = _named_by(rows[heading + 1 :])
    if named is None:
        complaints.add(
            None, sheet.name, None, _("There is no column with codes of task fields on this sheet.")
        )
        return Matrix()
    words = [str(cell.value) for row in rows[: heading + 1] for cell in row if isinstance(cell.value, str)]
    written = list(sheet.formulas.iter_rows(**reach, values_only=True))
    found = Matrix(words=words)
    for at, row in enumerate(rows[heading + 1 :], start=heading + 1):
        code = _code(row[named], _TASK_FIELD) if named < len(row) else None
        for place, category in categories.items() if code else ():
            value = row[place].value if place < len(row) else None
            if value is None and _is_formula(written, at, place):
                reason = _("This formula has no result. Open the workbook, calculate it, and save it again.")
                complaints.add(at + 1, f"{sheet.name}!{get_column_letter(place + 1)}", None, reason)
            elif value is not None and str(value).strip() not in ("", "-"):
                found.cells.append(Cell(at + 1, place + 1, str(code), category, value))
    return found


def _codes(row: list[Any], form: re.Pattern[str]) -> dict[int, str]:
    found = {place: _code(cell, form) for place, cell in enumerate(row)}
    return {place: code for place, code in found.items() if code}


def _code(cell: Any, form: re.Pattern[str]) -> str | None:
    """A code at the beginning of a cell. Of a number as its format shows it: 0.1 as 0.10 where it has two decimals."""
    value = cell.value
    if isinstance(value, float) and not isinstance(value, bool):
        decimals = _DECIMALS.fullmatch(str(getattr(cell, "number_format", "")))
        value = f"{value:.{len(decimals[1])}f}" if decimals else repr(value)
    match = form.fullmatch(value.strip()) if isinstance(value, str) else None
    return match[1] if match else None


def _named_by(rows: list[list[Any]]) -> int | None:
    """The first column with enough codes of task fields, all of them different."""
    width = max((len(row) for row in rows), default=0)
    for place in range(width):
        codes = [code for row in rows if place < len(row) and (code := _code(row[place], _TASK_FIELD))]
        if len(set(codes)) >= _ENOUGH:
            return place
    return None


def _is_formula(written: list[Any], row: int, column: int) -> bool:
    value = written[row][column] if row < len(written) and column < len(written[row]) else None
    return isinstance(value, str) and value.startswith("=")
