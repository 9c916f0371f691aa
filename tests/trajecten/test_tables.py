"""Lists as files: what they hold, that they hold no formula, and that they are made piece by piece."""

import csv
import io
import tracemalloc
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree

import pytest
from django.utils import translation
from django.utils.translation import gettext_lazy

from trajecten.domain.tables import FORMULA, Column, csv_chunks, write_xlsx
from trajecten.views.tables import csv_response, xlsx_response

COLUMNS = (
    Column("Naam", lambda row: row.name),
    Column("Aantal", lambda row: row.number),
    Column("Dag", lambda row: row.day),
    Column("Mail", lambda row: row.has_mail),
)
NAMESPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def row(name: str = "Eva", number: Any = 3, day: Any = None, has_mail: bool = True) -> SimpleNamespace:
    return SimpleNamespace(name=name, number=number, day=day, has_mail=has_mail)


def read_csv(*rows: Any) -> list[list[str]]:
    return list(csv.reader(io.StringIO("".join(csv_chunks(COLUMNS, rows)))))


def read_xlsx(data: bytes) -> list[list[str]]:
    """The texts of the cells of the first sheet."""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    assert not list(sheet.iter(f"{NAMESPACE}f"))  # no formula anywhere
    rows = sheet.iter(f"{NAMESPACE}row")
    return [["".join(cell.itertext()) for cell in found] for found in rows]


def written(*rows: Any) -> list[list[str]]:
    file = io.BytesIO()
    write_xlsx(file, COLUMNS, rows)
    return read_xlsx(file.getvalue())


def test_a_csv_has_the_headings_and_each_row() -> None:
    moment = datetime(2026, 7, 1, 10, 30, tzinfo=UTC)
    assert read_csv(row(), row('A "b", c', 1.5, date(2026, 1, 2), False), row(day=moment)) == [
        ["Naam", "Aantal", "Dag", "Mail"],
        ["Eva", "3", "", "1"],
        ['A "b", c', "1.5", "2026-01-02", "0"],
        ["Eva", "3", "2026-07-01T12:30:00+02:00", "1"],
    ]


@pytest.mark.parametrize("start", FORMULA)
def test_what_people_typed_is_no_formula(start: str) -> None:
    typed = f'{start}HYPERLINK("https://kwaad.example.org")'
    assert read_csv(row(typed))[1][0] == f"'{typed}"
    assert written(row(typed))[1][0].strip().endswith('HYPERLINK("https://kwaad.example.org")')


def test_a_number_below_zero_stays_a_number() -> None:
    assert read_csv(row(number=-3))[1][1] == "-3"


def test_a_workbook_has_the_same() -> None:
    assert written(row(), row("Sam", None, None, False)) == [
        ["Naam", "Aantal", "Dag", "Mail"],
        ["Eva", "3", "1"],
        ["Sam", "0"],
    ]
    assert written(row(day=date(2026, 1, 2)))[1][2] == "46024"


def test_a_csv_is_sent_without_a_mark_and_in_the_language_of_the_request() -> None:
    columns = (Column(gettext_lazy("Neighbourhood"), lambda row: gettext_lazy("Name")),)
    with translation.override("nl"):
        response = csv_response("Wie doet mee?", columns, [row()])
    with translation.override("en"):
        assert b"".join(response) == b"Buurt\r\nNaam\r\n"
    assert response.headers["Content-Disposition"] == 'attachment; filename="wie-doet-mee.csv"'
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"


def test_a_workbook_is_sent_as_a_file(db: None) -> None:
    response = xlsx_response("Wie doet mee?", COLUMNS, [row()])
    assert read_xlsx(b"".join(response))[1][0] == "Eva"
    assert response.headers["Content-Disposition"] == 'attachment; filename="wie-doet-mee.xlsx"'
    response.close()


def many(count: int) -> Iterator[Any]:
    return (row(f"Naam {number}") for number in range(count))


def test_a_long_list_needs_no_more_memory() -> None:
    def peak(count: int) -> int:
        tracemalloc.start()
        for _chunk in csv_chunks(COLUMNS, many(count)):
            pass
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    peak(1000)
    assert peak(20_000) < 2 * peak(2000)
