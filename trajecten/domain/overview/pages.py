"""What the shared pages show: what one can do now, what became of things, how promises were kept."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django_scopes import scopes_disabled

from trajecten import registry
from trajecten.domain.dashboards import trajectory_health
from trajecten.domain.dashboards.trajectory_health import URGENCY, Health
from trajecten.domain.promises import promised
from trajecten.domain.promises.promised import PromiseFigures
from trajecten.enums import Role, StepEvent
from trajecten.method import Unmet
from trajecten.models import Municipality, Participant, StepRecord, Trajectory, User
from trajecten.rules import roles_of

MAX_WAYS = 3
MAX_RESULTS = 4


@dataclass(frozen=True)
class Advised:
    """A trajectory as its adviser sees it: with what its open step still needs, how it stands, and since when."""

    trajectory: Trajectory
    unmet: tuple[Unmet, ...]
    standing: registry.Standing
    since: datetime | None
    health: Health

    @property
    def rank(self) -> tuple[Any, ...]:
        """What stands still comes first, then what is late, then what is over its term or needs most."""
        trajectory = self.trajectory
        return (
            URGENCY.index(self.health.state),
            -self.standing.overdue,
            -len(self.unmet),
            trajectory.municipality.name,
            trajectory.title,
            trajectory.pk,
        )


def ways(municipality: Municipality) -> list[registry.Way]:
    """At most three things to do now, the most pressing first."""
    offered = [way for pages in registry.pages() for way in pages.ways(municipality)]
    return sorted(offered, key=lambda way: way.rank)[:MAX_WAYS]


def results(municipality: Municipality) -> list[registry.Result]:
    """The latest matters of which something became."""
    found = [result for pages in registry.pages() for result in pages.results(municipality)]
    return sorted(found, key=lambda result: result.at, reverse=True)[:MAX_RESULTS]


def mine(municipality: Municipality, participant: Participant) -> list[registry.Result]:
    """Everything this participant said, newest first."""
    found = [result for pages in registry.pages() for result in pages.mine(municipality, participant)]
    return sorted(found, key=lambda result: result.at, reverse=True)


def first_page(user: User) -> str:
    """The path of the page that this user came for: their work, or what they said; the front page when in doubt.

    The work of an official of one municipality, the trajectories of an adviser, the overview of who takes part in
    one municipality.
    """
    with scopes_disabled():
        roles = roles_of(user)
        if roles:
            return _desk(roles) or reverse("home")
        if user.is_adviser:
            return reverse("adviser")
        taking_part = Municipality.objects.participating().filter(
            pk__in=Participant.objects.filter(user=user).values("municipality")
        )
        only = list(taking_part[:2])
    return reverse("my-overview", kwargs={"gemeente": only[0].slug}) if len(only) == 1 else reverse("home")


def _desk(roles: Mapping[int, Collection[str]]) -> str:
    working_for = list(Municipality.objects.participating().filter(pk__in=roles)[:2])
    if len(working_for) != 1:
        return ""
    (municipality,) = working_for
    return desk(municipality, roles[municipality.pk])


def desk(municipality: Municipality, roles: Collection[str]) -> str:
    """The path of the page on which the work of who has these roles lies; empty when there is none.

    The dashboard for who coordinates, the council for who is clerk and nothing else, and what an app offers to others.
    """
    if Role.COORDINATOR in roles:
        return reverse("dashboard", kwargs={"gemeente": municipality.slug})
    if set(roles) == {Role.CLERK}:
        return reverse("council-desk", kwargs={"gemeente": municipality.slug})
    desks = (pages.desk(municipality, roles) for pages in registry.pages())
    return next((found for found in desks if found), "")


def promises() -> PromiseFigures:
    """Those of this calendar year, counted as on the page "Promised and done"."""
    return promised.figures(promised.this_year())


def advised(adviser: User) -> list[Advised]:
    """The trajectories that this adviser guides, those that need the adviser most first (``Advised.rank``).

    What lies in the archive is not among them.

    Call it without a scope (``scopes_disabled``) for those of every municipality. It asks the database
    a fixed number of times for all trajectories, and once more for each method among them.
    """
    found = list(
        Trajectory.objects.current()
        .filter(adviser=adviser)
        .select_related("municipality", "coordinator")
        .defer("municipality__boundary")
        .annotate(step_since=_opened_at())
    )
    standings, healths = _standings(found), trajectory_health.of(found)
    rows = [
        Advised(
            trajectory,
            _unmet(trajectory, standings[trajectory.pk]),
            standings[trajectory.pk],
            trajectory.step_since,
            healths[trajectory.pk],
        )
        for trajectory in found
    ]
    return sorted(rows, key=attrgetter("rank"))


def _opened_at() -> Subquery:
    """When the open step of a trajectory was opened last."""
    records = StepRecord.objects.filter(trajectory=OuterRef("pk"), step=OuterRef("current_step"))
    opened = records.exclude(event=StepEvent.CLOSED).order_by("-id")
    return Subquery(opened.values("at")[:1])


def _standings(trajectories: Iterable[Trajectory]) -> dict[int, registry.Standing]:
    method_key = attrgetter("method_key")
    found: dict[int, registry.Standing] = {}
    for key, of_method in groupby(sorted(trajectories, key=method_key), method_key):
        found.update(registry.standings(key, of_method))
    return found


def _unmet(trajectory: Trajectory, standing: registry.Standing) -> tuple[Unmet, ...]:
    return trajectory.open_step.unmet(standing.facts) if trajectory.open_step else ()
