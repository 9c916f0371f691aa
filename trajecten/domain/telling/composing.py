"""The words of a message, made at the moment of delivery, and the mail that carries them."""

import hashlib
from dataclasses import dataclass, replace
from email.utils import formataddr, parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from trajecten import registry
from trajecten.domain.telling import digesting, texts, unsubscribing
from trajecten.models import MessageText, Municipality, Notification, Participant, User


@dataclass(frozen=True)
class Words:
    """A message in the language of who gets it. ``url`` is the whole address of what it is about, or empty.

    ``broken`` is the municipality's own text that could not be used in it.
    """

    subject: str
    body: str
    html: str
    url: str
    stop_url: str
    broken: MessageText | None = None

    @property
    def short(self) -> str:
        """The first paragraph after the greeting, with what it announces when it ends in a colon."""
        paragraphs = [" ".join(part.split()) for part in self.body.split("\n\n")]
        said = [part for part in paragraphs if part and not part.endswith(",")]
        n = next((n for n, part in enumerate(said, start=1) if not part.endswith(":")), len(said))
        return Truncator(" ".join(said[:n])).chars(300)

    @property
    def path(self) -> str:
        """The address within the portal; empty for one elsewhere."""
        return (
            self.url.removeprefix(settings.BASE_URL) if self.url.startswith(f"{settings.BASE_URL}/") else ""
        )


class Shared(dict[tuple[object, ...], Words]):
    """Words that are the same for many recipients, made once; for as long as one worker goes through one batch.

    They hold ``STOP`` and ``CHOICES`` in the place of the two links of the recipient.
    """

    STOP = "stop-link-of-the-recipient"
    CHOICES = "preferences-link-of-the-recipient"

    def key(self, row: Notification) -> tuple[object, ...]:
        is_stoppable = row.participant_id is not None
        about = (row.key, row.municipality_id, row.content_type_id, row.object_id, str(row.context))
        return (*about, recipient(row).language, is_stoppable)

    def has(self, row: Notification) -> bool:
        return self.key(row) in self


def words(row: Notification, shared: Shared | None = None) -> Words:
    """Raises ``NothingToSay`` when the message has lost its meaning."""
    message = registry.message(row.key)
    stop_url = _stop_url(row, message)
    preferences_url = "" if message.from_portal else _preferences_url(row)
    if shared is None or not message.same_for_all:
        return _make(row, message, stop_url, preferences_url)
    if shared.has(row):
        made = replace(shared[shared.key(row)], broken=None)
    else:
        made = _make(row, message, stop_url and shared.STOP, shared.CHOICES)
        shared[shared.key(row)] = made
    links = {shared.STOP: stop_url, shared.CHOICES: preferences_url}
    return replace(made, body=_with(links, made.body), html=_with(links, made.html), stop_url=stop_url)


def _with(links: dict[str, str], text: str) -> str:
    for place, link in links.items():
        text = text.replace(place, link)
    return text


def _make(row: Notification, message: registry.Message, stop_url: str, preferences_url: str) -> Words:
    to = recipient(row)
    with translation.override(to.language):
        context: dict[str, Any] = {
            "municipality": row.municipality,
            "base_url": settings.BASE_URL,
            "unsubscribe_url": stop_url,
            "preferences_url": preferences_url,
            **message.context(row),
        }
        own = texts.own_words(row=row, message=message, language=to.language, context=context)
        context.update(own.context)
        return Words(
            subject=own.subject or _line(f"{message.template}.subject.txt", context),
            body=render_to_string(f"{message.template}.txt", context),
            html=render_to_string(f"{message.template}.html", context),
            url=str(context.get(message.target, "")),
            stop_url=stop_url,
            broken=own.broken,
        )


def _line(template: str, context: dict[str, Any]) -> str:
    return " ".join(render_to_string(template, context).split())


def mail(row: Notification, words: Words) -> EmailMultiAlternatives:
    """The mail with these words, from the municipality by name."""
    to = recipient(row)
    message = registry.message(row.key)
    with translation.override(to.language):
        sender = settings.DEFAULT_FROM_EMAIL if message.from_portal else _sender(row.municipality)
    made = EmailMultiAlternatives(
        subject=words.subject,
        body=words.body,
        from_email=sender,
        to=[to.email or ""],
        reply_to=None if message.from_portal else _reply_to(row.municipality),
        headers=_headers(row, words.stop_url),
    )
    made.attach_alternative(words.html, "text/html")
    return made


def recipient(row: Notification) -> Participant | User:
    to = row.participant or row.user
    assert to is not None  # noqa: S101  the database holds that there is one
    return to


def _sender(municipality: Municipality) -> str:
    """The municipality by name, at the portal's own address: only that is the portal's to send from."""
    name = municipality.mail_sender_name or _("Municipality of %(name)s") % {"name": municipality.name}
    return formataddr((name, parseaddr(settings.DEFAULT_FROM_EMAIL)[1]))


def _reply_to(municipality: Municipality) -> list[str] | None:
    address = municipality.reply_email or municipality.contact_email
    return [address] if address else None


def _stop_url(row: Notification, message: registry.Message) -> str:
    """The link that stops this kind of mail; for a digest, all that is in it."""
    if row.participant is None:
        return ""
    if row.key == digesting.DIGEST:
        categories = digesting.categories_of(row)
    else:
        categories = (message.category,) if message.stops else ()
    if not categories:
        return ""
    return unsubscribing.url(
        participant=row.participant, municipality=row.municipality, category="+".join(categories)
    )


def _preferences_url(row: Notification) -> str:
    """Where one chooses how often to hear of things: for a guest by a secret link."""
    if row.participant is not None and row.participant.user_id is None:
        return unsubscribing.preferences_url(participant=row.participant, municipality=row.municipality)
    return f"{settings.BASE_URL}{reverse('preferences', kwargs={'gemeente': row.municipality.slug})}"


def _headers(row: Notification, stop_url: str) -> dict[str, str]:
    """With RFC 8058's two, by which a mail program can offer a button of its own to stop these mails."""
    headers = {"Message-ID": message_id(row.delivery_key), "Auto-Submitted": "auto-generated"}
    if stop_url:
        headers["List-Unsubscribe"] = f"<{stop_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def message_id(delivery_key: str) -> str:
    """The same key always gives the same Message-ID, so that a message offered twice is known as one."""
    digest = hashlib.sha256(delivery_key.encode()).hexdigest()[:40]
    host = settings.BASE_URL.partition("://")[2].partition("/")[0].partition(":")[0]
    return f"<{digest}@{host}>"
