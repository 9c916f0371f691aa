"""The workbook of the Iv3 delivery: found by the form of its codes, and never guessed."""

import io
import zipfile
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from budget.domain.deliveries.rows import FiguresRefused
from tests.budget.deliveries.making import read, wrong

INFO = [
    ["", "Overheidslaag", "Gemeente"],
    ["", "Nummer", "9999"],
    ["", "Naam", "Polderwijk"],
    ["", "Jaar", 2026],
]
LASTEN = [
    ["Verdelingsmatrix lasten", "bedragen x 1.000 euro"],
    [],
    ["Taakveld", "Naam", "1.1", "3.4.1", "4.1.1", "Totaal"],
    ["0.", "BESTUUR", None, None, None, 99],
    ["0.1", "Bestuur", 10, None, None, 10],
    ["0.10", "Mutaties reserves", None, None, 7.5, 7.5],
    ["6.3", "Inkomensregelingen", 1, 2, "-3", 0],
    ["Totaal", "", 11, 2, 4.5, 99],
]
BATEN = [
    ["Taakveld", "Naam", "2.2.1", "3.6", "4.1.2"],
    ["0.1", "", 4],
    ["6.3", "", 0, "-"],
    ["8.3", "", None, None, 5],
]


def workbook(
    lasten: list[Any] = LASTEN, baten: list[Any] = BATEN, info: list[Any] = INFO, **names: str
) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    sheets = {"4.Informatie": [*info, ["", "Periode", 0], ["", "Status", "Begroting"]]}
    sheets |= {"5.Verdelingsmatrix lasten": lasten, "6.Verdelingsmatrix baten": baten}
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def without_names(packed: bytes) -> bytes:
    """With a part whose name says that it is UTF-8, which it is not."""
    raw = bytearray(packed)
    entry = raw.index(b"PK\x01\x02")
    raw[entry + 9] |= 8
    raw[entry + 46] = 0xFF
    return bytes(raw)


def test_both_matrices_are_read() -> None:
    (one,) = read(workbook())

    assert (one.code, one.name, one.year, one.kind) == ("GM9999", "Polderwijk", 2026, "primitive")
    assert [tuple(row) for row in one.rows] == [
        (5, "L", "0.1", "1.1", "", 10_000),
        (6, "L", "0.10", "4.1.1", "", 7500),
        (7, "L", "6.3", "1.1", "", 1000),
        (7, "L", "6.3", "3.4.1", "", 2000),
        (7, "L", "6.3", "4.1.1", "", -3000),
        (2, "B", "0.1", "2.2.1", "", 4000),
        (3, "B", "6.3", "2.2.1", "", 0),
        (4, "B", "8.3", "4.1.2", "", 5000),
    ]


def test_codes_with_names_behind_them_and_as_numbers() -> None:
    lasten = [
        [None, "1.1 Salarissen", 3.1, "L4.2 Subsidies", 5.1],
        ["6.3 Inkomensregelingen", 1, 2, 3, 4],
        ["6.4 WSW", 1],
        ["6.5 Arbeid", 1],
    ]
    (one,) = read(workbook(lasten))
    assert [row.category for row in one.rows if row.side == "L"] == ["1.1", "3.1", "4.2", "5.1", "1.1", "1.1"]


def test_a_number_as_code_is_read_as_its_format_shows_it() -> None:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    two = book.add_format({"num_format": "0.00"})
    for name, rows in (("4.Informatie", [*INFO, ["", "Periode", 0]]), ("6.Verdelingsmatrix baten", BATEN)):
        sheet = book.add_worksheet(name)
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
    sheet = book.add_worksheet("5.Verdelingsmatrix lasten")
    sheet.write_row(0, 0, ["", "1.1", "3.1", "3.2"])
    for at, code in enumerate((0.1, 0.2, 0.3), start=1):
        sheet.write_row(at, 0, [code, at])
    sheet.write_number(4, 0, 0.10, two)
    sheet.write_number(4, 1, 9)
    book.close()

    (one,) = read(file.getvalue())
    assert [row.task_field for row in one.rows if row.side == "L"] == ["0.1", "0.2", "0.3", "0.10"]


def test_whole_euro_where_the_sheet_says_so() -> None:
    (one,) = read(workbook([["Bedragen in hele euro's"], *LASTEN[1:]]))
    assert {row.amount for row in one.rows if row.task_field == "0.1" and row.side == "L"} == {10}


@pytest.mark.parametrize("cell", ["=1+1", "#REF!", True, "veel"])
def test_cells_that_are_no_amount(cell: Any) -> None:
    """A formula whose result was never calculated is one: openpyxl writes none."""
    rows = [*LASTEN[:4], ["0.1", "Bestuur", cell], *LASTEN[5:]]
    assert [(row, column) for row, column, _value in wrong(workbook(rows))] == [
        (5, "5.Verdelingsmatrix lasten!C")
    ]


def test_a_formula_counts_with_its_result() -> None:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    for name, rows in (
        ("4.Informatie", [*INFO, ["", "Periode", 0]]),
        ("5.Verdelingsmatrix lasten", LASTEN),
        ("6.Verdelingsmatrix baten", BATEN),
    ):
        sheet = book.add_worksheet(name)
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
        if name.startswith("5"):
            sheet.write_formula(4, 2, "=5+5", value=10)
    book.close()
    (one,) = read(file.getvalue())
    assert one.rows[0].amount == 10_000


def test_wrong_codes_and_the_same_row_twice() -> None:
    rows = [*LASTEN, ["9.9", "", 1], ["6.99", "", 1], ["0.1", "", 8]]
    rows[2] = [*LASTEN[2], "9.9", "2.2.1"]
    rows[4] = [*LASTEN[4], None, 6]
    assert [(row, column[-1:], value) for row, column, value in wrong(workbook(rows))] == [
        (5, "H", "2.2.1"),
        (11, "C", "0.1"),
    ]


@pytest.mark.parametrize(
    "content",
    [
        workbook([["niets"]]),
        workbook([["", "1.1", "3.1", "3.2"], ["a"]]),
        workbook(info=[]),
        b"PK\x03\x04 en dan niets",
        without_names(workbook()),
    ],
)
def test_what_can_not_be_recognised_is_refused(content: bytes) -> None:
    with pytest.raises(FiguresRefused):
        read(content)


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    file = io.BytesIO()
    with (
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed,
        packed.open("xl/workbook.xml", "w") as part,
    ):
        for _mb in range(200):
            part.write(b"0" * 1_000_000)
    assert [(row, column) for row, column, _value in wrong(file.getvalue())] == [(None, "")]


def test_entities_are_not_expanded() -> None:
    """A workbook whose parts define entities in each other is refused by the parser of XML."""
    plain, file = zipfile.ZipFile(io.BytesIO(workbook())), io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        for name in plain.namelist():
            content = plain.read(name)
            if name.startswith("xl/worksheets/"):
                bomb = b'<!DOCTYPE worksheet [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
                content = bomb + content.removeprefix(b'<?xml version="1.0"?>')
            packed.writestr(name, content)
    with pytest.raises(FiguresRefused):
        read(file.getvalue())
