"""What is told about telling itself: digests, and own words that could not be used."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as _

from trajecten import registry
from trajecten.domain.telling import digesting, texts
from trajecten.models import MessageText, Notification
from trajecten.registry import Category, Message, NothingToSay


def _url(name: str, **parts: Any) -> str:
    return f"{settings.BASE_URL}{reverse(name, kwargs=parts)}"


def digest(row: Notification) -> Mapping[str, Any]:
    """What was held for this person. Raises ``NothingToSay`` when none of it is wanted or means anything now."""
    items = digesting.worth_telling(row)
    if not items:
        raise NothingToSay("nothing left to tell")
    return {
        "items": [
            {
                "title": item.title,
                "text": item.text,
                "url": f"{settings.BASE_URL}{item.path}" if item.path else "",
            }
            for item in items
        ]
    }


def text_broken(row: Notification) -> Mapping[str, Any]:
    """Which own words could not be used. Raises ``NothingToSay`` when they are gone."""
    if not isinstance(row.about, MessageText):
        raise NothingToSay("the words are gone")
    text = row.about
    page = _url("message-text", gemeente=row.municipality.slug)
    return {
        "trigger": gettext_lazy(str(registry.message(text.key).trigger)),
        "text_url": f"{page}?message={text.key}&language={text.language}",
    }


CATEGORIES = (
    Category("my-supports", gettext_lazy("Reports that you support")),
    Category(
        "my-work", gettext_lazy("Your work here: new reports, and reports that come back"), for_staff=True
    ),
)

MESSAGES = (
    Message(
        key=digesting.DIGEST,
        app="trajecten",
        audience=_("Who chose to hear of things once a day or week, or was told much in one hour"),
        trigger=_("The moment of the digest: every day or Monday at 8 o'clock, or the next whole hour"),
        category="digest",
        context=digest,
        in_portal=False,
    ),
    Message(
        key=texts.BROKEN,
        app="trajecten",
        audience=_("Coordinators of the municipality"),
        trigger=_("The municipality's own words in a message could not be used, so the standard words were"),
        category="settings",
        context=text_broken,
        target="text_url",
    ),
)
