"""The menus: only what their reader may open, and every way in them opens."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

STAFF = "/polderwijk/werk/"
BUDGET = "/polderwijk/begroting/werk/"
DAILY = {
    BUDGET,
    *(f"{STAFF}{page}/" for page in ("meldingen", "ideeen", "trajecten", "toezeggingen", "raad")),
}
ADVISER = {"/advies/", "/advies/aanvragen/", "/advies/materialen/", "/advies/agenda/"}
RESIDENTS = {
    f"/polderwijk/{page}"
    for page in (
        "",
        "trajecten/",
        "meldingen/",
        "ideeen/",
        "bijeenkomsten/",
        "beloofd-en-gedaan/",
        "raad/",
        "begroting/",
    )
}


def menu(browser: Client, path: str) -> set[str]:
    return {item.url for item in browser.get(path).context["navigation"]}


@pytest.mark.parametrize(
    ("role", "pages"),
    [
        ("coordinator", {f"{STAFF}overzicht/", *DAILY, f"{STAFF}moderatie/", f"{STAFF}beheer/"}),
        ("handler", {*DAILY, f"{STAFF}moderatie/", f"{STAFF}schouwen/", f"{STAFF}cijfers/"}),
        ("clerk", {*DAILY, f"{STAFF}schouwen/", f"{STAFF}cijfers/"}),
        ("adviser", ADVISER),
    ],
)
def test_who_works_here_sees_only_their_own_work(
    role: str, pages: set[str], request: pytest.FixtureRequest, sign_in: Any, schouw: Any
) -> None:
    browser = sign_in(request.getfixturevalue(role))
    assert menu(browser, f"{STAFF}schouwen/{schouw.pk}/") == pages
    assert {browser.get(address).status_code for address in pages} == {200}


def test_everybody_sees_what_one_can_do_here(in_scope: Any) -> None:
    assert menu(Client(), "/polderwijk/") == RESIDENTS
    assert {Client().get(address).status_code for address in RESIDENTS} == {200}


def test_who_is_signed_in_has_an_overview_too(resident_client: Client, in_scope: Any) -> None:
    assert menu(resident_client, "/polderwijk/") == {*RESIDENTS, "/polderwijk/overzicht/"}


@pytest.mark.parametrize("page", ["", "berichten/", "zoeken/", "meldingen/"])
def test_an_official_finds_the_way_back_to_the_own_work_first(
    page: str, coordinator_client: Client, in_scope: Any
) -> None:
    items = coordinator_client.get(f"/polderwijk/{page}").context["navigation"]
    assert (items[0].url, items[0].is_back) == (STAFF, True)
    assert {item.url for item in items[1:]} == RESIDENTS
    assert coordinator_client.get(items[0].url, follow=True).status_code == 200


def test_an_official_of_elsewhere_is_a_resident_here(
    sign_in: Any, other_official: Any, in_scope: Any
) -> None:
    assert menu(sign_in(other_official), "/polderwijk/") == {*RESIDENTS, "/polderwijk/overzicht/"}


def test_the_core_names_no_page_of_an_app() -> None:
    root = Path(__file__).parents[2]
    core = [*(root / "trajecten").rglob("*.py")]
    for folder in ("trajecten", "components", "account", "mfa", "mail/trajecten"):
        core += (root / "templates" / folder).rglob("*.*")
    core += (root / "templates").glob("*.html")
    assert len(core) > 300
    assert [path.name for path in core if "buurtschouw:" in path.read_text()] == []


def test_outside_any_municipality_there_are_the_five_ways(db: None) -> None:
    assert menu(Client(), "/over/") == {"/trajecten/"}


def test_one_s_own_pages_all_open(coordinator_client: Client, in_scope: Any) -> None:
    items = coordinator_client.get(f"{STAFF}overzicht/").context["account_navigation"]
    assert {coordinator_client.get(item.url, follow=True).status_code for item in items} == {200}
    assert f"{STAFF}" in {item.url for item in items}


def test_no_page_stands_in_both_menus(resident_client: Client, in_scope: Any) -> None:
    shown = resident_client.get("/polderwijk/").context
    urls = [item.url for item in [*shown["navigation"], *shown["account_navigation"]]]
    assert len(urls) == len(set(urls))


def test_the_page_one_is_on_is_marked(in_scope: Any) -> None:
    items = Client().get("/polderwijk/trajecten/").context["navigation"]
    assert [item.url for item in items if item.current] == ["/polderwijk/trajecten/"]
