"""The files by which anybody can check an outcome: the lines, and what each resident changed.

The people are numbered anew in an order of chance, which is kept nowhere: the file says what was counted, not who. The
columns are those of ``manage.py residents_alternative``; ``_keur`` stands for the unit of the round, which is a
thousand euro unless the page says otherwise.
"""

import csv
import hashlib
import io
import secrets
from collections import Counter
from collections.abc import Iterable, Sequence

from budget.domain.outcomes.gathering import Person
from budget.models import RoundLine

LINES = ("line", "name", "baseline_keur", "floor_keur", "cap_keur")
PROPOSALS = ("resident", "line", "change_keur")


def of_lines(lines: Sequence[RoundLine]) -> str:
    """The lines with their bounds."""
    return _csv(LINES, ((row.code, row.name, row.baseline, row.floor, row.cap) for row in lines))


def of_people(people: Iterable[Person]) -> str:
    """A row for each line that somebody changes; who changes nothing has one row without a line."""
    shuffled = list(people)
    secrets.SystemRandom().shuffle(shuffled)
    return _csv(
        PROPOSALS,
        (
            (number, line, amount)
            for number, person in enumerate(shuffled, start=1)
            for line, amount in (sorted(person.changes.items()) or [("", 0)])
        ),
    )


def contents(text: str) -> Counter[tuple[tuple[str, str], ...]]:
    """What is in a file of proposals whatever the order of the people: how often each proposal is there."""
    found: dict[str, list[tuple[str, str]]] = {}
    for row in csv.DictReader(io.StringIO(text)):
        found.setdefault(row["resident"], []).append((row["line"], row["change_keur"]))
    return Counter(tuple(sorted(changes)) for changes in found.values())


def checksum(text: str) -> str:
    """SHA-256 of the file as it is downloaded."""
    return hashlib.sha256(text.encode()).hexdigest()


def _csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return out.getvalue()
