"""Letting the demo's people do things at moments that have passed, with the portal's own domain functions."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from typing import Any
from unittest import mock

from django.db.models import F
from django.utils import timezone
from django_scopes import scopes_disabled

from trajecten.domain import notify
from trajecten.enums import NotificationState
from trajecten.models import Notification


class Past:
    """Whatever is done within ``at`` is dated then; logs that can't be changed afterwards are right at once.

    Messages owed within it count as sent then, so that nobody gets the mail of three months at once;
    ``forget_mail`` says so in the outbox. With ``mail_waits`` they stay in the outbox and are delivered.
    """

    def __init__(self) -> None:
        self._told: list[str] = []

    @contextmanager
    def at(self, moment: datetime, *, mail_waits: bool = False) -> Iterator[None]:
        with ExitStack() as stack:
            stack.enter_context(mock.patch.object(timezone, "now", return_value=moment))
            if not mail_waits:
                stack.enter_context(mock.patch.object(notify, "wake"))
                stack.enter_context(mock.patch.object(notify, "outbox_row", self._noting(notify.outbox_row)))
            yield

    def _noting(self, outbox_row: Any) -> Any:
        def noting(**message: Any) -> Any:
            self._told.append(message["delivery_key"])
            return outbox_row(**message)

        return noting

    def forget_mail(self) -> int:
        """Mark what was owed in the past as sent when it was owed. Returns how many messages."""
        with scopes_disabled():
            waiting = Notification.objects.filter(delivery_key__in=self._told, state=NotificationState.QUEUED)
            return waiting.update(state=NotificationState.SENT, sent_at=F("created_at"), attempts=1)
