"""How Youth Manifestos stand: what the gates of the method look at, and what is over its term."""

from collections.abc import Iterable

from trajecten.domain import standing
from trajecten.domain.standing import Counted
from trajecten.models import Trajectory
from trajecten.registry import Standing
from youth.method import Facts


def standings(trajectories: Iterable[Trajectory]) -> dict[int, Standing]:
    """By the key of the trajectory. Over their term are the promises whose date has passed."""
    return standing.standings(trajectories, facts=_facts)


def _facts(counted: Counted) -> Facts:
    return Facts(promises_open=counted.promises_open)
