"""What is counted: the finished alternatives of a round, in one statement, so as they are at one moment."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import F

from budget.domain import districts
from budget.domain.alternative.lines import Line
from budget.domain.alternative.proposals import Change, Proposals, gather
from budget.enums import AlternativeState
from budget.models import Alternative, Round, RoundLine


@dataclass
class Person:
    """Who made one alternative, as far as it is counted by. ``area`` is the name of a wijk, or empty."""

    kind: str
    area: str
    changes: dict[str, int] = field(default_factory=dict)


def people(round_: Round) -> dict[int, Person]:
    """Who made the finished alternatives that count, by the key of the alternative, with what they change."""
    rows = (
        Alternative.objects.filter(round=round_, state=AlternativeState.FINISHED, confirmed_at__isnull=False)
        .annotate(
            place=districts.name_of(),
            line=F("changes__line__code"),
            amount=F("changes__change"),
        )
        .order_by("pk")
        .values_list("pk", "kind", "place", "line", "amount")
    )
    found: dict[int, Person] = {}
    for key, kind, area, line, amount in rows:
        person = found.setdefault(key, Person(kind, area or ""))
        if line is not None and amount:
            person.changes[line] = amount
    return found


def table(lines: Sequence[RoundLine], found: dict[int, Person]) -> Proposals:
    """All of it as the mean rule takes it; residents go by the key of their alternative. Refused as ``gather``."""
    return gather(
        lines=[Line(row.code, row.name, row.baseline, row.floor, row.cap) for row in lines],
        changes=(
            Change(str(key), line, amount)
            for key, person in found.items()
            for line, amount in person.changes.items()
        ),
        unchanged=[str(key) for key, person in found.items() if not person.changes],
    )
