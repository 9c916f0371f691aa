"""Files that others made: what is wrong in one is told with file, line, column and reason."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from io import StringIO
from typing import Any

from django.utils.translation import gettext as _

from trajecten.refusals import Refused

NUMBER = re.compile(r"-?(\d{1,15}([.,]\d{1,20})?|[.,]\d{1,20})([eE]-\d{1,2})?")
QUOTED = re.compile(rb'"[^"]*"')
SHOWN = 60
END = "\x03"  # a line of its own below the text: it is swallowed where a quote doesn't end


class FileRefused(Refused):
    """Nothing of the file was taken. ``line`` counts from 1; None where it is about the file as a whole."""

    def __init__(self, reason: str, *, file: str, line: int | None = None, column: str = "") -> None:
        place = [file]
        if line is not None:
            place.append(_("line %(n)s") % {"n": line})
        if column:
            place.append(_("column %(name)s") % {"name": column})
        super().__init__(f"{', '.join(place)}: {reason}", field=column or None)
        self.file = file
        self.line = line
        self.column = column
        self.reason = reason


@dataclass(frozen=True)
class Source:
    """A file by its name, for refusals; and where in it we are."""

    file: str
    line: int | None = None

    def at(self, line: int) -> "Source":
        return Source(self.file, line)

    def refuse(self, reason: str, column: str = "") -> FileRefused:
        return FileRefused(reason, file=self.file, line=self.line, column=column)


Row = tuple[int, list[str]]


def delimiter(raw: bytes) -> str:
    """What stands between cells, ``;`` or else ``,``, by the first line that holds anything."""
    first = next((line for line in raw.splitlines() if line.strip(b"\xef\xbb\xbf \t,;")), b"")
    return ";" if b";" in QUOTED.sub(b"", first) else ","


def rows(raw: bytes, *, source: Source, delimiter: str) -> list[Row]:
    """Lines with their number and their cells without spaces around them; empty lines are left out.

    UTF-8 with or without a mark, and line ends of any system. Refused: other encodings, and a quote that never ends.
    """
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise source.at(line).refuse(_("this is not text in UTF-8.")) from error
    if "\0" in text or END in text:
        raise source.refuse(_("this is not a text file."))
    reader = csv.reader(StringIO(f"{text}\n{END}", newline=""), delimiter=delimiter)
    found: list[Row] = []
    line = 1
    for row in _each(reader, source):
        if END in row[-1] and row != [END]:  # only the last row can have it
            raise source.at(line).refuse(_("a quote begins in this line that never ends."))
        stripped = [cell.strip() for cell in row]
        if any(stripped) and row != [END]:
            found.append((line, stripped))
        line = reader.line_num + 1
    return found


def _each(reader: Any, source: Source) -> Iterator[list[str]]:
    try:
        for row in reader:
            yield row or [""]
    except csv.Error as error:
        raise source.at(reader.line_num).refuse(_("this line can't be read as cells.")) from error


def header(row: Row, *, source: Source, required: tuple[str, ...]) -> list[str]:
    """The names of the columns. Refused: one that is missing, or there twice."""
    line, names = row
    while names and not names[-1]:
        names = names[:-1]
    for name in required:
        if name not in names:
            raise source.at(line).refuse(_("there is no column “%(name)s”.") % {"name": name})
    for name in names:
        if names.count(name) > 1:
            raise source.at(line).refuse(_("the column “%(name)s” is there twice.") % {"name": shown(name)})
    return names


def cells(row: Row, names: list[str], *, source: Source) -> dict[str, str]:
    """By the name of the column. Cells that are not there are empty. Refused: more cells than columns."""
    line, found = row
    if len(found) < len(names):
        found = [*found, *[""] * (len(names) - len(found))]
    elif any(found[len(names) :]):
        raise source.at(line).refuse(_("this line has more cells than there are columns."))
    return dict(zip(names, found, strict=False))


def number(text: str, *, source: Source, column: str) -> Fraction:
    """A number with a point or a comma before its decimals, also .5; 1e-05, as programs write it. Refused: the rest."""
    if not NUMBER.fullmatch(text):
        raise source.refuse(_("“%(text)s” is not a number.") % {"text": shown(text)}, column)
    return Fraction(text.replace(",", "."))


def shown(text: str) -> str:
    """As much of what somebody typed as fits in a message."""
    text = "".join(character if character.isprintable() else " " for character in text)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
