"""What apps add to the shared pages and to the dashboards."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True)
class Way:
    """Something a resident can do now, on the front page of the municipality. Lower ``rank`` comes first."""

    title: str
    text: str
    url: str
    icon: str = ""
    rank: int = 100


@dataclass(frozen=True)
class Result:
    """What became of something that was said: a card with the chain. ``at`` orders them, newest first."""

    kicker: str
    title: str
    url: str
    chain: tuple[Any, ...]
    at: Any


@dataclass(frozen=True)
class Wait:
    """Something that waits for one person, on "my overview", with the one thing to do about it.

    ``action`` is the text of its button, ``url`` a path, ``when`` a day in words. ``since`` and ``until`` order them:
    what ends soonest comes first, then what waits longest.
    """

    kicker: str
    title: str
    url: str
    action: str
    when: str
    since: datetime
    until: datetime | None = None


@dataclass(frozen=True)
class Pages:
    """What an app adds to the shared pages. Each function gets the municipality, ``mine`` a participant too.

    ``desk`` gets the roles that an official has there, and gives the path of the page on which their work lies, or
    an empty one. ``enrolled`` gets somebody's enrolment, and gives the words and paths of what there is for them.
    ``area`` gets the number of an area too, and gives the path of what was said there; ``finished``
    that of everything of which something became.
    """

    ways: Callable[[Any], Iterable[Way]]
    results: Callable[[Any], Iterable[Result]]
    mine: Callable[[Any, Any], Iterable[Result]]
    desk: Callable[[Any, Collection[str]], str]
    area: Callable[[Any, int], str] | None = None
    enrolled: Callable[[Any], Iterable[tuple[str, str]]] | None = None
    finished: Callable[[Any], str] | None = None


@dataclass(frozen=True)
class Month:
    """Of what came in during one month (its first day): answered in time, answered too late or waiting over time."""

    first_day: date
    in_time: int
    late: int


@dataclass(frozen=True)
class Service:
    """How an app answers people against its service level, over the last twelve months, oldest month first.

    What still waits within its term is in neither number of its month. ``overdue_url`` is the list of what is over it.
    """

    name: str | Promise
    months: tuple[Month, ...]
    waiting: int
    overdue: int
    overdue_url: str

    @property
    def in_time(self) -> int:
        return sum(month.in_time for month in self.months)

    @property
    def late(self) -> int:
        return sum(month.late for month in self.months)


_pages: dict[str, Pages] = {}
_services: dict[str, Callable[[Any], Service]] = {}
_waits: dict[str, Callable[[Any], Iterable[Wait]]] = {}


def register_pages(app: str, pages: Pages) -> None:
    """Register what an app adds to the front page and to "my overview"."""
    _pages[app] = pages


def register_waits(app: str, waits: Callable[[Any], Iterable[Wait]]) -> None:
    """Register the function that tells what of an app waits for a participant, for "my overview".

    It gets a ``domain.overview.mine.Mine``, and asks the database the same number of times for one as for many.
    """
    _waits[app] = waits


def register_service(app: str, service: Callable[[Any], Service]) -> None:
    """Register the function that counts how an app answers people of a municipality, in a fixed number of queries."""
    _services[app] = service


def pages() -> tuple[Pages, ...]:
    """What the apps add to the shared pages, in the order in which they were registered."""
    return tuple(_pages.values())


def area_page(municipality: Any, area: int) -> str:
    """The path of what was said in the area with this number; empty where no app has such a page."""
    return next((of_app.area(municipality, area) for of_app in pages() if of_app.area), "")


def enrolled(enrolment: Any) -> list[tuple[str, str]]:
    """The words and paths of what the apps have for who takes part, by this enrolment."""
    return [link for of_app in pages() if of_app.enrolled for link in of_app.enrolled(enrolment)]


def finished_page(municipality: Any) -> str:
    """The path of everything of which something became; empty where no app has such a page."""
    return next((of_app.finished(municipality) for of_app in pages() if of_app.finished), "")


def services(municipality: Any) -> tuple[Service, ...]:
    """How each app answers people in this municipality, counted now."""
    return tuple(service(municipality) for service in _services.values())


def waits(mine: Any) -> list[Wait]:
    """All that waits for this participant (``domain.overview.mine.Mine``), in no order."""
    return [wait for of_app in _waits.values() for wait in of_app(mine)]
