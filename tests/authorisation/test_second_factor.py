"""Who works with residents' data signs in with a second factor."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.mfa.utils import decrypt
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.authorisation.listing import admin_pages
from tests.authorisation.marks import kept
from tests.signing_in import browser_with_one_factor

STAFF = ("handler", "coordinator", "clerk", "adviser", "superuser")


@pytest.fixture
def still() -> Iterator[None]:
    """A code is good for half a minute: no next one begins between its making and its use."""
    with time_machine.travel(timezone.now(), tick=False):
        yield


@pytest.mark.parametrize("visitor", STAFF)
def test_whoever_works_with_residents_data_is_led_to_a_second_factor(
    visitor: str, request: Any, schouw: Any
) -> None:
    browser = browser_with_one_factor(request.getfixturevalue(visitor))
    for address in ("/", "/advies/", "/polderwijk/", f"/polderwijk/werk/meldingen/?schouw={schouw.pk}"):
        assert browser.get(address).headers.get("Location") == reverse("mfa_index"), address
    assert browser.get(reverse("mfa_index")).status_code == 200


@pytest.mark.usefixtures("still")
def test_a_session_that_was_opened_before_the_second_factor_was_there_is_asked_for_it(handler: Any) -> None:
    browser = browser_with_one_factor(handler)
    totp = TOTP.activate(handler, generate_totp_secret())
    address = "/polderwijk/werk/meldingen/?status=all"
    asked = browser.get(address)
    assert asked.headers["Location"] == reverse("mfa_reauthenticate", query={"next": address})
    code = format_hotp_value(
        hotp_value(decrypt(totp.instance.data["secret"]), next(yield_hotp_counters_from_time()))
    )
    assert browser.post(asked.headers["Location"], {"code": code}).headers["Location"] == address
    assert browser.get(address).status_code == 200


def test_a_form_in_such_a_session_does_nothing(handler: Any, report: Any) -> None:
    browser = browser_with_one_factor(handler)
    TOTP.activate(handler, generate_totp_secret())
    before = kept()
    answer = browser.post(f"/polderwijk/werk/meldingen/{report.pk}/notitie/", {"text": "Gebeld."})
    assert answer.headers["Location"] == reverse("mfa_reauthenticate")
    assert kept() == before


def test_a_second_factor_that_was_taken_away_is_not_there_any_more(
    handler: Any, handler_client: Client
) -> None:
    Authenticator.objects.filter(user=handler).delete()
    answer = handler_client.get("/polderwijk/werk/meldingen/")
    assert answer.headers["Location"] == reverse("mfa_index")


@pytest.mark.usefixtures("still")
@pytest.mark.django_db(transaction=True)
def test_setting_up_an_app_counts_as_using_it(handler: Any) -> None:
    browser = browser_with_one_factor(handler)
    form = browser.get(reverse("mfa_activate_totp")).context["form"]
    code = format_hotp_value(hotp_value(form.secret, next(yield_hotp_counters_from_time())))
    assert browser.post(reverse("mfa_activate_totp"), {"code": code}).status_code == 302
    assert browser.get("/polderwijk/werk/meldingen/").status_code == 200


def test_an_administrator_without_second_factor_opens_no_page_of_the_admin(superuser: Any) -> None:
    browser = browser_with_one_factor(superuser)
    for address in admin_pages():
        assert browser.get(address).headers.get("Location") == reverse("mfa_index"), address


@pytest.mark.parametrize("visitor", STAFF)
def test_a_demo_asks_no_second_factor(visitor: str, request: Any, schouw: Any, settings: Any) -> None:
    settings.STAFF_SECOND_FACTOR = False
    browser = browser_with_one_factor(request.getfixturevalue(visitor))
    assert browser.get(f"/polderwijk/werk/meldingen/?schouw={schouw.pk}").status_code == 200


def test_a_resident_needs_none(resident: Any, municipality: Any) -> None:
    assert browser_with_one_factor(resident).get("/polderwijk/overzicht/").status_code == 200
