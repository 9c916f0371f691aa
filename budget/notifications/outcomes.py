"""The messages about the residents' alternative and its amendment."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as _

from budget.domain.amendments import lines
from budget.domain.outcomes import telling
from budget.models import Amendment, Outcome
from trajecten.domain.telling import texts
from trajecten.models import Notification
from trajecten.registry import Message, NothingToSay, Placeholder


def _url(name: str, row: Notification, **parts: Any) -> str:
    return f"{settings.BASE_URL}{reverse(name, kwargs={'gemeente': row.municipality.slug, **parts})}"


def frozen(row: Notification) -> Mapping[str, Any]:
    """What all alternatives come to. Raises ``NothingToSay`` when it is gone."""
    outcome = row.about
    if not isinstance(outcome, Outcome):
        raise NothingToSay("gone")
    return {
        "outcome": outcome,
        "moved": lines.moved(lines.shifts(outcome)),
        "outcome_url": _url("budget:outcome", row, round=outcome.round_id, number=outcome.number),
    }


def handed_in(row: Notification) -> Mapping[str, Any]:
    """The council item. Raises ``NothingToSay`` when it is gone."""
    amendment = row.about
    if not isinstance(amendment, Amendment) or amendment.council_item_id is None:
        raise NothingToSay("gone")
    return {
        "amendment": amendment,
        "outcome": amendment.outcome,
        "item_url": _url("staff-council-item", row, pk=amendment.council_item_id),
    }


MESSAGES = (
    Message(
        key=telling.FROZEN,
        app="budget",
        audience=_("Who made an alternative budget that was counted"),
        trigger=_("An official or adviser freezes the residents' alternative of a round that is closed"),
        category="my-alternatives",
        context=frozen,
        target="outcome_url",
        placeholders=(
            Placeholder(
                "ronde",
                gettext_lazy("The title of the round"),
                lambda context: texts.as_title(context["outcome"].round.title),
                "De begroting van bewoners",
            ),
        ),
    ),
    Message(
        key=telling.HANDED_IN,
        app="budget",
        audience=_("The clerks of the municipality"),
        trigger=_("A concept amendment of residents is handed in to the council"),
        category="my-work",
        context=handed_in,
        target="item_url",
        placeholders=(
            Placeholder(
                "amendement",
                gettext_lazy("The title of the amendment"),
                lambda context: texts.as_title(context["amendment"].title),
                "De begroting van bewoners voor 2027",
            ),
        ),
        stops=_("your work here"),
    ),
)
