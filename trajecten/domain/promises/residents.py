"""Promises that a resident keeps: telling how it goes, whether others see the name, and letting others read it.

What a resident tells is not public before an official has read it, as with everything that residents write.
"""

import uuid
from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from trajecten.domain import activities
from trajecten.domain.photos import attachments
from trajecten.domain.promises import locking, people, progress, turns
from trajecten.domain.promises.refusals import PromiseRefused
from trajecten.domain.telling import notify
from trajecten.enums import CommitmentStatus
from trajecten.models import Commitment, CommitmentUpdate, Participant, User

TOLD = "trajecten.promise_told"
# What a resident may say that it is now; that it is not kept, or withdrawn, is said by the municipality.
OF_RESIDENTS = (CommitmentStatus.IN_PROGRESS, CommitmentStatus.DONE, CommitmentStatus.PARTLY)
# What is over is shown for so long below what is open, and so many in all.
OVER_FOR = timedelta(days=60)
MOST = 20


def kept_by(participant: Participant) -> list[Commitment]:
    """What this participant keeps: what is open by its date, then what was closed in the last weeks."""
    shown = Q(closed_at__isnull=True) | Q(closed_at__gte=timezone.now() - OVER_FOR)
    rows = Commitment.objects.filter(shown, owner_participant=participant).with_names()
    return list(rows.order_by(F("closed_at").desc(nulls_first=True), "deadline", "id")[:MOST])


@transaction.atomic
def tell(
    *,
    commitment: Commitment,
    by: Participant,
    version: int,
    status: str = "",
    words: str = "",
    draft_key: uuid.UUID | None = None,
) -> CommitmentUpdate:
    """Append a turn of the resident who keeps it, and tell coordinators, who let others read it.

    Refused (``PromiseRefused``): who does not keep it, and a status that is the municipality's to give. Refused as
    ``progress.tell`` says too, and raises ``CommitmentChanged`` for an older ``version``.
    """
    _check_keeper(commitment, by)
    if status and status not in OF_RESIDENTS:
        raise PromiseRefused(_("Only the municipality can say this of a promise."), field="status")
    turn = progress.tell(
        commitment=commitment, by=by, version=version, status=status, words=words, draft_key=draft_key
    )
    for person in people.coordinators(turn.commitment):
        notify.owe(
            key=TOLD,
            to=person,
            municipality=turn.commitment.municipality,
            about=turn,
            delivery_key=f"{TOLD}:{turn.pk}:{person.pk}",
        )
    return turn


@transaction.atomic
def show_name(*, commitment: Commitment, by: Participant, named: bool) -> None:
    """Say whether everybody sees the name of the resident who keeps it; only they can (``PromiseRefused``)."""
    newest = locking.lock(commitment)
    _check_keeper(newest, by)
    newest.owner_is_named = named
    newest.save(update_fields=["owner_is_named"])
    activities.record(verb="promise_name_chosen", target=newest, by=by, details={"named": named})


def _check_keeper(commitment: Commitment, by: Participant) -> None:
    if commitment.owner_participant_id != by.pk:
        raise PromiseRefused(_("Only who keeps this promise can say this."), field="words")


def unread(commitment: Commitment) -> list[CommitmentUpdate]:
    """What a resident told of it that others can't read yet, oldest first."""
    rows = turns.of(commitment).filter(told_by_resident=True, pk__gt=commitment.read_until)
    return [row for row in rows if row.words or attachments.of(row).exists()]


@transaction.atomic
def open_to_all(*, commitment: Commitment, by: User, until: int) -> int:
    """Let everybody read what a resident told, with its photos, up to the turn that the official saw last.

    Returns how many turns others can read now; twice is harmless.
    """
    newest = locking.lock(commitment)
    seen = [turn for turn in unread(newest) if turn.pk <= until]
    if not seen:
        return 0
    newest.read_until = seen[-1].pk
    newest.save(update_fields=["read_until"])
    for turn in seen:
        attachments.publish(target=turn, seen=attachments.of(turn))
    activities.record(verb="promise_words_opened", target=newest, by=by, details={"turns": len(seen)})
    return len(seen)
