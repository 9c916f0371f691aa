"""Letting the demo's people do things at moments that have passed, with the portal's own domain functions."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta
from typing import Any
from unittest import mock

from django.core.mail import get_connection
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django_scopes import scopes_disabled

from trajecten.domain.telling import delivering, fanning_out, notify, waking
from trajecten.enums import Channel, Lane, NotificationState
from trajecten.models import Notification

READ = timedelta(days=10)


class Past:
    """Whatever is done within ``at`` is dated then; logs that can't be changed afterwards are right at once.

    Messages owed within it count as sent then, so that nobody gets the mail of three months at once;
    ``forget_mail`` says so in the outbox. With ``mail_waits`` they stay in the outbox and are delivered.
    """

    def __init__(self) -> None:
        self._told: list[str] = []
        self._told_followers: list[str] = []

    @contextmanager
    def at(self, moment: datetime, *, mail_waits: bool = False) -> Iterator[None]:
        with ExitStack() as stack:
            stack.enter_context(mock.patch.object(timezone, "now", return_value=moment))
            if not mail_waits:
                stack.enter_context(mock.patch.object(waking, "ask"))
                stack.enter_context(
                    mock.patch.object(notify, "owe_followers", self._noting_followers(notify.owe_followers))
                )
                stack.enter_context(mock.patch.object(notify, "outbox_row", self._noting(notify.outbox_row)))
            yield

    def _noting(self, outbox_row: Any) -> Any:
        def noting(**message: Any) -> Any:
            self._told.append(message["delivery_key"])
            return outbox_row(**message)

        return noting

    def _noting_followers(self, owe_followers: Any) -> Any:
        def noting(**message: Any) -> None:
            self._told_followers.append(message["delivery_key"])
            owe_followers(**message)

        return noting

    def _owed(self) -> QuerySet[Notification]:
        """Everything owed in the past that waits, also what is owed to followers."""
        keys = Q(delivery_key__in=self._told)
        if self._told_followers:
            fanning_out.fan_out_due()
        for key in self._told_followers:
            keys |= Q(delivery_key__startswith=f"{key}:", lane=Lane.BULK)
        return Notification.objects.filter(keys, state=NotificationState.QUEUED)

    def forget_mail(self) -> int:
        """Mark what was owed in the past as sent when it was owed. Returns how many messages.

        Who has an account finds it in the portal, and has read what is older than ``READ``.
        """
        with scopes_disabled():
            waiting = self._owed()
            has_account = Q(user__isnull=False) | Q(participant__user__isnull=False)
            shown = [
                self._show(*row)
                for row in waiting.filter(has_account).values_list("delivery_key", "created_at")
            ]
            read = Notification.objects.filter(channel=Channel.INAPP, created_at__lt=timezone.now() - READ)
            read.update(read_at=F("created_at"))
            sent = waiting.update(state=NotificationState.SENT, sent_at=F("created_at"), attempts=1)
        return len(shown) + sent

    def _show(self, delivery_key: str, moment: datetime) -> str:
        """Deliver it as it would have been then, save that no mail goes out."""
        nowhere = delivering.Batch(line=get_connection("django.core.mail.backends.dummy.EmailBackend"))
        with mock.patch.object(timezone, "now", return_value=moment):
            return delivering.deliver(delivery_key=delivery_key, batch=nowhere)
