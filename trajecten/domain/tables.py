"""Any list as a file: CSV or a workbook, from the same columns and rows.

Rows are read one by one and never kept together, so a list of a hundred thousand needs no more memory than one of
ten. What people typed can't become a formula in a spreadsheet: in CSV such a text gets an apostrophe before it, in a
workbook every text is written as a text.
"""

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import StringIO
from typing import IO, Any

import xlsxwriter
from django.utils import timezone
from django.utils.functional import Promise

# What spreadsheets read as the beginning of a formula, also in the wide letters of Chinese and Japanese.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
CHUNK = 500
LONGEST_CELL = 32_767


@dataclass(frozen=True)
class Column:
    """One column: its heading, and what it says of a row: a text, a number, a date, a moment, a yes or no, or None."""

    label: str | Promise
    value: Callable[[Any], Any]


def csv_chunks(
    columns: Sequence[Column], rows: Iterable[Any], *, delimiter: str = ",", mark: bool = False
) -> Iterator[str]:
    """The list as CSV by RFC 4180, in pieces, to be sent as UTF-8.

    ``mark`` puts a byte order mark before it, by which a spreadsheet knows that encoding.
    """
    buffer = StringIO()
    buffer.write("\ufeff" if mark else "")
    writer = csv.writer(buffer, delimiter=delimiter)
    writer.writerow([harmless(str(column.label)) for column in columns])
    for number, row in enumerate(rows, start=1):
        writer.writerow([_in_csv(column.value(row)) for column in columns])
        if number % CHUNK == 0:
            yield _emptied(buffer)
    yield _emptied(buffer)


def _emptied(buffer: StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text


def _in_csv(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat(timespec="seconds")
    if isinstance(value, int | float | date):
        return value
    return harmless(str(value))


def harmless(text: str) -> str:
    """A text that a spreadsheet does not take for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text


def write_xlsx(file: IO[bytes], columns: Sequence[Column], rows: Iterable[Any]) -> None:
    """Write the list as a workbook of one sheet into ``file``, with its headings in bold and kept in sight.

    Moments are in Dutch time. A sheet holds 1,048,575 rows; what comes after that is left out.
    """
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        formats: dict[type, Any] = {
            datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
            date: book.add_format({"num_format": "yyyy-mm-dd"}),
        }
        sheet = book.add_worksheet()
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(columns) - 1, 22)
        bold = book.add_format({"bold": True})
        for place, column in enumerate(columns):
            sheet.write_string(0, place, str(column.label), bold)
        for number, row in enumerate(rows, start=1):
            for place, column in enumerate(columns):
                _in_sheet(sheet, number, place, column.value(row), formats)


def _in_sheet(sheet: Any, row: int, place: int, value: Any, formats: dict[type, Any]) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, place, value)
    elif isinstance(value, datetime):
        local = timezone.localtime(value).replace(tzinfo=None)
        sheet.write_datetime(row, place, local, formats[datetime])
    elif isinstance(value, date):
        sheet.write_datetime(row, place, value, formats[date])
    elif isinstance(value, int | float):
        sheet.write_number(row, place, value)
    else:
        sheet.write_string(row, place, str(value)[:LONGEST_CELL])
