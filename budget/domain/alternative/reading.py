"""Lines and proposals from CSV files, with ``,`` or ``;`` between cells.

Lines: ``line,name,baseline_keur,floor_keur,cap_keur``, the name may be left out. Proposals:
``resident,line,change_keur``, a row for each line that a resident changes. A resident who changed nothing has one row
with an empty line and no change, or with a change of 0 of any line.

Amounts are whole thousands of euro, also as programs write them: -5.0, or with a minus sign that is no hyphen. Three
noughts after a point are refused: that could be a thousand.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from budget.domain.alternative.lines import Line
from budget.domain.alternative.proposals import LARGEST, Change
from trajecten.counting.reading import FileRefused, Row, Source, cells, delimiter, header, rows, shown
from trajecten.refusals import Refused

WHOLE = re.compile(r"([+-]?\d{1,16})([.,]0{1,2})?")
MINUS = "\N{MINUS SIGN}"


@dataclass(frozen=True)
class Given:
    """What a file of proposals holds; ``unchanged`` are residents who changed nothing."""

    changes: tuple[Change, ...]
    unchanged: tuple[str, ...]


def lines(raw: bytes, *, file: str) -> tuple[Line, ...]:
    """In the order of the file. Refused: no lines, a line without id or there twice, and amounts that can't be."""
    source = Source(file)
    columns = ("line", "baseline_keur", "floor_keur", "cap_keur")
    found: dict[str, Line] = {}
    for number, row in _table(raw, source, columns):
        line = _line(row, source.at(number))
        if line.id in found:
            reason = _("line %(line)s is there twice.") % {"line": shown(line.id)}
            raise source.at(number).refuse(reason, "line")
        found[line.id] = line
    if not found:
        raise source.refuse(_("there are no lines."))
    return tuple(found.values())


def _line(row: dict[str, str], source: Source) -> Line:
    if not row["line"]:
        raise source.refuse(_("the line has no id."), "line")
    baseline, floor, cap = (
        _whole(row[column], source, column) for column in ("baseline_keur", "floor_keur", "cap_keur")
    )
    try:
        return Line(row["line"], row.get("name", ""), baseline, floor, cap)
    except Refused as refused:
        raise source.refuse(refused.message) from refused


def proposals(raw: bytes, *, file: str) -> Given:
    """Refused: a row without resident, a change that is no whole number, and a resident's line that is there twice."""
    source = Source(file)
    changes: dict[tuple[str, str], Change] = {}
    unchanged: dict[str, None] = {}
    for number, row in _table(raw, source, ("resident", "line", "change_keur")):
        resident, line, text = row["resident"], row["line"], row["change_keur"]
        amount = _amount(text if line else text or "0")
        if resident and not line and amount == 0:
            unchanged[resident] = None
        elif (resident, line) in changes or not resident or not line or amount is None:
            raise _refused(resident, line, text, source.at(number))
        else:
            changes[resident, line] = Change(resident, line, amount)
    return Given(tuple(changes.values()), tuple(unchanged))


def _refused(resident: str, line: str, amount: str, source: Source) -> FileRefused:
    words = {"resident": shown(resident), "line": shown(line), "text": shown(amount)}
    if not resident:
        return source.refuse(_("the resident has no id."), "resident")
    if _amount(amount) is None:
        reason = _("Resident %(resident)s, line %(line)s: “%(text)s” is not a whole number.")
        return source.refuse(reason % words, "change_keur")
    if not line:
        return source.refuse(_("Resident %(resident)s: the change of %(text)s has no line.") % words, "line")
    return source.refuse(_("Resident %(resident)s: line %(line)s is there twice.") % words, "line")


def _whole(text: str, source: Source, column: str) -> int:
    amount = _amount(text)
    if amount is None or abs(amount) > LARGEST:
        raise source.refuse(_("“%(text)s” is not a whole number.") % {"text": shown(text)}, column)
    return amount


def _amount(text: str) -> int | None:
    """None where this is no whole number."""
    found = WHOLE.fullmatch(text.replace(MINUS, "-"))
    return int(found[1]) if found else None


def _table(raw: bytes, source: Source, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    found: list[Row] = rows(raw, source=source, delimiter=delimiter(raw))
    if not found:
        raise source.refuse(_("the file is empty."))
    names = header(found[0], source=source, required=columns)
    return ((row[0], cells(row, names, source=source)) for row in found[1:])
