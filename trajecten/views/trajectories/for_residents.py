"""The sections that everybody sees on the page of a trajectory. Each asks the database a fixed number of times."""

from django.http import HttpRequest

from trajecten import registry
from trajecten.domain import materials, steps
from trajecten.domain.council import queries as council
from trajecten.domain.council.queries import CouncilFilter
from trajecten.domain.enrolment import joining as ways_in
from trajecten.domain.enrolment import queries as enrolments
from trajecten.domain.meetings import finding
from trajecten.domain.promises import promised
from trajecten.domain.promises.promised import PromiseFilter
from trajecten.models import Enrolment, Trajectory
from trajecten.views.council import showing
from trajecten.views.meetings.coming import step_document_rows, visitor
from trajecten.views.promises import showing as promise_showing
from trajecten.views.steps import row
from trajecten.views.trajectories.section import Section

# Of each kind; the rest is one click further.
MOST = 3


def track(request: HttpRequest, trajectory: Trajectory) -> Section:
    tracked = steps.track(trajectory=trajectory, with_unmet=False)
    return Section("trajecten/public/_steps.html", {"steps": [row(each) for each in tracked]})


def own_page(request: HttpRequest, trajectory: Trajectory) -> Section | None:
    """The ways to the pages of the method, where it has them for residents."""
    standing = registry.standings(trajectory.method_key, [trajectory]).get(trajectory.pk)
    if not standing or not standing.public_links:
        return None
    return Section("trajecten/public/_own_pages.html", {"links": standing.public_links})


def joining(request: HttpRequest, trajectory: Trajectory) -> Section | None:
    """How many take part, and how one comes in or why not. Nothing where it is over and nobody took part."""
    counts = enrolments.counts(trajectory)
    if not trajectory.takes_people and not counts.active:
        return None
    places = trajectory.places
    data = {
        "counts": counts,
        "mine": _mine(request, trajectory),
        "is_full": places is not None and counts.in_places >= places,
    }
    return Section("trajecten/public/_joining.html", data)


def _mine(request: HttpRequest, trajectory: Trajectory) -> Enrolment | None:
    me = visitor(request)
    if me is None:
        return None
    inside = Enrolment.objects.filter(trajectory=trajectory, participant=me, status__in=ways_in.INSIDE)
    return inside.first()


def coming_meetings(request: HttpRequest, trajectory: Trajectory) -> Section | None:
    """The next ones that this visitor may see, and the way to those that are over."""
    rows = finding.visible_to(visitor(request)).filter(trajectory=trajectory)
    found = list(finding.listed(rows)[: MOST + 1])
    has_past = finding.listed(rows, past=True).exists()
    if not found and not has_past:
        return None
    data = {"meetings": found[:MOST], "has_more": len(found) > MOST, "has_past": has_past}
    return Section("trajecten/public/_meetings.html", data)


def documents(request: HttpRequest, trajectory: Trajectory) -> Section | None:
    """What was handed out with the steps, as far as this visitor may open it."""
    found = materials.of_steps_for(visitor(request), trajectory)
    if not found:
        return None
    trajectory.municipality = request.municipality
    return Section("trajecten/public/_documents.html", {"documents": step_document_rows(trajectory, found)})


def promises(request: HttpRequest, trajectory: Trajectory) -> Section | None:
    """The newest ones, with how far each is."""
    found = list(promised.newest(PromiseFilter(trajectory=trajectory))[: MOST + 1])
    if not found:
        return None
    rows = promise_showing.rows(found[:MOST])
    return Section("trajecten/public/_promises.html", {"rows": rows, "has_more": len(found) > MOST})


def council_items(request: HttpRequest, trajectory: Trajectory) -> Section | None:
    """What was put to council or college last, and what became of it."""
    found = list(council.items(CouncilFilter(state="all", trajectory=trajectory))[: MOST + 1])
    if not found:
        return None
    rows = [showing.row(item) for item in found[:MOST]]
    return Section("trajecten/public/_council.html", {"rows": rows, "has_more": len(found) > MOST})
