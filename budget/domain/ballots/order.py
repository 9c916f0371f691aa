"""In which order somebody sees the projects: drawn by lot for each person, and the same each time.

What stands on top is chosen more often. With another order for everybody no project gains by that.
"""

from collections.abc import Iterable
from hashlib import sha256

from budget.models import BallotProject, ProjectBallot


def for_person(ballot: ProjectBallot, person: str, projects: Iterable[BallotProject]) -> list[BallotProject]:
    """The projects in the order of this person; ``person`` is what stands for them, such as a key or a device."""

    def place(project: BallotProject) -> bytes:
        return sha256(f"{ballot.pk}:{person}:{project.number}".encode()).digest()

    return sorted(projects, key=place)
