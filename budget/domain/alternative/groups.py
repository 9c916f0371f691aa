"""The residents' alternative by area or by kind of participant, without what would point at persons.

What everybody comes to together is known to the euro, and so are all proposals without names. So what is shown here
must not tell the rest by subtraction either. A group that is too small is hidden, and so are the next larger ones until
the hidden ones can't be told apart (``trajecten.domain.dashboards.suppression``) and are enough people together. Of a
group that is shown, what it comes to for a line is hidden where only a few of it change that line; all that is hidden
of a line, the hidden groups with it, again comes from enough people together. The counts of a line are hidden together
where one of them is too small, in every group at once, for else they would follow from the counts of all.
"""

from collections.abc import Hashable, Mapping, Sequence
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
    def changed_by(self) -> int:
        return self.raised_by + self.lowered_by

    @property
    def is_small(self) -> bool:
        return any(0 < n < SMALLEST_GROUP for n in (self.raised_by, self.lowered_by, self.unchanged_by))


@dataclass(frozen=True)
class Group:
    """``means`` and ``counts`` go along with the lines; each is None where it is hidden."""

    residents: int
    means: tuple[Fraction | None, ...]
    counts: tuple[Counts | None, ...]


def by_group(proposals: Proposals, keys: Mapping[str, Key]) -> dict[Key, Group | None]:
    """By the key of the group; None for a group that is hidden. Refused: a resident without a group."""
    members: dict[Key, list[int]] = {}
    for number, resident in enumerate(proposals.residents):
        if resident not in keys:
            raise Refused(_("Resident %(resident)s is in no group.") % {"resident": resident})
        members.setdefault(keys[resident], []).append(number)
    shown = _large_enough({key: len(residents) for key, residents in members.items()})
    parts = {key: proposals.of(members[key]) for key in shown}
    others = [number for key, residents in members.items() if key not in shown for number in residents]
    counted = {key: _counts(part) for key, part in parts.items()}
    rest = _counts(proposals.of(others)) if others else [Counts(0, 0, 0)] * len(proposals.lines)
    columns = list(zip(rest, *counted.values(), strict=True))
    small = [any(of_line.is_small for of_line in column) for column in columns]
    hidden = [_hidden_means([of_line.changed_by for of_line in column]) for column in columns]
    return {
        key: _group(parts[key], counted[key], small, [place in one for one in hidden])
        for place, key in enumerate(parts, start=1)
    } | {key: None for key in members if key not in shown}


def _large_enough(sizes: Mapping[Key, int]) -> list[Key]:
    """The groups that are shown, with enough people in those that are not, if there are any."""
    (counted,) = suppress(sizes).tables
    shown = {key: size for key, size in sizes.items() if counted[key] is not None}
    while shown and 0 < sum(sizes.values()) - sum(shown.values()) < SMALLEST_GROUP:
        least = min(shown.values())
        shown = {key: size for key, size in shown.items() if size > least}
    return [key for key in sizes if key in shown]


def _hidden_means(changed_by: Sequence[int]) -> set[int]:
    """The places of those in which too few change the line, and of the next larger ones until they are enough people.

    Place 0 is that of all hidden groups together. Where all who change it are too few, it is hidden everywhere.
    """
    hidden = {0} | {place for place, people in enumerate(changed_by) if 0 < people < SMALLEST_GROUP}
    if not any(changed_by[place] for place in hidden):
        return set()
    larger = sorted(
        set(range(len(changed_by))) - hidden, key=lambda place: (changed_by[place] == 0, changed_by[place])
    )
    for place in larger:
        if sum(changed_by[each] for each in hidden) >= SMALLEST_GROUP:
            break
        hidden.add(place)
    return hidden


def _group(part: Proposals, counted: list[Counts], small: list[bool], hidden: list[bool]) -> Group:
    return Group(
        len(part.residents),
        tuple(
            None if is_hidden else exact for exact, is_hidden in zip(mean.exact(part), hidden, strict=True)
        ),
        tuple(None if is_hidden else count for count, is_hidden in zip(counted, small, strict=True)),
    )


def _counts(part: Proposals) -> list[Counts]:
    raised = (part.changes > 0).sum(axis=0)
    lowered = (part.changes < 0).sum(axis=0)
    residents = len(part.residents)
    return [
        Counts(up, down, residents - up - down)
        for up, down in zip(map(int, raised), map(int, lowered), strict=True)
    ]
