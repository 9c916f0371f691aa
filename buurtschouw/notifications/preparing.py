"""What is told of a walk that is being prepared."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as _

from buurtschouw.domain.preparing import announcing, routes
from buurtschouw.models import Announcement
from trajecten.domain.telling import texts
from trajecten.models import Notification
from trajecten.registry import Message, NothingToSay, Placeholder


def announced(row: Notification) -> Mapping[str, Any]:
    """When and where the walk is, and what it is about. Raises ``NothingToSay`` when it got another date since, or has
    been.
    """
    if not isinstance(row.about, Announcement):
        raise NothingToSay("the walk is gone")
    schouw = row.about.schouw
    if schouw.walk_at != row.about.walk_at or row.about.walk_at <= timezone.now():
        raise NothingToSay("overtaken")
    parts = {"gemeente": row.municipality.slug, "pk": schouw.pk}
    return {
        "schouw": schouw,
        "trajectory": schouw.trajectory,
        "measure": routes.measure(schouw),
        "themes": list(schouw.themes()),
        "walk_url": f"{settings.BASE_URL}{reverse('buurtschouw:schouw', kwargs=parts)}",
    }


ABOUT_A_WALK = (
    Placeholder(
        "schouw",
        gettext_lazy("The title of the walk"),
        lambda context: texts.as_title(context["trajectory"].title),
        "Schouw Oostpolder",
    ),
)

MESSAGES = (
    Message(
        key=announcing.ANNOUNCED,
        app="buurtschouw",
        audience=_("Who follows the neighbourhood that is walked"),
        trigger=_("A coordinator or adviser tells them of the walk, once for each date"),
        category="followed",
        context=announced,
        target="walk_url",
        same_for_all=True,
        placeholders=ABOUT_A_WALK,
        stops=_("what you follow"),
    ),
)
