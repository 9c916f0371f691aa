"""What is told of a contribution that becomes something in another method."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as _

from trajecten import registry
from trajecten.domain.successions import asking, telling
from trajecten.enums import SuccessionState
from trajecten.models import Activity, Companion, Contribution, Notification, Succession
from trajecten.registry import Category, Message, NothingToSay


def asked(row: Notification) -> Mapping[str, Any]:
    """The question with its link. Raises ``NothingToSay`` when it was picked up or taken back."""
    companion = row.about
    if not isinstance(companion, Companion) or not companion.succession.is_prepared:
        raise NothingToSay("settled already")
    return {
        "companion": companion,
        "succession": companion.succession,
        "becomes": registry.successor(companion.succession.target),
        "own_url": asking.url(companion, row.municipality),
    }


def settled(row: Notification) -> Mapping[str, Any]:
    """What became of it, for who was asked. Raises ``NothingToSay`` when it is gone."""
    if not isinstance(row.about, Succession):
        raise NothingToSay("gone")
    return _told(row.about)


def followed(row: Notification) -> Mapping[str, Any]:
    """What became of it, for who follows the contribution. Raises ``NothingToSay`` when it is gone or overtaken."""
    act = row.about
    if not isinstance(act, Activity) or not isinstance(act.target, Succession):
        raise NothingToSay("gone")
    if act.verb != f"succession_{act.target.state}":
        raise NothingToSay("overtaken")
    return _told(act.target)


def _told(succession: Succession) -> dict[str, Any]:
    origin = succession.origin
    if not isinstance(origin, Contribution):
        raise NothingToSay("gone")
    kind = registry.contribution_kind(type(origin))
    loaded = kind.load([origin.pk])[origin.pk]
    return {
        "succession": succession,
        "title": kind.public_title(loaded),
        "becomes": registry.successor(succession.target),
        "is_begun": succession.state == SuccessionState.BEGUN,
        "is_taken_back": succession.state == SuccessionState.TAKEN_BACK,
        "origin_url": f"{settings.BASE_URL}{kind.public_url(loaded)}",
    }


CATEGORIES = (Category("successions", gettext_lazy("What becomes of ideas that you join or had")),)

MESSAGES = (
    Message(
        key=telling.ASKED,
        app="trajecten",
        audience=_("Who joins, pulls or had what is prepared for another method"),
        trigger=_("An official prepares it; asks whether they go along"),
        category="successions",
        context=asked,
        target="own_url",
    ),
    Message(
        key=telling.TAKEN_BACK,
        app="trajecten",
        audience=_("Who was asked to go along, but for who said no"),
        trigger=_("An official takes back what was prepared"),
        category="successions",
        context=settled,
        stops=_("what becomes of ideas"),
        target="origin_url",
    ),
    Message(
        key=telling.BEGUN,
        app="trajecten",
        audience=_("Who was asked to go along, but for who said no"),
        trigger=_("What was prepared is picked up in the other method"),
        category="successions",
        context=settled,
        stops=_("what becomes of ideas"),
        target="origin_url",
    ),
    Message(
        key=telling.FOLLOWED,
        app="trajecten",
        audience=_("Who follows what is prepared for another method"),
        trigger=_("It is prepared, taken back or picked up"),
        category="followed",
        context=followed,
        stops=_("what you follow"),
        target="origin_url",
        same_for_all=True,
    ),
)
