"""What budgetmonitoring adds to the front page, to "my overview" and to the menus: a module a subject."""

from collections.abc import Collection, Iterator

from budget.pages import alternatives, ballots, choosing, deliveries, desk, figures, monitoring
from trajecten.domain.overview.mine import Mine
from trajecten.models import Enrolment, Municipality, Participant
from trajecten.registry import Menus, Pages, Result, Wait, Way

PARTS = (
    figures.PART,
    choosing.PART,
    alternatives.PART,
    ballots.PART,
    monitoring.PART,
    deliveries.PART,
    desk.PART,
)


def ways(municipality: Municipality) -> Iterator[Way]:
    """What one can do here, of every subject."""
    for part in PARTS:
        yield from part.ways(municipality)


def results(municipality: Municipality) -> Iterator[Result]:
    """What came of it, of every subject."""
    for part in PARTS:
        yield from part.results(municipality)


def mine(municipality: Municipality, participant: Participant) -> Iterator[Result]:
    """What the participant did, of every subject."""
    for part in PARTS:
        yield from part.mine(municipality, participant)


def waits(mine: Mine) -> Iterator[Wait]:
    """What waits for the participant, of every subject."""
    for part in PARTS:
        yield from part.waits(mine)


def work(municipality: Municipality, roles: Collection[str]) -> str:
    """No page of budgetmonitoring is where the daily work of officials lies."""
    return ""


def enrolled(enrolment: Enrolment) -> Iterator[tuple[str, str]]:
    """What there is for who takes part in a trajectory, of every subject."""
    for part in PARTS:
        yield from part.enrolled(enrolment)


PAGES = Pages(ways=ways, results=results, mine=mine, desk=work, enrolled=enrolled)
MENUS = Menus(
    residents=tuple(item for part in PARTS for item in part.menus.residents),
    officials=tuple(item for part in PARTS for item in part.menus.officials),
    management=tuple(item for part in PARTS for item in part.menus.management),
)
