"""Both stand-ins running, each with a destination that leads there; and a report to send."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache

from buurtschouw.domain.forwarding import destinations, ordering
from buurtschouw.domain.forwarding.ordering import Along
from buurtschouw.enums import System
from buurtschouw.models import Destination, Forward, Report
from tests.factories.core import TeamFactory
from tests.factories.forwarding import DestinationThemeFactory
from tests.standins.open311 import HERE, KEY, Open311
from tests.standins.signalen import Signalen


@pytest.fixture(autouse=True)
def own_cache(settings: Any) -> None:
    settings.CACHES = {
        **settings.CACHES,
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    }
    cache.clear()


@pytest.fixture(autouse=True)
def on_this_machine(settings: Any) -> None:
    """The stand-ins are spoken with over http, on this machine."""
    settings.LOCAL_SYSTEMS = True


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: Any) -> list[float]:
    """What is slept between two questions for a number, without sleeping it."""
    slept: list[float] = []
    monkeypatch.setattr("buurtschouw.domain.forwarding.open311.time.sleep", slept.append)
    return slept


@pytest.fixture(autouse=True)
def broker(monkeypatch: Any) -> list[str]:
    """The tasks that a worker was asked for."""
    asked: list[str] = []
    monkeypatch.setattr(
        "trajecten.domain.telling.waking.current_app.send_task", lambda name, *_a, **_k: asked.append(name)
    )
    return asked


@pytest.fixture
def signalen_server() -> Iterator[Signalen]:
    with Signalen() as running:
        yield running


@pytest.fixture
def open311_server() -> Iterator[Open311]:
    with Open311() as running:
        yield running


@pytest.fixture
def team(in_scope: Any, category: Any, handler: Any) -> Any:
    """Who answers the theme of ``report``."""
    category.team = TeamFactory()
    category.team.members.add(handler)
    category.save()
    return category.team


@pytest.fixture
def duinstad(signalen_server: Signalen, category: Any, coordinator: Any, team: Any) -> Destination:
    """A Signalen of a neighbour, with a category for the theme of ``report``."""
    made = destinations.keep(
        destination=Destination(municipality=category.municipality),
        by=coordinator,
        name="Gemeente Duinstad",
        system=System.SIGNALEN,
        url=signalen_server.url,
    )
    DestinationThemeFactory(destination=made, category=category, code=signalen_server.code())
    return made


@pytest.fixture
def province(open311_server: Open311, category: Any, coordinator: Any, team: Any) -> Destination:
    """An endpoint of Open311, with a service for the theme of ``report``."""
    made = destinations.keep(
        destination=Destination(municipality=category.municipality),
        by=coordinator,
        name="De provincie",
        system=System.OPEN311,
        url=open311_server.base,
        jurisdiction=HERE,
        key=KEY,
    )
    DestinationThemeFactory(destination=made, category=category, code="017")
    return made


@pytest.fixture
def forwarded(report: Any, handler: Any) -> Callable[..., Forward]:
    """The report, forwarded to this destination by the handler."""

    def forward(destination: Destination, along: Along | None = None, of: Any = None, **more: Any) -> Forward:
        newest = Report.objects.get(pk=(of or report).pk)
        return ordering.forward(
            report=newest,
            by=handler,
            version=newest.version,
            destination=destination,
            message="Dit is niet van ons. Wij sturen het door.",
            along=along or Along(),
            **more,
        )

    return forward
