"""Who is gone, and what takes no part any more."""

from typing import Any

from django.test import Client

from tests.authorisation.marks import outcome
from tests.signing_in import browser_with_one_factor


def test_who_is_no_adviser_any_more_finds_nothing(adviser: Any, schouw: Any) -> None:
    adviser.is_adviser = False
    adviser.save()
    browser = browser_with_one_factor(adviser)
    for address in ("/advies/", f"/polderwijk/werk/schouwen/{schouw.pk}/"):
        assert browser.get(address).status_code == 404


def test_who_lost_the_role_finds_nothing_with_the_session_that_was_open(
    handler: Any, handler_client: Client, schouw: Any
) -> None:
    assert handler_client.get("/polderwijk/werk/meldingen/").status_code == 200
    handler.staff_roles.all().delete()
    assert handler_client.get("/polderwijk/werk/meldingen/").status_code == 404


def test_an_account_that_is_not_active_any_more_is_signed_out(
    handler: Any, handler_client: Client, schouw: Any
) -> None:
    handler.is_active = False
    handler.save()
    assert outcome(handler_client.get("/polderwijk/werk/meldingen/")) == "L"


def test_a_municipality_that_takes_no_part_is_not_found(other_municipality: Any) -> None:
    other_municipality.is_participating = False
    other_municipality.save()
    assert Client().get(f"/{other_municipality.slug}/").status_code == 404
