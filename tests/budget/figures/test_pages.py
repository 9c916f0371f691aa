"""The pages of figures, for everybody."""

import csv
from io import StringIO
from itertools import pairwise
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from django_scopes import scope

from budget.enums import BudgetKind, Period
from budget.models import AreaBooking, AreaKey, AreaKeyUse, Budget
from budget.views.figures import charts
from tests.factories.budget import BudgetFactory, ProgrammeFactory, YearSizeFactory, add_row
from tests.factories.core import MunicipalityFactory, ParticipantFactory
from tests.templates.markup import Element, tree

pytestmark = pytest.mark.usefixtures("in_scope", "english")

LINES = {
    "5.1": (1_000_000, 0),
    "5.7": (4_400_000, 100_000),
    "6.3": (68_875_000, 41_000_000),
    "0.10": (900_000, 0),
}


def url(name: str, **parts: Any) -> str:
    return reverse(f"budget:{name}", kwargs={"gemeente": "polderwijk", **parts})


def page(address: str, client: Client | None = None, *, status: int = 200) -> Element:
    answer = (client or Client()).get(address)
    assert answer.status_code == status
    return tree(answer.content.decode())


def words(address: str, client: Client | None = None) -> str:
    return page(address, client).one("main").text.replace("\xa0", " ")


@pytest.fixture
def budget(in_scope: Any) -> Any:
    YearSizeFactory(year=2026, inhabitants=40000, households=20000)
    return BudgetFactory(year=2026, lines=LINES)


def test_without_figures_the_overview_says_so_and_other_pages_are_not_there() -> None:
    assert "There are no figures yet" in words(url("overview"))
    for address in (url("main-field", code=6), url("line", code="6.3"), url("by-programme")):
        assert Client().get(address).status_code == 404


def test_what_is_below_zero_is_told_as_people_write_it() -> None:
    with translation.override("nl"):
        assert charts.amounts(-1_260_000, 2_000_000, None) == ["−1,3", 2.0]


def test_from_the_figures_a_way_leads_to_what_residents_do_with_them() -> None:
    way = 'href="/polderwijk/begroting/traject/"'
    assert way in Client().get(url("overview")).content.decode()
    BudgetFactory(year=2026, lines=LINES)
    assert way in Client().get(url("overview")).content.decode()


def test_the_overview_tells_what_is_spent_and_what_is_left_out(budget: Any) -> None:
    shown = words(url("overview"))
    assert "€ 74.3 million" in shown
    assert "€ 1,857" in shown
    assert "€ 3,714" in shown
    assert "€ 900,000 of expenditure" in shown


def test_every_box_of_the_treemap_is_a_row_of_the_table_with_the_same_page(budget: Any) -> None:
    main = page(url("overview")).one("main")
    boxes = {link["href"] for link in main.every("a") if "portal-treemap__tile" in link.classes}
    rows = {link["href"] for cell in main.every("th", scope="row") for link in cell.every("a")}
    assert boxes == {url("main-field", code=5), url("main-field", code=6)}
    assert boxes <= rows


def test_a_line_has_its_words_its_years_and_where_it_comes_from(budget: Any) -> None:
    BudgetFactory(year=2025, kind=BudgetKind.REALISED, period=Period.ACCOUNTS, lines={"5.7": 4_120_000})
    shown = words(url("line", code="5.7"))
    for told in ("Trees, parks, playgrounds", "€ 4.4 million", "€ 110", "4.12", "begroting.csv", "version 1"):
        assert told in shown


def test_a_finer_line_tells_which_one_is_compared_over_the_years() -> None:
    BudgetFactory(year=2022, lines={"6.71": 3_000_000})
    BudgetFactory(year=2026, lines={"6.711": 1_500_000, "6.712": 500_000})
    shown = words(url("line", code="6.711"))
    assert "This line does not exist in all years" in shown
    assert "3.00" in shown
    assert "2.00" in shown
    whole = page(url("line", code="6.7")).one("main")
    assert {url("line", code="6.711"), url("line", code="6.712")} <= {
        link["href"] for link in whole.every("a")
    }


def test_a_line_of_another_year_says_that_this_year_has_none() -> None:
    BudgetFactory(year=2022, lines={"6.71": 3_000_000})
    BudgetFactory(year=2026, lines={"6.3": 1})
    answer = words(url("line", code="6.7"))
    assert "In 2026 the budget has no line of its own for this." in answer


@pytest.mark.parametrize(
    "address",
    [
        "?year=2019",
        "?year=nu",
        "?year=99999",
        "hoofdtaak/9/",
        "hoofdtaak/1/",
        "taakveld/5.2/",
        "taakveld/9.9/",
        "taakveld/x/",
        "herkomst/5.2/",
        "herkomst/7/",
        "per-programma/7/",
    ],
)
def test_a_year_or_line_that_is_not_there_is_404(budget: Any, address: str) -> None:
    assert Client().get(url("overview") + address).status_code == 404


def test_an_unknown_kind_shows_the_newest_plan(budget: Any) -> None:
    assert Client().get(url("overview") + "?kind=best").status_code == 200


def test_another_municipality_shows_nothing_of_it(budget: Any, other_municipality: Any) -> None:
    here = {"gemeente": other_municipality.slug}
    assert "no figures yet" in words(reverse("budget:overview", kwargs=here))
    assert Client().get(reverse("budget:line", kwargs={**here, "code": "6.3"})).status_code == 404


def test_the_rows_of_a_figure_add_up_to_it_on_the_page_and_in_the_file(budget: Any) -> None:
    add_row(budget, 77, "L", "5.7", 600_000, category="7.1")
    shown = words(url("origin", code="5.7"))
    assert "€ 5,000,000" in shown
    assert "€ 4,400,000" in shown
    answer = Client().get(url("origin-csv", code="5.7"))
    rows = list(csv.DictReader(StringIO(b"".join(answer).decode())))
    assert [row["Row in the file"] for row in rows] == ["3", "4", "77"]
    spent = sum(int(row["Amount (euros)"]) for row in rows if row["Side"] == "expenditure")
    assert spent == 4_400_000 + 600_000


def test_the_file_is_sent_again_only_for_a_new_version(budget: Any) -> None:
    address = url("origin-csv", code="6.3")
    first = Client().get(address)
    again = Client().get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    Budget.objects.update(is_current=False)
    BudgetFactory(number=2, lines={"6.3": 1})
    assert Client().get(address, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_a_new_version_is_on_the_page_at_once(budget: Any) -> None:
    Budget.objects.update(is_current=False)
    BudgetFactory(number=2, lines={"6.3": 12_000_000})
    assert "€ 12 million" in words(url("overview"))


def test_the_own_place_among_similar_municipalities_is_told(budget: Any) -> None:
    for number, amount in enumerate((80_000_000, 1_000_000)):
        other = MunicipalityFactory(code=f"GM77{number:02}", name=f"Plaats {number}")
        with scope(municipality=other):
            YearSizeFactory(municipality=other, inhabitants=40000)
            BudgetFactory(municipality=other, lines={"6.3": amount})
    shown = words(url("line", code="6.3"))
    assert "Polderwijk: € 1,722 per inhabitant. That is number 2 of 3" in shown
    assert "Plaats 1" in shown
    assert "All 3 municipalities in a list" in shown
    listed = page(url("similar", code="6.3")).one("main").one("tbody").every("tr")
    assert [[cell.text.split()[0] for cell in row.every()[:2]] for row in listed] == [
        ["1", "Plaats"],
        ["2", "Polderwijk"],
        ["3", "Plaats"],
    ]
    assert Client().get(url("similar", code="6.3") + "?year=2025").status_code == 404


def test_what_was_booked_above_the_figures_is_said_in_words(budget: Any, areas: list[Any]) -> None:
    own = {"municipality": budget.municipality}
    key = AreaKey.objects.create(name="Geboekt", kind="bookings", source="Grootboek", **own)
    AreaKeyUse.objects.create(task_field="5.7", key=key, **own)
    AreaBooking.objects.create(budget=budget, task_field="5.7", area=areas[0], amount=5_000_000, **own)
    told = words(url("line", code="5.7"))
    assert "€ 600,000 more was booked in the areas than the figures have." in told
    assert "can't be divided" not in told


def test_the_key_is_told_with_the_areas_and_the_own_one_is_marked(
    budget: Any, areas: list[Any], resident: Any, resident_client: Client
) -> None:
    assert "by the number of people in each area" in words(url("line", code="5.7"))
    ParticipantFactory(user=resident, email=resident.email, home_area=areas[0])
    rows = page(url("line", code="5.7"), resident_client).every("th", scope="row")
    assert [cell.text.split()[:2] for cell in rows if "your neighbourhood" in cell.text] == [["De", "Linde"]]
    assert "your neighbourhood" not in words(url("line", code="5.7"))


def test_programmes_of_the_council(budget: Any) -> None:
    assert "No programmes are known" in words(url("by-programme"))
    ProgrammeFactory(code="1", name="Meedoen", goal="Iedereen doet mee", shares={"6.3": 1})
    assert "Meedoen" in words(url("by-programme"))
    shown = words(url("programme-figures", code="1"))
    assert "Iedereen doet mee" in shown
    assert "€ 68.9 million" in shown


def test_the_front_page_has_a_way_once_there_are_figures(budget: Any) -> None:
    assert page("/polderwijk/").every("a", href=url("overview"))
    Budget.objects.all().delete()
    ways = [
        link for link in page("/polderwijk/").every("a", href=url("overview")) if "portal-way" in link.classes
    ]
    assert ways == []


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("overview", {}),
        ("main-field", {"code": 5}),
        ("line", {"code": "5.7"}),
        ("origin", {"code": "5"}),
        ("by-programme", {}),
    ],
)
def test_as_many_statements_for_one_line_as_for_thirty(name: str, parts: dict[str, Any]) -> None:
    YearSizeFactory()
    budget = BudgetFactory(lines={"5.7": 1000})
    counts = []
    for codes in (
        [],
        [f"5.{n}" for n in range(1, 7)],
        [f"{m}.{n}" for m in (2, 3, 6, 7) for n in range(1, 7)],
    ):
        for code in codes:
            add_row(budget, 1, "L", code, 1000)
        page(url(name, **parts))
        with CaptureQueriesContext(connection) as asked:
            page(url(name, **parts))
        counts.append(len(asked))
    assert counts[0] == counts[1] == counts[2]


def test_headings_go_down_by_one_and_tables_have_captions(budget: Any) -> None:
    for address in (
        url("overview"),
        url("main-field", code=6),
        url("line", code="6.3"),
        url("origin", code="6.3"),
    ):
        main = page(address).one("main")
        levels = [int(element.tag[1]) for element in main.every() if element.tag in ("h1", "h2", "h3", "h4")]
        assert levels[0] == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))
        assert all(table.every("caption") for table in main.every("table"))
