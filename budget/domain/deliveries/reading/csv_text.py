"""The text and the form of a CSV file: its encoding, what divides its columns, and its heading."""

import codecs
import csv
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import accumulate, islice
from typing import TextIO

from django.utils.translation import gettext as _

from budget.domain.deliveries.reading.complaints import refused
from budget.domain.deliveries.reading.sources import Source

_CHUNK = 1 << 20
_HEAD = 64 * 1024  # signs in which the heading has to be
_MAX_COLUMNS = 200
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_DIVIDERS = ";,\t"
_BLANK = f'{_DIVIDERS} "\r\n'
_AT_ONCE = 250


@dataclass(frozen=True)
class Heading:
    """The names of the columns in small letters, and what divides them."""

    columns: list[str]
    divider: str


@contextmanager
def opened(source: Source) -> Iterator[TextIO]:
    """The file as text. Raises ``FiguresRefused`` for what is in no encoding that is read."""
    encoding = _encoding(source)
    with source.open() as file:
        yield io.TextIOWrapper(file, encoding=encoding, newline="")


def _encoding(source: Source) -> str:
    with source.open() as file:
        head = file.read(4)
    for mark, name in _MARKS:
        if head.startswith(mark):
            return _fitting(source, (name,))
    return _fitting(source, ("utf-8", "cp1252"))


def _fitting(source: Source, names: tuple[str, ...]) -> str:
    row = None
    for name in names:
        row = _unreadable(source, name)
        if row is None:
            return name
    raise refused(source.name, _("The letters in this file can't be read. Save it as CSV in UTF-8."), row=row)


def _unreadable(source: Source, encoding: str) -> int | None:
    """The first line with what is no letter in this encoding; None when all of the file can be read."""
    decoder, line = codecs.getincrementaldecoder(encoding)(), 1
    try:
        with source.open() as file:
            while chunk := file.read(_CHUNK):
                line += decoder.decode(chunk).count("\n")
            decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        return line + error.object[: error.start].count(b"\n")
    return None


def heading(source: Source, file: TextIO) -> Heading:
    """Of the first row with something in it; the file then stands at its beginning. Refused: no row, or too long."""
    head = file.read(_HEAD)
    file.seek(0)
    line = next((one for one in head.splitlines() if one.strip(_BLANK)), "")
    divider = max(_DIVIDERS, key=line.count)
    names = first(csv.reader(io.StringIO(head, newline=""), delimiter=divider))
    columns = [column.strip().casefold() for column in names]
    if "\0" in head or len(columns) > _MAX_COLUMNS or not columns:
        raise refused(source.name, _("This is not CSV with figures: it has no heading of columns."))
    return Heading(columns, divider)


def first(rows: Iterator[list[str]]) -> list[str]:
    """The heading: the first row with something in it."""
    return next((row for row in rows if not is_blank(row)), [])


def is_blank(row: Sequence[str]) -> bool:
    """Whether there is nothing but spaces in it, as programs leave behind and before their tables."""
    return not any(map(str.strip, row))


def other_width(cells: int, columns: int) -> str:
    """Why a row is refused that has more cells, or fewer, than there are columns."""
    return _("This row has %(n)d columns, and the heading %(of)d.") % {"n": cells, "of": columns}


def rows(source: Source, file: TextIO, divider: str) -> Iterator[tuple[int, list[str]]]:
    """The rows after the heading that are not empty, each with the number of its line."""
    for places, found in batches(source, file, divider, _AT_ONCE):
        for place, row in zip(places, found, strict=True):
            if not is_blank(row):
                yield place, row


def batches(
    source: Source, file: TextIO, divider: str, many: int
) -> Iterator[tuple[Sequence[int], list[list[str]]]]:
    """The rows after the heading, so many at a time and also those that are empty, with the number of their lines.

    Refused: a quotation mark that is not closed, which would make one cell of all rows behind it, and text behind one.
    """
    reader = csv.reader(file, delimiter=divider, strict=True)
    try:
        first(reader)
        before = reader.line_num
        while found := list(islice(reader, many)):
            yield _places(before, reader.line_num, found), found
            before = reader.line_num
    except csv.Error as error:
        reason = _("This row can't be read as cells. Look whether each quotation mark in it is closed.")
        raise refused(source.name, reason, row=_broken(file, divider)) from error


def _broken(file: TextIO, divider: str) -> int:
    """The line in which the row begins that can't be read."""
    file.seek(0)
    reader, begins = csv.reader(file, delimiter=divider, strict=True), 1
    with suppress(csv.Error):
        for _row in reader:
            begins = reader.line_num + 1
    return begins


def _places(before: int, last: int, rows: list[list[str]]) -> Sequence[int]:
    """The number of the line in which each row begins."""
    if last - before == len(rows):
        return range(before + 1, last + 1)
    ends = list(accumulate(map(_lines, rows), initial=before))
    return [end + 1 for end in ends[:-1]]


def _lines(row: list[str]) -> int:
    return 1 + sum(cell.count("\n") + cell.count("\r") - cell.count("\r\n") for cell in row)
