"""The history of a promise: one append-only row a turn, with the log of who did it."""

from collections.abc import Mapping
from datetime import date

from django.db.models import QuerySet

from trajecten.domain import activities
from trajecten.domain.telling import news
from trajecten.models import Commitment, CommitmentUpdate, Participant, User


def turn(
    *,
    commitment: Commitment,
    by: User | Participant | None,
    verb: str,
    words: str = "",
    reason: str = "",
    moved: tuple[str, str] = ("", ""),
    dates: tuple[date | None, date | None] = (None, None),
    text_before: str = "",
    evidence: str = "",
    handed_over: bool = False,
    details: Mapping[str, object] | None = None,
    is_news: bool = True,
) -> CommitmentUpdate:
    """Append a turn and its line in the log, and tell followers. Call it within the act's transaction, with the
    promise locked.

    ``moved`` and ``dates`` are what it was and what it became; empty where that did not change. ``handed_over`` is
    for another owner; ``details`` go in the log alone. ``is_news`` is False for what followers hear otherwise.
    """
    made = CommitmentUpdate.objects.create(
        municipality_id=commitment.municipality_id,
        commitment=commitment,
        words=words.strip(),
        reason=reason.strip(),
        status_from=moved[0],
        status_to=moved[1],
        deadline_from=dates[0],
        deadline_to=dates[1],
        text_before=text_before,
        evidence=evidence,
        handed_over=handed_over,
        told_by_resident=isinstance(by, Participant) and by.pk == commitment.owner_participant_id,
        round=commitment.round,
        by=by if isinstance(by, User) else None,
        by_participant=by if isinstance(by, Participant) else None,
    )
    activities.record(
        verb=verb, target=commitment, by=by, is_public=True, details={**made.changed, **(details or {})}
    )
    if is_news:
        news.of_promise(made)
    return made


def of(commitment: Commitment) -> QuerySet[CommitmentUpdate]:
    """All turns, oldest first."""
    return CommitmentUpdate.objects.filter(commitment=commitment).order_by("id")


def first_after(commitment: Commitment, version: int) -> CommitmentUpdate | None:
    """The turn that made this version of the promise an older one, if any."""
    return newer_than(commitment, version).first()


def newer_than(commitment: Commitment, version: int) -> QuerySet[CommitmentUpdate]:
    """The turns since this version of the promise: each turn makes one version, the first one being 1."""
    return of(commitment)[max(version, 0) :]
