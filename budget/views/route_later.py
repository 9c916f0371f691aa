"""What came out of the later steps, for the route on one page: alternatives, votes, the council, and adopted money.

Each section asks the database a fixed number of times.
"""

from django.db.models import Count, Q
from django.http import HttpRequest

from budget.domain.amendments import lines
from budget.enums import AlternativeState
from budget.models import Amendment, AmendmentLine, Outcome, ProjectBallot, Round
from trajecten.models import Trajectory
from trajecten.views.trajectories.section import Section


def alternatives(request: HttpRequest, trajectory: Trajectory) -> Section | None:
    """The newest round that was opened, how many finished in it, and what all of them come to."""
    finished = Count(
        "alternatives",
        filter=Q(alternatives__state=AlternativeState.FINISHED, alternatives__confirmed_at__isnull=False),
    )
    rounds = Round.objects.filter(trajectory=trajectory, opened_at__isnull=False)
    newest = rounds.annotate(finished=finished).order_by("-pk").first()
    if newest is None:
        return None
    outcome = (
        Outcome.objects.filter(round=newest, was_open=False).defer("file", "lines_file", "breakdown").first()
    )
    return Section("budget/route/_alternatives.html", {"round": newest, "outcome": outcome})


def projects(request: HttpRequest, trajectory: Trajectory) -> Section | None:
    """The votes on projects that people can see."""
    seen = Q(opened_at__isnull=False) | Q(proposals_until__isnull=False)
    ballots = list(ProjectBallot.objects.filter(seen, trajectory=trajectory).order_by("-pk"))
    for ballot in ballots:
        ballot.trajectory = trajectory
    return Section("budget/route/_projects.html", {"ballots": ballots}) if ballots else None


def council(request: HttpRequest, trajectory: Trajectory) -> Section | None:
    """The amendment that was handed in, how much it moves, and where the council is with it."""
    rows = Amendment.objects.filter(outcome__trajectory=trajectory, council_item__isnull=False)
    amendment = rows.select_related("council_item", "outcome__round").order_by("-pk").first()
    if amendment is None:
        return None
    moved = lines.moved(lines.shifts(amendment.outcome))
    return Section(
        "budget/route/_council.html",
        {"amendment": amendment, "item": amendment.council_item, "moved": moved},
    )


def adopted(request: HttpRequest, trajectory: Trajectory) -> Section | None:
    """How many lines were adopted, which is what is followed."""
    rows = AmendmentLine.objects.filter(outcome_line__outcome__trajectory=trajectory)
    found = rows.aggregate(
        lines=Count("pk"),
        adopted=Count(
            "pk", filter=~Q(council_line__adopted_amount=0) & Q(council_line__adopted_amount__isnull=False)
        ),
    )
    return Section("budget/route/_adopted.html", found) if found["adopted"] else None
