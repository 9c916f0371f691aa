"""The message about figures that an official delivered."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as _

from budget.domain.deliveries import reporting, telling
from budget.enums import DeliveryState
from budget.models import Delivery
from budget.notifications.choosing import url
from trajecten.models import Notification
from trajecten.registry import Message, NothingToSay, Placeholder


def ended(row: Notification) -> Mapping[str, Any]:
    """What became of it. Raises ``NothingToSay`` when it is gone."""
    delivery = row.about
    if not isinstance(delivery, Delivery):
        raise NothingToSay("gone")
    return {
        "name": delivery.name,
        "is_refused": delivery.state == DeliveryState.REFUSED,
        "summary": reporting.summary(delivery.outcome),
        "delivery_url": url("delivery", row, pk=delivery.pk),
    }


MESSAGES = (
    Message(
        key=telling.ENDED,
        app="budget",
        audience=_("The official who delivered the figures"),
        trigger=_("A large delivery of figures, or one that took long, has been read or was refused"),
        category="my-work",
        context=ended,
        target="delivery_url",
        placeholders=(
            Placeholder(
                "bestand",
                gettext_lazy("The name of the delivery"),
                lambda context: context["name"],
                "begroting-2027.csv",
            ),
        ),
        stops=_("your work here"),
    ),
)
