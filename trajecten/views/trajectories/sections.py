"""What a page of a trajectory is made of: an ordered list of sections, each with a template of its own.

A section is a function of the request and the trajectory. It gives the name of its template with what that shows,
or None where there is nothing to show. A subject of the core adds its section to ``PUBLIC``, or for staff to
``PARTS``, which stand below the steps, or to ``ASIDE``.
"""

from collections.abc import Callable, Iterable

from django.http import HttpRequest

from trajecten.models import Trajectory
from trajecten.views.trajectories import for_residents, for_staff
from trajecten.views.trajectories.section import Section

Maker = Callable[[HttpRequest, Trajectory], Section | None]


def made(makers: Iterable[Maker], request: HttpRequest, trajectory: Trajectory) -> list[Section]:
    """The sections that have something to show, in order."""
    found = (make(request, trajectory) for make in makers)
    return [section for section in found if section]


PUBLIC: tuple[Maker, ...] = (
    for_residents.own_page,
    for_residents.joining,
    for_residents.track,
    for_residents.coming_meetings,
    for_residents.documents,
    for_residents.promises,
    for_residents.council_items,
)
PARTS: tuple[Maker, ...] = (
    for_staff.people,
    for_staff.coming_meetings,
    for_staff.promises,
    for_staff.council_items,
)
ASIDE: tuple[Maker, ...] = (for_staff.facts, for_staff.own_page, for_staff.history)
