"""Zilverhout, which has no figures yet, and who work and live there."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from budget.method import CHOOSE_THEMES
from budget.models import Outcome, Round, RoundLine
from tests.e2e.cast import DESK, Cast, account, said, submit
from tests.e2e.conftest import RunningPortal, sign_in
from tests.factories.budget import BudgetTrajectoryFactory
from tests.factories.core import NORTH, SOUTH, AreaFactory, MunicipalityFactory, StaffRoleFactory, rectangle
from trajecten.enums import Role
from trajecten.models import Municipality, Trajectory

NAME = "zilverhout"
CODE = "GM9905"
TITLE = "Het geld van Zilverhout"
# The year of which at least the first quarter is over, and its figures can be there.
YEAR = (timezone.localdate() - timedelta(days=120)).year
# East of the other towns.
WEST, EAST = 5.50, 5.54
OFFICIALS = ("coordinator", "handler", "clerk")
# With an account; Wim and Fenna have a mail address only.
ACCOUNTS = ("Noor", "Aisha")
GUESTS = ("Wim", "Fenna")
PHONE = {"width": 360, "height": 740}


@dataclass
class Tour(Cast):
    """The people, and a look at what they made so far."""

    @property
    def trajectory(self) -> Trajectory:
        return Trajectory.objects.get(municipality=self.town)

    @property
    def round(self) -> Round:
        return Round.objects.select_related("budget").get(municipality=self.town)

    @property
    def outcome(self) -> Outcome:
        return Outcome.objects.get(municipality=self.town)

    def line(self, code: str) -> RoundLine:
        return RoundLine.objects.get(round=self.round, code=code)

    def route(self, path: str = "") -> str:
        """The address of a page of this route, for residents."""
        return f"begroting/traject/{self.trajectory.pk}/{path}"

    def at_work(self, path: str = "") -> str:
        """The address of a page of this route, for officials."""
        return f"begroting/werk/traject/{self.trajectory.pk}/{path}"

    def close_step(self, next_step: str) -> None:
        page = self._steps()
        submit(page, "/stap/afronden/")
        expect(page.locator("main [aria-current=step]")).to_contain_text(next_step)

    def skip_step(self, reason: str, next_step: str) -> None:
        page = self._steps()
        form = page.locator("main form[action$='/stap/overslaan/']")
        page.locator("main details:has(form[action$='/stap/overslaan/']) > summary").click()
        form.locator("[name=reason]").fill(reason)
        form.locator("button[type=submit]").click()
        expect(page.locator("main [aria-current=step]")).to_contain_text(next_step)

    def _steps(self) -> Page:
        return self.open("coordinator", f"werk/trajecten/{self.trajectory.pk}/")


def gather(portal: RunningPortal, new_context: Callable[..., BrowserContext]) -> Tour:
    """Officials at a desk, residents on phones; Wim's has no JavaScript."""
    tour = Tour(NAME, portal, portal.committed(_town))
    for who in (*OFFICIALS, *ACCOUNTS, *GUESTS, "passer-by"):
        page = tour.pages[who] = new_context(java_script_enabled=who != "Wim").new_page()
        page.set_default_timeout(15_000)
        page.set_viewport_size(DESK if who in (*OFFICIALS, "Aisha") else PHONE)
        if who in (*OFFICIALS, *ACCOUNTS):
            sign_in(page, portal, tour.address_of(who))
    return tour


def keep(page: Page) -> None:
    """Press the last button of the last form."""
    page.locator("main form button[type=submit]").last.click()


def reads(tour: Tour, who: str, path: str, *words: str) -> Page:
    """This person opens a page and reads this on it."""
    page = tour.open(who, path)
    for each in words:
        said(page, each)
    return page


def _town() -> Municipality:
    """A municipality of its own, with a route in which nothing has been done yet."""
    border = rectangle(WEST, SOUTH, EAST, NORTH)
    town = MunicipalityFactory(code=CODE, name="Zilverhout", boundary=border, is_participating=True)
    area = AreaFactory(municipality=town, code="WK990501", name="Berkenbuurt", geometry=border)
    officials = {who: account(who, NAME) for who in OFFICIALS}
    for who, user in officials.items():
        StaffRoleFactory(user=user, municipality=town, role=Role(who))
    for who in ACCOUNTS:
        account(who, NAME)
    BudgetTrajectoryFactory(
        municipality=town,
        title=TITLE,
        act=CHOOSE_THEMES,
        premoderation=True,
        coordinator=officials["coordinator"],
        areas=[area],
    )
    return town
