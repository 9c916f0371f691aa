"""What a decision on a council item must have before it is entered."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from django.utils import timezone
from django.utils.translation import gettext as _

from trajecten import money
from trajecten.domain.council import behind
from trajecten.domain.council.decisions import Decision, Judged, NewPromise, outcome_of
from trajecten.domain.council.refusals import CouncilRefused, refuse_all
from trajecten.domain.promises.moving import WITH_REASON
from trajecten.enums import COUNCIL_TRANSITIONS, CommitmentStatus, CouncilStatus, LineDecision
from trajecten.models import Commitment, CouncilItem, CouncilLine


def outcome(lines: Sequence[CouncilLine], decision: Decision) -> CouncilStatus:
    """The outcome of the whole. Refused (``CouncilRefused``): a point on which nothing was said, and no outcome."""
    if lines:
        judged = {each.number: each for each in decision.lines}
        refuse_all(
            [
                CouncilRefused(_("Say for each point what was decided."), field=f"decision_{line.number}")
                for line in lines
                if line.number not in judged or judged[line.number].decision == LineDecision.PENDING
            ]
        )
        return outcome_of(judged[line.number].decision for line in lines)
    if decision.outcome not in COUNCIL_TRANSITIONS[CouncilStatus.ADOPTED]:
        raise CouncilRefused(_("Choose what was decided."), field="outcome")
    return CouncilStatus(decision.outcome)


def complete(
    item: CouncilItem, lines: Sequence[CouncilLine], decision: Decision, outcome: CouncilStatus
) -> None:
    """Refuse (``CouncilRefused``, at its field) what ``deciding.decide`` says is missing, all of it at once."""
    standing = {line.number: line for line in lines}
    checks: list[Callable[[], None]] = [
        partial(_whole, item, decision, outcome),
        partial(_settled, item, decision),
        partial(_promise, item, decision.promise, item.commitment, refused=outcome == CouncilStatus.REJECTED),
        *(
            check
            for judged in decision.lines
            if judged.number in standing
            for check in (
                partial(_reason, judged),
                partial(_line, item, standing[judged.number], judged),
            )
        ),
    ]
    refuse_all(list(_refused(checks)))


def _refused(checks: Iterable[Callable[[], None]]) -> Iterable[CouncilRefused]:
    for check in checks:
        try:
            check()
        except CouncilRefused as refused:
            yield refused


def _whole(item: CouncilItem, decision: Decision, outcome: CouncilStatus) -> None:
    if item.round and not decision.why_corrected.strip():
        raise CouncilRefused(_("Write down why the decision is corrected."), field="why_corrected")
    if decision.decided_on > timezone.localdate():
        raise CouncilRefused(_("This day is still to come."), field="decided_on")
    if decision.decided_on < item.submitted_on:
        raise CouncilRefused(_("This day is before the item was submitted."), field="decided_on")
    if outcome != CouncilStatus.ADOPTED and not decision.reason.strip():
        message = _("Write down why it was not adopted as it was: people read this.")
        raise CouncilRefused(message, field="reason")


def _settled(item: CouncilItem, decision: Decision) -> None:
    """Everybody reads why a promise was not kept: the reason of the decision is that of the promise."""
    put = set(behind.promises(item).values_list("pk", flat=True)) if decision.settled else set()
    if any(settled.commitment.pk not in put for settled in decision.settled):
        raise ValueError("A promise that is settled was not put to the council with this item.")
    if decision.reason.strip():
        return
    for settled in decision.settled:
        if settled.status in WITH_REASON:
            message = _("Write down why promise %(number)s is not kept: people read this.")
            raise CouncilRefused(message % {"number": settled.commitment.pk}, field="reason")


def _reason(judged: Judged) -> None:
    if judged.decision != LineDecision.ADOPTED and not judged.reason.strip():
        message = _("Write down why this point was not adopted as it was.")
        raise CouncilRefused(message, field=f"reason_{judged.number}")


def _line(item: CouncilItem, line: CouncilLine, judged: Judged) -> None:
    if line.amount is not None and judged.decision == LineDecision.CHANGED:
        _amount(line.amount, judged)
    elif judged.decision == LineDecision.CHANGED and not judged.changed_text.strip():
        message = _("Write down the words as they were adopted.")
        raise CouncilRefused(message, field=f"changed_text_{line.number}")
    refused = judged.decision == LineDecision.REJECTED
    _promise(item, judged.promise, line.commitment, refused=refused, suffix=f"_{line.number}")


def _amount(asked: int, judged: Judged) -> None:
    """A part of what was asked: in the same direction, not nothing and not all of it."""
    field = f"amount_{judged.number}"
    if judged.amount is None:
        raise CouncilRefused(_("Fill in which amount was adopted."), field=field)
    if judged.amount == asked:
        raise CouncilRefused(_("This is the whole amount. Choose: adopted as it was."), field=field)
    if judged.amount == 0:
        raise CouncilRefused(_("Nothing of it was adopted. Choose: rejected."), field=field)
    if (judged.amount > 0) != (asked > 0):
        raise CouncilRefused(_("More was asked and less was filled in, or the other way round."), field=field)
    if abs(judged.amount) > abs(asked):
        message = _("This goes further than what was asked: %(asked)s. Fill in the part that was adopted.")
        raise CouncilRefused(message % {"asked": money.change(asked)}, field=field)


def _promise(
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
    if stands(standing):
        raise CouncilRefused(_("There is a promise on this already."), field=field)
    if item.trajectory is None:
        message = _("A promise belongs to a trajectory. Choose the trajectory of this item first.")
        raise CouncilRefused(message, field=field)


def stands(promise: Commitment | None) -> bool:
    """Whether a point has a promise: one that was withdrawn makes room for another."""
    return promise is not None and promise.status != CommitmentStatus.WITHDRAWN
