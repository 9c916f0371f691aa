"""Promises: made from what residents said, changed with a reason, moved along their table of transitions.

Who writes locks the promise first. ``version`` is that of the promise which an official was looking at: when it is
not the newest any more the act is refused with ``CommitmentChanged``, so that nobody overwrites another's act.
"""

from collections.abc import Iterable
from datetime import date

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from trajecten.domain import activities, asking, promise_history, promise_terms
from trajecten.enums import COMMITMENT_TRANSITIONS, CommitmentStatus
from trajecten.models import (
    Area,
    Commitment,
    CommitmentOrigin,
    CommitmentUpdate,
    Contribution,
    Participant,
    Team,
    Trajectory,
    User,
)
from trajecten.models.commitment import CLAIMED, OPEN
from trajecten.transitions import check

CLOSED = frozenset(set(CommitmentStatus) - OPEN)
# These need a reason that everybody can read.
WITH_REASON = frozenset({CommitmentStatus.BROKEN, CommitmentStatus.WITHDRAWN})


class CommitmentChanged(Exception):
    """Somebody else changed the promise after this official opened it; ``commitment`` is how it is now."""

    def __init__(self, commitment: Commitment) -> None:
        super().__init__()
        self.commitment = commitment


class PromiseRefused(Exception):
    """Something is missing or can't be; ``field`` says where."""

    def __init__(self, message: str, *, field: str) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


def of(contribution: Model) -> QuerySet[Commitment]:
    """The promises that answer this contribution, newest first."""
    kind = ContentType.objects.get_for_model(contribution)
    origins = CommitmentOrigin.objects.filter(content_type=kind, object_id=contribution.pk)
    return Commitment.objects.filter(origins__in=origins).order_by("-id")


def standing(contribution: Model) -> QuerySet[Commitment]:
    """The promises on this contribution that wait to be kept, newest first."""
    return of(contribution).filter(status__in=sorted(OPEN))


def lock(commitment: Commitment, version: int | None = None) -> Commitment:
    """The newest row, locked. Raises ``CommitmentChanged`` when it is newer than ``version``."""
    rows = Commitment.objects.select_for_update(of=("self",)).with_names().select_related("municipality")
    newest = rows.defer("area__geometry", "municipality__boundary").get(pk=commitment.pk)
    if version is not None and newest.version != version:
        raise CommitmentChanged(newest)
    return newest


@transaction.atomic
def promise(
    *, contribution: Contribution, text: str, deadline: date, owner: User, by: User, team: Team | None = None
) -> Commitment:
    """Promise something in answer to a contribution.

    A promise that stands and is not late gets the new date instead, with the earlier one in its history. One
    whose date has passed was not kept: it stays with that date as broken, beside the new promise. The new words
    are the reason of either.
    """
    made = standing(contribution).select_for_update(of=("self",)).first()
    if made and made.deadline >= timezone.localdate():
        return change(commitment=made, text=text, deadline=deadline, owner=owner, by=by, reason=text)
    if made:
        move(commitment=made, status=CommitmentStatus.BROKEN, by=by, reason=text)
    return promise_for(
        trajectory=contribution.trajectory,
        origins=[contribution],
        text=text,
        deadline=deadline,
        owner=owner,
        by=by,
        area=contribution.area,
        team=team,
    )


@transaction.atomic
def promise_for(
    *,
    trajectory: Trajectory,
    origins: Iterable[Model],
    text: str,
    deadline: date,
    by: User | None,
    owner: User | None = None,
    owner_participant: Participant | None = None,
    owner_group: str = "",
    area: Area | None = None,
    team: Team | None = None,
    is_news: bool = True,
) -> Commitment:
    """Promise something in answer to any number of contributions, of any app, or to lines of a decision.

    Refused (``PromiseRefused``) without words, and unless there is exactly one owner: an official, a resident or
    a group by its name. An origin of another municipality is refused too. ``is_news`` is False where followers hear
    of it with what it follows from.
    """
    _check_text(text)
    _check_owner(owner, owner_participant, owner_group)
    commitment = Commitment.objects.create(
        municipality_id=trajectory.municipality_id,
        trajectory=trajectory,
        text=text.strip(),
        owner=owner,
        owner_participant=owner_participant,
        owner_group=owner_group.strip(),
        area=area,
        team=team,
        deadline=deadline,
        reminded=promise_terms.begun(deadline, timezone.localdate()),
    )
    for origin in origins:
        _tie(commitment, origin)
    moved, dates = ("", CommitmentStatus.PROMISED), (None, deadline)
    promise_history.turn(
        commitment=commitment, by=by, verb="promised", moved=moved, dates=dates, is_news=is_news
    )
    return commitment


def _check_text(text: str) -> None:
    if not text.strip():
        raise PromiseRefused(_("Write what is promised."), field="text")


def _check_owner(owner: User | None, owner_participant: Participant | None, owner_group: str) -> None:
    if sum(map(bool, (owner, owner_participant, owner_group.strip()))) != 1:
        message = _("Say who does it: an official, or a resident, or a group. One of the three.")
        raise PromiseRefused(message, field="owner")


def _tie(commitment: Commitment, origin: Model) -> bool:
    """Whether it was not an origin yet."""
    if origin.municipality_id != commitment.municipality_id:  # type: ignore[attr-defined]
        raise PromiseRefused(_("This is of another municipality."), field="origins")
    kind = ContentType.objects.get_for_model(origin)
    _origin, is_new = CommitmentOrigin.objects.get_or_create(
        commitment=commitment,
        content_type=kind,
        object_id=origin.pk,
        defaults={"municipality_id": commitment.municipality_id},
    )
    return is_new


@transaction.atomic
def add_origin(*, commitment: Commitment, origin: Model, by: User) -> bool:
    """Say that the promise answers this too. Returns whether that is new; twice is harmless."""
    commitment = lock(commitment)
    is_new = _tie(commitment, origin)
    if is_new:
        activities.record(verb="promise_answers_more", target=commitment, by=by, is_public=True)
    return is_new


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

    Refused (``PromiseRefused``): other words or another date without a reason, a promise that is closed, no words,
    and not exactly one owner. ``team`` and ``area`` are left alone when they are None. Raises ``CommitmentChanged``.
    """
    newest = lock(commitment, version)
    _check_text(text)
    _check_owner(owner, owner_participant, owner_group)
    _check_may_change(newest, text, deadline, reason)
    before, day_before = newest.text, newest.deadline
    newest.text, newest.deadline = text.strip(), deadline
    newest.owner, newest.owner_participant, newest.owner_group = owner, owner_participant, owner_group.strip()
    newest.team, newest.area = team or newest.team, area or newest.area
    if deadline != day_before:
        newest.reminded = promise_terms.begun(deadline, timezone.localdate())
    _keep(newest, "text", "deadline", "owner", "owner_participant", "owner_group", "team", "area", "reminded")
    promise_history.turn(
        commitment=newest,
        by=by,
        verb="promise_changed",
        reason=reason,
        dates=(day_before, deadline) if deadline != day_before else (None, None),
        text_before=before if before != newest.text else "",
    )
    return newest


def _check_may_change(newest: Commitment, text: str, deadline: date, reason: str) -> None:
    if not newest.is_open:
        message = _("This is “%(status)s”, so its words and date stay as they are.")
        raise PromiseRefused(message % {"status": newest.get_status_display()}, field="text")
    if (text.strip() != newest.text or deadline != newest.deadline) and not reason.strip():
        raise PromiseRefused(_("Write why you change it: everybody can read this."), field="reason")


def _keep(commitment: Commitment, *fields: str) -> None:
    commitment.version += 1
    commitment.save(update_fields=[*fields, "version"])


@transaction.atomic
def update(
    *, commitment: Commitment, by: User | Participant, words: str, evidence: str = ""
) -> CommitmentUpdate:
    """Tell how it stands, without moving it. Refused (``PromiseRefused``) without words."""
    if not words.strip():
        raise PromiseRefused(_("Write how it stands."), field="words")
    newest = lock(commitment)
    _keep(newest)
    return promise_history.turn(
        commitment=newest, by=by, verb="promise_updated", words=words, evidence=evidence
    )


@transaction.atomic
def move(
    *,
    commitment: Commitment,
    status: str,
    by: User | None,
    reason: str = "",
    text: str = "",
    evidence: str = "",
    version: int | None = None,
    asked_by: Contribution | None = None,
) -> Commitment:
    """Give a promise another status; ``text`` is what everybody reads about it.

    Said to be done, or partly, begins a new round: everybody behind it is asked whether that is so, save by
    ``asked_by``: the contribution that is closed by the same act, and asks its own people. Raises
    ``TransitionRefused`` when the table does not allow it, and for what was called done: only those it concerns
    open that again. Refused (``PromiseRefused``): broken or withdrawn without a reason. Raises
    ``CommitmentChanged``.
    """
    newest = lock(commitment, version)
    check(CommitmentStatus, OF_OFFICIALS, newest.status, status)
    if status in WITH_REASON and not reason.strip():
        raise PromiseRefused(_("Write the reason: everybody can read this."), field="reason")
    turn = _move(newest, status, by=by, reason=reason, words=text, evidence=evidence)
    if status in CLAIMED:
        asking.ask(commitment=newest, turn=turn, asked_by=asked_by)
    return newest


# What officials may do. What was said to be done is opened again by a "no" only, see ``take_up_again``.
OF_OFFICIALS: dict[str, frozenset[str]] = {**COMMITMENT_TRANSITIONS, CommitmentStatus.DONE: frozenset[str]()}


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
    _keep(locked, "status", "reason", "closed_at", "round", "verdict_yes", "verdict_partly", "verdict_no")
    return promise_history.turn(
        commitment=locked,
        by=by,
        verb=f"promise_{status}",
        words=words,
        reason=reason,
        moved=(before, status),
        evidence=evidence,
    )


def take_up_again(*, contribution: Model, by: User | None) -> None:
    """What was called done is not: promises on this contribution that counted as kept are in progress again."""
    for commitment in of(contribution).filter(status__in=sorted(CLAIMED)):
        reopen(commitment=commitment, by=by)


@transaction.atomic
def reopen(*, commitment: Commitment, by: User | Participant | None) -> Commitment:
    """Open again what was said to be done, because who raised it says that it is not.

    When its date has passed it gets a new one (``promise_terms.reopened``). Raises
    ``TransitionRefused`` for what was not said to be done.
    """
    newest = lock(commitment)
    check(CommitmentStatus, REOPENED, newest.status, CommitmentStatus.IN_PROGRESS)
    today, day_before = timezone.localdate(), newest.deadline
    _move(newest, CommitmentStatus.IN_PROGRESS, by=by)
    newest.deadline = promise_terms.reopened(day_before, today)
    if newest.deadline != day_before:
        _postpone(newest, day_before, today)
    return newest


REOPENED: dict[str, frozenset[str]] = {
    status: COMMITMENT_TRANSITIONS[status] if status in CLAIMED else frozenset[str]()
    for status in CommitmentStatus
}


def _postpone(reopened: Commitment, day_before: date, today: date) -> None:
    reopened.reminded = promise_terms.begun(reopened.deadline, today)
    _keep(reopened, "deadline", "reminded")
    promise_history.turn(
        commitment=reopened,
        by=None,
        verb="promise_changed",
        reason=_("Opened again, because it is not solved."),
        dates=(day_before, reopened.deadline),
        is_news=False,
    )
