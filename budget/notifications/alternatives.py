"""The messages about a round and about one's own alternative, and what their templates need."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as _

from budget.domain.alternatives import beginning, judging, telling
from budget.domain.rounds import locking
from budget.domain.rounds import telling as round_telling
from budget.enums import AlternativeState
from budget.models import Alternative, Round
from trajecten.models import Notification
from trajecten.registry import Category, Message, NothingToSay, Placeholder


def _url(name: str, row: Notification, **parts: Any) -> str:
    return f"{settings.BASE_URL}{reverse(name, kwargs={'gemeente': row.municipality.slug, **parts})}"


def _alternative(row: Notification) -> Alternative:
    if not isinstance(row.about, Alternative):
        raise NothingToSay("taken back")
    row.about.municipality = row.municipality
    return row.about


def _of(alternative: Alternative, row: Notification) -> dict[str, Any]:
    own_url = _url("budget:alternative", row, token=alternative.token)
    return {"alternative": alternative, "round": alternative.round, "own_url": own_url}


def asked(row: Notification) -> Mapping[str, Any]:
    """The link to confirm. Raises ``NothingToSay`` when the draft is gone, or is somebody's already."""
    alternative = _alternative(row)
    if alternative.author_id is not None or row.participant is None:
        raise NothingToSay("confirmed already")
    signed = beginning.token(alternative, row.participant)
    mine = beginning.of_person(alternative.round, row.participant)
    return {
        "round": alternative.round,
        "confirm_url": _url("budget:alternative-confirm", row, signed=signed),
        "mine_url": _url("budget:alternative", row, token=mine.token) if mine else "",
    }


def finished(row: Notification) -> Mapping[str, Any]:
    """That it counts. Raises ``NothingToSay`` when it was taken back or is being changed again."""
    alternative = _alternative(row)
    if alternative.state != AlternativeState.FINISHED:
        raise NothingToSay("is a draft again")
    return _of(alternative, row)


def unfinished(row: Notification) -> Mapping[str, Any]:
    """That it does not count yet. Raises ``NothingToSay`` when it does by now, and when the round is closed."""
    alternative = _alternative(row)
    if alternative.state == AlternativeState.FINISHED or not locking.takes(alternative.round):
        raise NothingToSay("finished or closed")
    given = judging.of(alternative)
    is_balanced = bool(given) and not judging.left(given.values())
    return {**_of(alternative, row), "is_balanced": is_balanced}


def opened(row: Notification) -> Mapping[str, Any]:
    """The round. Raises ``NothingToSay`` when it is closed again."""
    if not isinstance(row.about, Round) or not row.about.is_open:
        raise NothingToSay("closed")
    return {"round": row.about, "round_url": _url("budget:alternative-begin", row, pk=row.about.pk)}


CATEGORIES = (Category("my-alternatives", gettext_lazy("Your alternative budgets")),)

ABOUT = (
    Placeholder(
        "ronde",
        gettext_lazy("The title of the round"),
        lambda context: context["round"].title,
        "Wat doet u met de begroting?",
    ),
)

MESSAGES = (
    Message(
        key=telling.ASKED,
        app="budget",
        audience=_("Who begins an alternative budget with a mail address, without signing in"),
        trigger=_("Somebody fills in the address to begin one; asks to confirm it"),
        category="my-alternatives",
        context=asked,
        target="confirm_url",
        placeholders=ABOUT,
    ),
    Message(
        key=telling.FINISHED,
        app="budget",
        audience=_("Who made the alternative budget"),
        trigger=_("They finish it"),
        category="my-alternatives",
        context=finished,
        stops=_("your alternative budgets"),
        target="own_url",
        placeholders=ABOUT,
    ),
    Message(
        key=telling.UNFINISHED,
        app="budget",
        audience=_("Who began an alternative budget and did not finish it"),
        trigger=_("The round closes in three days"),
        category="my-alternatives",
        context=unfinished,
        stops=_("your alternative budgets"),
        target="own_url",
        placeholders=ABOUT,
    ),
    Message(
        key=round_telling.OPENED,
        app="budget",
        audience=_("Who takes part in the trajectory"),
        trigger=_("A round of alternative budgets is opened"),
        category="my-alternatives",
        context=opened,
        stops=_("your alternative budgets"),
        target="round_url",
        placeholders=ABOUT,
    ),
    Message(
        key=round_telling.FOLLOWED,
        app="budget",
        audience=_("Who follows the trajectory"),
        trigger=_("A round of alternative budgets is opened"),
        category="followed",
        context=opened,
        stops=_("what you follow"),
        target="round_url",
        placeholders=ABOUT,
    ),
)
