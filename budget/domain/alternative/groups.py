"""The residents' alternative by area or by kind of participant, without what would point at persons.

A group that is too small is hidden, and so is what would tell it by subtraction from the whole: the next larger groups
(``trajecten.domain.dashboards.suppression``). Of a group that is shown, the counts of a line are hidden together where
one of them is too small, in every group at once, for else they would follow from the counts of all.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

from django.utils.translation import gettext as _

from budget.domain.alternative import mean
from budget.domain.alternative.proposals import Proposals
from budget.method import SMALLEST_GROUP
from trajecten.domain.dashboards.suppression import suppress
from trajecten.refusals import Refused

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Counts:
    """How many residents of a group did what with a line."""

    raised_by: int
    lowered_by: int
    unchanged_by: int

    @property
    def is_small(self) -> bool:
        return any(0 < n < SMALLEST_GROUP for n in (self.raised_by, self.lowered_by, self.unchanged_by))


@dataclass(frozen=True)
class Group:
    """``means`` and ``counts`` go along with the lines; a count is None where it is hidden."""

    residents: int
    means: tuple[Fraction, ...]
    counts: tuple[Counts | None, ...]


def by_group(proposals: Proposals, keys: Mapping[str, Key]) -> dict[Key, Group | None]:
    """By the key of the group; None for a group that is hidden. Refused: a resident without a group."""
    members: dict[Key, list[int]] = {}
    for number, resident in enumerate(proposals.residents):
        if resident not in keys:
            raise Refused(_("Resident %(resident)s is in no group.") % {"resident": resident})
        members.setdefault(keys[resident], []).append(number)
    shown = suppress({key: len(residents) for key, residents in members.items()}).tables[0]
    parts = {key: proposals.of(residents) for key, residents in members.items() if shown[key] is not None}
    counted = {key: _counts(part) for key, part in parts.items()}
    small = [any(of_line.is_small for of_line in column) for column in zip(*counted.values(), strict=True)]
    return {key: _group(parts[key], counted[key], small) if key in parts else None for key in members}


def _group(part: Proposals, counted: list[Counts], small: list[bool]) -> Group:
    counts = tuple(None if hidden else count for count, hidden in zip(counted, small, strict=True))
    return Group(len(part.residents), mean.exact(part), counts)


def _counts(part: Proposals) -> list[Counts]:
    raised = (part.changes > 0).sum(axis=0)
    lowered = (part.changes < 0).sum(axis=0)
    residents = len(part.residents)
    return [
        Counts(up, down, residents - up - down)
        for up, down in zip(map(int, raised), map(int, lowered), strict=True)
    ]
