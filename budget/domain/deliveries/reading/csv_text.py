"""The text and the form of a CSV file: its encoding, what divides its columns, and its heading."""

import codecs
import csv
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
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
    place = 0
    for name in names:
        decoder = codecs.getincrementaldecoder(name)()
        try:
            with source.open() as file:
                while chunk := file.read(_CHUNK):
                    decoder.decode(chunk)
                decoder.decode(b"", final=True)
        except UnicodeDecodeError as error:
            place = error.start
        else:
            return name
    raise refused(
        source.name, _("The letters in this file can't be read. Save it as CSV in UTF-8."), value=place
    )


def heading(source: Source, file: TextIO) -> Heading:
    """Of the first line that is not empty; the file then stands at its beginning. Refused: no line, or too long."""
    head = file.read(_HEAD)
    file.seek(0)
    line = next((one for one in head.splitlines() if one.strip()), "")
    divider = max(_DIVIDERS, key=line.count)
    columns = [column.strip().casefold() for column in next(csv.reader([line], delimiter=divider), [])]
    if "\0" in head or len(columns) > _MAX_COLUMNS or not columns:
        raise refused(source.name, _("This is not CSV with figures: it has no heading of columns."))
    return Heading(columns, divider)


def rows(source: Source, file: TextIO, divider: str) -> Iterator[tuple[int, list[str]]]:
    """The rows after the heading that are not empty, each with the number of its line."""
    for places, found in batches(source, file, divider, _AT_ONCE):
        for place, row in zip(places, found, strict=True):
            if any(row):
                yield place, row


def batches(
    source: Source, file: TextIO, divider: str, many: int
) -> Iterator[tuple[Sequence[int], list[list[str]]]]:
    """The rows after the heading, so many at a time and also those that are empty, with the number of their lines."""
    reader = csv.reader(file, delimiter=divider)
    try:
        next((row for row in reader if any(row)), None)
        before = reader.line_num
        while found := list(islice(reader, many)):
            yield _places(before, reader.line_num, found), found
            before = reader.line_num
    except csv.Error as error:
        raise refused(
            source.name, _("This is not CSV: row %(n)d can't be read.") % {"n": reader.line_num}
        ) from error


def _places(before: int, last: int, rows: list[list[str]]) -> Sequence[int]:
    """The number of the line in which each row ends."""
    if last - before == len(rows):
        return range(before + 1, last + 1)
    return list(accumulate(map(_lines, rows), initial=before))[1:]


def _lines(row: list[str]) -> int:
    return 1 + sum(cell.count("\n") + cell.count("\r") - cell.count("\r\n") for cell in row)
