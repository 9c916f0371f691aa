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


def is_form_of_staff(row: Row) -> bool:
    return row.method == "POST" and row.allowed[0] == "L"


@pytest.mark.parametrize("row", MUNICIPALITY, ids=str)
def test_in_a_municipality(row: Row, visit: Any) -> None:
    """Who is refused comes first: a form of theirs has changed nothing when the others come.

    Nobody becomes a participant by looking at a page.
    """
    before = kept() if is_form_of_staff(row) else {}
    people = participants()
    asked = list(zip(VISITORS, row.allowed, strict=True))
    found = {
        visitor: outcome(visit(row, visitor, "polderwijk")) for visitor, letter in asked if letter != "+"
    }
    if before:
        assert kept() == before
    found |= {
        visitor: outcome(visit(row, visitor, "polderwijk")) for visitor, letter in asked if letter == "+"
    }
    assert "".join(found[visitor] for visitor in VISITORS) == row.allowed
    if row.method == "GET":
        assert participants() == people


@pytest.mark.parametrize("row", [row for row in MUNICIPALITY if row.of], ids=str)
def test_what_is_of_one_municipality_is_not_found_in_another(row: Row, visit: Any, town: Town) -> None:
    """And a form about it changes nothing by that way."""
    before = kept() if is_form_of_staff(row) else {}
    found = [outcome(visit(row, visitor, town.other_municipality.slug)) for visitor in VISITORS]
    assert found == ["L" if row.allowed[0] == "L" else "."] + ["."] * 8
    if before:
        assert kept() == before


COORDINATOR = VISITORS.index("coordinator")
FORMS = [row for row in MUNICIPALITY if is_form_of_staff(row) and row.allowed[COORDINATOR] == "+"]


@pytest.mark.parametrize("row", FORMS, ids=str)
def test_the_same_form_does_its_work_for_who_may(row: Row, visit: Any) -> None:
    before = kept()
    assert visit(row, "coordinator", "polderwijk").status_code == 302
    assert kept() != before


# Without a cookie there is nothing to abuse: JSON, the button of a mail program, and what a key opens.
WITHOUT_CSRF_TOKEN = {
    "buurtschouw:intake",
    "buurtschouw:walk-observe",
    "mail-choice",
    *(f"buurtschouw:open311-{call}-{form}" for call in ("requests", "updates") for form in ("xml", "json")),
}


@pytest.mark.parametrize(
    "row",
    [row for row in MUNICIPALITY if row.method == "POST" and row.name not in WITHOUT_CSRF_TOKEN],
    ids=str,
)
def test_another_site_can_t_send_a_form(row: Row, keys: Keys, town: Town) -> None:
    before = kept()
    browser = town.browser("coordinator")
    browser.handler.enforce_csrf_checks = True
    address = reverse(row.name, kwargs={**keys[row.of], "gemeente": "polderwijk"})
    assert browser.post(address, row.body).status_code == 403
    assert kept() == before


@pytest.mark.parametrize("row", [row for row in MUNICIPALITY if row.allowed[0] == "L"], ids=str)
def test_staff_without_second_factor_get_nowhere(row: Row, keys: Keys, town: Town) -> None:
    before = kept()
    address = reverse(row.name, kwargs={**keys[row.of], "gemeente": "polderwijk"})
    answer = getattr(town.browser(WITH_ONE_FACTOR), row.method.lower())(address, row.body or None)
    assert (answer.status_code, answer.headers.get("Location")) == (302, reverse("mfa_index"))
    assert kept() == before
