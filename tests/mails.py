"""Mails as the outbox makes them."""

from django.core.mail import EmailMultiAlternatives

from trajecten.domain.telling import composing
from trajecten.models import Notification


def composed(row: Notification) -> EmailMultiAlternatives:
    """The mail of this row, whatever its recipient chose. Raises ``NothingToSay`` when it has lost its meaning."""
    return composing.mail(row, composing.words(row))
