"""The route on one page: the steps in plain words, which one is open, what one can do now, what came out of each.

What came out of a step is told by sections, each a function of the request and the trajectory with a template of its
own, as on the page of a trajectory in the core. A subject adds its section below the key of its step in ``SECTIONS``,
and what one can do in it in ``ACTS``. Each asks the database a fixed number of times.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from budget.method import (
    ANALYSE,
    ASK,
    CHOOSE_PROGRAMMES,
    CHOOSE_PROJECTS,
    CHOOSE_THEMES,
    MAKE_ALTERNATIVE,
    METHOD,
    MONITOR,
)
from budget.models import ProjectBallot, Round
from budget.views import route_later, route_sections, trajectories
from trajecten.domain import steps
from trajecten.domain.steps import TrackedStep
from trajecten.enums import TrajectoryStatus
from trajecten.models import Trajectory
from trajecten.views.steps import row
from trajecten.views.trajectories import sections
from trajecten.views.trajectories.sections import Maker


@dataclass(frozen=True)
class Act:
    """What one can do while a step is open: the words of its button, and the name of its address.

    ``is_list`` where the address is that of a list, which is narrowed to the trajectory. ``needs`` is the act that the
    open step has to allow, where a page says nothing without it.
    """

    label: str | Promise
    name: str
    is_list: bool = False
    needs: str = ""

    def url(self, trajectory: Trajectory) -> str:
        slug = trajectory.municipality.slug
        if self.is_list:
            return f"{reverse(self.name, kwargs={'gemeente': slug})}?trajectory={trajectory.pk}"
        return reverse(self.name, kwargs={"gemeente": slug, "pk": trajectory.pk})


SECTIONS: Mapping[str, tuple[Maker, ...]] = {
    "themes": (route_sections.themes,),
    "programmes": (route_sections.chosen_programmes,),
    "analysis": (route_sections.analysis,),
    "alternative": (route_later.alternatives,),
    "ballot": (route_later.projects,),
    "council": (route_later.council,),
    "monitor": (route_later.adopted,),
}
ACTS: Mapping[str, Act] = {
    CHOOSE_THEMES: Act(_("Choose what you find important"), "budget:themes"),
    CHOOSE_PROGRAMMES: Act(_("See the programmes"), "budget:programmes"),
    ANALYSE: Act(_("See the programmes and what was found"), "budget:programmes"),
    MONITOR: Act(_("Follow where the money stands"), "budget:monitor"),
    ASK: Act(_("Ask a question about the budget"), "budget:ask"),
}
# The ways to the work of officials and the adviser, each a page of the trajectory.
WAYS: tuple[Act, ...] = (
    Act(_("Themes: prepare, see the votes, choose"), "budget:themes-desk"),
    Act(_("Enter a sheet of paper"), "budget:themes-paper", needs=CHOOSE_THEMES),
    Act(_("Programmes: choose which ones"), "budget:programmes-desk"),
    Act(_("Alternative budgets of residents: prepare, open, count"), "budget:rounds", is_list=True),
    Act(_("Votes on projects"), "budget:desk-ballots", is_list=True),
    Act(_("Adopted money: report what was spent"), "budget:monitor-desk", is_list=True),
)
RUNNING = (TrajectoryStatus.AGREED, TrajectoryStatus.RUNNING)


def routes(request: HttpRequest, gemeente: str) -> HttpResponse:
    """The trajectories of budgetmonitoring, those that run first; straight to the only one."""
    rows = list(Trajectory.objects.current().filter(method_key=METHOD.key).order_by("-created_at", "-pk"))
    if len(rows) == 1:
        return redirect("budget:route", gemeente=gemeente, pk=rows[0].pk)
    running = [trajectory for trajectory in rows if trajectory.status in RUNNING]
    over = [trajectory for trajectory in rows if trajectory.status not in RUNNING]
    return render(request, "budget/routes.html", {"running": running, "over": over, "method": METHOD})


def route(request: HttpRequest, gemeente: str, pk: int) -> HttpResponse:
    """Where it stands, and what came of it so far."""
    trajectory = trajectories.found(request, pk)
    context = {
        "trajectory": trajectory,
        "areas": list(trajectory.areas.defer("geometry")),
        "steps": track(request, trajectory),
        "acts": acts(trajectory),
    }
    return render(request, "budget/route.html", context)


def track(request: HttpRequest, trajectory: Trajectory) -> list[dict[str, Any]]:
    """The steps as the component shows them, each with the sections of what came out of it."""
    return [_came(request, trajectory, each) for each in steps.track(trajectory=trajectory, with_unmet=False)]


def track_of_desk(request: HttpRequest, trajectory: Trajectory) -> list[dict[str, Any]]:
    """The same with what the open step still needs, and why an earlier one was closed without it.

    Who closes a step writes the reason for officials and the adviser. Residents read why a step goes otherwise in the
    municipality's own words with it.
    """
    return [
        {
            **_came(request, trajectory, each),
            "unmet": each.unmet,
            "set_aside": each.set_aside,
            "reason": each.reason,
        }
        for each in steps.track(trajectory=trajectory)
    ]


def _came(request: HttpRequest, trajectory: Trajectory, each: TrackedStep) -> dict[str, Any]:
    return {**row(each), "sections": sections.made(SECTIONS.get(each.step.key, ()), request, trajectory)}


def acts(trajectory: Trajectory) -> list[dict[str, Any]]:
    """What one can do now: the words and the path of each button."""
    return [
        *_open_now(trajectory),
        *(
            {"label": act.label, "url": act.url(trajectory)}
            for key, act in ACTS.items()
            if trajectory.allows(key)
        ),
    ]


def _open_now(trajectory: Trajectory) -> Iterator[dict[str, Any]]:
    """What has an address of its own: the round that is open, and the vote."""
    here = {"gemeente": trajectory.municipality.slug}
    if trajectory.allows(MAKE_ALTERNATIVE):
        for found in Round.objects.filter(trajectory=trajectory, closed_at__isnull=True):
            if found.is_open:
                url = reverse("budget:alternative-begin", kwargs={**here, "pk": found.pk})
                yield {"label": _("Make your own budget"), "url": url}
    if trajectory.allows(CHOOSE_PROJECTS):
        for ballot in ProjectBallot.objects.filter(trajectory=trajectory, opened_at__isnull=False):
            ballot.trajectory = trajectory
            if ballot.takes_votes:
                url = reverse("budget:ballot", kwargs={**here, "ballot": ballot.pk})
                yield {"label": _("Vote on the projects"), "url": url}


class RouteDesk(trajectories.TrajectoryDesk, View):
    """The same for officials and the adviser, with the ways to their work on it."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        context = {
            "trajectory": self.trajectory,
            "steps": track_of_desk(request, self.trajectory),
            "ways": [
                {"label": way.label, "url": way.url(self.trajectory)}
                for way in WAYS
                if not way.needs or self.trajectory.allows(way.needs)
            ],
        }
        return render(request, "budget/route_desk.html", context)
