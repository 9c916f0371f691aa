"""A route is drawn in a real browser: by mouse, by keyboard, and put right again."""

import json

import pytest
from allauth.account.models import EmailAddress
from playwright.sync_api import Page, expect

from buurtschouw.models import Schouw
from tests.e2e.conftest import RunningPortal, sign_in
from tests.factories.buurtschouw import SchouwFactory
from tests.factories.core import StaffRoleFactory
from trajecten.enums import Role, TrajectoryStatus
from trajecten.models import Area

pytestmark = [pytest.mark.e2e, pytest.mark.usefixtures("database")]


@pytest.fixture
def walk(portal: RunningPortal) -> Schouw:
    """A walk that is being prepared, with a coordinator for this test only."""

    def make() -> Schouw:
        official = StaffRoleFactory(municipality=portal.municipality, role=Role.COORDINATOR).user
        EmailAddress.objects.create(user=official, email=official.email, verified=True, primary=True)
        areas = list(Area.objects.order_by("code")[:1])
        made = SchouwFactory(step="preparation", trajectory__areas=areas, trajectory__coordinator=official)
        # Not going, so that it is no second walk to report to for other tests.
        made.trajectory.status = TrajectoryStatus.AGREED
        made.trajectory.save()
        return made

    return portal.committed(make)


def points(page: Page) -> list[list[float]]:
    return json.loads(page.input_value("#id_route") or "[]")


def tap(page: Page, x: int, y: int) -> None:
    """At so many pixels from the corner of the map; two taps soon after each other are one double tap, which zooms."""
    corner = page.locator("#drawing-map").bounding_box()
    assert corner is not None
    page.mouse.click(corner["x"] + x, corner["y"] + y)
    page.wait_for_timeout(400)


def test_a_route_is_drawn_changed_and_kept(page: Page, portal: RunningPortal, walk: Schouw) -> None:
    sign_in(page, portal, walk.trajectory.coordinator.email)
    page.goto(portal.address(f"werk/schouwen/{walk.pk}/voorbereiding/route/"))
    status = page.locator(".portal-map-tools [role=status]")
    expect(status).not_to_be_empty(timeout=20_000)
    canvas = page.locator("#drawing-map")
    canvas.evaluate("map => map.scrollIntoView({block: 'center', behavior: 'instant'})")
    for x, y in ((60, 120), (200, 120), (200, 240)):
        tap(page, x, y)
    first, second, third = points(page)
    assert first[1] == pytest.approx(second[1], abs=1e-6)
    assert second[0] == pytest.approx(third[0], abs=1e-6)

    tap(page, 130, 120)  # on the line
    expect(status).to_contain_text("4")
    assert points(page)[0] == first
    assert points(page)[2] == second

    canvas.focus()
    page.keyboard.press("Enter")
    assert len(points(page)) == 5
    page.keyboard.press("Backspace")
    page.keyboard.press("Backspace")
    assert points(page) == [first, second, third]

    page.locator("form:has(#id_route) button[type=submit]").click()
    page.wait_for_url("**/voorbereiding/#route")
    kept = portal.committed(lambda: Schouw.objects.get(pk=walk.pk).route.coords)
    assert [list(point) for point in kept] == [first, second, third]
