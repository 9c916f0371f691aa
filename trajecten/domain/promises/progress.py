"""Telling how a promise stands: words, a move along the table, where one can see it, and photos, in one turn."""

import uuid

from django.db import transaction

from trajecten.domain.photos import attachments
from trajecten.domain.promises import locking, moving, turns
from trajecten.models import Commitment, CommitmentUpdate, Participant, User


@transaction.atomic
def tell(
    *,
    commitment: Commitment,
    by: User | Participant,
    version: int,
    status: str = "",
    words: str = "",
    reason: str = "",
    evidence: str = "",
    draft_key: uuid.UUID | None = None,
    photos_are_public: bool = False,
) -> CommitmentUpdate:
    """Append a turn; with a ``status`` the promise moves, else the words say how it stands.

    Photos that wait under ``draft_key`` go with it; everybody sees them only when the official says so. Refused as
    ``moving.move`` and ``moving.update`` say. Raises ``CommitmentChanged`` for an older ``version``.
    """
    if status:
        moving.move(
            commitment=commitment,
            status=status,
            by=by,
            version=version,
            text=words,
            reason=reason,
            evidence=evidence,
        )
    else:
        locking.lock(commitment, version)
        moving.update(commitment=commitment, by=by, words=words, evidence=evidence)
    turn = turns.of(commitment).order_by("-id")[0]
    if draft_key:
        attachments.claim(draft_key=draft_key, target=turn)
        if photos_are_public:
            attachments.publish(target=turn, seen=attachments.of(turn))
    return turn


def is_repeated(
    *,
    commitment: Commitment,
    by: User | Participant,
    version: int,
    status: str = "",
    words: str = "",
    reason: str = "",
    evidence: str = "",
    **_beside: object,
) -> bool:
    """Whether ``by`` sends the same again that made ``version`` an older one, as a double click does."""
    turn = turns.first_after(commitment, version)
    if turn is None or by not in (turn.by, turn.by_participant):
        return False
    told = (turn.status_to, turn.words, turn.reason, turn.evidence)
    return told == (status, words.strip(), reason.strip() if status else "", evidence)
