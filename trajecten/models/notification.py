from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from trajecten.enums import Channel, NotificationState
from trajecten.models.municipality import MunicipalityOwned
from trajecten.models.participant import Participant


class Notification(MunicipalityOwned):
    """An outbox row: a message that somebody is owed, written in the transaction of what it tells about.

    ``delivery_key`` is unique, so the same message can't be owed twice. The words are made at the moment
    of sending (``trajecten.registry.Message.context``); ``context`` holds only keys and dates.
    ``due_at`` is when the next attempt may be made; ``request_id`` ties its log lines to the request that owed it.
    """

    key = models.CharField(_("message"), max_length=60)
    channel = models.CharField(_("channel"), max_length=10, choices=Channel, default=Channel.EMAIL)
    participant = models.ForeignKey(
        Participant, on_delete=models.CASCADE, null=True, blank=True, related_name="notifications"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="notifications",
        db_index=False,
    )
    content_type = models.ForeignKey(
        ContentType, on_delete=models.PROTECT, null=True, blank=True, db_index=False
    )
    object_id = models.PositiveBigIntegerField(null=True, blank=True)
    about = GenericForeignKey("content_type", "object_id")
    context = models.JSONField(default=dict, blank=True)
    delivery_key = models.CharField(_("delivery key"), max_length=120)
    request_id = models.CharField(max_length=64, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=NotificationState, default=NotificationState.QUEUED
    )
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    error = models.CharField(_("last error"), max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    due_at = models.DateTimeField(_("next attempt"))
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        indexes = [
            models.Index(fields=["due_at"], condition=models.Q(state="queued"), name="notification_due"),
            models.Index(fields=["user", "key", "-id"], name="notification_of_user"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["delivery_key"], name="notification_once"),
            models.CheckConstraint(
                condition=models.Q(participant__isnull=False) ^ models.Q(user__isnull=False),
                name="notification_one_recipient",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="sent") | models.Q(sent_at__isnull=False),
                name="notification_sent_when",
            ),
        ]

    def __str__(self) -> str:
        return self.delivery_key
