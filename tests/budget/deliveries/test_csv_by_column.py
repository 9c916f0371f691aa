"""Reading by the column gives what reading row by row gives, or leaves the file to it."""

import hashlib
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from budget.domain.deliveries.frames import Rows
from budget.domain.deliveries.reading import csv_files, csv_rows, recognising
from budget.domain.deliveries.reading.kinds import Asked
from budget.domain.deliveries.rows import FiguresRefused
from budget.domain.deliveries.tallies import AMOUNTS, tally
from tests.budget.deliveries.making import a_row, a_source, read, some_figures

COLUMNS = (
    "gm_code", "jaar", "verslagsoort", "taakveld", "categorie", "programma", "naam", "inwoners", "basisjaar",
    "toelichting", "lasten_x1000", "baten_x1000",
)  # fmt: skip
IN_ORDER = {
    "gm_code": ("GM9999", "GM9998", " GM9997"),
    "jaar": ("2026",),
    "verslagsoort": ("2026X000", "begroting", "2026X005"),
    "taakveld": ("6.3", "6.7", "6.71", "0.10", "0.1 "),
    "programma": ("", "1", "A\\b", " 7"),
    "naam": ("Polderwijk", ""),
    "inwoners": ("40000", "40000.0", ""),
    "basisjaar": ("",),
    "toelichting": ("", "één", "a b"),
}
AMOUNTS_IN_ORDER = ("5", "-12", "7.0", "12,5", "0", " 8", "1.234.567", "+3", "0.25", "1000000000")
ODD = (
    "", " ", "x", "1.000", "7.977", "1e3", "--1", "1000000001", "9.99", "L9.9", "B3.8", "2027X000", "GM0", "\ufeff5",
    'a"b', '"', "a\nb", "a\rb", "\x00", "a;b", "a\tb", "٣", "5 ", "2025", "n" * 30,
)  # fmt: skip


@st.composite
def cells(draw: Any, columns: list[str], *, odd: bool) -> list[str]:
    side = draw(st.sampled_from([name for name in columns if name.endswith("x1000")]))
    category = f"{'L' if side == 'lasten_x1000' else 'B'}{draw(st.sampled_from(('7.1', '7.5')))}"
    found = {name: draw(st.sampled_from(known)) for name, known in IN_ORDER.items()}
    found |= {"categorie": draw(st.sampled_from((category, category[1:], ""))), side: ""}
    found[side] = draw(st.sampled_from(AMOUNTS_IN_ORDER))
    row = [found.get(name, "") for name in columns]
    if odd and draw(st.booleans()):
        at = draw(st.integers(0, len(row) - 1))
        row[at : at + draw(st.integers(0, 1))] = draw(st.lists(st.sampled_from(ODD), max_size=2))
    return row


@st.composite
def files(draw: Any) -> bytes:
    """A file in which each row is in order by itself, or with some rows in which one cell is not."""
    columns = list(draw(st.permutations(COLUMNS)))
    for name in draw(
        st.lists(st.sampled_from(("programma", "naam", "inwoners", "categorie", "baten_x1000")))
    ):
        columns = [column for column in columns if column != name]
    rows = draw(st.lists(cells(columns, odd=draw(st.booleans())), max_size=12))
    if not draw(st.booleans()):  # as in a file in order, in which nothing is there twice
        rows = list({tuple(row[: len(columns)]): row for row in rows}.values())
    divider, end = draw(st.sampled_from(";,\t")), draw(st.sampled_from(("\n", "\r\n", "\r", "\n\n")))
    is_quoted = draw(st.sampled_from((True, False, None)))
    lines = [divider.join(_written(cell, divider, is_quoted) for cell in row) for row in [columns, *rows]]
    return end.join(lines).encode(draw(st.sampled_from(("utf-8", "utf-8-sig", "utf-16"))))


def _written(cell: str, divider: str, is_quoted: bool | None) -> str:
    """With quotation marks around it always, where it needs them, or (None) never."""
    if is_quoted or (is_quoted is False and any(sign in cell for sign in (divider, '"', "\r", "\n"))):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def outcome(content: bytes) -> Any:
    """All that comes of a file: figures with their rows and what they come to, or what is wrong with it."""
    try:
        (found,) = recognising.read([a_source(content)], asked=Asked())
    except FiguresRefused as refused:
        return refused.errors, refused.more
    told = [(one.key, one.name, one.inhabitants, one.are_unlike, list(one.rows)) for one in found.figures]
    lines = [(one.digest, one.expenditure, one.income, one.lines.rows()) for one in tally(found.figures)]
    return found.notes, told, lines


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(files())
def test_a_file_comes_to_the_same_by_the_column_and_row_by_row(content: bytes) -> None:
    by_column = outcome(content)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(csv_files, "_by_column", lambda *_all: None)
        assert by_column == outcome(content)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", '"'])
def test_a_file_in_order_is_not_read_row_by_row(end: str, mark: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(csv_rows, "read")
    rows = (
        "gm_code;jaar;verslagsoort;taakveld;baten_x1000;lasten_x1000",
        ";;;;;",
        "GM9999;2026;begroting;6.3;2,5;7",
    )
    content = end.join(mark + row.replace(";", f"{mark};{mark}") + mark for row in rows)
    (figures,) = read(content)
    assert isinstance(figures.rows, Rows)
    assert [tuple(row) for row in figures.rows] == [
        (3, "L", "6.3", "", "", 7000),
        (3, "B", "6.3", "", "", 2500),
    ]
    assert list(figures.rows[1:]) == [figures.rows[1]]


@pytest.mark.parametrize(
    "damaged",
    [
        "GM9999,2026,begroting,6.3\nGM9999,2026,begroting,6.4,5,5",
        "GM9999,2026,begroting,6.3,\ufeff5",
        "\ufeffGM9999,2026,begroting,6.3,5",
        f"GM9999,2026,begroting,6.3,5\nGM9999,2026,begroting,6.4,{'0' * 140_000}5",
    ],
)
def test_what_python_does_not_read_is_not_read_by_the_column(damaged: str) -> None:
    with pytest.raises(FiguresRefused):
        read("gm_code,jaar,verslagsoort,taakveld,lasten_x1000\n" + damaged)


def test_a_cell_that_is_too_long_is_refused_also_where_it_is_not_read() -> None:
    with pytest.raises(FiguresRefused):
        read(
            f"gm_code,jaar,verslagsoort,taakveld,lasten_x1000,x\nGM9999,2026,begroting,6.3,5,{'x' * 140_000}"
        )


def test_the_checksum_is_of_the_rows_that_are_not_nothing_in_one_order() -> None:
    rows = (
        a_row("6.3", 5, side="B", category="7.1"),
        a_row("6.3", 1000, place=3),
        a_row("5.1", 2000, programme="é", place=4),
        a_row("5.2", 0, place=5),
    )
    (one,) = tally([some_figures(*rows)])
    written = "5.1\té\tL  2000\n6.3\t\tB 7.1 5;L  1000"
    assert one.digest == hashlib.sha256(written.encode()).hexdigest()
    assert [name for name in one.lines.columns if name in AMOUNTS] == list(AMOUNTS)


def test_rows_of_one_key_are_one_in_the_checksum() -> None:
    together, apart = tally(
        [
            some_figures(a_row("6.3", 3000)),
            some_figures(a_row("6.3", 1000), a_row("6.3", 2000), a_row("6.4", 5), a_row("6.4", -5)),
        ]
    )
    assert together.digest == apart.digest


def test_figures_without_rows_come_to_nothing() -> None:
    nothing = some_figures()
    object.__setattr__(nothing, "rows", ())
    first, _second, last = tally([nothing, some_figures(), nothing])
    for one in (first, last):
        assert (one.digest, one.expenditure, one.lines.height) == (hashlib.sha256().hexdigest(), 0, 0)


def test_servers_of_pages_do_without_what_reads_by_the_column() -> None:
    code = (
        "import django, sys; django.setup(); import movisie_portal.urls, budget.tasks; "
        "sys.exit('polars' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
