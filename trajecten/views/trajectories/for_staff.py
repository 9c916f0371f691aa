"""The sections that staff see on the page of a trajectory. Each asks the database a fixed number of times."""

from django.http import HttpRequest

from trajecten import registry
from trajecten.domain.council import queries as council
from trajecten.domain.council.queries import CouncilFilter
from trajecten.domain.dashboards import trajectory_health
from trajecten.domain.enrolment import queries as enrolments
from trajecten.domain.meetings import finding, proposed
from trajecten.domain.promises import promised
from trajecten.domain.promises.promised import PromiseFilter
from trajecten.enums import MeetingStatus
from trajecten.models import Meeting, Trajectory
from trajecten.views.council import showing
from trajecten.views.trajectories.section import Section

MOST = 3


def facts(request: HttpRequest, trajectory: Trajectory) -> Section:
    health = trajectory_health.of([trajectory])[trajectory.pk]
    data = {"health": health, "areas": list(trajectory.areas.defer("geometry"))}
    return Section("trajecten/staff/_facts.html", data)


def own_page(request: HttpRequest, trajectory: Trajectory) -> Section | None:
    """The way to the page of the method, and to what is over its term there."""
    standing = registry.standings(trajectory.method_key, [trajectory]).get(trajectory.pk)
    if not standing or standing.url == request.path:
        return None
    return Section("trajecten/staff/_own_page.html", {"standing": standing, "method": trajectory.method})


def people(request: HttpRequest, trajectory: Trajectory) -> Section:
    """How many take part, wait and are invited; who may look at them gets the ways there."""
    data = {
        "counts": enrolments.counts(trajectory),
        "may_manage": request.user.has_perm("trajecten.manage_members_trajectory", trajectory),
    }
    return Section("trajecten/staff/_people.html", data)


def coming_meetings(request: HttpRequest, trajectory: Trajectory) -> Section:
    """The next one, with who comes; and the gatherings of the proposal that are still to be planned."""
    planned = Meeting.objects.filter(trajectory=trajectory, status=MeetingStatus.PLANNED)
    data = {
        "meeting": finding.listed(finding.with_counts(planned)).first(),
        "proposed": list(proposed.to_plan(trajectory)),
        "may_plan": request.user.has_perm("trajecten.change_trajectory", trajectory),
    }
    return Section("trajecten/staff/_meetings.html", data)


def promises(request: HttpRequest, trajectory: Trajectory) -> Section:
    """How many are open and late."""
    return Section(
        "trajecten/staff/_promises.html", {"figures": promised.figures(PromiseFilter(trajectory=trajectory))}
    )


def council_items(request: HttpRequest, trajectory: Trajectory) -> Section | None:
    """What was put to council or college last, with what is to be done with it."""
    found = list(council.items(CouncilFilter(state="all", trajectory=trajectory))[: MOST + 1])
    if not found:
        return None
    data = {
        "rows": [showing.row(item) for item in found[:MOST]],
        "has_more": len(found) > MOST,
        "may_list": request.user.has_perm("trajecten.view_councilitem", request.municipality),
    }
    return Section("trajecten/staff/_council.html", data)


def history(request: HttpRequest, trajectory: Trajectory) -> Section:
    return Section("trajecten/staff/_history.html")
