"""What an official sees without scrolling, what is read whole on a phone, and a text that becomes too long."""

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from playwright.sync_api import Page, expect

from tests.e2e.conftest import RunningPortal, sign_in
from tests.factories.buurtschouw import ReportFactory
from tests.factories.core import StaffRoleFactory
from tests.factories.handling import SubtaskFactory
from trajecten.enums import Role

pytestmark = [pytest.mark.e2e, pytest.mark.usefixtures("database")]

LONG_NAME = "Sterrenkwartier en Oude Haven-Noordoost"


@pytest.fixture
def desk(page: Page, portal: RunningPortal) -> Page:
    """The page of an official with a task, who is in a team, before reports in a neighbourhood with a long name."""

    def make() -> str:
        official = StaffRoleFactory(municipality=portal.municipality, role=Role.HANDLER).user
        EmailAddress.objects.create(user=official, email=official.email, verified=True, primary=True)
        category = portal.schouw.categories.first()
        category.team.members.add(official)
        area = portal.schouw.trajectory.areas.first()
        type(area).objects.filter(pk=area.pk).update(name=LONG_NAME)
        text = "De stoep voor de school ligt helemaal los en de kinderen vallen er bijna elke dag over, kom kijken"
        made = [
            ReportFactory(schouw=portal.schouw, category=category, area=area, text=text) for _n in range(3)
        ]
        SubtaskFactory(report=made[0], owner=official)
        return official.email

    sign_in(page, portal, portal.committed(make))
    return page


def test_two_reports_are_seen_without_scrolling_on_a_laptop(desk: Page, portal: RunningPortal) -> None:
    desk.set_viewport_size({"width": 1280, "height": 800})
    desk.goto(portal.address("werk/meldingen/"))
    for row in desk.locator(".staff-queue tbody tr").all()[:2]:
        box: Any = row.bounding_box()
        assert box["y"] + box["height"] <= 800
    fold = desk.locator(".staff-filter .portal-fold")
    search = fold.locator("input[name=words]")
    expect(search).to_be_hidden()
    fold.locator("summary").click()
    expect(search).to_be_visible()
    search.fill("stoep")
    search.press("Enter")
    expect(fold.locator("summary")).to_contain_text("stoep")


def test_the_name_of_a_neighbourhood_is_read_whole_on_a_phone(desk: Page, portal: RunningPortal) -> None:
    desk.set_viewport_size({"width": 360, "height": 800})
    desk.goto(portal.address("werk/meldingen/"))
    cell = desk.locator(".staff-queue__about", has_text=LONG_NAME).first
    expect(cell).to_be_visible()
    assert cell.evaluate(
        "cell => cell.scrollWidth <= cell.clientWidth || getComputedStyle(cell).display === 'inline'"
    )
    box: Any = cell.bounding_box()
    assert box["x"] + box["width"] <= 360


def test_a_text_that_is_too_long_stays_whole_and_says_so(desk: Page, portal: RunningPortal) -> None:
    desk.goto(portal.address("werk/meldingen/"))
    desk.locator(".staff-queue .portal-row__subject").first.click()
    field = desk.locator("textarea[name=message]").first
    limit = int(field.get_attribute("data-limit") or 0)
    field.fill("x" * (limit + 7))
    expect(desk.locator("[data-counted]").first).to_contain_text("7")
    assert len(field.input_value()) == limit + 7
    field.fill("x" * 10)
    expect(desk.locator("[data-counted]").first).to_be_empty()
