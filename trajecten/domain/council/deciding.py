"""The decision on a council item, line by line, its corrections, and the promises that come of it.

Everybody behind it hears it, in the transaction of the decision, and who takes part in or follows its trajectory: one
delivery key is for all of them, so each decision and each correction is told once.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from trajecten.domain import activities
from trajecten.domain.council import behind
from trajecten.domain.council.items import lock
from trajecten.domain.council.refusals import CouncilRefused, ItemChanged
from trajecten.domain.promises import making, moving
from trajecten.domain.telling import news, notify
from trajecten.enums import (
    COMMITMENT_TRANSITIONS,
    COUNCIL_TRANSITIONS,
    CommitmentStatus,
    CouncilStatus,
    LineDecision,
)
from trajecten.models import Commitment, CouncilDecision, CouncilItem, CouncilLine, User
from trajecten.transitions import check

TOLD_AUTHORS = "trajecten.council_decided"
TOLD_SUPPORTERS = "trajecten.council_decided_supporter"
TOLD_MEMBERS = "trajecten.council_decided_member"


@dataclass(frozen=True)
class NewPromise:
    """What the decision makes somebody promise."""

    text: str
    owner: User
    deadline: date


@dataclass(frozen=True)
class Judged:
    """What was decided on the point with this number."""

    number: int
    decision: str
    changed_text: str = ""
    reason: str = ""
    promise: NewPromise | None = None


@dataclass(frozen=True)
class Settled:
    """What the decision makes of a promise that was put to the council."""

    commitment: Commitment
    status: str


@dataclass(frozen=True)
class Decision:
    """A decision as an official writes it down. ``outcome`` and ``promise`` are for an item without points."""

    decided_on: date
    outcome: str = ""
    reason: str = ""
    lines: Sequence[Judged] = ()
    promise: NewPromise | None = None
    settled: Sequence[Settled] = ()
    why_corrected: str = ""


def outcome_of(decisions: Iterable[str]) -> CouncilStatus:
    """What follows from the points: all adopted as they were, none at all, or a part of it."""
    found = set(decisions)
    if found == {LineDecision.ADOPTED}:
        return CouncilStatus.ADOPTED
    if found == {LineDecision.REJECTED}:
        return CouncilStatus.REJECTED
    return CouncilStatus.PARTLY


@transaction.atomic
def decide(*, item: CouncilItem, by: User, version: int, decision: Decision) -> CouncilDecision:
    """Enter what was decided, or correct it; the earlier decision is kept beside the reason of the correction.

    Sent twice by the same official it counts once. Raises ``ItemChanged`` when ``version`` is not the newest,
    ``TransitionRefused`` for what is withdrawn, and ``CouncilRefused`` for what is missing: a reason where it was
    not adopted as it was, a decision on each point, a day that has come, why it is corrected.
    """
    try:
        item = lock(item, version)
    except ItemChanged as changed:
        again = _sent_again(changed.item, by=by, decision=decision)
        if again is None:
            raise
        return again
    lines = list(item.lines.all())
    outcome = _outcome(lines, decision)
    check(CouncilStatus, COUNCIL_TRANSITIONS, item.status, outcome)
    _check_complete(item, lines, decision, outcome)
    _apply(item, outcome, decision)
    made = CouncilDecision.objects.create(
        municipality_id=item.municipality_id,
        item=item,
        round=item.round,
        outcome=outcome,
        decided_on=decision.decided_on,
        reason=decision.reason.strip(),
        lines=_snapshot(lines, decision),
        why_corrected=decision.why_corrected.strip(),
        by=by,
    )
    _judge(item, lines, decision, by=by)
    item.save()
    _settle(decision, by=by)
    activities.record(
        verb="council_decided" if item.round == 1 else "council_corrected",
        target=item,
        by=by,
        is_public=True,
        details={"outcome": outcome, "round": item.round},
    )
    _tell(item, made)
    return made


def _sent_again(item: CouncilItem, *, by: User, decision: Decision) -> CouncilDecision | None:
    """The decision that this official entered last, when it says the same: the form was sent twice."""
    last = item.decisions.last()
    if last is None or last.by_id != by.pk:
        return None
    lines = list(item.lines.all())
    same = (
        last.outcome == _outcome(lines, decision)
        and last.decided_on == decision.decided_on
        and last.reason == decision.reason.strip()
        and last.why_corrected == decision.why_corrected.strip()
        and last.lines == _snapshot(lines, decision)
    )
    return last if same else None


def _outcome(lines: Sequence[CouncilLine], decision: Decision) -> CouncilStatus:
    if lines:
        judged = {each.number: each for each in decision.lines}
        for line in lines:
            if line.number not in judged or judged[line.number].decision == LineDecision.PENDING:
                message = _("Say for each point what was decided.")
                raise CouncilRefused(message, field=f"decision_{line.number}")
        return outcome_of(judged[line.number].decision for line in lines)
    if decision.outcome not in COUNCIL_TRANSITIONS[CouncilStatus.ADOPTED]:
        raise CouncilRefused(_("Choose what was decided."), field="outcome")
    return CouncilStatus(decision.outcome)


def _check_complete(
    item: CouncilItem, lines: Sequence[CouncilLine], decision: Decision, outcome: CouncilStatus
) -> None:
    if item.round and not decision.why_corrected.strip():
        raise CouncilRefused(_("Write down why the decision is corrected."), field="why_corrected")
    if decision.decided_on > timezone.localdate():
        raise CouncilRefused(_("This day is still to come."), field="decided_on")
    if decision.decided_on < item.submitted_on:
        raise CouncilRefused(_("This day is before the item was submitted."), field="decided_on")
    if outcome != CouncilStatus.ADOPTED and not decision.reason.strip():
        message = _("Write down why it was not adopted as it was: people read this.")
        raise CouncilRefused(message, field="reason")
    put = set(behind.promises(item).values_list("pk", flat=True)) if decision.settled else set()
    if any(settled.commitment.pk not in put for settled in decision.settled):
        raise ValueError("A promise that is settled was not put to the council with this item.")
    _check_promise(item, decision.promise, item.commitment, refused=outcome == CouncilStatus.REJECTED)
    standing = {line.number: line for line in lines}
    for judged in decision.lines:
        if judged.number in standing:
            _check_line(item, standing[judged.number], judged)


def _check_line(item: CouncilItem, line: CouncilLine, judged: Judged) -> None:
    if judged.decision != LineDecision.ADOPTED and not judged.reason.strip():
        message = _("Write down why this point was not adopted as it was.")
        raise CouncilRefused(message, field=f"reason_{line.number}")
    if judged.decision == LineDecision.CHANGED and not judged.changed_text.strip():
        message = _("Write down the words as they were adopted.")
        raise CouncilRefused(message, field=f"changed_text_{line.number}")
    refused = judged.decision == LineDecision.REJECTED
    _check_promise(item, judged.promise, line.commitment, refused=refused, suffix=f"_{line.number}")


def _check_promise(
    item: CouncilItem,
    promise: NewPromise | None,
    standing: Commitment | None,
    *,
    refused: bool,
    suffix: str = "",
) -> None:
    if promise is None:
        return
    field = f"promise{suffix}"
    if refused:
        raise CouncilRefused(_("What was rejected makes no promise."), field=field)
    if standing is not None:
        raise CouncilRefused(_("There is a promise on this already."), field=field)
    if item.trajectory is None:
        message = _("A promise belongs to a trajectory. Choose the trajectory of this item first.")
        raise CouncilRefused(message, field=field)


def _snapshot(lines: Sequence[CouncilLine], decision: Decision) -> list[dict[str, object]]:
    judged = {each.number: each for each in decision.lines}
    return [
        {
            "number": line.number,
            "text": line.text,
            "decision": str(judged[line.number].decision),
            "changed_text": _changed_text(judged[line.number]),
            "reason": judged[line.number].reason.strip(),
        }
        for line in lines
    ]


def _changed_text(judged: Judged) -> str:
    return judged.changed_text.strip() if judged.decision == LineDecision.CHANGED else ""


def _apply(item: CouncilItem, outcome: CouncilStatus, decision: Decision) -> None:
    item.status = outcome
    item.decided_on = decision.decided_on
    item.reason = decision.reason.strip()
    item.round += 1
    item.version += 1


def _judge(item: CouncilItem, lines: Sequence[CouncilLine], decision: Decision, *, by: User) -> None:
    """Write down what was decided on each point, and make or withdraw its promise."""
    judged = {each.number: each for each in decision.lines}
    for line in lines:
        said = judged[line.number]
        line.decision = said.decision
        line.changed_text = _changed_text(said)
        line.reason = said.reason.strip()
        refused = said.decision == LineDecision.REJECTED
        line.commitment = _promised(item, line.commitment, said.promise, refused, decision, by=by)
        line.save()
    refused = item.status == CouncilStatus.REJECTED
    item.commitment = _promised(item, item.commitment, decision.promise, refused, decision, by=by)


def _promised(
    item: CouncilItem,
    standing: Commitment | None,
    promise: NewPromise | None,
    refused: bool,
    decision: Decision,
    *,
    by: User,
) -> Commitment | None:
    """The promise on a point after the decision. One on what turns out to be rejected is withdrawn, and stays."""
    if refused and standing:
        if CommitmentStatus.WITHDRAWN in COMMITMENT_TRANSITIONS[standing.status]:
            moving.move(
                commitment=standing,
                status=CommitmentStatus.WITHDRAWN,
                by=by,
                reason=decision.why_corrected.strip(),
            )
        return standing
    if promise is None:
        return standing
    assert item.trajectory is not None  # noqa: S101  checked before
    return making.promise_for(
        trajectory=item.trajectory,
        origins=[item, *behind.contributions(behind.contribution_keys(item))],
        text=promise.text,
        deadline=promise.deadline,
        owner=promise.owner,
        by=by,
        is_news=False,
    )


def _settle(decision: Decision, *, by: User) -> None:
    for settled in decision.settled:
        moving.move(
            commitment=settled.commitment, status=settled.status, by=by, reason=decision.reason.strip()
        )


def _tell(item: CouncilItem, made: CouncilDecision) -> None:
    keys = behind.contribution_keys(item)
    for key, people in (
        (TOLD_AUTHORS, behind.authors(keys)),
        (TOLD_SUPPORTERS, behind.supporters(keys)),
        (TOLD_MEMBERS, behind.members(item)),
    ):
        notify.owe_each(
            key=key,
            to=people,
            municipality=item.municipality,
            about=made,
            delivery_key=news.key_of_decision(made),
        )
    news.of_decision(made)
