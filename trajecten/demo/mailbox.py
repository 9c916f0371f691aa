"""Reads the Maildir into which the local mail sink of the demo writes (``manage.py mail_sink``)."""

import email
import email.policy
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

from django.conf import settings

SHOWN = 100


@dataclass(frozen=True)
class CaughtMail:
    """A mail that was sent: who gets it, about what, when, its words, and how it looks (empty without HTML)."""

    key: str
    to: str
    subject: str
    at: datetime | None
    text: str
    html: str = ""


def newest() -> list[CaughtMail]:
    """The newest mails first, at most ``SHOWN``."""
    files = sorted(_folder().glob("*"), key=lambda file: file.stat().st_mtime, reverse=True)[:SHOWN]
    return [_read(file) for file in files]


def read(key: str) -> CaughtMail | None:
    """The mail with this key, or None."""
    file = next((file for file in _folder().glob("*") if file.name == key), None)
    return _read(file) if file else None


def _folder() -> Path:
    return Path(settings.MAIL_SINK_DIR) / "new"


def _read(file: Path) -> CaughtMail:
    message = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    assert isinstance(message, EmailMessage)  # noqa: S101  the policy's class
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    return CaughtMail(
        key=file.name,
        to=str(message["To"]),
        subject=str(message["Subject"]),
        at=_sent_at(message),
        text=text.get_content() if text else "",
        html=html.get_content() if html else "",
    )


def _sent_at(message: EmailMessage) -> datetime | None:
    """The Date of a mail; the zone -0000, which Django writes, is UTC but read as no zone at all."""
    if not message["Date"]:
        return None
    moment = parsedate_to_datetime(str(message["Date"]))
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
