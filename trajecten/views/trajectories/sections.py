"""What a page of a trajectory is made of: an ordered list of sections, each with a template of its own.

A section is a function of the request and the trajectory. It gives the name of its template with what that shows,
or None where there is nothing to show. A subject of the core adds its section to ``PUBLIC`` or ``STAFF``.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest

from trajecten import registry
from trajecten.domain import steps, trajectory_health
from trajecten.models import Trajectory
from trajecten.views.steps import row


@dataclass(frozen=True)
class Section:
    """A part of the page; its template reads ``section.data``."""

    template: str
    data: dict[str, Any] = field(default_factory=dict)


Maker = Callable[[HttpRequest, Trajectory], Section | None]


def made(makers: Iterable[Maker], request: HttpRequest, trajectory: Trajectory) -> list[Section]:
    """The sections that have something to show, in order."""
    found = (make(request, trajectory) for make in makers)
    return [section for section in found if section]


def steps_for_residents(request: HttpRequest, trajectory: Trajectory) -> Section:
    track = steps.track(trajectory=trajectory, with_unmet=False)
    return Section("trajecten/public/_steps.html", {"steps": [row(tracked) for tracked in track]})


def own_page_for_residents(request: HttpRequest, trajectory: Trajectory) -> Section | None:
    """The way to the page of the method, where it has one for residents."""
    standing = registry.standings(trajectory.method_key, [trajectory]).get(trajectory.pk)
    if not standing or not standing.public_url:
        return None
    return Section(
        "trajecten/public/_own_page.html", {"url": standing.public_url, "method": trajectory.method}
    )


def facts(request: HttpRequest, trajectory: Trajectory) -> Section:
    health = trajectory_health.of([trajectory])[trajectory.pk]
    data = {"health": health, "areas": list(trajectory.areas.defer("geometry"))}
    return Section("trajecten/staff/_facts.html", data)


def own_page_for_staff(request: HttpRequest, trajectory: Trajectory) -> Section | None:
    """The way to the page of the method, and to what is over its term there."""
    standing = registry.standings(trajectory.method_key, [trajectory]).get(trajectory.pk)
    if not standing or standing.url == request.path:
        return None
    return Section("trajecten/staff/_own_page.html", {"standing": standing, "method": trajectory.method})


def history(request: HttpRequest, trajectory: Trajectory) -> Section:
    return Section("trajecten/staff/_history.html")


PUBLIC: tuple[Maker, ...] = (own_page_for_residents, steps_for_residents)
STAFF: tuple[Maker, ...] = (facts, own_page_for_staff, history)
