"""A vote on projects in Polderwijk, with its coordinator and its adviser."""

from typing import Any

import pytest

from tests.factories.ballots import BallotProjectFactory, ProjectBallotFactory
from tests.factories.budget import BudgetTrajectoryFactory


@pytest.fixture
def trajectory(in_scope: Any, areas: list[Any], adviser: Any, coordinator: Any) -> Any:
    """Budgetmonitoring in the step in which projects are chosen."""
    own = {"municipality": in_scope, "adviser": adviser, "coordinator": coordinator}
    return BudgetTrajectoryFactory(act="choose_projects", title="Volg het geld", **own)


@pytest.fixture
def make(trajectory: Any) -> Any:
    """Makes a vote with so many projects on the ballot."""

    def make(projects: int = 0, **fields: Any) -> Any:
        ballot = ProjectBallotFactory(trajectory=trajectory, **fields)
        BallotProjectFactory.create_batch(projects, ballot=ballot)
        return ballot

    return make


@pytest.fixture
def voting(make: Any) -> Any:
    """An open vote on three projects of 10,000 euro."""
    return make(3, voting=True, title="Een ton voor de wijk")
