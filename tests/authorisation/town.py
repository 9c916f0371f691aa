"""Polderwijk with a walk and its reports, a second municipality, and a browser for each kind of visitor."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.test import Client
from django_scopes import scope

from tests.addresses import Things
from tests.factories.buurtschouw import CategoryFactory, ReportFactory, SchouwFactory
from tests.factories.core import (
    MunicipalityFactory,
    ParticipantFactory,
    UserFactory,
    make_official,
    make_polderwijk,
)
from tests.signing_in import browser_of, browser_with_one_factor
from trajecten.enums import Role

WITH_ONE_FACTOR = "coordinator with one factor"


@dataclass(frozen=True)
class Town:
    """What there is, where its files are, and the key of each visitor's session."""

    municipality: Any
    other_municipality: Any
    other_official: Any
    things: Things
    media: Path
    sessions: dict[str, str]

    def browser(self, visitor: str) -> Client:
        """One in which this visitor is signed in."""
        browser = Client()
        if visitor != "anonymous":
            browser.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[visitor]
        return browser


def build(media: Path) -> Town:
    municipality, areas = make_polderwijk()
    duinstad = MunicipalityFactory(other=True)
    with scope(municipality=municipality):
        municipality.logo.save("logo.jpg", ContentFile(b"logo"))
        municipality.background.save(
            "water.geojson", ContentFile(b'{"type": "FeatureCollection", "features": []}')
        )
        people = _people(municipality, duinstad)
        things = _things(people, areas)
        without = make_official(
            municipality, Role.COORDINATOR, "Nieuwe coördinator", email="nieuw@example.org"
        )
        browsers = {visitor: browser_of(user) for visitor, user in people.items()}
        browsers[WITH_ONE_FACTOR] = browser_with_one_factor(without)
    return Town(
        municipality,
        duinstad,
        people["other_official"],
        things,
        media,
        {visitor: browser.session.session_key for visitor, browser in browsers.items()},
    )


def _people(municipality: Any, duinstad: Any) -> dict[str, Any]:
    return {
        "resident": UserFactory(name="Bewoner", email="bewoner@example.org"),
        "other_official": make_official(duinstad, Role.HANDLER, "Behandelaar Duinstad"),
        "handler": make_official(municipality, Role.HANDLER, "Behandelaar Openbare Ruimte"),
        "coordinator": make_official(municipality, Role.COORDINATOR, "Coördinator Participatie"),
        "clerk": make_official(municipality, Role.CLERK, "Griffier"),
        "adviser": UserFactory(name="Adviseur", email="adviseur@example.org", is_adviser=True),
        "other_adviser": UserFactory(name="Andere adviseur", email="adviseur2@example.org", is_adviser=True),
        "superuser": UserFactory(
            name="Beheerder", email="beheer@example.org", is_staff=True, is_superuser=True
        ),
    }


def _things(people: dict[str, Any], areas: list[Any]) -> Things:
    category = CategoryFactory(name="Stoep en straat")
    walk = SchouwFactory(
        categories=[category],
        trajectory__title="Schouw De Linde",
        trajectory__areas=areas[:1],
        trajectory__adviser=people["adviser"],
        trajectory__coordinator=people["coordinator"],
    )
    return Things(
        schouw=walk,
        category=category,
        report=ReportFactory(schouw=walk, category=category, area=areas[0]),
        placeless=ReportFactory(schouw=walk, category=category, placeless=True),
        supporter=ParticipantFactory(),
        handler=people["handler"],
        coordinator=people["coordinator"],
        adviser=people["adviser"],
    )
