"""What is told to who follows a promise, a trajectory, a neighbourhood or the municipality.

The words depend on nobody who reads them, so they are made once for all.
"""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as _

from trajecten.domain.promises import chains, promised
from trajecten.domain.steps import tailoring
from trajecten.enums import StepEvent
from trajecten.models import CommitmentUpdate, Meeting, Notification, StepRecord
from trajecten.notifications.council import council_decided
from trajecten.registry import Category, Message, NothingToSay


def _url(name: str, row: Notification, pk: int) -> str:
    return f"{settings.BASE_URL}{reverse(name, kwargs={'gemeente': row.municipality.slug, 'pk': pk})}"


def promise(row: Notification) -> Mapping[str, Any]:
    """A turn of a promise, as everybody may read it: without words and reason where those are kept between the
    municipality and who asked, or are a resident's. Raises ``NothingToSay`` when it is gone.
    """
    turn = row.about
    if not isinstance(turn, CommitmentUpdate):
        raise NothingToSay("the promise is gone")
    (commitment,) = promised.with_public_words([turn.commitment])
    return {
        "promise": commitment,
        "turn": turn,
        "turn_words": "" if turn.told_by_resident else turn.public_words or turn.public_reason,
        "chain": chains.chain_of(commitment),
        "promise_url": _url("promise", row, commitment.pk),
    }


def step(row: Notification) -> Mapping[str, Any]:
    """Which step is open now, or that all are done. Raises ``NothingToSay`` when that has changed since."""
    record = row.about
    if not isinstance(record, StepRecord):
        raise NothingToSay("the step is gone")
    trajectory = record.trajectory
    is_over = record.event in {StepEvent.CLOSED, StepEvent.SKIPPED}
    if trajectory.current_step != ("" if is_over else record.step):
        raise NothingToSay("overtaken")
    return {
        "trajectory": trajectory,
        "step": trajectory.method.step(record.step),
        "own_words": tailoring.of(trajectory).of(record.step).text,
        "is_over": is_over,
        "is_reopened": record.event == StepEvent.REOPENED,
        "trajectory_url": _url("trajectory", row, trajectory.pk),
    }


def meeting(row: Notification) -> Mapping[str, Any]:
    """Raises ``NothingToSay`` when it is gone, not for everybody any more, cancelled, or has begun."""
    planned = row.about
    if not isinstance(planned, Meeting) or not planned.is_public:
        raise NothingToSay("not for everybody")
    if not planned.takes_answers:
        raise NothingToSay("begun or cancelled")
    return {"meeting": planned, "meeting_url": _url("meeting", row, planned.pk)}


CATEGORIES = (Category("followed", gettext_lazy("What you follow")),)

MESSAGES = (
    Message(
        key="trajecten.followed_promise",
        app="trajecten",
        audience=_("Who follows a promise, its trajectory or its neighbourhood"),
        trigger=_("It is promised, or gets another status, date, words or news"),
        category="followed",
        context=promise,
        target="promise_url",
        same_for_all=True,
        stops=_("what you follow"),
    ),
    Message(
        key="trajecten.followed_decision",
        app="trajecten",
        audience=_("Who follows the trajectory of a council item, or the municipality"),
        trigger=_("Council or college decided on something that is followed, or a decision is corrected"),
        category="followed",
        context=council_decided,
        target="item_url",
        same_for_all=True,
        stops=_("what you follow"),
    ),
    Message(
        key="trajecten.followed_step",
        app="trajecten",
        audience=_("Who follows a trajectory"),
        trigger=_("A step opens, or the last one is closed"),
        category="followed",
        context=step,
        target="trajectory_url",
        same_for_all=True,
        stops=_("what you follow"),
    ),
    Message(
        key="trajecten.followed_meeting",
        app="trajecten",
        audience=_("Who follows a trajectory"),
        trigger=_("A meeting is planned to which everybody may come"),
        category="followed",
        context=meeting,
        target="meeting_url",
        same_for_all=True,
        stops=_("what you follow"),
    ),
)
