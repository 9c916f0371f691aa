"""The decision on a council item, line by line, its corrections, and the promises that come of it.

Everybody behind it hears it, in the transaction of the decision, and who takes part in or follows its trajectory: one
delivery key is for all of them, so each decision and each correction is told once.
"""

from collections.abc import Sequence

from django.db import transaction

from trajecten import registry
from trajecten.domain import activities
from trajecten.domain.council import behind, checking
from trajecten.domain.council.decisions import Decision, NewPromise, adopted_amount, changed_text, snapshot
from trajecten.domain.council.items import lock
from trajecten.domain.council.refusals import ItemChanged
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


@transaction.atomic
def decide(*, item: CouncilItem, by: User, version: int, decision: Decision) -> CouncilDecision:
    """Enter what was decided, or correct it; the earlier decision is kept beside the reason of the correction.

    Sent twice by the same official it counts once. Raises ``ItemChanged`` when ``version`` is not the newest,
    ``TransitionRefused`` for what is withdrawn, and ``CouncilRefused`` for what is missing: a reason where it was
    not adopted as it was or a promise is broken, a decision on each point, a day that has come, why it is corrected.
    """
    try:
        item = lock(item, version)
    except ItemChanged as changed:
        again = _sent_again(changed.item, by=by, decision=decision)
        if again is None:
            raise
        return again
    lines = list(item.lines.select_related("commitment"))
    outcome = checking.outcome(lines, decision)
    check(CouncilStatus, COUNCIL_TRANSITIONS, item.status, outcome)
    checking.complete(item, lines, decision, outcome)
    _apply(item, outcome, decision)
    made = CouncilDecision.objects.create(
        municipality_id=item.municipality_id,
        item=item,
        round=item.round,
        outcome=outcome,
        decided_on=decision.decided_on,
        reason=decision.reason.strip(),
        lines=snapshot(lines, decision),
        why_corrected=decision.why_corrected.strip(),
        by=by,
    )
    _judge(item, lines, decision, by=by)
    item.save()
    _settle(decision, by=by)
    registry.decided(item, by)
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
        last.outcome == checking.outcome(lines, decision)
        and last.decided_on == decision.decided_on
        and last.reason == decision.reason.strip()
        and last.why_corrected == decision.why_corrected.strip()
        and last.lines == snapshot(lines, decision)
    )
    return last if same else None


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
        line.changed_text = changed_text(line, said)
        line.adopted_amount = adopted_amount(line, said)
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
    """The promise on a point after the decision.

    One on what turns out to be rejected is withdrawn, and stays with it; adopted after all, the point has none of it.
    """
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
        return standing if checking.stands(standing) else None
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
