"""What people say of a line: whether they understand it, and whether it is enough."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Count, QuerySet

from budget.enums import Enough, Understood
from budget.iv3 import codes
from budget.models import LineFeedback
from trajecten.models import Municipality, Participant


@transaction.atomic
def answer(
    *,
    municipality: Municipality,
    year: int,
    task_field: str,
    by: Participant | UUID,
    understood: str,
    enough: str,
    words: str = "",
) -> LineFeedback:
    """Keep what somebody says of a line: once a person (or browser, by its key), line and year. Again changes it.

    Two at once are one row: the database keeps a second one out, and the last one counts.
    """
    row, _made = LineFeedback.objects.update_or_create(
        municipality=municipality,
        year=year,
        task_field=task_field,
        **_whose(by),
        defaults={
            "understood": understood,
            "enough": enough,
            "words": words.strip(),
            "area": by.home_area if isinstance(by, Participant) else None,
        },
    )
    return row


def given(*, year: int, task_field: str, by: Participant | UUID | None) -> LineFeedback | None:
    """What somebody said of this line before."""
    if by is None:
        return None
    found: LineFeedback | None = LineFeedback.objects.filter(
        year=year, task_field=task_field, **_whose(by)
    ).first()
    return found


def _whose(by: Participant | UUID) -> dict[str, object]:
    return {"participant": by} if isinstance(by, Participant) else {"guest_key": by}


@dataclass(frozen=True)
class Said:
    """How many said what of one line."""

    task_field: str
    understood: Mapping[str, int]
    enough: Mapping[str, int]
    with_words: int

    @property
    def total(self) -> int:
        return sum(self.understood.values())


def said_by_line(answers: QuerySet[LineFeedback]) -> list[Said]:
    """Counted per line by the database, in the order of the lines."""
    counts: dict[str, dict[str, int]] = {}
    rows = answers.order_by().values_list("task_field", "understood", "enough", "words")
    short = rows.values_list("task_field", "understood", "enough").annotate(n=Count("pk"))
    for field, understood, enough, number in short:
        line = counts.setdefault(field, {})
        line[understood] = line.get(understood, 0) + number
        line[enough] = line.get(enough, 0) + number
    worded = answers.exclude(words="").order_by().values_list("task_field")
    words = dict(worded.annotate(n=Count("pk")))
    return [
        Said(
            field,
            {value: counts[field].get(value, 0) for value in Understood.values},
            {value: counts[field].get(value, 0) for value in Enough.values},
            words.get(field, 0),
        )
        for field in sorted(counts, key=codes.sort_key)
    ]
