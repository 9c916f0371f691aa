"""What an official writes down of a decision: on each point, with the promises that it makes or settles."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from trajecten.enums import CouncilStatus, LineDecision
from trajecten.models import Commitment, CouncilLine, User


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


def snapshot(lines: Sequence[CouncilLine], decision: Decision) -> list[dict[str, object]]:
    """The points with what was decided on each, as they are kept with the decision."""
    judged = {each.number: each for each in decision.lines}
    return [
        {
            "number": line.number,
            "text": line.text,
            "decision": str(judged[line.number].decision),
            "changed_text": changed_text(judged[line.number]),
            "reason": judged[line.number].reason.strip(),
        }
        for line in lines
    ]


def changed_text(judged: Judged) -> str:
    """The words as they were adopted; empty unless they are other ones."""
    return judged.changed_text.strip() if judged.decision == LineDecision.CHANGED else ""
