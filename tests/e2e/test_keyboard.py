"""The main job with nothing but a keyboard: a report is sent and answered, and no key press is lost on the way."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from buurtschouw.models import Report
from tests.e2e.conftest import RunningPortal
from tests.factories.buurtschouw import ReportFactory
from tests.factories.core import CommitmentFactory, CommitmentOriginFactory
from trajecten.domain.promises import judging

pytestmark = [pytest.mark.e2e, pytest.mark.usefixtures("database")]

HAS_FOCUS = "element => element === document.activeElement"
MANY = 80


@pytest.fixture
def browser_context_args() -> dict[str, object]:
    return {"viewport": {"width": 1280, "height": 760}, "locale": "nl-NL", "timezone_id": "Europe/Amsterdam"}


def go_to(page: Page, wanted: Locator, *, within: int = MANY) -> None:
    """Press Tab until this has the focus, and see that its focus is shown."""
    expect(wanted).to_have_count(1)
    for _ in range(within):
        page.keyboard.press("Tab")
        if wanted.evaluate(HAS_FOCUS):
            assert wanted.evaluate("element => element.matches(':focus-visible')")
            return
    raise AssertionError(f"Not reached within {within} presses of Tab: {wanted}")


def type_in(page: Page, field: str, words: str) -> None:
    go_to(page, page.locator(field))
    page.keyboard.type(words)


def test_a_report_is_sent_and_answered(page: Page, portal: RunningPortal) -> None:
    _send(page, portal)
    report = Report.objects.get(author__email="toetsenbord@example.org")
    assert report.point is not None

    _sign_in(page, portal)
    _answer(page, portal, report)
    report.refresh_from_db()
    assert report.status == "acknowledged"


def _send(page: Page, portal: RunningPortal) -> None:
    page.goto(portal.address(""))
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Naar de inhoud")).to_be_focused()
    page.keyboard.press("Enter")
    go_to(page, page.get_by_role("link", name="Meld iets op straat"), within=3)
    page.keyboard.press("Enter")
    page.wait_for_load_state()

    go_to(page, page.get_by_label("Stoep en straat"))
    page.keyboard.press("Space")
    go_to(page, page.get_by_role("button", name="Zet de speld in het midden van de kaart"))
    page.keyboard.press("Enter")
    expect(page.locator("input[name=lat]")).not_to_have_value("")
    type_in(page, "textarea[name=text]", "De stoep is hier te smal voor een rolstoel.")
    type_in(page, "input[name=email]", "toetsenbord@example.org")
    go_to(page, page.locator("form[data-report] button[type=submit]"))
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/volg/.*ontvangen"), timeout=30_000)


def _sign_in(page: Page, portal: RunningPortal) -> None:
    page.goto(f"{portal.url}/account/login/")
    type_in(page, "input[name=login]", portal.handler.email)
    page.keyboard.press("Enter")
    code = page.locator("input[name=code]")
    expect(code).to_be_visible()
    mail = portal.mail_to(portal.handler.email, containing="code")
    found = re.search(r"^\s*([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})\s*$", mail.text, re.MULTILINE)
    assert found, mail.text
    if not code.evaluate(HAS_FOCUS):
        go_to(page, code)
    page.keyboard.type(found.group(1))
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/account/" not in url)


def _answer(page: Page, portal: RunningPortal, report: Report) -> None:
    page.goto(portal.address("werk/meldingen/"))
    go_to(page, page.locator("main").get_by_role("link", name=re.compile(report.title)))
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(f"/werk/meldingen/{report.pk}/"))
    go_to(page, page.locator("input[name=status]").first)
    page.keyboard.press("Space")
    expect(page.locator("input[name=status]").first).to_be_checked()
    type_in(page, "textarea[name=message]", "Wij komen deze week meten.")
    go_to(
        page, page.locator("form:has(textarea[name=message]) button[type=submit]:not([name])").first, within=5
    )
    page.keyboard.press("Enter")
    expect(page.locator("main .portal-timeline")).to_contain_text("Wij komen deze week meten.")


def test_a_promise_is_judged(page: Page, portal: RunningPortal) -> None:
    """On one's own page of it: the answer, the words, and sending them."""
    token = portal.committed(lambda: _asked(portal))
    page.goto(portal.address(f"beloofd-en-gedaan/oordeel/{token}/"))
    go_to(page, page.locator("input[name=value]").first, within=40)
    page.keyboard.press("ArrowDown")
    expect(page.locator("input[name=value][value=partly]")).to_be_checked()
    type_in(page, "textarea[name=words]", "De helft is klaar.")
    go_to(page, page.get_by_role("button", name="Verstuur mijn antwoord"), within=3)
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("De helft is klaar.")


def _asked(portal: RunningPortal) -> str:
    """What opens the page of the reporter of something that was promised, and is called done."""
    report = ReportFactory(schouw=portal.schouw, category=portal.schouw.categories.first(), placeless=True)
    promise = CommitmentFactory(
        trajectory=report.trajectory, owner=portal.handler, status="done", round=1, closed_at=timezone.now()
    )
    CommitmentOriginFactory(commitment=promise, contribution=report)
    return judging.token(commitment=promise, participant=report.author)


def test_on_a_phone_everything_is_in_one_row_and_one_menu(page: Page, portal: RunningPortal) -> None:
    page.set_viewport_size({"width": 360, "height": 760})
    page.goto(portal.address(""))
    assert page.locator(".portal-top").bounding_box()["height"] < 72
    menu = page.locator("details.portal-menu--all")
    order = [page.locator(".portal-brand"), page.locator(".portal-search summary"), menu.locator("summary")]
    go_to(page, order[0])
    for wanted in order[1:]:
        go_to(page, wanted, within=1)
    page.keyboard.press("Enter")
    go_to(page, menu.get_by_role("link", name="Meedoen"), within=1)
    expect(page.get_by_role("navigation", name="Hoofdmenu")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(menu).not_to_have_attribute("open", "")
    assert menu.locator("summary").evaluate(HAS_FOCUS)


def test_on_a_wide_screen_the_tab_key_follows_what_one_sees(page: Page, portal: RunningPortal) -> None:
    page.goto(portal.address(""))
    seen = page.locator(".portal-top :is(a, button, summary):visible").evaluate_all(
        "all => all.map(each => [Math.round(each.getBoundingClientRect().top / 60), each.getBoundingClientRect().left])"
    )
    assert seen == sorted(seen)
