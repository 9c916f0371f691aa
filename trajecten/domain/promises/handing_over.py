"""Handing a promise over to another official."""

from django.db import transaction

from trajecten.domain.promises import locking, turns
from trajecten.models import Commitment, User


@transaction.atomic
def hand_over(*, commitment: Commitment, to: User, by: User | None) -> Commitment:
    """Give a promise another official as its owner; its text and date stay as they were promised.

    Everybody reads that somebody else looks after it, the log says who. Followers get no mail of it.
    """
    newest = locking.lock(commitment)
    before = newest.owner_id
    newest.owner, newest.owner_participant, newest.owner_group = to, None, ""
    newest.owner_is_named = False
    locking.keep(newest, "owner", "owner_participant", "owner_group", "owner_is_named")
    turns.turn(
        commitment=newest,
        by=by,
        verb="promise_handed_over",
        handed_over=True,
        details={"from": before, "to": to.pk},
        is_news=False,
    )
    return newest
