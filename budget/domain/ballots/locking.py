"""Locking a vote on projects: what changes it, votes in it or counts it takes turns."""

from budget.models import BallotProject, ProjectBallot


def lock(ballot: ProjectBallot) -> ProjectBallot:
    """The newest row, locked until the transaction ends; call it within one."""
    rows = ProjectBallot.objects.select_for_update(of=("self",)).select_related("trajectory", "municipality")
    found: ProjectBallot = rows.defer("municipality__boundary").get(pk=ballot.pk)
    return found


def lock_with_ballot(project: BallotProject) -> BallotProject:
    """The newest row of a project with its ballot, both locked, the ballot first."""
    ballot = lock(project.ballot)
    rows = BallotProject.objects.select_for_update(of=("self",)).select_related("author", "area")
    found: BallotProject = rows.defer("area__geometry").get(pk=project.pk)
    found.ballot, found.trajectory, found.municipality = ballot, ballot.trajectory, ballot.municipality
    return found
