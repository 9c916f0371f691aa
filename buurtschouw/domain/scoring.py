"""What one walker finds of the statements at a stop: kept once each, the newest by when it was scored."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtschouw.domain import late_sending
from buurtschouw.method import SCORES
from buurtschouw.models import Schouw, Score, Stop
from trajecten.domain import activities, writing
from trajecten.models import Participant, User

# Of two that were scored at the same moment the higher one stands, so that the order in which they come is nothing.
NEWEST_STANDS = """(stop_id, statement_id, walker_id) WHERE walker_id IS NOT NULL DO UPDATE
    SET value = EXCLUDED.value, scored_at = EXCLUDED.scored_at, changed_at = EXCLUDED.changed_at
    WHERE (buurtschouw_score.scored_at, buurtschouw_score.value) < (EXCLUDED.scored_at, EXCLUDED.value)"""


@dataclass(frozen=True)
class Mark:
    """One score as it was given: keys of the stop and the statement, 1 to 5, and when by the clock of the sender."""

    stop: int
    statement: int
    value: int
    scored_at: datetime

    @property
    def place(self) -> tuple[int, int]:
        return self.stop, self.statement


@dataclass(frozen=True)
class Recorded:
    """Which marks were kept (or were there already, or newer ones), and why each other one was refused."""

    kept: tuple[Mark, ...]
    refused: tuple[tuple[Mark, str], ...]


@transaction.atomic
def record(
    *,
    schouw: Schouw,
    walker: Participant,
    marks: Iterable[Mark],
    by: User | None = None,
    left_at: datetime | None = None,
) -> Recorded:
    """Keep what a walker scored; the same again, or an older one after a newer one, changes nothing.

    Refused, each mark by itself: at a stop or of a statement that is no part of this walk, outside 1 to 5, and when
    ``late_sending.why_refused`` says so. ``by`` is the official who hands it in; ``left_at`` is when the walker
    stopped taking part, after which nothing counts. A clock that is ahead of ours counts as now.
    """
    check = _Check(schouw, by_official=by is not None, left_at=left_at)
    given = list(marks)
    reasons = [check.why_refused(mark) for mark in given]
    kept = [mark for mark, reason in zip(given, reasons, strict=True) if not reason]
    changed = _store(schouw, walker, kept)
    if changed:
        activities.record(verb="scored", target=schouw, by=by or walker, details={"scores": changed})
    refused = [(mark, reason) for mark, reason in zip(given, reasons, strict=True) if reason]
    return Recorded(tuple(kept), tuple(refused))


class _Check:
    """Asks the database once what belongs to the walk, however many marks there are."""

    def __init__(self, schouw: Schouw, *, by_official: bool, left_at: datetime | None) -> None:
        self.schouw = schouw
        self.by_official = by_official
        self.left_at = left_at
        self.stops = set(Stop.objects.filter(schouw=schouw).values_list("pk", flat=True))
        self.statements = set(schouw.statements.values_list("pk", flat=True))

    def why_refused(self, mark: Mark) -> str:
        if mark.stop not in self.stops:
            return _("This stop is no longer on the route.")
        if mark.statement not in self.statements:
            return _("This statement is no longer on the list of this walk.")
        if mark.value not in SCORES:
            return _("A score is a number from %(first)d to %(last)d.") % {
                "first": SCORES[0],
                "last": SCORES[-1],
            }
        if self.left_at and mark.scored_at > self.left_at:
            return _("You stopped taking part before this.")
        return late_sending.why_refused(self.schouw, seen_at=mark.scored_at, by_official=self.by_official)


def _store(schouw: Schouw, walker: Participant, marks: Iterable[Mark]) -> int:
    """How many rows are new or changed. One row a place, always in the same order: so two at once never deadlock."""
    newest: dict[tuple[int, int], Mark] = {}
    for mark in sorted(marks, key=lambda mark: (mark.scored_at, mark.value)):
        newest[mark.place] = mark
    now, changed = timezone.now(), 0
    for place in sorted(newest):
        mark = newest[place]
        row = Score(
            municipality_id=schouw.municipality_id,
            stop_id=mark.stop,
            statement_id=mark.statement,
            walker=walker,
            value=mark.value,
            scored_at=min(mark.scored_at, now),
        )
        writing.insert(writing.New(row, on_conflict=NEWEST_STANDS))
        changed += row.pk is not None
    return changed


def of_walker(*, schouw: Schouw, walker: Participant) -> QuerySet[Score]:
    """What this walker scored on this walk."""
    found: QuerySet[Score] = Score.objects.filter(stop__schouw=schouw, walker=walker)
    return found.order_by("stop_id", "statement_id")
