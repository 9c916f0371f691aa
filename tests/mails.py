"""Mails as the outbox makes them."""

from django.core.mail import EmailMultiAlternatives

from trajecten.domain.telling import composing
from trajecten.models import Notification


def composed(row: Notification) -> EmailMultiAlternatives:
    """The mail of this row, whatever its recipient chose. Raises ``NothingToSay`` when it has lost its meaning."""
    return composing.mail(row, composing.words(row))


def in_english(row: Notification) -> EmailMultiAlternatives:
    """The same in the language of the source, for tests of what it says."""
    if row.participant:
        row.participant.language = "en"
        row.participant.save(update_fields=["language"])
    return composed(row)
