"""What a line is, in plain words: those that every municipality starts with, or its own."""

from dataclasses import dataclass

from django.db import transaction

from budget.iv3 import codes, sentences
from budget.models import LineText
from trajecten.domain import activities
from trajecten.models import Municipality, User

PARTS = ("what", "pays_for", "by_law", "can_move")


@dataclass(frozen=True)
class Explained:
    """The four answers about a line; ``own`` are the parts that the municipality wrote itself."""

    what: str
    pays_for: str
    by_law: str
    can_move: str
    own: frozenset[str] = frozenset()


def explained(code: str) -> Explained:
    """Of a task field or main field. Each part is the municipality's own, of the code or else of its comparable one,
    where it wrote one; else the standing text."""
    return all_explained([code])[code]


def all_explained(wanted: list[str]) -> dict[str, Explained]:
    """The same of several, in one statement."""
    sources = {code: [code, *{codes.comparable(code)} - {code}] for code in wanted}
    needed = {each for several in sources.values() for each in several}
    own = {text.task_field: text for text in LineText.objects.filter(task_field__in=needed)}
    return {
        code: _explained(code, [own[each] for each in several if each in own])
        for code, several in sources.items()
    }


def _explained(code: str, texts: list[LineText]) -> Explained:
    standing = sentences.of(code)
    parts = {part: next((getattr(text, part) for text in texts if getattr(text, part)), "") for part in PARTS}
    return Explained(
        **{part: parts[part] or str(getattr(standing, part)) for part in PARTS},
        own=frozenset(part for part in PARTS if parts[part]),
    )


@transaction.atomic
def write(
    *,
    municipality: Municipality,
    task_field: str,
    by: User,
    what: str,
    pays_for: str,
    by_law: str,
    can_move: str,
) -> LineText | None:
    """Keep the municipality's own words of a line; what is empty is the standing text again. None when all is."""
    words = {"what": what, "pays_for": pays_for, "by_law": by_law, "can_move": can_move}
    words = {part: text.strip() for part, text in words.items()}
    whose = {"municipality": municipality, "task_field": task_field}
    row = None
    if any(words.values()):
        row, _made = LineText.objects.update_or_create(**whose, defaults=words)
    else:
        LineText.objects.filter(**whose).delete()
    activities.record(verb="line_explained", target=municipality, by=by, details={"task_field": task_field})
    return row
