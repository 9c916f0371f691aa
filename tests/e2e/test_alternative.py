"""A resident makes an alternative budget: on a phone, with the keyboard, without JavaScript, and in two windows."""

import itertools
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from budget.models import Alternative, RoundLine
from tests.factories.budget import (
    AlternativeFactory,
    BudgetFactory,
    BudgetTrajectoryFactory,
    RoundFactory,
)

pytestmark = [pytest.mark.e2e, pytest.mark.usefixtures("database")]

LINES = {"6.3": (1000, 1000, 1200), "5.3": (500, 400, 600), "2.1": (800, 640, 960)}
# What a test makes here stays, and there is one version of a year; other tests look at the newest year.
YEARS = itertools.count(2010)


@pytest.fixture
def mine(portal: Any) -> Alternative:
    """A draft in an open round."""

    def make() -> Alternative:
        budget = BudgetFactory(municipality=portal.municipality, year=next(YEARS))
        trajectory = BudgetTrajectoryFactory(municipality=portal.municipality)
        found = RoundFactory(trajectory=trajectory, budget=budget, lines=LINES)
        return AlternativeFactory(round=found)

    return portal.committed(make)


def address(portal: Any, mine: Alternative) -> str:
    return portal.address(f"begroting/alternatief/mijn/{mine.token}/")


def kept(portal: Any, mine: Alternative) -> dict[str, int]:
    def read() -> dict[str, int]:
        return {row.line.code: row.change for row in mine.changes.select_related("line")}

    return portal.committed(read)


def key(portal: Any, mine: Alternative, code: str) -> int:
    def read() -> int:
        return RoundLine.objects.get(round=mine.round_id, code=code).pk

    return portal.committed(read)


def finish(page: Page) -> None:
    page.locator("button[name=act][value=done]").click()
    page.wait_for_url("**/klaar/")
    page.locator("form button[type=submit].utrecht-button--primary-action").last.click()
    expect(page.locator(".utrecht-alert--ok").last).to_be_visible()


def test_on_a_phone_with_plus_and_minus(portal: Any, mine: Alternative, browser: Browser) -> None:
    page = browser.new_context(viewport={"width": 360, "height": 740}).new_page()
    page.goto(address(portal, mine))
    balance = page.locator("[data-balance]")
    more = page.locator(f'[data-line="{key(portal, mine, "5.3")}"] [data-control] button').last
    for _ in range(8):
        more.click()
    expect(balance).to_contain_text("€\N{NO-BREAK SPACE}40.000")
    row = page.locator(f'[data-line="{key(portal, mine, "2.1")}"]')
    row.locator("[data-control] button").first.click()
    expect(balance).to_contain_text("€\N{NO-BREAK SPACE}35.000")
    row.locator("input[role=spinbutton]").fill("760")
    expect(balance).to_contain_text("€\N{NO-BREAK SPACE}0")
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    finish(page)
    assert kept(portal, mine) == {"5.3": 40, "2.1": -40}


def test_with_the_keyboard_alone(portal: Any, mine: Alternative, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(address(portal, mine))
    page.locator(f"#id_amount-{key(portal, mine, '5.3')}").focus()
    for pressed in ("PageUp", "ArrowUp", "ArrowDown"):
        page.keyboard.press(pressed)
    expect(page.locator("[data-balance]")).to_contain_text("50.000")
    page.locator(f"#id_amount-{key(portal, mine, '2.1')}").focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("-50")
    expect(page.locator("[data-balance]")).to_contain_text("€\N{NO-BREAK SPACE}0")
    page.locator("button[name=act][value=done]").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/klaar/")
    assert kept(portal, mine) == {"5.3": 50, "2.1": -50}


def test_without_javascript(portal: Any, mine: Alternative, browser: Browser) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(address(portal, mine))
    page.locator(f"#id_amount-{key(portal, mine, '5.3')}").fill("+50")
    page.locator(f"#id_amount-{key(portal, mine, '2.1')}").fill("veel")
    page.locator("button[value=reckon]").click()
    expect(page.locator(".utrecht-form-field--invalid")).to_have_count(1)
    expect(page.locator(f"#id_amount-{key(portal, mine, '5.3')}")).to_have_value("+50")
    page.locator(f"#id_amount-{key(portal, mine, '2.1')}").fill("-50")
    page.locator("button[value=reckon]").click()
    expect(page.locator("[data-balance]")).to_contain_text("€\N{NO-BREAK SPACE}0")
    finish(page)
    assert kept(portal, mine) == {"5.3": 50, "2.1": -50}


def test_two_windows_lose_nothing(portal: Any, mine: Alternative, browser: Browser) -> None:
    one, other = browser.new_context().new_page(), browser.new_context().new_page()
    field = f"#id_amount-{key(portal, mine, '5.3')}"
    for page in (one, other):
        page.goto(address(portal, mine))
    one.locator(field).fill("550")
    one.locator(field).blur()
    expect(one.locator("[data-state]")).not_to_be_empty()
    one.wait_for_timeout(2500)
    assert kept(portal, mine) == {"5.3": 50}
    other.locator(field).fill("520")
    other.locator(field).blur()
    expect(other.locator(".alternative-conflict")).to_be_visible()
    expect(other.locator(".alternative-line__theirs")).to_contain_text("550.000")
    expect(other.locator(field)).to_have_value("520")
    assert kept(portal, mine) == {"5.3": 50}
    other.reload()  # what was not sent is on this device, and still asked about
    expect(other.locator(".alternative-conflict")).to_be_visible()
    expect(other.locator(field)).to_have_value("520")
    other.locator(".alternative-conflict button").first.click()
    expect(other.locator(".alternative-conflict")).to_have_count(0)
    other.wait_for_timeout(2500)
    assert kept(portal, mine) == {"5.3": 20}


def test_without_a_connection_it_is_sent_later(portal: Any, mine: Alternative, browser: Browser) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(address(portal, mine))
    context.set_offline(True)
    field = page.locator(f"#id_amount-{key(portal, mine, '5.3')}")
    field.fill("550")
    field.blur()
    page.wait_for_timeout(2000)
    assert kept(portal, mine) == {}
    context.set_offline(False)
    page.wait_for_timeout(3500)
    assert kept(portal, mine) == {"5.3": 50}
