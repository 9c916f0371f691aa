"""Moving promises along their table of transitions, and telling how they stand."""

from datetime import date

from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from trajecten.domain.promises import asking, finding, locking, people, terms, turns
from trajecten.domain.promises.refusals import PromiseRefused
from trajecten.domain.telling import notify
from trajecten.enums import COMMITMENT_TRANSITIONS, CommitmentStatus
from trajecten.models import (
    Commitment,
    CommitmentUpdate,
    Contribution,
    Participant,
    User,
)
from trajecten.models.commitment import CLAIMED, OPEN
from trajecten.transitions import check

CAME_BACK = "trajecten.promise_reopened"

CLOSED = frozenset(set(CommitmentStatus) - OPEN)


# These need a reason that everybody can read.
WITH_REASON = frozenset({CommitmentStatus.BROKEN, CommitmentStatus.WITHDRAWN})


# What officials may do. What was said to be done is opened again by a "no" only, see ``take_up_again``.
OF_OFFICIALS: dict[str, frozenset[str]] = {**COMMITMENT_TRANSITIONS, CommitmentStatus.DONE: frozenset[str]()}


REOPENED: dict[str, frozenset[str]] = {
    status: COMMITMENT_TRANSITIONS[status] if status in CLAIMED else frozenset[str]()
    for status in CommitmentStatus
}


@transaction.atomic
def update(
    *, commitment: Commitment, by: User | Participant, words: str, evidence: str = ""
) -> CommitmentUpdate:
    """Tell how it stands, without moving it. Refused (``PromiseRefused``) without words."""
    if not words.strip():
        raise PromiseRefused(_("Write how it stands."), field="words")
    newest = locking.lock(commitment)
    locking.keep(newest)
    return turns.turn(commitment=newest, by=by, verb="promise_updated", words=words, evidence=evidence)


@transaction.atomic
def move(
    *,
    commitment: Commitment,
    status: str,
    by: User | Participant | None,
    reason: str = "",
    text: str = "",
    evidence: str = "",
    version: int | None = None,
    asked_by: Contribution | None = None,
) -> Commitment:
    """Give a promise another status; ``text`` is what everybody reads about it.

    Said to be done, or partly, begins a new round: everybody behind it is asked whether that is so, save by
    ``asked_by``: the contribution that is closed by the same act, and asks its own author. Raises
    ``TransitionRefused`` when the table does not allow it, and for what was called done: only those it concerns
    open that again. Refused (``PromiseRefused``): broken or withdrawn without a reason. Raises
    ``CommitmentChanged``.
    """
    newest = locking.lock(commitment, version)
    check(CommitmentStatus, OF_OFFICIALS, newest.status, status)
    if status in WITH_REASON and not reason.strip():
        raise PromiseRefused(_("Write the reason: everybody can read this."), field="reason")
    turn = _move(newest, status, by=by, reason=reason, words=text, evidence=evidence)
    if status in CLAIMED:
        asking.ask(commitment=newest, turn=turn, asked_by=asked_by)
    return newest


def _move(
    locked: Commitment,
    status: str,
    *,
    by: User | Participant | None,
    reason: str = "",
    words: str = "",
    evidence: str = "",
) -> CommitmentUpdate:
    before = locked.status
    locked.status, locked.reason = status, reason.strip() if status in WITH_REASON else ""
    locked.closed_at = timezone.now() if status in CLOSED else None
    if status in CLAIMED:
        locked.round += 1
        locked.verdict_yes = locked.verdict_partly = locked.verdict_no = 0
    locking.keep(
        locked, "status", "reason", "closed_at", "round", "verdict_yes", "verdict_partly", "verdict_no"
    )
    return turns.turn(
        commitment=locked,
        by=by,
        verb=f"promise_{status}",
        words=words,
        reason=reason,
        moved=(before, status),
        evidence=evidence,
    )


@transaction.atomic
def take_up_again(*, contribution: Model, by: User | Participant | None, told: User | None = None) -> None:
    """What was called done is not: promises on this contribution that counted as kept are in progress again.

    ``told`` hears of it with the contribution.
    """
    for commitment in finding.of(contribution).filter(status__in=sorted(CLAIMED)):
        reopen(commitment=commitment, by=by, told=told)


@transaction.atomic
def reopen(*, commitment: Commitment, by: User | Participant | None, told: User | None = None) -> Commitment:
    """Open again what was said to be done, because who raised it says that it is not, and tell who keeps it.

    When its date has passed it gets a new one (``terms.reopened``). ``told`` hears of it otherwise, and who does it
    knows. Raises ``TransitionRefused`` for what was not said to be done.
    """
    newest = locking.lock(commitment)
    check(CommitmentStatus, REOPENED, newest.status, CommitmentStatus.IN_PROGRESS)
    today, day_before = timezone.localdate(), newest.deadline
    _move(newest, CommitmentStatus.IN_PROGRESS, by=by)
    newest.deadline = terms.reopened(day_before, today)
    if newest.deadline != day_before:
        _postpone(newest, day_before, today)
    _tell_keepers(newest, knowing=(by, told))
    return newest


def _postpone(reopened: Commitment, day_before: date, today: date) -> None:
    reopened.reminded = terms.begun(reopened.deadline, today)
    locking.keep(reopened, "deadline", "reminded")
    turns.turn(
        commitment=reopened,
        by=None,
        verb="promise_changed",
        reason=_("Opened again, because it is not solved."),
        dates=(day_before, reopened.deadline),
        is_news=False,
    )


def _tell_keepers(reopened: Commitment, *, knowing: tuple[User | Participant | None, ...]) -> None:
    for person in people.keepers(reopened):
        if person in knowing:
            continue
        who = f"{'u' if isinstance(person, User) else 'p'}{person.pk}"
        notify.owe(
            key=CAME_BACK,
            to=person,
            municipality=reopened.municipality,
            about=reopened,
            delivery_key=f"{CAME_BACK}:{reopened.pk}:{reopened.round}:{who}",
        )
