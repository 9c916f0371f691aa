"""The same count by area and by kind of participant, as it is kept with the outcome. Small groups are left out."""

from typing import Any

from budget.domain.alternative.groups import Group, by_group
from budget.domain.alternative.proposals import Proposals
from budget.domain.outcomes.gathering import Person


def breakdown(proposals: Proposals, people: dict[int, Person]) -> dict[str, list[dict[str, Any]]]:
    """Per table (``area``, ``kind``) its groups: ``key``, and unless it is hidden ``residents`` and ``lines``, a row
    ``[mean, raised_by, lowered_by, unchanged_by]`` for each; mean and counts are None where they are hidden."""
    keys = {
        "area": {str(key): person.area for key, person in people.items()},
        "kind": {str(key): person.kind for key, person in people.items()},
    }
    return {
        name: [_row(key, group) for key, group in sorted(by_group(proposals, of).items())]
        for name, of in keys.items()
    }


def _row(key: str, group: Group | None) -> dict[str, Any]:
    if group is None:
        return {"key": key, "residents": None, "lines": []}
    rows = [
        [
            None if mean is None else float(mean),
            *((count.raised_by, count.lowered_by, count.unchanged_by) if count else (None,) * 3),
        ]
        for mean, count in zip(group.means, group.counts, strict=True)
    ]
    return {"key": key, "residents": group.residents, "lines": rows}
