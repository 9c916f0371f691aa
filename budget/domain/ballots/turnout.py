"""Who voted, by area and by kind of participant, so far as that points at nobody."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from typing import Any

from budget.enums import VoteOrigin
from budget.models import ProjectVote
from trajecten.domain.dashboards.suppression import suppress

UNKNOWN, PAPER = "", "paper"


def of_votes(votes: Iterable[ProjectVote]) -> dict[str, Any]:
    """``{"total", "areas": {name: number}, "kinds": {key: number}}``, None for a number that is too small to show.

    A buurt counts in its wijk. Papers have no person, so they are one cell of their own. The votes come with their
    area and its parent.
    """
    areas: Counter[Hashable] = Counter()
    kinds: Counter[Hashable] = Counter()
    for vote in votes:
        on_paper = vote.origin == VoteOrigin.PAPER
        areas[PAPER if on_paper else _area(vote)] += 1
        kinds[PAPER if on_paper else vote.kind] += 1
    shown = suppress(areas, kinds)
    by_area, by_kind = shown.tables
    return {"total": shown.total, "areas": _named(by_area), "kinds": _named(by_kind)}


def _area(vote: ProjectVote) -> str:
    return (vote.area.parent or vote.area).name if vote.area else UNKNOWN


def _named(table: Mapping[Hashable, int | None]) -> dict[str, int | None]:
    return {str(cell): number for cell, number in sorted(table.items(), key=lambda item: str(item[0]))}
