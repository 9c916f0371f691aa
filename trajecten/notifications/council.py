"""What is told about decisions of council and college."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as _

from trajecten.domain.council import behind, decisions
from trajecten.enums import CouncilStatus
from trajecten.models import CouncilDecision, Notification
from trajecten.registry import Category, Message, NothingToSay


def council_decided(row: Notification) -> Mapping[str, Any]:
    """The decision line by line with its reasons, and the promises that follow from it.

    Raises ``NothingToSay`` when the decision is gone, or corrected since: then the correction is told.
    """
    decision = row.about
    if not isinstance(decision, CouncilDecision):
        raise NothingToSay("the decision is gone")
    item = decision.item
    if item.round != decision.round:
        raise NothingToSay("corrected since")
    address = reverse("council-item", kwargs={"gemeente": row.municipality.slug, "pk": item.pk})
    return {
        "item": item,
        "decision": decision,
        "outcome": CouncilStatus(decision.outcome).label,
        "lines": [
            {**line, "decision_label": decisions.label(line["decision"], line.get("amount"))}
            for line in decision.lines
        ],
        "promises": behind.made(item),
        "item_url": f"{settings.BASE_URL}{address}",
    }


# -- Council -------------------------------------------------------------------------------------------------
CATEGORIES = (Category("council", gettext_lazy("Decisions on what you said, support or take part in")),)

MESSAGES = (
    Message(
        key="trajecten.council_decided",
        app="trajecten",
        audience=_("Who said what is behind a council item, and left an address"),
        trigger=_("Council or college decided on it, or a decision is corrected"),
        category="council",
        context=council_decided,
        target="item_url",
        stops=_("decisions on what you said, support or take part in"),
    ),
    Message(
        key="trajecten.council_decided_supporter",
        app="trajecten",
        audience=_("Who supports what is behind a council item, and left an address"),
        trigger=_("The same, for who supports it"),
        category="council",
        context=council_decided,
        target="item_url",
        stops=_("decisions on what you said, support or take part in"),
    ),
    Message(
        key="trajecten.council_decided_member",
        app="trajecten",
        audience=_("Who takes part in the trajectory of a council item, and left an address"),
        trigger=_("The same, for who takes part in its trajectory"),
        category="council",
        context=council_decided,
        target="item_url",
        same_for_all=True,
        stops=_("decisions on what you said, support or take part in"),
    ),
)
