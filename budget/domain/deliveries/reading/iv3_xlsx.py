"""The Iv3 delivery as a workbook: two matrices of task fields by categories, in thousand euro.

Sheets "5.Verdelingsmatrix lasten" and "6.Verdelingsmatrix baten" (their numbers don't matter). The row with at least
three codes of categories is the heading, the first column with codes of task fields below it names the rows; a code
may have its name behind it. Rows and columns without a code, such as totals, are not read. "4.Informatie" says whose
figures these are: ``Nummer``, ``Naam``, ``Jaar``, ``Periode`` and ``Status``, each in the cell before its value. The
form is known from secondary sources, so what can't be recognised is refused and not guessed.

Amounts are in thousand euro, unless a sheet says that they are in whole euro. Formulas count with the result that the
spreadsheet program kept; a formula without one is refused. The number of a row is that of the sheet. The sizes of
what is packed in the file are looked at before it is unpacked.
"""

import re
import zipfile
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from budget.domain.deliveries.reading import amounts, checks, kinds, matrix
from budget.domain.deliveries.reading.complaints import Complaints, refused
from budget.domain.deliveries.reading.gathering import Bucket, Progress, Read, twice
from budget.domain.deliveries.reading.iv3_json import of_metadata
from budget.domain.deliveries.reading.sources import Source
from budget.domain.deliveries.rows import FiguresRefused, Row
from budget.enums import DeliveryFormat

MAX_UNPACKED = 150_000_000
MAX_PARTS = 2_000
_SIDES = (("lasten", "L"), ("baten", "B"))
_LABELS = {
    "overheidslaag": "overheidslaag",
    "nummer": "overheidsnummer",
    "overheidsnummer": "overheidsnummer",
    "gemeentenummer": "overheidsnummer",
    "naam": "overheidsnaam",
    "overheidsnaam": "overheidsnaam",
    "gemeentenaam": "overheidsnaam",
    "jaar": "boekjaar",
    "boekjaar": "boekjaar",
    "periode": "periode",
    "status": "status",
}
_WHOLE_EURO = re.compile(r"hele euro|(?:bedragen|in) (?:in )?euro'?s?$")


def read(source: Source, *, asked: kinds.Asked, progress: Progress) -> Read:
    """All figures of a workbook. Raises ``FiguresRefused`` with every cell that is wrong."""
    complaints = Complaints(source.name)
    try:
        _check_size(source)
        bucket = _read(source, complaints, asked, progress)
    except FiguresRefused:
        raise
    except Exception as error:  # zipfile and openpyxl raise whatever their parsers raise
        raise refused(source.name, _("This workbook is damaged, or locked with a password.")) from error
    complaints.check()
    if bucket is None or not bucket.rows:
        raise refused(source.name, _("There are no figures in this file."))
    return Read(source.name, DeliveryFormat.IV3_XLSX, [bucket.figures()])


def _check_size(source: Source) -> None:
    with source.open() as file, zipfile.ZipFile(file) as packed:
        parts = packed.infolist()
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise refused(source.name, _("What is packed in this workbook is too large."))


def _read(source: Source, complaints: Complaints, asked: kinds.Asked, progress: Progress) -> Bucket | None:
    with source.open() as file, source.open() as again:
        results = load_workbook(file, read_only=True, data_only=True, keep_links=False)
        formulas = load_workbook(again, read_only=True, keep_links=False)
        sheets = {_plain(name): name for name in results.sheetnames}
        bucket = _whose(complaints, results, sheets, asked)
        for word, side in _SIDES:
            name = _sheet(complaints, sheets, word)
            if name and bucket:
                _take(complaints, bucket, side, matrix.Sheet(name, results[name], formulas[name]))
                progress(len(bucket.rows))
    return bucket


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


def _sheet(complaints: Complaints, sheets: dict[str, str], word: str) -> str | None:
    found = [name for plain, name in sheets.items() if re.search(rf"verdelingsmatrix.*\b{word}$", plain)]
    if len(found) == 1:
        return found[0]
    reason = _("There has to be one sheet “Verdelingsmatrix %(side)s”.") % {"side": word}
    complaints.add(None, "", ", ".join(sheets.values()), reason)
    return None


def _whose(complaints: Complaints, book: Any, sheets: dict[str, str], asked: kinds.Asked) -> Bucket | None:
    name = next((name for plain, name in sheets.items() if plain.endswith("informatie")), None)
    if name is None:
        complaints.add(None, "", ", ".join(sheets.values()), _("There is no sheet “Informatie”."))
        return None
    said: dict[str, Any] = {}
    for row in book[name].iter_rows(max_row=matrix.MAX_ROWS, max_col=matrix.MAX_COLUMNS, values_only=True):
        cells = [cell for cell in row if cell not in (None, "")]
        for label, value in pairwise(cells):
            key = _LABELS.get(str(label).strip().rstrip(":").casefold())
            if key:
                said.setdefault(key, value)
    return of_metadata(complaints, said, asked=asked)


def _take(complaints: Complaints, bucket: Bucket, side: str, sheet: matrix.Sheet) -> None:
    found = matrix.read(complaints, sheet)
    unit = 1 if any(_WHOLE_EURO.search(_plain(words)) for words in found.words) else amounts.THOUSAND
    for cell in found.cells:
        column = f"{sheet.name}!{get_column_letter(cell.column)}"
        value: Any = cell.task_field
        try:
            task_field = checks.task_field(value)
            value = cell.category
            category = checks.category(value, side)
            value = cell.value
            amount = amounts.from_number(value, unit)
        except (checks.NotACode, amounts.NotAnAmount) as wrong:
            complaints.add(cell.row, column, value, str(wrong))
            continue
        first = bucket.seen.setdefault((side, task_field, category, ""), cell.row)
        if first != cell.row:
            complaints.add(cell.row, column, task_field, twice(first))
        bucket.rows.append(Row(cell.row, side, task_field, category, "", amount))
