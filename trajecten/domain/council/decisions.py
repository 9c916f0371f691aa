"""What an official writes down of a decision: on each point, with the promises that it makes or settles."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from trajecten import money
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
    """What was decided on the point with this number. ``amount`` is that which was adopted, of a point that has one
    and that was adopted in another form; in whole euro."""

    number: int
    decision: str
    changed_text: str = ""
    reason: str = ""
    promise: NewPromise | None = None
    amount: int | None = None


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
            "changed_text": changed_text(line, judged[line.number]),
            "reason": judged[line.number].reason.strip(),
            **_amounts(line, judged[line.number]),
        }
        for line in lines
    ]


def _amounts(line: CouncilLine, judged: Judged) -> dict[str, object]:
    if line.amount is None:
        return {}
    return {"amount": line.amount, "adopted_amount": adopted_amount(line, judged)}


def changed_text(line: CouncilLine, judged: Judged) -> str:
    """The words as they were adopted; empty unless they are other ones. Where only the amount is another one, it says
    that, in the language of the municipality."""
    if judged.decision != LineDecision.CHANGED:
        return ""
    if judged.changed_text.strip() or judged.amount is None or line.amount is None:
        return judged.changed_text.strip()
    return _of_amounts(line.amount, judged.amount)


def _of_amounts(asked: int, adopted: int) -> str:
    with translation.override(settings.LANGUAGE_CODE):
        amounts = {"adopted": money.whole(abs(adopted)), "asked": money.whole(abs(asked))}
        return _("%(adopted)s in place of %(asked)s.") % amounts


def own_words(line: CouncilLine) -> str:
    """The words that somebody wrote of how a point was adopted; empty where ``changed_text`` only tells amounts."""
    if line.amount is None or line.adopted_amount is None:
        return line.changed_text
    return "" if line.changed_text == _of_amounts(line.amount, line.adopted_amount) else line.changed_text


def label(decision: str, amount: int | None) -> str:
    """What was decided on a point, in words: of an amount a part is adopted, of a text other words."""
    found = LineDecision(decision)
    is_part = found == LineDecision.CHANGED and amount is not None
    return str(CouncilStatus.PARTLY.label if is_part else found.label)


def adopted_amount(line: CouncilLine, judged: Judged) -> int | None:
    """What was adopted of the amount of a point: all of it, what was typed, or nothing; None for one without."""
    if line.amount is None:
        return None
    if judged.decision == LineDecision.CHANGED:
        return judged.amount
    return line.amount if judged.decision == LineDecision.ADOPTED else 0
