"""An outcome that was kept, read back for a page: per project won, added or not, and why."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import Any, Literal

from budget.domain.ballots import naming
from budget.models import BallotResult

State = Literal["won", "filled", "lost"]


@dataclass(frozen=True)
class Project:
    """One project in an outcome; amounts are exact, in euro. See ``trajecten.counting.explaining.Explained``.

    ``is_public`` unless it was hidden since: then ``name`` is not its own (``naming.replaced``).
    """

    id: str
    name: str
    state: State
    cost: Fraction
    supporters: int
    paid: Fraction
    missing: Fraction
    left: Fraction
    in_full: int
    gave_all: int
    most_each: Fraction
    least_each: Fraction
    is_public: bool = True

    @property
    def won(self) -> bool:
        return self.state != "lost"


@dataclass(frozen=True)
class Outcome:
    """All projects, those that won first, then by their supporters.

    ``raised`` is what everybody had in the count that decided; 0 where that is not known, or most votes went first.
    """

    rule: str
    budget: Fraction
    voters: int
    projects: tuple[Project, ...]
    prefer_this: int
    prefer_most_votes: int
    same_to: int
    remarks: tuple[str, ...] = ()
    raised: Fraction = Fraction(0)

    @cached_property
    def won(self) -> list[Project]:
        """By the rule itself."""
        return [project for project in self.projects if project.state == "won"]

    @cached_property
    def filled(self) -> list[Project]:
        """Added from the money that was left."""
        return [project for project in self.projects if project.state == "filled"]

    @cached_property
    def lost(self) -> list[Project]:
        return [project for project in self.projects if project.state == "lost"]

    @property
    def is_as_counted(self) -> bool:
        """Whether every project still has the name under which it was counted."""
        return all(project.is_public for project in self.projects)

    @property
    def cost(self) -> Fraction:
        """Of all that won or was added."""
        return sum((project.cost for project in self.projects if project.won), Fraction(0))

    @property
    def unspent(self) -> Fraction:
        return self.budget - self.cost

    @property
    def share(self) -> Fraction:
        """What everybody's vote is worth to begin with."""
        return self.budget / self.voters if self.voters else Fraction(0)

    def of_number(self, number: int) -> Project | None:
        """The project with this number; None when it was not on the ballot."""
        return next((project for project in self.projects if int(project.id) == number), None)


AMOUNTS = ("cost", "paid", "missing", "left", "most_each", "least_each")
ORDER: Mapping[State, int] = {"won": 0, "filled": 1, "lost": 2}


def told(result: BallotResult) -> Outcome:
    """The outcome of a result, with the names that others may read now."""
    kept, names = result.outcome, naming.replaced(result)
    projects = [_project(row, kept) for row in kept["projects"]]
    projects = [_shown(project, names) for project in projects]
    projects.sort(key=lambda project: (ORDER[project.state], -project.supporters, project.id))
    return Outcome(
        rule=result.rule,
        budget=Fraction(kept["budget"]),
        voters=kept["voters"],
        projects=tuple(projects),
        prefer_this=kept["preferred"]["first"],
        prefer_most_votes=kept["preferred"]["second"],
        same_to=kept["preferred"]["neither"],
        remarks=tuple(kept.get("remarks", ())),
        raised=Fraction(kept.get("share", 0)),
    )


def _project(row: Mapping[str, Any], kept: Mapping[str, Any]) -> Project:
    row = {"least_each": row["most_each"], **row}  # what was kept before has only the one
    amounts = {name: Fraction(row[name]) for name in AMOUNTS}
    facts: dict[str, Any] = {**row, **amounts, "state": _state(row["id"], kept)}
    del facts["selected"]
    return Project(**facts)


def _shown(project: Project, names: Mapping[int, str]) -> Project:
    """Projects of a file from elsewhere have ids of any kind, and no ``names``."""
    name = names.get(int(project.id)) if names else None
    return replace(project, name=name, is_public=False) if name else project


def _state(key: str, kept: Mapping[str, Any]) -> State:
    if key in kept["winners"]:
        return "won"
    return "filled" if key in kept["filled"] else "lost"
