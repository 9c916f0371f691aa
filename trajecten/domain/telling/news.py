"""What followers hear: a promise gets a turn, council or college decides, a step opens, a meeting is planned.

Call these within the transaction of what they tell. Personal messages about the same have the same delivery key, so
that who got one of those is not told again as a follower, and who follows several of the things that it is about
hears it once. An answer to a report and the promise that is made or kept by it are news of their own, each to its
followers; but who is told of the answer does not hear of the promise beside it (``told_with``).
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db.models import Model

from trajecten.domain.telling import following, notify
from trajecten.models import Area, CommitmentUpdate, CouncilDecision, Meeting, StepRecord

PROMISE = "trajecten.followed_promise"
DECISION = "trajecten.followed_decision"
STEP = "trajecten.followed_step"
MEETING = "trajecten.followed_meeting"


_told_with: ContextVar[str] = ContextVar("told_with", default="")


@contextmanager
def told_with(delivery_key: str) -> Iterator[None]:
    """What becomes of promises within this block is part of an act that is told under this delivery key.

    So who is told of that act is not told of the promise as a follower of something else.
    """
    before = _told_with.set(delivery_key)
    try:
        yield
    finally:
        _told_with.reset(before)


def tell(
    *, key: str, about: Model, targets: Iterable[Model], delivery_key: str, unless_told: str = ""
) -> None:
    """Owe this message to who follows any of the targets now; who comes later does not get it afterwards."""
    for target in targets:
        if following.of_target(target).exists():
            notify.owe_followers(
                key=key,
                target=target,
                municipality=about.municipality,  # type: ignore[attr-defined]
                about=about,
                delivery_key=delivery_key,
                unless_told=unless_told,
            )


def of_promise(turn: CommitmentUpdate) -> None:
    """To who follows the promise, its trajectory, or the neighbourhood that it is about or the wijk around that."""
    commitment = turn.commitment
    targets = [commitment, commitment.trajectory, *_areas(commitment.area)]
    key = key_of_promise(turn)
    tell(key=PROMISE, about=turn, targets=targets, delivery_key=key, unless_told=_told_with.get())


def key_of_promise(turn: CommitmentUpdate) -> str:
    """The delivery key of everything that is told about this turn."""
    return f"promise-turn:{turn.pk}"


def _areas(area: Area | None) -> list[Area]:
    if area is None:
        return []
    return list(Area.objects.filter(pk__in=[area.pk, area.parent_id or area.pk]).defer("geometry"))


def of_decision(decision: CouncilDecision) -> None:
    """To who follows the trajectory of the item, or the whole municipality."""
    item = decision.item
    targets = [*filter(None, [item.trajectory]), item.municipality]
    tell(key=DECISION, about=decision, targets=targets, delivery_key=key_of_decision(decision))


def key_of_decision(decision: CouncilDecision) -> str:
    """The delivery key of everything that is told about this decision."""
    return f"council-decision:{decision.pk}"


def of_step(record: StepRecord) -> None:
    """To who follows the trajectory: once for each act, with the step that is open after it."""
    tell(key=STEP, about=record, targets=[record.trajectory], delivery_key=f"{STEP}:{record.pk}")


def of_meeting(meeting: Meeting) -> None:
    """To who follows the trajectory, once a meeting; nothing of one that is only for who is invited.

    An invitation is told beside this: it has the links by which one answers.
    """
    if meeting.is_public:
        tell(key=MEETING, about=meeting, targets=[meeting.trajectory], delivery_key=f"{MEETING}:{meeting.pk}")
