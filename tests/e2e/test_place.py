"""Saying where it is, in a real browser: the pin, the address and the municipality agree, or one hears of it."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import RunningPortal

pytestmark = [pytest.mark.e2e, pytest.mark.django_db]


@pytest.fixture
def form(page: Page, portal: RunningPortal) -> Page:
    page.emulate_media(reduced_motion="reduce")
    page.route("**/adres-bij?*", _near)
    page.goto(portal.address(f"schouw/{portal.schouw.pk}/melden/"))
    expect(page.locator(".portal-map-tools")).to_be_visible()
    page.wait_for_load_state("networkidle")
    return page


def _near(route: Any) -> None:
    """The stand-in for a geocoder that knows one address near any point, and one neighbour."""
    inside = "lon=4.9" in route.request.url
    there = None if inside else {"name": "Buurgemeente", "url": "https://buurgemeente.example.org/"}
    route.fulfill(json={"label": "Meent 12, Polderwijk", "lat": 52.51, "lon": 4.915, "elsewhere": there})


def _pin(page: Page) -> str:
    return page.locator("input[name=lat]").input_value()


def _tap(page: Page) -> None:
    page.locator("#place-map").click(position={"x": 120, "y": 90})


def _status(page: Page) -> Any:
    return page.locator(".portal-place__status")


def test_a_tap_from_far_comes_closer_and_asks_and_only_then_there_is_an_address(form: Page) -> None:
    _tap(form)
    expect(_status(form)).to_have_text("Klopt de speld? Zo niet: sleep de speld of tik op de kaart.")
    assert _pin(form)
    expect(form.locator("input[name=address]")).to_have_value("")
    form.locator("#place-map").click(position={"x": 130, "y": 100})
    expect(form.locator("input[name=address]")).to_have_value("Meent 12, Polderwijk")


def test_another_address_takes_the_pin_away_and_more_words_do_not(form: Page) -> None:
    _tap(form)
    form.locator("#place-map").click(position={"x": 130, "y": 100})
    address = form.locator("input[name=address]")
    expect(address).to_have_value("Meent 12, Polderwijk")
    address.press("End")
    address.press_sequentially(", bij de brug")
    assert _pin(form)
    address.fill("Kerkstraat 1")
    expect(_status(form)).to_contain_text("U hebt het adres veranderd. De speld is weggehaald.")
    assert _pin(form) == ""


def test_a_draft_keeps_them_together(form: Page) -> None:
    _tap(form)
    form.locator("#place-map").click(position={"x": 130, "y": 100})
    expect(form.locator("input[name=address]")).to_have_value("Meent 12, Polderwijk")
    form.reload()
    expect(form.locator("input[name=address]")).to_have_value("Meent 12, Polderwijk")
    assert _pin(form)
    form.locator("input[name=address]").fill("Kerkstraat 1")
    expect(_status(form)).to_contain_text("De speld is weggehaald.")
    assert _pin(form) == ""


def test_words_of_one_s_own_stay_with_the_pin_after_a_reload_too(form: Page) -> None:
    address = form.locator("input[name=address]")
    address.fill("bij de brug")
    _tap(form)
    form.reload()
    expect(address).to_have_value("bij de brug")
    address.fill("voor de brug")
    assert _pin(form)


def test_an_address_does_not_stay_behind_when_the_pin_moves_on(form: Page) -> None:
    _tap(form)
    form.locator("#place-map").click(position={"x": 130, "y": 100})
    address = form.locator("input[name=address]")
    expect(address).to_have_value("Meent 12, Polderwijk")
    for _ in range(3):
        form.locator("#place-map .leaflet-control-zoom-out").click()
        form.wait_for_timeout(300)
    form.locator("#place-map").click(position={"x": 40, "y": 40})
    expect(address).to_have_value("")
    assert _pin(form)


def test_enter_on_the_map_puts_the_pin(form: Page) -> None:
    form.locator("#place-map").focus()
    form.keyboard.press("Enter")
    expect(_status(form)).not_to_be_empty()
    assert _pin(form)


def test_a_place_in_another_municipality_is_said_at_once(page: Page, portal: RunningPortal) -> None:
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation({"latitude": 52.51, "longitude": 4.5, "accuracy": 8})
    page.route("**/adres-bij?*", _near)
    page.goto(portal.address(f"schouw/{portal.schouw.pk}/melden/"))
    page.locator(".portal-place__locate").click()
    said = page.locator('[data-field="place"] .portal-need')
    expect(said).to_contain_text("Deze plek ligt in de gemeente Buurgemeente.")
    expect(said.get_by_role("link")).to_have_attribute("href", "https://buurgemeente.example.org/")
    page.context.set_geolocation({"latitude": 52.51, "longitude": 4.915, "accuracy": 8})
    page.locator(".portal-place__locate").click()
    expect(said).to_have_count(0)


def test_a_refusal_links_to_the_site_of_the_neighbour(form: Page) -> None:
    text = "Deze plek ligt in Duinstad. Meld het daar: https://duinstad.example.org/melden."
    form.route("**/meldingen", lambda route: route.fulfill(status=422, json={"errors": {"address": [text]}}))
    form.get_by_label("Stoep en straat").check()
    form.locator("textarea[name=text]").fill("Losse tegel.")
    form.locator("input[name=address]").fill("Duinweg 1")
    form.locator("form[data-report] button[type=submit]").last.click()
    summary = form.locator(".portal-error-summary")
    expect(summary.get_by_role("heading")).to_have_text("Dit lukte nog niet. Kijk nog even naar:")
    site, field = "https://duinstad.example.org/melden", "Deze plek ligt in Duinstad. Meld het daar:"
    expect(summary.get_by_role("link", name=site, exact=True)).to_have_attribute("href", site)
    expect(summary.get_by_role("link", name=field)).to_have_attribute("href", "#id_address")


def test_without_javascript_there_is_no_map_and_nothing_to_skip(
    browser: Any, browser_context_args: dict[str, Any], portal: RunningPortal
) -> None:
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    page = context.new_page()
    page.goto(portal.address(f"schouw/{portal.schouw.pk}/melden/"))
    expect(page.locator(".portal-map-box")).to_be_hidden()
    page.locator("input[name=email]").fill("geen adres")
    page.locator("form[data-report] button[type=submit]").click()
    expect(page).to_have_title(re.compile("^Fout: Wat ziet u?"))
    context.close()
