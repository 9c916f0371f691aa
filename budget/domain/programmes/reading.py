"""Programmes from CSV: a row for each part of a task field that falls under a programme.

Columns ``programma`` (its number), ``naam``, ``taakveld`` and ``aandeel`` in percent ("40", "12,5" or "12.5", with or
without a percent sign). Empty is all of it. In the encodings and with the dividers of ``deliveries.reading.csv_text``.
Refused is a row with more cells than columns: "12,5" between commas would be 12 percent.
"""

import re
from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from budget.domain.deliveries.reading import checks, csv_text
from budget.domain.deliveries.reading.complaints import Complaints, refused
from budget.domain.deliveries.reading.sources import Source
from budget.domain.programmes.keeping import Wanted

COLUMNS = ("programma", "naam", "taakveld", "aandeel")
MAX_NAME = 120
_PERCENT = re.compile(r"([0-9]{1,3}(?:[.,][0-9]{1,3})?) ?%?")


def read(source: Source, *, from_year: int) -> tuple[list[Wanted], dict[tuple[str, str], int]]:
    """The programmes of a file, and the row of each task field of each. Refused: ``FiguresRefused``."""
    complaints = Complaints(source.name)
    names: dict[str, str] = {}
    shares: dict[str, dict[str, Decimal]] = {}
    rows: dict[tuple[str, str], int] = {}
    with csv_text.opened(source) as file:
        heading = csv_text.heading(source, file)
        _check_heading(source, heading.columns)
        for place, row in csv_text.rows(source, file, heading.divider):
            cells = dict(zip(heading.columns, (cell.strip() for cell in row), strict=False))
            if not csv_text.is_blank(row[len(heading.columns) :]):
                complaints.add(place, "", None, csv_text.other_width(len(row), len(heading.columns)))
            elif _take(complaints, place, cells, names, shares):
                rows[cells["programma"], cells["taakveld"]] = place
    complaints.check()
    if not names:
        raise refused(source.name, _("There are no programmes in this file."))
    return [Wanted(code, name, from_year, None, shares[code], {}) for code, name in names.items()], rows


def _check_heading(source: Source, columns: Sequence[str]) -> None:
    if missing := [name for name in COLUMNS if name not in columns]:
        raise refused(source.name, _("There is no column %(names)s.") % {"names": ", ".join(missing)})
    if twice := [name for name in COLUMNS if columns.count(name) > 1]:
        raise refused(source.name, _("The column %(name)s is there twice.") % {"name": twice[0]})


def _take(
    complaints: Complaints,
    place: int,
    cells: dict[str, str],
    names: dict[str, str],
    shares: dict[str, dict[str, Decimal]],
) -> bool:
    column = "programma"
    try:
        code = checks.programme(_filled(cells.get(column)))
        column = "naam"
        here = _shown(cells.get(column, ""))
        names[code] = _same(names.get(code) or _filled(here), here)
        column = "taakveld"
        task_field = checks.task_field(cells.get(column, ""))
        column = "aandeel"
        share = percent(cells.get(column) or "100")
    except checks.NotACode as wrong:
        complaints.add(place, column, cells.get(column), str(wrong))
        return False
    own = shares.setdefault(code, {})
    if task_field in own:
        complaints.add(place, "taakveld", task_field, _("This task field stands with this programme twice."))
    own[task_field] = share
    return True


def _shown(name: str) -> str:
    return "".join(sign for sign in name if sign.isprintable())[:MAX_NAME].strip()


def _filled(text: str | None) -> str:
    if not text:
        raise checks.NotACode(_("Fill this in."))
    return text


def _same(name: str, here: str) -> str:
    if here and here != name:
        raise checks.NotACode(_("An earlier row gives this programme another name."))
    return name


def percent(text: str) -> Decimal:
    """A part from 0 to 1. Raises ``NotACode``."""
    match = _PERCENT.fullmatch(text)
    share = Decimal(match[1].replace(",", ".")) / 100 if match else Decimal(0)
    if not 0 < share <= 1:
        raise checks.NotACode(_("This is no percentage above 0 and up to and including 100."))
    return share


def places(rows: dict[tuple[str, str], int], code: str, subject: str) -> int | None:
    """In which row of the file the task field (or else the programme) stands."""
    own: Sequence[int] = [place for (programme, _field), place in rows.items() if programme == code]
    return rows.get((code, subject)) or min(own, default=None)
