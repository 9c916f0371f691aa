"""What the shared pages show: what one can do now, what became of things, how promises were kept."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils import timezone

from trajecten import registry
from trajecten.enums import CommitmentStatus
from trajecten.models import Commitment, Municipality, Participant

MAX_WAYS = 3
MAX_RESULTS = 4


@dataclass(frozen=True)
class PromiseFigures:
    """Promises of this calendar year: how many, and how many of those the municipality calls done."""

    made: int
    done: int
    running: int


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
