"""Both forms of JSON: pages of Statistics Netherlands, and the delivery of a municipality."""

from typing import Any

import pytest

from budget.domain.deliveries.reading import recognising
from budget.domain.deliveries.reading.kinds import Asked
from budget.domain.deliveries.rows import FiguresRefused
from tests.budget.deliveries.making import a_source, read, wrong


def cbs(
    task_field: str = "6.3", category: str = "L4.1.1", first: Any = 5, second: Any = -99998, **own: Any
) -> dict:
    return {
        "ID": 1,
        "Gemeenten": "GM9999    ",
        "TaakveldBalanspost": f"{task_field}   ",
        "Categorie": f"{category}  ",
        "Verslagsoort": "2026X000",
        "k_1ePlaatsing_1": first,
        "k_2ePlaatsing_2": second,
        **own,
    }


def iv3(**metadata: Any) -> dict:
    said = {
        "overheidslaag": "Gemeente",
        "overheidsnummer": "9999",
        "overheidsnaam": "Polderwijk",
        "boekjaar": 2026,
    }
    return {
        "metadata": {**said, "periode": 0, "status": "Begroting", **metadata},
        "contact": {"naam": "Wie dan ook"},
        "data": {
            "lasten": [
                {"taakveld": "6.3", "categorie": "4.1.1", "bedrag": 1000.5, "details": {"kostenplaats": "1"}},
                {"taakveld": "6.3", "categorie": "4.1.1", "bedrag": 20, "details": {"kostenplaats": "2"}},
            ],
            "baten": [{"taakveld": "6.3", "categorie": "4.1.2", "bedrag": -3}],
            "balans_standen": [{"balanscode": "A111", "standper": "ultimo", "bedrag": 9}],
        },
    }


def test_rows_of_statistics_netherlands() -> None:
    rows = [
        cbs(first=5),
        cbs("6.71", "L3.8", first=5, second=7.5),
        cbs("0.10", "B7.1", first=-2, second=None),
        cbs("A111", "L3.2"),
        cbs("P111", "B7.1"),
        cbs("6.4", "L1.1", first=-99998, second=-99998),
        cbs("6.5", "L1.1", first="      9", second="  -99998"),
    ]
    (one,) = read({"odata.metadata": "x", "value": rows})

    assert (one.code, one.year, one.kind, one.period) == ("GM9999", 2026, "primitive", 0)
    assert [tuple(row) for row in one.rows] == [
        (1, "L", "6.3", "4.1.1", "", 5000),
        (2, "L", "6.71", "3.8", "", 7500),
        (3, "B", "0.10", "7.1", "", -2000),
        (7, "L", "6.5", "1.1", "", 9000),
    ]


def test_pages_belong_together_in_one_file_or_in_several() -> None:
    first = {"value": [cbs()], "odata.nextLink": "https://example.org/2"}
    second = {"value": [cbs("6.4"), cbs(Verslagsoort="2026X005")]}
    apart = recognising.read(
        [a_source(str(page).replace("'", '"'), f"{n}.json") for n, page in enumerate((first, second))],
        asked=Asked(),
    )
    assert len(apart) == 1
    assert apart[0].name == "0.json, 1.json"
    together = read([first, second])
    assert apart[0].figures == together
    assert [[row.place for row in one.rows] for one in together] == [[1, 2], [3]]
    assert [(one.kind, one.period) for one in together] == [("primitive", 0), ("realised", 5)]
    for part in (first, [first], [first, first]):
        assert wrong(part) == [(None, "", "")]


def test_wrong_rows_of_statistics_netherlands() -> None:
    rows = [
        cbs(Gemeenten="NL01  "),
        cbs("9.1"),
        cbs(category="4.1.1"),
        cbs(category="B1.1"),
        cbs(first="veel"),
        cbs(Verslagsoort="2026X009"),
        {"Gemeenten": "GM9999"},
        cbs(first=True),
        cbs("6.6"),
        cbs("6.6"),
    ]
    assert [(row, column) for row, column, _value in wrong({"value": rows})] == [
        (1, "Gemeenten"),
        (2, "TaakveldBalanspost"),
        (3, "Categorie"),
        (4, "Categorie"),
        (5, "k_1ePlaatsing_1"),
        (6, "Verslagsoort"),
        (7, ""),
        (8, "k_1ePlaatsing_1"),
        (10, ""),
    ]


@pytest.mark.parametrize("amount", ["NaN", "Infinity", "-Infinity", "1e309", '"1e9"', "[1]", "1e200", "null"])
def test_amounts_that_are_none(amount: str) -> None:
    text = '{"metadata": {"overheidsnummer": "9999", "boekjaar": 2026, "periode": 0}, "data": {"baten": [], "lasten": '
    text += f'[{{"taakveld": "6.3", "categorie": "1.1", "bedrag": {amount}}}]}}}}'
    assert [(row, column) for row, column, _value in wrong(text)] == [(1, "lasten[0].bedrag")]


def test_a_delivery_of_a_municipality_is_in_euro_and_details_count() -> None:
    (one,) = read(iv3())

    assert (one.code, one.name, one.year, one.kind, one.period) == (
        "GM9999",
        "Polderwijk",
        2026,
        "primitive",
        0,
    )
    assert [tuple(row) for row in one.rows] == [
        (1, "L", "6.3", "4.1.1", "", 1001),
        (2, "L", "6.3", "4.1.1", "", 20),
        (3, "B", "6.3", "4.1.2", "", -3),
    ]


def test_a_delivery_of_a_quarter() -> None:
    (one,) = read(iv3(periode=2, status="Realisatie", overheidsnummer="361", boekjaar="2025"))
    assert (one.code, one.year, one.kind, one.period) == ("GM0361", 2025, "realised", 2)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"overheidslaag": "Provincie"}, "overheidslaag"),
        ({"overheidsnummer": ""}, "overheidsnummer"),
        ({"overheidsnummer": "12345"}, "overheidsnummer"),
        ({"boekjaar": None}, "boekjaar"),
        ({"boekjaar": 1999}, "boekjaar"),
        ({"periode": 6}, "periode"),
        ({"periode": "nul"}, "periode"),
        ({"periode": 0, "status": "Realisatie"}, "periode"),
        ({"periode": 5, "status": "Begroting"}, "periode"),
    ],
)
def test_what_does_not_say_whose_figures_it_has_is_refused(said: dict[str, Any], field: str) -> None:
    assert [(row, column) for row, column, _value in wrong(iv3(**said))] == [(None, field)]


def test_a_code_that_is_no_text_is_refused() -> None:
    document = iv3()
    document["data"]["lasten"][0]["taakveld"] = 0.1
    document["data"]["baten"].append("geen rij")
    assert wrong(document) == [(1, "lasten[0].taakveld", "0.1"), (4, "baten[1]", "geen rij")]


@pytest.mark.parametrize(
    "content",
    [
        "{",
        "[]",
        "{}",
        '{"a": 1}',
        "[1, 2]",
        '{"value": []}',
        "[" * 100_000,
        '{"value": [' + "9" * 5000 + "]}",
        '{"metadata": 1, "data": 2}',
        b'{"value": "\x81"}',
    ],
)
def test_other_json_is_refused(content: str | bytes) -> None:
    with pytest.raises(FiguresRefused):
        read(content)
