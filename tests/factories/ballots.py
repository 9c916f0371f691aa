"""Votes on projects, with their projects and ballot papers."""

from datetime import timedelta
from typing import Any

import factory
from django.utils import timezone

from budget.enums import ProjectJudgement, VoteOrigin
from budget.method import CHOOSE_PROJECTS
from budget.models import BallotProject, ProjectBallot, ProjectVote
from tests.factories.budget import BudgetTrajectoryFactory
from tests.factories.core import ParticipantFactory, ScopedFactory
from trajecten.enums import Moderation


class ProjectBallotFactory(ScopedFactory):
    """A vote in preparation. ``proposing`` takes projects of residents; ``voting`` is open; ``over`` has ended."""

    class Meta:
        model = ProjectBallot

    class Params:
        proposing = factory.Trait(
            proposals_until=factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=7))
        )
        voting = factory.Trait(opened_at=factory.LazyFunction(timezone.now))
        over = factory.Trait(
            opened_at=factory.LazyFunction(lambda: timezone.now() - timedelta(days=20)),
            closes_on=factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=1)),
        )

    trajectory = factory.SubFactory(BudgetTrajectoryFactory, act=CHOOSE_PROJECTS)
    municipality = factory.SelfAttribute("trajectory.municipality")
    title = factory.Sequence(lambda n: f"Een ton voor de wijk {n:02}")
    budget = 100_000
    opens_on = factory.LazyFunction(timezone.localdate)
    closes_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=14))


class BallotProjectFactory(ScopedFactory):
    """A project on the ballot, of a guest; ``waiting`` one that officials still have to judge."""

    class Meta:
        model = BallotProject

    class Params:
        waiting = factory.Trait(judgement=ProjectJudgement.WAITING, cost=None)

    ballot = factory.SubFactory(ProjectBallotFactory)
    trajectory = factory.SelfAttribute("ballot.trajectory")
    municipality = factory.SelfAttribute("ballot.municipality")
    author = factory.SubFactory(ParticipantFactory, municipality=factory.SelfAttribute("..municipality"))
    title = factory.Sequence(lambda n: f"Project {n:03}")
    text = "Een bankje bij de vijver"
    cost = 10_000
    judgement = ProjectJudgement.FEASIBLE
    moderation = Moderation.PUBLISHED
    confirmed_at = factory.LazyFunction(timezone.now)

    @factory.lazy_attribute
    def number(self) -> int:
        return BallotProject.objects.filter(ballot=self.ballot).count() + 1


class ProjectVoteFactory(ScopedFactory):
    """A confirmed vote of a guest; ``on_paper`` one that an official typed."""

    class Meta:
        model = ProjectVote

    class Params:
        on_paper = factory.Trait(
            participant=None, origin=VoteOrigin.PAPER, paper=factory.Sequence(lambda n: n + 1), kind=""
        )

    ballot = factory.SubFactory(ProjectBallotFactory, voting=True)
    municipality = factory.SelfAttribute("ballot.municipality")
    participant = factory.SubFactory(ParticipantFactory, municipality=factory.SelfAttribute("..municipality"))
    kind = "resident"
    confirmed_at = factory.LazyFunction(timezone.now)


def vote_for(ballot: ProjectBallot, *papers: tuple[list[int], int]) -> list[Any]:
    """So many people who chose these numbers."""
    return [
        ProjectVoteFactory(ballot=ballot, choices=choices) for choices, times in papers for _ in range(times)
    ]
