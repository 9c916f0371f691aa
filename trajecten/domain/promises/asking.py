"""Asking those behind a promise whether it was kept: when it is said to be done, and again after four weeks."""

from django.db import transaction
from django.utils import timezone
from django_scopes import scope, scopes_disabled

from trajecten.domain.promises import people, terms
from trajecten.domain.telling import news, notify
from trajecten.models import Commitment, CommitmentUpdate, Contribution
from trajecten.models.commitment import CLAIMED

DONE = "trajecten.promise_done"
STILL = "trajecten.promise_still"


def ask(*, commitment: Commitment, turn: CommitmentUpdate, asked_by: Contribution | None = None) -> None:
    """Owe the question to everybody behind it with an address, in the transaction of the turn that says done.

    ``asked_by`` is the contribution that asks its author itself in this transaction, so that nobody is asked twice.
    """
    notify.owe_each(
        key=DONE,
        to=people.to_ask(commitment, asked_by=asked_by),
        municipality=commitment.municipality,
        about=turn,
        delivery_key=news.key_of_promise(turn),
    )


def ask_still() -> int:
    """Ask once a round whether it is still so, of what has been called done for four weeks. Returns how many.

    What a missed run left is asked by the next one; a promise that was reopened meanwhile is not asked about.
    """
    before = timezone.now() - terms.STILL_SO_AFTER
    with scopes_disabled():
        due = Commitment.objects.to_ask_again(before).order_by("closed_at")
        return sum(_ask_still(pk) for pk in list(due.values_list("pk", flat=True)))


@transaction.atomic
def _ask_still(pk: int) -> bool:
    before = timezone.now() - terms.STILL_SO_AFTER
    rows = Commitment.objects.to_ask_again(before).select_for_update(skip_locked=True, of=("self",))
    commitment = rows.select_related("municipality").defer("municipality__boundary").filter(pk=pk).first()
    if commitment is None:
        return False
    commitment.still_asked_round = commitment.round
    commitment.save(update_fields=["still_asked_round"])
    with scope(municipality=commitment.municipality):
        turn = CommitmentUpdate.objects.filter(commitment=commitment, status_to__in=CLAIMED).last()
        if turn:
            _owe_still(commitment, turn)
    return True


def _owe_still(commitment: Commitment, turn: CommitmentUpdate) -> None:
    notify.owe_each(
        key=STILL,
        to=people.to_ask(commitment),
        municipality=commitment.municipality,
        about=turn,
        delivery_key=f"{STILL}:{commitment.pk}:{commitment.round}",
    )
