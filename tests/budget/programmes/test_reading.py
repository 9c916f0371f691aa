"""Programmes from CSV: what can be read, and what is refused with its row."""

from decimal import Decimal

import pytest

from budget.domain.deliveries.rows import FiguresRefused
from budget.domain.programmes import reading
from tests.budget.deliveries.making import a_source

HEAD = "programma;naam;taakveld;aandeel\n"


def shares(text: str) -> dict[str, dict[str, Decimal]]:
    wanted, _rows = reading.read(a_source(text), from_year=2026)
    return {one.code: dict(one.shares) for one in wanted}


def wrong(text: str) -> list[tuple[int | None, str]]:
    with pytest.raises(FiguresRefused) as refused:
        reading.read(a_source(text), from_year=2026)
    return [(one.row, one.column) for one in refused.value.errors]


def test_shares_are_parts_and_nothing_is_all_of_it() -> None:
    assert shares(HEAD + "1;Zorg;6.3;12,5\n1;;6.4;40 %\n  ;\n2;Bestuur;0.1;\n2;Bestuur;0.10\n") == {
        "1": {"6.3": Decimal("0.125"), "6.4": Decimal("0.4")},
        "2": {"0.1": Decimal(1), "0.10": Decimal(1)},
    }


def test_a_comma_between_decimals_takes_nothing_off_a_share() -> None:
    text = HEAD.replace(";", ",") + "1,Zorg,6.3,12,5\n1,Zorg,6.4,40,\n"
    assert wrong(text) == [(2, "")]


def test_a_long_name_is_the_same_on_every_row() -> None:
    name = "Zorg en welzijn " * 20
    wanted, _rows = reading.read(a_source(f"{HEAD}1;{name};6.3;50\n1;{name};6.4;50\n"), from_year=2026)
    assert [one.name for one in wanted] == [name[: reading.MAX_NAME].strip()]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (HEAD, (None, "")),
        ("programma;naam;taakveld\n1;Zorg;6.3\n", (None, "")),
        (HEAD.replace("naam", "naam;naam") + "1;Zorg;Werk;6.3;50\n", (None, "")),
        (HEAD + "1;Zorg;6.3;0\n", (2, "aandeel")),
        (HEAD + "1;Zorg;6.3;101\n", (2, "aandeel")),
        (HEAD + "1;Zorg;9.9;50\n", (2, "taakveld")),
        (HEAD + ";Zorg;6.3;50\n", (2, "programma")),
        (HEAD + "1;;6.3;50\n", (2, "naam")),
        (HEAD + "1;Zorg;6.3;50\n1;Werk;6.4;50\n", (3, "naam")),
        (HEAD + "1;Zorg;6.3;50\n1;Zorg;6.3;50\n", (3, "taakveld")),
        (HEAD + '1;"Zorg;6.3;50\n1;Zorg;6.4;50\n', (2, "")),
    ],
)
def test_what_can_not_be_is_refused_with_its_place(text: str, place: tuple[int | None, str]) -> None:
    assert wrong(text) == [place]
