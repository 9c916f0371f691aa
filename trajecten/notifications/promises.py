"""The messages of the chain of promises: reminders, the question whether it was kept, and that it came back."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as _

from trajecten.domain.promises import chains, judging, promised
from trajecten.enums import VerdictValue
from trajecten.models import Commitment, CommitmentUpdate, Notification
from trajecten.registry import Category, Message, NothingToSay


def _url(name: str, row: Notification, commitment: Commitment) -> str:
    return (
        f"{settings.BASE_URL}{reverse(name, kwargs={'gemeente': row.municipality.slug, 'pk': commitment.pk})}"
    )


def _about_promise(row: Notification) -> Commitment:
    if not isinstance(row.about, Commitment):
        raise NothingToSay("the promise is gone")
    return row.about


def reminder(row: Notification) -> Mapping[str, Any]:
    """A date that comes or has passed. Raises ``NothingToSay`` when it was closed, or got another date."""
    commitment = _about_promise(row)
    if not commitment.is_open or commitment.deadline != parse_date(row.context["deadline"]):
        raise NothingToSay("closed or postponed")
    return _for_keeper(row, commitment)


def _for_keeper(row: Notification, commitment: Commitment) -> dict[str, Any]:
    """Each gets the own page on which one tells how it stands."""
    page = "staff-promise" if row.user else "promise-keep"
    return {"promise": commitment, "promise_url": _url(page, row, commitment), "for_staff": bool(row.user)}


def reopened(row: Notification) -> Mapping[str, Any]:
    """That it came back. Raises ``NothingToSay`` when something was done about it since."""
    commitment = _about_promise(row)
    if not commitment.is_open:
        raise NothingToSay("closed again")
    return _for_keeper(row, commitment)


def told(row: Notification) -> Mapping[str, Any]:
    """What the resident who keeps it told. Raises ``NothingToSay`` when it is gone."""
    if not isinstance(row.about, CommitmentUpdate):
        raise NothingToSay("the promise is gone")
    commitment = row.about.commitment
    page = _url("staff-promise", row, commitment)
    return {"promise": commitment, "turn": row.about, "promise_url": page}


def question(row: Notification) -> Mapping[str, Any]:
    """Whether it was kept, with a link for each answer. Raises ``NothingToSay`` when that round is overtaken."""
    turn = row.about
    if not isinstance(turn, CommitmentUpdate) or row.participant is None:
        raise NothingToSay("the promise is gone")
    commitment = turn.commitment
    if not commitment.is_claimed or commitment.round != turn.round:
        raise NothingToSay("overtaken")
    known = {"commitment": commitment, "participant": row.participant, "municipality": row.municipality}
    answers = [
        {"label": value.label, "url": judging.url(**known, round_number=turn.round, value=value.value)}
        for value in VerdictValue
    ]
    return {
        "promise": commitment,
        "promise_words": promised.words_for(commitment=commitment, participant=row.participant),
        "turn_words": promised.words_of_turn_for(turn=turn, participant=row.participant),
        "answers": answers,
        "chain": chains.chain_of(commitment),
        "promise_url": _url("promise", row, commitment),
    }


CATEGORIES = (
    Category("promises", gettext_lazy("Promises about what you said or support")),
    Category("my-promises", gettext_lazy("Promises that you keep yourself")),
)

MESSAGES = (
    Message(
        key="trajecten.promise_due_soon",
        app="trajecten",
        audience=_("Owner of the promise; coordinators for a group"),
        trigger=_("A week before its date"),
        category="my-promises",
        context=reminder,
        target="promise_url",
    ),
    Message(
        key="trajecten.promise_due",
        app="trajecten",
        audience=_("Owner of the promise; coordinators for a group"),
        trigger=_("On its date"),
        category="my-promises",
        context=reminder,
        target="promise_url",
    ),
    Message(
        key="trajecten.promise_overdue",
        app="trajecten",
        audience=_("Coordinator of the trajectory, or all of the municipality"),
        trigger=_("A week after its date"),
        category="my-work",
        context=reminder,
        target="promise_url",
    ),
    Message(
        key="trajecten.promise_done",
        app="trajecten",
        audience=_("Everybody behind what the promise answers, who left an address"),
        trigger=_("The municipality says that it is done, or partly"),
        category="promises",
        context=question,
        target="promise_url",
        stops=_("promises about what you said or support"),
    ),
    Message(
        key="trajecten.promise_still",
        app="trajecten",
        audience=_("The same people, whether they answered or not"),
        trigger=_("Four weeks later, once, when it still counts as done"),
        category="promises",
        context=question,
        target="promise_url",
        stops=_("promises about what you said or support"),
    ),
    Message(
        key="trajecten.promise_told",
        app="trajecten",
        audience=_("Coordinator of the trajectory, or all of the municipality"),
        trigger=_("The resident who keeps a promise tells how it goes"),
        category="my-work",
        context=told,
        target="promise_url",
    ),
    Message(
        key="trajecten.promise_reopened",
        app="trajecten",
        audience=_("Owner of the promise; coordinators for a group"),
        trigger=_("Who raised it says that it was not kept, or what it answers is opened again"),
        category="my-promises",
        context=reopened,
        target="promise_url",
    ),
)
