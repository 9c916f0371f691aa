"""The cells of a CSV file as a frame: a column of texts for each that is read, and ``place``, the line of the row.

Polars divides what can be divided in one way only: no quotation marks, and a row a line. Rows that are too short it
fills up, so the dividers are counted. All else goes through the CSV reader of Python, which decides what can be read.
"""

import csv
from collections.abc import Sequence
from typing import TextIO

import numpy as np
import polars as pl

from budget.domain.deliveries.reading import csv_text
from budget.domain.deliveries.reading.csv_heading import Columns
from budget.domain.deliveries.reading.sources import Source

_OTHERWISE = ('"', "\r", "\ufeff")  # what the two readers do something else with
_AT_ONCE = 10_000  # rows of Python's reader that become a frame


def read(source: Source, file: TextIO, divider: str, columns: Columns) -> pl.DataFrame:
    """All rows after the heading. Raises ``ValueError`` when one that is not empty has another width than it.

    Refused (``FiguresRefused``) is what ``csv_text.batches`` refuses.
    """
    names = ["place", *columns.at]
    file.seek(0)
    found = _divided(file, divider, columns.names)
    if found is not None:
        return found.select(names)
    file.seek(0)
    batches = csv_text.batches(source, file, divider, _AT_ONCE)
    parsed = [_frame(places, rows, columns.names) for places, rows in batches]
    return pl.concat([_frame((), (), columns.names), *parsed]).select(names)


def _divided(file: TextIO, divider: str, names: list[str]) -> pl.DataFrame | None:
    try:
        reader = csv.reader(file, delimiter=divider, strict=True)
        csv_text.first(reader)
        text = file.read()
        if "\r" in text:
            text = text.replace("\r\n", "\n")
        if any(sign in text for sign in _OTHERWISE):
            return None
        written = text.encode()
        cells = pl.read_csv(
            written,
            has_header=False,
            separator=divider,
            quote_char=None,
            schema=dict.fromkeys(names, pl.String),
            empty_string_is_null=False,
        )
    except (csv.Error, pl.exceptions.PolarsError):
        return None
    dividers = np.count_nonzero(np.frombuffer(written, np.uint8) == ord(divider))
    is_whole = dividers == (len(names) - 1) * cells.height
    if not is_whole or not _are_short(cells):
        return None
    return cells.with_row_index("place", reader.line_num + 1).cast({"place": pl.Int64})


def _are_short(cells: pl.DataFrame) -> bool:
    """Whether Python's reader takes cells of this length."""
    longest = cells.select(pl.max_horizontal(pl.all().str.len_bytes().max())).item()
    return (longest or 0) <= csv.field_size_limit()


def _frame(places: Sequence[int], rows: Sequence[list[str]], names: list[str]) -> pl.DataFrame:
    """Of rows that are not empty, each of which has to have all columns."""
    filled = [(place, *row) for place, row in zip(places, rows, strict=True) if any(row)]
    texts = list(zip(*filled, strict=True)) or [()] * (1 + len(names))
    schema = {"place": pl.Int64, **dict.fromkeys(names, pl.String)}
    return pl.DataFrame(dict(zip(schema, texts, strict=True)), schema=schema)
