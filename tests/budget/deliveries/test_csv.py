"""CSV with figures, in all the ways in which people and programs write it."""

import pytest

from budget.domain.deliveries.reading import recognising
from budget.domain.deliveries.reading.kinds import Asked
from budget.domain.deliveries.rows import FiguresRefused
from tests.budget.deliveries.making import a_source, read, wrong

HEAD = "gm_code,jaar,verslagsoort,taakveld,lasten_x1000\n"


def amounts_of(*cells: str) -> list[int]:
    head = HEAD.replace(",", ";")
    rows = "".join(f"GM9999;2026;begroting;{6 + n // 5}.{n % 5 + 1};{cell}\n" for n, cell in enumerate(cells))
    (figures,) = read(head + rows)
    return [row.amount for row in figures.rows]


def test_rows_become_figures_by_municipality_year_and_kind() -> None:
    body = (
        "GM9999,2026,2026X000,6.3,68875\n"
        "GM9999,2025,2025X005,6.3,10\n"
        "GM9998,2026,begroting,0.10,-5\n"
        "GM9999,2026,begroting,0.1,7\n"
        "GM9999,2025,realisatie kwartaal 2,6.3,3\n"
    )
    found = read(HEAD + body)

    assert [(one.code, one.year, one.kind, one.period) for one in found] == [
        ("GM9999", 2026, "primitive", 0),
        ("GM9999", 2025, "realised", 5),
        ("GM9998", 2026, "primitive", 0),
        ("GM9999", 2025, "realised", 2),
    ]
    assert [tuple(row) for row in found[0].rows] == [
        (2, "L", "6.3", "", "", 68_875_000),
        (5, "L", "0.1", "", "", 7000),
    ]
    assert found[2].rows[0].task_field == "0.10"


def test_amounts_of_machines_and_of_dutch_people() -> None:
    assert amounts_of("7977.0", "7.977,5", "-12", "-12,25", "1.234.567", "0", "0,0005") == [
        7_977_000,
        7_977_500,
        -12_000,
        -12_250,
        1_234_567_000,
        0,
        1,
    ]


def test_a_point_with_three_digits_follows_the_other_amounts() -> None:
    assert amounts_of("7.977", "7977.0") == [7977, 7_977_000]
    assert amounts_of("7.977", "1,5") == [7_977_000, 1500]


@pytest.mark.parametrize("others", [(), ("7977.0", "1,5"), ("12",)])
def test_a_point_with_three_digits_is_refused_where_it_can_mean_both(others: tuple[str, ...]) -> None:
    rows = "".join(f"GM9999;2026;begroting;6.{n + 4};{cell}\n" for n, cell in enumerate(others))
    text = HEAD.replace(",", ";") + "GM9999;2026;begroting;6.3;7.977\n" + rows
    assert wrong(text) == [(2, "lasten_x1000", "7.977")]


@pytest.mark.parametrize(
    "cell",
    [
        "NaN",
        "inf",
        "1e309",
        "1e3",
        "1_000",
        "١٢",
        "12 euro",
        "--1",
        "=1+1",
        "0x10",
        "9" * 30,
        "9999999999999",
    ],
)
def test_what_is_no_amount_is_refused(cell: str) -> None:
    assert wrong(f"{HEAD}GM9999,2026,begroting,6.3,{cell}\n") == [(2, "lasten_x1000", cell)]


def test_both_sides_and_categories_and_programmes_in_any_order() -> None:
    text = (
        "Baten_x1000;Programma;CATEGORIE;Taakveld;lasten_x1000;jaar;gm_code;verslagsoort;kleur\n"
        "0;1A;L4.1.1;6.3;12;2026;GM9999;begroting;rood\n"
        "5;1A;3.8;6.3;7;2026;GM9999;begroting;\n"
        "9;;2.2.1;0.61;;2026;GM9999;begroting;\n"
    )
    (figures,) = read(text)

    assert [tuple(row) for row in figures.rows] == [
        (2, "L", "6.3", "4.1.1", "1A", 12_000),
        (3, "L", "6.3", "3.8", "1A", 7000),
        (3, "B", "6.3", "3.8", "1A", 5000),
        (4, "B", "0.61", "2.2.1", "", 9000),
    ]


def test_a_category_of_the_other_side_is_refused() -> None:
    head = "gm_code,jaar,verslagsoort,taakveld,categorie,baten_x1000\n"
    text = head + "GM9999,2026,begroting,6.3,L4.1.1,5\nGM9999,2026,begroting,6.3,1.1,5\n"
    assert wrong(text) == [(2, "categorie", "L4.1.1"), (3, "categorie", "1.1")]


def test_the_name_of_the_municipality_and_the_name_of_the_task_field() -> None:
    head = "gm_code,naam,jaar,verslagsoort,inwoners,taakveld,lasten_x1000\n"
    (one,) = read(
        head + "GM9999,Polderwijk,2026,begroting,1234,6.3,1\nGM9999,Polderwijk,2026,begroting,1234,6.4,1\n"
    )
    assert (one.name, one.inhabitants) == ("Polderwijk", 1234)

    (one,) = read(head + "GM9999,Bestuur,2026,begroting,,0.1,1\nGM9999,Burgerzaken,2026,begroting,,0.2,1\n")
    assert (one.name, one.inhabitants) == ("", None)


def test_two_numbers_of_inhabitants_are_refused() -> None:
    head = "gm_code,jaar,verslagsoort,inwoners,taakveld,lasten_x1000\n"
    text = head + "GM9999,2026,begroting,5,6.3,1\nGM9999,2026,begroting,6,6.4,1\n"
    assert wrong(text) == [(3, "inwoners", "6")]


def test_the_same_key_twice_is_refused_with_both_rows() -> None:
    with pytest.raises(FiguresRefused) as refused:
        read(HEAD + "GM9999,2026,begroting,6.3,1\nGM9999,2026,2026X000,6.3,1\n")
    (one,) = refused.value.errors
    assert one.row == 3
    assert "2" in one.reason


def test_every_mistake_is_told_with_its_place() -> None:
    body = (
        "GM9999,2026,begroting,6.3,1\n"
        "Polderwijk,2026,begroting,6.4,1\n"
        "GM9999,26,begroting,6.4,1\n"
        "GM9999,2026,2025X000,6.4,1\n"
        "GM9999,2026,verrassing,6.4,1\n"
        "GM9999,2026,begroting,9.9,1\n"
        "GM9999,2026,begroting,6.4,\n"
        "GM9999,2026,begroting,6.5,7,5\n"
        "GM9999,2026,begroting\n"
    )
    assert wrong(HEAD + body) == [
        (3, "gm_code", "Polderwijk"),
        (4, "jaar", "26"),
        (5, "verslagsoort", "2025X000"),
        (6, "verslagsoort", "verrassing"),
        (7, "taakveld", "9.9"),
        (8, "lasten_x1000", ""),
        (9, "", ""),
        (10, "", ""),
    ]


def test_of_very_many_mistakes_the_number_is_told() -> None:
    with pytest.raises(FiguresRefused) as refused:
        read(HEAD + "GM9999,2026,begroting,9.9,1\n" * 500)
    assert (len(refused.value.errors), refused.value.more) == (200, 300)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings(encoding: str) -> None:
    head = "gm_code;gemeente;jaar;verslagsoort;taakveld;lasten_x1000\r\n"
    (one,) = read(f"{head}GM9999;Sint Jansteen-Oostburg é;2026;begroting;6.3;1\r\n".encode(encoding))
    assert one.name == "Sint Jansteen-Oostburg é"


@pytest.mark.parametrize(
    "content",
    [
        b"\x00" * 50,
        "alleen woorden\n",
        "\n\n",
        HEAD,
        "gm_code,jaar,taakveld\nGM9999,2026,6.3\n",
        "gm_code,jaar,taakveld,taakveld,lasten_x1000\n",
        "jaar,taakveld,lasten_x1000\n2026,6.3,1\n",
    ],
)
def test_what_is_no_csv_with_figures_is_refused_as_a_whole(content: bytes | str) -> None:
    assert [(row, column) for row, column, _value in wrong(content)] == [(None, "")]


@pytest.mark.parametrize(
    ("content", "row"),
    [
        (b"\xff\xfe\x00", 1),
        (b"\x81\x8d" + HEAD.encode(), 1),
        (HEAD.encode() + b"GM9999,2026,begroting,6.3,5\nGM9999,2026,begroting,6.4,\x81\n", 3),
        (HEAD + 'GM9999,2026,begroting,6.3,5\nGM9999,2026,begroting,6.4,"6\n' + "GM9999\n" * 9, 3),
        (HEAD + 'GM9999,2026,begroting,"6.3" x,5\nGM9999,2026,begroting,6.4,6\n', 2),
    ],
)
def test_where_a_file_stops_being_readable(content: bytes | str, row: int) -> None:
    assert wrong(content) == [(row, "", "")]


def test_a_quotation_mark_that_is_not_closed_takes_no_rows_away() -> None:
    head, row = HEAD.replace("\n", ",opmerking\n"), "GM9999,2026,begroting,6.{},5,{}\n"
    assert wrong(head + row.format(3, 'van 5" dik') + row.format(4, '"de rest') + row.format(5, "")) == [
        (3, "", "")
    ]


@pytest.mark.parametrize("before", ["   \n", ",,,,\n\n", '"",\n'])
def test_rows_of_nothing_before_the_heading(before: str) -> None:
    (one,) = read(before + HEAD + "GM9999,2026,begroting,6.3,5\n  \n , ,,,\n")
    assert [row.amount for row in one.rows] == [5000]


def test_spaces_empty_rows_and_a_field_over_two_lines() -> None:
    text = '\n gm_code ,jaar,opmerking,taakveld,lasten_x1000\n\n GM9999 , 2026 ,"a\nb", 6.3 , 5 \n,,,,\n'
    (one,) = read(text, asked=Asked(kind="primitive"))
    assert [(row.place, row.amount) for row in one.rows] == [(4, 5000)]


def test_who_delivers_says_what_the_file_leaves_open() -> None:
    head, row = "gm_code,jaar,taakveld,lasten_x1000\n", "GM9999,2028,6.3,1\n"
    assert wrong(head + row) == [(2, "verslagsoort", "")]
    (one,) = read(head + row, asked=Asked(kind="estimate", base_year=2026))
    assert (one.kind, one.base_year) == ("estimate", 2026)
    (one,) = read(head + row, asked=Asked(kind="realised", period=3))
    assert (one.kind, one.period) == ("realised", 3)
    assert wrong(head + row, asked=Asked(kind="estimate", base_year=2028)) == [(2, "verslagsoort", "")]
    assert wrong(head + row, asked=Asked(kind="realised")) == [(2, "verslagsoort", "")]


def test_a_budget_can_be_called_one_after_changes_but_not_what_was_spent() -> None:
    text = HEAD + "GM9999,2026,begroting,6.3,1\n"
    (one,) = read(text, asked=Asked(kind="amended"))
    assert one.kind == "amended"
    assert wrong(text, asked=Asked(kind="realised", period=5)) == [(2, "verslagsoort", "begroting")]


def test_estimates_of_several_years_in_one_file() -> None:
    head = "gm_code,jaar,basisjaar,verslagsoort,taakveld,lasten_x1000\n"
    body = "".join(f"GM9999,{year},2026,meerjarenraming,6.3,1\n" for year in (2027, 2028, 2029))
    assert [(one.year, one.kind, one.base_year) for one in read(head + body)] == [
        (2027, "estimate", 2026),
        (2028, "estimate", 2026),
        (2029, "estimate", 2026),
    ]


def test_the_number_of_a_row_is_that_of_the_line_in_which_it_begins() -> None:
    text = "gm_code,jaar,verslagsoort,opmerking,taakveld,lasten_x1000\n" + "".join(
        f'GM9999,2026,begroting,"{note}",6.{n},{n}\n'
        for n, note in enumerate(("a", "a\nb", "c\r\nd", "e"), start=1)
    )
    (one,) = read(text)
    assert [row.place for row in one.rows] == [2, 3, 5, 7]


def test_rows_of_several_budgets_through_each_other() -> None:
    """And more of them than are read at once, of which one is wrong in the middle."""
    head = "gm_code,jaar,verslagsoort,taakveld,categorie,lasten_x1000,baten_x1000\n"
    cells = [
        (f"GM{code}", field, category)
        for field in ("6.3", "6.4", "7.1", "8.1")
        for category in ("1.1", "3.1", "3.2", "3.8", "4.2", "5.1")
        for code in range(9000, 9050)
    ]
    rows = [
        f"{code},2026,begroting,{field},L{category},{n},\n" for n, (code, field, category) in enumerate(cells)
    ]
    found = read(head + "".join(rows))
    assert [one.code for one in found] == [f"GM{code}" for code in range(9000, 9050)]
    assert [len(one.rows) for one in found] == [24] * 50
    for one in found:
        for row in one.rows:
            assert cells[row.place - 2] == (one.code, row.task_field, row.category)
            assert row.amount == (row.place - 2) * 1000

    rows[700] = rows[700].replace("L", "X")
    assert wrong(head + "".join(rows)) == [(702, "categorie", "X3.2")]
    rows[700] = rows[100]
    assert [row for row, _column, _value in wrong(head + "".join(rows))] == [702]


def test_task_fields_beside_parts_of_themselves_are_noted() -> None:
    """Both count, but a subtotal among them would count twice."""
    body = "".join(
        f"GM9999,2026,begroting,{code},1\n" for code in ("6.71", "6.711", "6.712", "0.1", "0.10", "6.3")
    )
    (found,) = recognising.read([a_source(HEAD + body)], asked=Asked())
    assert [note for note in found.notes if "6.71." in note] == found.notes
    assert len(found.notes) == 1
    (apart,) = recognising.read(
        [a_source(HEAD + "GM9999,2026,begroting,6.71,1\nGM9999,2025,begroting,6.711,1\n")], asked=Asked()
    )
    assert apart.notes == []
