"""A municipality's own words in the messages of the catalogue.

They take the place of the subject and of the greeting; what a message tells, its links and its buttons stay. The
opening is Markdown of which only emphasis, links, lists and paragraphs are left. Placeholders are filled in after
that, as text, so that a resident's words can't become markup. Words that can't be used when a message goes out
(a placeholder that the message lost, a value that is not there) give way to the standard ones, and the
coordinators are told once.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import Any

import nh3
import structlog
from django.db import transaction
from django.utils.html import escape, strip_tags
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from markdown_it import MarkdownIt

from trajecten import registry
from trajecten.domain import activities
from trajecten.models import MessageText, Municipality, Notification, User

log = structlog.get_logger(__name__)

BROKEN = "trajecten.text_broken"
PLACEHOLDER = re.compile(r"\{([^{}\s]*)\}")
LINK = re.compile(r'<a href="([^"]*)"[^>]*>(.*?)</a>')
EMPTY_LINES = re.compile(r"\n{2,}")
MARKDOWN = MarkdownIt("commonmark", {"html": False}).disable(
    ["heading", "lheading", "code", "fence", "image"]
)
TAGS = {"p", "br", "strong", "em", "a", "ul", "ol", "li", "blockquote"}
MUNICIPALITY = registry.Placeholder(
    "gemeente",
    gettext_lazy("The name of the municipality"),
    lambda context: context["municipality"].name,
    "Polderwijk",
)


class UnknownPlaceholder(Exception):
    """The words hold a placeholder that this message does not offer; the message names it and those that it has."""

    def __init__(self, name: str, offered: tuple[registry.Placeholder, ...]) -> None:
        names = ", ".join(f"{{{placeholder.name}}}" for placeholder in offered)
        self.message = _("{%(name)s} does not exist in this message. What does: %(offered)s.") % {
            "name": name,
            "offered": names,
        }
        super().__init__(self.message)


@dataclass(frozen=True)
class OwnWords:
    """What a municipality wrote, filled in; ``context`` is for the templates. Empty means the standard words.

    ``broken`` is the text that could not be used.
    """

    subject: str = ""
    context: dict[str, Any] = field(default_factory=dict)
    broken: MessageText | None = None


def as_title(text: object) -> str:
    """What somebody said as it stands within another sentence: without a full stop of its own."""
    words = str(text).rstrip()
    return words if words.endswith("..") else words.removesuffix(".")


def placeholders(message: registry.Message) -> tuple[registry.Placeholder, ...]:
    """What may be used in this message."""
    return (MUNICIPALITY, *message.placeholders)


def check(message: registry.Message, words: str) -> None:
    """Raise ``UnknownPlaceholder`` for the first one in the words that the message does not offer."""
    offered = placeholders(message)
    names = {placeholder.name for placeholder in offered}
    for name in PLACEHOLDER.findall(words):
        if name not in names:
            raise UnknownPlaceholder(name, offered)


def editable() -> tuple[registry.Message, ...]:
    """The messages of which a municipality may write its own words: those that come from it, save warnings to it."""
    return tuple(
        message for message in registry.messages() if message.key != BROKEN and not message.from_portal
    )


@transaction.atomic
def keep(
    *,
    municipality: Municipality,
    message: registry.Message,
    language: str,
    subject: str,
    opening: str,
    by: User,
) -> None:
    """Keep a municipality's words for a message; with both empty the standard words are back.

    Raises ``UnknownPlaceholder`` and keeps nothing when they hold one that the message does not offer.
    """
    check(message, subject)
    check(message, opening)
    rows = MessageText.objects.filter(municipality=municipality, key=message.key, language=language)
    if subject or opening:
        MessageText.objects.update_or_create(
            municipality=municipality,
            key=message.key,
            language=language,
            defaults={"subject": subject, "opening": opening},
        )
    else:
        rows.delete()
    details = {"message": message.key, "language": language}
    activities.record(verb="text_changed", target=municipality, by=by, details=details)


def own_words(
    *, row: Notification, message: registry.Message, language: str, context: Mapping[str, Any]
) -> OwnWords:
    """The municipality's words for this message with the values filled in, or none."""
    found = MessageText.objects.filter(
        municipality=row.municipality, key=row.key, language=language[:2]
    ).first()
    if found is None:
        return OwnWords()
    try:
        check(message, found.subject + found.opening)
        names = set(PLACEHOLDER.findall(found.subject + found.opening))
        values = {each.name: str(each.value(context)) for each in placeholders(message) if each.name in names}
        return fill(found.subject, found.opening, values)
    except Exception as error:
        log.warning("own_text_broken", message=row.key, error=type(error).__name__)
        return OwnWords(broken=found)


def fill(subject: str, opening: str, values: Mapping[str, str]) -> OwnWords:
    """The words with these values in them: the subject on one line, the opening as text and as clean HTML."""
    context: dict[str, Any] = {}
    if opening:
        context = {"opening_text": text(opening, values), "opening_html": html(opening, values)}
    return OwnWords(" ".join(_filled(subject, values).split()), context)


def html(opening: str, values: Mapping[str, str]) -> str:
    """The Markdown as HTML that holds nothing but ``TAGS``, with the values in it as text."""
    clean = nh3.clean(
        MARKDOWN.render(opening), tags=TAGS, attributes={"a": {"href"}}, url_schemes={"https", "mailto"}
    )
    return mark_safe(_filled(clean, {name: escape(value) for name, value in values.items()}))  # noqa: S308  cleaned


def text(opening: str, values: Mapping[str, str]) -> str:
    """The Markdown as plain text: the address of a link behind its words, a dash before each item of a list."""
    words = LINK.sub(r"\2 (\1)", html(opening, values))
    words = words.replace("<li>", "- ").replace("</p>", "\n").replace("</ul>", "\n").replace("</ol>", "\n")
    lines = [line.strip() for line in unescape(strip_tags(words)).splitlines()]
    return EMPTY_LINES.sub("\n\n", "\n".join(lines)).strip()


def _filled(words: str, values: Mapping[str, str]) -> str:
    return PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), words)


def sample(message: registry.Message) -> dict[str, str]:
    """Made-up values for the preview."""
    return {placeholder.name: placeholder.sample for placeholder in placeholders(message)}
