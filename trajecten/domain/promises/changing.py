"""Changing the words, the date or the owner of a promise, with a reason."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from trajecten.domain.promises import checking, locking, terms, turns
from trajecten.domain.promises.refusals import PromiseRefused
from trajecten.models import (
    Area,
    Commitment,
    Participant,
    Team,
    User,
)

CHANGED = (
    "text", "deadline", "owner", "owner_participant", "owner_group", "owner_is_named", "team", "area", "reminded",
)  # fmt: skip


@transaction.atomic
def change(
    *,
    commitment: Commitment,
    text: str,
    deadline: date,
    by: User,
    reason: str,
    owner: User | None = None,
    owner_participant: Participant | None = None,
    owner_group: str = "",
    team: Team | None = None,
    area: Area | None = None,
    version: int | None = None,
) -> Commitment:
    """Give a promise other words, another date or another owner; what it was stays in its history.

    Refused (``PromiseRefused``): other words or another date without a reason, a date that has passed or is more than
    ten years away, a promise that is closed, no words, and not exactly one owner. ``team`` and ``area`` are left
    alone when they are None. Raises ``CommitmentChanged``.
    """
    newest = locking.lock(commitment, version)
    checking.text(text)
    checking.owner(owner, owner_participant, owner_group)
    _check_may_change(newest, text, deadline, reason)
    before, day_before = newest.text, newest.deadline
    keeper_before = _keeper(newest)
    newest.text, newest.deadline = text.strip(), deadline
    newest.owner, newest.owner_participant, newest.owner_group = owner, owner_participant, owner_group.strip()
    newest.team, newest.area = team or newest.team, area or newest.area
    handed_over = _keeper(newest) != keeper_before
    newest.owner_is_named = newest.owner_is_named and not handed_over
    if deadline != day_before:
        newest.reminded = terms.begun(deadline, timezone.localdate())
    locking.keep(newest, *CHANGED)
    turns.turn(
        commitment=newest,
        by=by,
        verb="promise_changed",
        reason=reason,
        dates=(day_before, deadline) if deadline != day_before else (None, None),
        text_before=before if before != newest.text else "",
        handed_over=handed_over,
    )
    return newest


def is_repeated(
    *,
    commitment: Commitment,
    by: User,
    version: int,
    text: str,
    deadline: date,
    reason: str,
    owner: User | None = None,
    owner_participant: Participant | None = None,
    owner_group: str = "",
    **_beside: object,
) -> bool:
    """Whether ``by`` sends the same change again that made ``version`` an older one, as a double click does."""
    turn = turns.first_after(commitment, version)
    newest = Commitment.objects.get(pk=commitment.pk)
    if turn is None or turn.by_id != by.pk or turn.status_to or newest.version != version + 1:
        return False
    asked = (text.strip(), deadline, reason.strip(), owner, owner_participant, owner_group.strip())
    return asked == (newest.text, newest.deadline, turn.reason, *_keeper(newest))


def _keeper(commitment: Commitment) -> tuple[User | None, Participant | None, str]:
    return commitment.owner, commitment.owner_participant, commitment.owner_group


def _check_may_change(newest: Commitment, text: str, deadline: date, reason: str) -> None:
    if not newest.is_open:
        message = _("This is “%(status)s”, so its words and date stay as they are.")
        raise PromiseRefused(message % {"status": newest.get_status_display()}, field="text")
    if deadline != newest.deadline:
        checking.new_deadline(deadline)
    if (text.strip() != newest.text or deadline != newest.deadline) and not reason.strip():
        raise PromiseRefused(_("Write why you change it: everybody can read this."), field="reason")
