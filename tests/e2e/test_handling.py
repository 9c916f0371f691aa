"""An official writes an answer while other things happen: nothing that was typed is lost."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone
from playwright.sync_api import Page, expect

from buurtschouw.models import Answer, Report
from tests.e2e.conftest import RunningPortal, sign_in
from tests.factories.buurtschouw import ReportFactory
from tests.factories.core import StaffRoleFactory
from tests.factories.handling import AnswerTemplateFactory
from trajecten.enums import Role

pytestmark = [pytest.mark.e2e, pytest.mark.usefixtures("database")]

TYPED = "Wij komen donderdag kijken, en brengen nieuwe tegels mee."


@pytest.fixture
def report(portal: RunningPortal) -> Report:
    """A report without place."""

    def make() -> Report:
        category = portal.schouw.categories.first()
        return ReportFactory(schouw=portal.schouw, category=category, placeless=True)

    return portal.committed(make)


@pytest.fixture
def address(portal: RunningPortal) -> str:
    """Of an official for this test only: each address gets few codes a minute."""

    def make() -> str:
        official = StaffRoleFactory(municipality=portal.municipality, role=Role.HANDLER).user
        EmailAddress.objects.create(user=official, email=official.email, verified=True, primary=True)
        return official.email

    return portal.committed(make)


@pytest.fixture
def answers(report: Report) -> Callable[[], list[str]]:
    """The answers that the report has got."""
    return lambda: list(Answer.objects.filter(report=report).values_list("message", flat=True))


@pytest.fixture
def writing(page: Page, portal: RunningPortal, report: Report, address: str) -> Page:
    """The page of the report with an answer that is being written."""
    sign_in(page, portal, address)
    page.goto(portal.address(f"werk/meldingen/{report.pk}/?status=new"))
    page.locator("input[name=status][value=acknowledged]").check(force=True)
    page.locator("textarea[name=message]").fill(TYPED)
    return page


def _still_there(page: Page) -> None:
    expect(page.locator("textarea[name=message]")).to_have_value(TYPED)
    expect(page.locator("input[name=status][value=acknowledged]")).to_be_checked()


def _send(page: Page) -> None:
    page.locator("form[data-answer] button[type=submit]:not([name])").click()


def test_what_is_typed_outlives_other_acts_and_a_reload(writing: Page, answers: Any) -> None:
    page = writing
    page.locator("#report-assign button").first.click()
    expect(page.locator("#report-assign")).to_contain_text("U behandelt deze melding nu")
    _still_there(page)

    page.locator("#report-notes textarea").fill("Aannemer gebeld.")
    page.locator("#report-notes button").click()
    expect(page.locator("#report-notes ol")).to_contain_text("Aannemer gebeld.")
    expect(page.locator("#report-notes textarea")).to_have_value("")
    _still_there(page)

    page.locator("#report-readers button[value=published]").click()
    expect(page.locator("#report-readers .utrecht-alert")).to_be_visible()
    _still_there(page)

    expect(page.locator("#id_lat")).to_be_hidden()
    page.locator("#report-place .portal-map-tools button").click()
    page.locator("#keep-place").click()
    expect(page.locator("#report-place [data-pin] .leaflet-marker-icon")).to_be_visible()
    _still_there(page)

    page.reload()
    _still_there(page)
    _send(page)
    expect(page.locator("#report-history")).to_contain_text(TYPED)
    expect(page.locator("textarea[name=message]")).to_have_value("")
    assert answers() == [TYPED]
    page.reload()
    expect(page.locator("textarea[name=message]")).to_have_value("")


def test_an_ended_session_leaves_the_page_and_signing_in_brings_it_back(
    writing: Page, portal: RunningPortal, answers: Any, address: str
) -> None:
    page = writing
    page.context.clear_cookies(name="sessionid")
    _send(page)
    expect(page.locator("#news")).to_contain_text("U bent niet meer ingelogd")
    _still_there(page)
    assert answers() == []

    page.locator("#news a").click()
    page.wait_for_url(re.compile(r"/account/login/"))
    sign_in(page, portal, address, at=page.url)
    page.wait_for_url(re.compile(r"/werk/meldingen/\d+/\?status=new"))
    _still_there(page)
    _send(page)
    expect(page.locator("#report-history")).to_contain_text(TYPED)
    assert answers() == [TYPED]


def test_a_server_that_is_away_is_told_and_nothing_is_lost(writing: Page, answers: Any) -> None:
    page = writing
    page.route("**/antwoord/**", lambda route: route.abort())
    _send(page)
    expect(page.locator("#news")).to_contain_text("Dit kon niet worden verstuurd")
    _still_there(page)
    page.unroute("**/antwoord/**")
    _send(page)
    expect(page.locator("#report-history")).to_contain_text(TYPED)
    assert answers() == [TYPED]


def test_enter_in_a_field_sends_the_answer_also_where_there_are_templates(
    writing: Page, portal: RunningPortal, report: Report, answers: Any
) -> None:
    page = writing
    portal.committed(lambda: AnswerTemplateFactory(category=report.category))
    page.reload()
    _still_there(page)
    page.locator("input[name=status][value=planned]").check(force=True)
    planned_for = page.locator("input[name=planned_for]")
    planned_for.fill((timezone.localdate() + timedelta(days=7)).isoformat())
    planned_for.press("Enter")
    expect(page.locator("#report-history")).to_contain_text(TYPED)
    assert answers() == [TYPED]
