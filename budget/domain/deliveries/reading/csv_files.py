"""CSV: a row an amount, or two of them when both sides stand in it.

Columns, in any order and in capitals or not: ``gm_code``, ``jaar``, ``taakveld``, and ``lasten_x1000`` or
``baten_x1000`` or both, in thousand euro (``amounts`` says how these may be written). ``verslagsoort`` is "2026X000" or
a word of ``kinds``; without it who delivers says what the figures are. Also read: ``categorie``, ``programma``,
``inwoners``, ``gemeente``, and ``basisjaar`` for an estimate. ``naam`` is taken for the name of the municipality when
it is the same on rows of several task fields; otherwise it is that of the task field, and not used. Other columns are
left out, which is noted.

Comma, semicolon or tab; UTF-8 with or without byte order mark, UTF-16 with one, and else Windows-1252. The number of a
row is that of the line in which it begins, the first is 1.
"""

from typing import TextIO

from django.utils.translation import gettext as _

from budget.domain.deliveries.reading import csv_cells, csv_columns, csv_heading, csv_rows, csv_text
from budget.domain.deliveries.reading.complaints import Complaints, refused
from budget.domain.deliveries.reading.csv_heading import Columns
from budget.domain.deliveries.reading.csv_whose import Whose
from budget.domain.deliveries.reading.gathering import Progress, Read
from budget.domain.deliveries.reading.kinds import Asked
from budget.domain.deliveries.reading.sources import Source
from budget.domain.deliveries.rows import Figures
from budget.enums import DeliveryFormat


def read(source: Source, *, asked: Asked, progress: Progress) -> Read:
    """All figures of a file. Raises ``FiguresRefused`` with every row that is wrong."""
    with csv_text.opened(source) as file:
        heading = csv_text.heading(source, file)
        columns = csv_heading.columns(source, heading.columns)
        found = _by_column(source, file, heading.divider, columns, asked)
        if found is None:
            file.seek(0)
            found = csv_rows.read(source, file, heading.divider, columns, asked, progress)
        else:
            progress(sum(len(one.rows) for one in found))
    if not found:
        raise refused(source.name, _("There are no figures in this file."))
    left_out = ", ".join(columns.left_out)
    notes = [_("Columns that were left out: %(names)s.") % {"names": left_out}] if left_out else []
    return Read(source.name, DeliveryFormat.CSV, found, notes)


def _by_column(
    source: Source, file: TextIO, divider: str, columns: Columns, asked: Asked
) -> list[Figures] | None:
    """None where anything is not in order."""
    whose = Whose(columns, asked, Complaints(source.name))
    try:
        return whose.named(
            csv_columns.figures(csv_cells.read(source, file, divider, columns), columns, whose)
        )
    except ValueError:
        return None
