"""The seam to the counting (``trajecten.counting``): a vote as an election, and an outcome as what is kept of it.

An outcome is a dict that JSON can hold. Amounts are exact fractions of a euro as text, such as "12500" or "313/3"::

    {"budget", "share", "cost", "voters", "winners": [ids], "filled": [ids],
     "projects": [{"id", "name", "cost", "supporters", "selected", "paid", "missing", "left", "in_full",
                   "gave_all", "least_each", "most_each"}],
     "preferred": {"first", "second", "neither"}}

``share`` is what everybody had in the count that decided, 0 with most votes first. ``winners`` are those by the rule,
``filled`` what still fitted in the money that was left, most votes first. ``preferred`` compares all of these
(first) with most votes first (second), by what voters get of what they support.
"""

from collections.abc import Collection, Sequence
from dataclasses import asdict
from fractions import Fraction
from typing import Any

from budget.models import BallotProject, ProjectBallot
from trajecten.counting import explaining, outcomes
from trajecten.counting.ballots import Ballot, Election, Project, VoteType
from trajecten.counting.outcomes import Rule
from trajecten.counting.pabulib import reading, writing
from trajecten.counting.tally import Tally, tally

NAME = "name"


def election(
    ballot: ProjectBallot, projects: Sequence[BallotProject], choices: Sequence[Collection[int]], country: str
) -> Election:
    """The vote with its voters numbered from 1 in the order given. Ids have as many digits as the longest, so that
    the lowest number wins a tie as text too."""
    digits = len(str(max((project.number for project in projects), default=0)))
    ids = {project.number: f"{project.number:0{digits}}" for project in projects}
    listed = tuple(
        Project(ids[project.number], Fraction(project.cost or 0), ((NAME, project.title),))
        for project in sorted(projects, key=lambda project: project.number)
    )
    papers = tuple(
        Ballot(str(voter), tuple(ids[number] for number in sorted(chosen) if number in ids))
        for voter, chosen in enumerate(choices, start=1)
    )
    return Election(Fraction(ballot.budget), VoteType.APPROVAL, listed, papers, _meta(ballot, country))


def _meta(ballot: ProjectBallot, unit: str) -> tuple[tuple[str, str], ...]:
    return (
        ("description", ballot.title),
        ("country", "Netherlands"),
        ("unit", unit),
        ("instance", str(ballot.closes_on.year)),
        ("rule", ballot.rule),
        ("date_end", ballot.closes_on.strftime("%d.%m.%Y")),
        ("currency", "EUR"),
        ("language", "nl"),
    )


def written(found: Election) -> str:
    """The election as a file of Pabulib."""
    return writing.write(found).decode()


def read(raw: bytes, *, file: str) -> reading.Read:
    """The election in a file. Refused (``FileRefused``): what is wrong in it, with line, column and reason."""
    return reading.read(raw, file=file)


def counted(found: Election, rule: str) -> dict[str, Any]:
    """The outcome by a rule (``enums.BallotRule``)."""
    counting = tally(found)
    outcome = outcomes.work_out(counting, Rule(rule))
    names = {project.id: dict(project.details).get(NAME, project.id) for project in found.projects}
    return {
        "budget": str(found.budget),
        "share": str(outcome.share),
        "cost": str(outcome.cost),
        "voters": len(found.ballots),
        "winners": list(outcome.winners),
        "filled": list(outcome.filled),
        "projects": [_kept(project, names[project.id]) for project in outcome.projects],
        "preferred": asdict(_preferred(counting, (*outcome.winners, *outcome.filled))),
    }


def _kept(project: explaining.Explained, name: str) -> dict[str, Any]:
    facts = {
        key: str(value) if isinstance(value, Fraction) else value for key, value in asdict(project).items()
    }
    return {**facts, "name": name}


def _preferred(counting: Tally, ids: Collection[str]) -> explaining.Preferred:
    return explaining.preferred(counting, [counting.ids.index(key) for key in ids])
