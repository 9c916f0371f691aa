"""The messages with which people are asked what they thought of a walk."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as _

from buurtschouw.domain.evaluation import asking
from buurtschouw.models import Evaluation
from trajecten.domain.telling import texts
from trajecten.models import Notification
from trajecten.registry import Message, NothingToSay, Placeholder


def asked(row: Notification) -> Mapping[str, Any]:
    """The questions behind a link of one's own. Raises ``NothingToSay`` when nobody can answer any more."""
    evaluation = row.about
    if not isinstance(evaluation, Evaluation) or not evaluation.is_open:
        raise NothingToSay("closed")
    given = asking.token(evaluation=evaluation, to=row.participant or row.user)
    parts = {"gemeente": row.municipality.slug, "pk": evaluation.schouw_id, "token": given}
    return {
        "evaluation": evaluation,
        "trajectory": evaluation.schouw.trajectory,
        "schouw": evaluation.schouw,
        "answer_url": f"{settings.BASE_URL}{reverse('buurtschouw:evaluation-answer', kwargs=parts)}",
    }


PLACEHOLDERS = (
    Placeholder(
        "schouw",
        gettext_lazy("The title of the walk"),
        lambda context: texts.as_title(context["trajectory"].title),
        "Schouw De Linde",
    ),
)

MESSAGES = (
    Message(
        key=asking.ASKED,
        app="buurtschouw",
        audience=_("Who walked along and left an address"),
        trigger=_("A coordinator or adviser asks what people thought of the walk"),
        category="invitations",
        context=asked,
        target="answer_url",
        placeholders=PLACEHOLDERS,
        stops=_("invitations to take part"),
    ),
    Message(
        key=asking.OFFICIAL_ASKED,
        app="buurtschouw",
        audience=_("Officials of the teams that answer the themes of the walk"),
        trigger=_("A coordinator or adviser asks what people thought of the walk"),
        category="my-work",
        context=asked,
        target="answer_url",
        placeholders=PLACEHOLDERS,
        stops=_("your work here"),
    ),
)
