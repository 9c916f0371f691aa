"""Waterveen, where nothing has been made yet, and who work and live there."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import BrowserContext

from buurtschouw.models import Report, Schouw, Statement, Stop
from tests.e2e.cast import DESK, Cast, account
from tests.e2e.conftest import RunningPortal, sign_in
from tests.factories.core import (
    NORTH,
    SOUTH,
    AreaFactory,
    MunicipalityFactory,
    StaffRoleFactory,
    TeamFactory,
    rectangle,
)
from trajecten.enums import Role
from trajecten.models import Municipality

NAME = "waterveen"
TITLE = "Schouw langs het Rietpad"
# West to east, within Waterveen.
WEST, EAST = 5.30, 5.34
OFFICIALS = ("coordinator", "handler")
# They sign up by the poster; Sjoerd comes in on the day itself.
RESIDENTS = ("Ria", "Ahmed", "Bea")


@dataclass
class Walk(Cast):
    """The people, and a look at what they made so far."""

    @property
    def schouw(self) -> Schouw:
        return Schouw.objects.select_related("trajectory").get(municipality=self.town)

    @property
    def stops(self) -> list[Stop]:
        return list(Stop.objects.filter(schouw__municipality=self.town).order_by("position"))

    @property
    def statements(self) -> list[Statement]:
        return list(Statement.objects.filter(municipality=self.town).order_by("pk"))

    def report(self, text: str) -> Report:
        return Report.objects.get(schouw__municipality=self.town, text=text)

    def at_work(self, path: str = "") -> str:
        """The address of a page on which this walk is planned."""
        return f"werk/schouwen/{self.schouw.pk}/{path}"


def gather(portal: RunningPortal, new_context: Callable[[], BrowserContext]) -> Walk:
    """Everybody who has an account, signed in; who has none opens links in a browser of their own, on a phone."""
    walk = Walk(NAME, portal, portal.committed(_town))
    for who in (*OFFICIALS, *RESIDENTS, "Sjoerd", "passer-by"):
        page = walk.pages[who] = new_context().new_page()
        page.set_default_timeout(15_000)
        if who in OFFICIALS:
            page.set_viewport_size(DESK)
            sign_in(page, portal, walk.address_of(who))
    return walk


def _town() -> Municipality:
    """A municipality of its own, so that no other test sees this walk nor is seen here."""
    town = MunicipalityFactory(
        code="GM9903", name="Waterveen", boundary=rectangle(WEST, SOUTH, EAST, NORTH), is_participating=True
    )
    AreaFactory(municipality=town, code="WK990301", name="Rietkade", geometry=town.boundary)
    team = TeamFactory(municipality=town, name="Team Buiten")
    for who in OFFICIALS:
        user = account(who, NAME)
        StaffRoleFactory(user=user, municipality=town, role=Role(who))
        if who == "handler":
            team.members.add(user)
    return town
