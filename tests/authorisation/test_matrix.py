"""Who may open what: every address of the portal (``tests.addresses``), for every kind of visitor."""

from typing import Any

import pytest
from django.urls import reverse
from django_scopes import scopes_disabled

from tests.addresses import MUNICIPALITY, PORTAL, VISITORS, Row
from tests.addresses.row import Keys
from tests.authorisation.marks import kept, outcome
from tests.authorisation.town import WITH_ONE_FACTOR, Town
from trajecten.models import Participant

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("row", PORTAL, ids=str)
def test_outside_any_municipality(row: Row, visit: Any) -> None:
    assert "".join(outcome(visit(row, visitor, None)) for visitor in VISITORS) == row.allowed


def participants() -> int:
    with scopes_disabled():
        return Participant.objects.count()


# Without a cookie there is nothing to abuse: JSON, the button of a mail program, and what a key opens.
WITHOUT_CSRF_TOKEN = {
    "buurtschouw:intake",
    "buurtschouw:walk-observe",
    "mail-choice",
    *(f"buurtschouw:open311-{call}-{form}" for call in ("requests", "updates") for form in ("xml", "json")),
}


@pytest.mark.parametrize("row", MUNICIPALITY, ids=str)
def test_in_a_municipality(row: Row, visit: Any, keys: Keys, town: Town) -> None:
    """Who is refused comes first, by whatever way: nothing has changed when the others come.

    All of it is one test, because making what an address is about takes longer than asking for it.
    """
    before = kept() if row.method == "POST" else {}
    people = participants()
    if row.of:
        nobody_finds_it_in_another_municipality(row, visit, town)
    if row.method == "POST" and row.name not in WITHOUT_CSRF_TOKEN:
        another_site_can_t_send_it(row, keys, town)
    if row.allowed[0] == "L":
        with_one_factor_nobody_gets_in(row, keys, town)
    found = {visitor: outcome(visit(row, visitor, "polderwijk")) for visitor in who(row, may=False)}
    if before:
        assert kept() == before
    for visitor in who(row, may=True):
        answer = visit(row, visitor, "polderwijk")
        found[visitor] = outcome(answer)
        if visitor == "coordinator" and before and row.allowed[0] == "L":
            assert answer.status_code == 302
            assert kept() != before
    assert "".join(found[visitor] for visitor in VISITORS) == row.allowed
    if row.method == "GET":
        assert participants() == people  # nobody becomes a participant by looking at a page


def who(row: Row, *, may: bool) -> list[str]:
    """The visitors who may, or may not; the coordinator first, for whom a form is to do its work."""
    found = [visitor for visitor, letter in zip(VISITORS, row.allowed, strict=True) if (letter == "+") == may]
    return sorted(found, key=lambda visitor: visitor != "coordinator")


def nobody_finds_it_in_another_municipality(row: Row, visit: Any, town: Town) -> None:
    found = [outcome(visit(row, visitor, town.other_municipality.slug)) for visitor in VISITORS]
    assert found == ["L" if row.allowed[0] == "L" else "."] + ["."] * 8


def another_site_can_t_send_it(row: Row, keys: Keys, town: Town) -> None:
    browser = town.browser("coordinator")
    browser.handler.enforce_csrf_checks = True
    assert browser.post(address_in_polderwijk(row, keys), row.body).status_code == 403


def with_one_factor_nobody_gets_in(row: Row, keys: Keys, town: Town) -> None:
    before = kept()
    ask = getattr(town.browser(WITH_ONE_FACTOR), row.method.lower())
    answer = ask(address_in_polderwijk(row, keys), row.body or None)
    assert (answer.status_code, answer.headers.get("Location")) == (302, reverse("mfa_index"))
    assert kept() == before


def address_in_polderwijk(row: Row, keys: Keys) -> str:
    return reverse(row.name, kwargs={**keys[row.of], "gemeente": "polderwijk"})
