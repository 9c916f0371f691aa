"""What the shared pages show: what one can do now, what became of things, how promises were kept."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from django.db.models import Count, Q
from django.utils import timezone

from trajecten import registry
from trajecten.enums import CommitmentStatus
from trajecten.method import Unmet
from trajecten.models import Commitment, Municipality, Participant, Trajectory, User

MAX_WAYS = 3
MAX_RESULTS = 4


@dataclass(frozen=True)
class PromiseFigures:
    """Promises of this calendar year: how many, and how many of those the municipality calls done."""

    made: int
    done: int
    running: int


@dataclass(frozen=True)
class Advised:
    """A trajectory as its adviser sees it: with what its open step still needs, and how it stands."""

    trajectory: Trajectory
    unmet: tuple[Unmet, ...]
    standing: registry.Standing


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


def promises() -> PromiseFigures:
    """Counts in one statement."""
    counted = Commitment.objects.filter(created_at__year=timezone.localdate().year).aggregate(
        made=Count("id"),
        done=Count("id", filter=Q(status=CommitmentStatus.DONE)),
        running=Count("id", filter=Q(status__in=[CommitmentStatus.PROMISED, CommitmentStatus.IN_PROGRESS])),
    )
    return PromiseFigures(**counted)


def advised(adviser: User) -> list[Advised]:
    """The trajectories that this adviser guides, by municipality and title.

    Call it without a scope (``scopes_disabled``) for those of every municipality. It asks the database
    once for all trajectories, and once more for each method among them.
    """
    found = list(
        Trajectory.objects.filter(adviser=adviser)
        .select_related("municipality", "coordinator")
        .defer("municipality__boundary")
        .order_by("municipality__name", "title", "id")
    )
    standings = _standings(found)
    return [
        Advised(trajectory, _unmet(trajectory, standings[trajectory.pk]), standings[trajectory.pk])
        for trajectory in found
    ]


def _standings(trajectories: Iterable[Trajectory]) -> dict[int, registry.Standing]:
    method_key = attrgetter("method_key")
    found: dict[int, registry.Standing] = {}
    for key, of_method in groupby(sorted(trajectories, key=method_key), method_key):
        found.update(registry.standings(key, of_method))
    return found


def _unmet(trajectory: Trajectory, standing: registry.Standing) -> tuple[Unmet, ...]:
    return trajectory.open_step.unmet(standing.facts) if trajectory.open_step else ()
