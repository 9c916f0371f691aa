from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from trajecten.enums import Channel, Lane, NotificationState
from trajecten.models.municipality import MunicipalityOwned
from trajecten.models.participant import Participant


class Notification(MunicipalityOwned):
    """An outbox row: a message that somebody is owed, written in the transaction of what it tells about.

    ``delivery_key`` is unique, so the same message can't be owed twice. The words are made at the moment
    of sending (``trajecten.registry.Message.context``); ``context`` holds only keys and dates.
    ``due_at`` is when the next attempt may be made, or when a held one goes into a digest (``digest`` is its row
    then, with which it goes: what is in a digest is always older than it); ``request_id`` ties its log lines to the
    request that owed it.

    What is owed is a row of the channel e-mail. Delivering it makes a second row for who has an account: that of
    the inbox, for the account itself, with its words in ``title``, ``text`` and ``path``, made once.
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
    delivery_key = models.CharField(_("delivery key"), max_length=140)
    lane = models.CharField(_("lane"), max_length=6, choices=Lane, default=Lane.SINGLE)
    request_id = models.CharField(max_length=64, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=NotificationState, default=NotificationState.QUEUED
    )
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    error = models.CharField(_("last error"), max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    due_at = models.DateTimeField(_("next attempt"))
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    title = models.CharField(_("title"), max_length=200, blank=True)
    text = models.CharField(_("text"), max_length=400, blank=True)
    path = models.CharField(_("address"), max_length=400, blank=True)
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)
    digest = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="items", db_index=False
    )

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        indexes = [
            models.Index(
                fields=["lane", "due_at"], condition=models.Q(state="queued"), name="notification_due_in_lane"
            ),
            models.Index(fields=["due_at"], condition=models.Q(state="held"), name="notification_held"),
            models.Index(
                fields=["municipality", "user", "-created_at", "-id"],
                condition=models.Q(channel="inapp"),
                name="notification_inbox",
            ),
            models.Index(
                fields=["municipality", "user"],
                condition=models.Q(channel="inapp", read_at__isnull=True),
                name="notification_unread",
            ),
            models.Index(
                fields=["digest"], condition=models.Q(digest__isnull=False), name="notification_of_digest"
            ),
            models.Index(
                fields=["participant", "sent_at"],
                condition=models.Q(lane="bulk", state="sent"),
                name="notification_burst",
            ),
            models.Index(fields=["user", "key", "-id"], name="notification_of_user"),
            models.Index(fields=["municipality", "created_at"], name="notification_kept"),
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
            models.CheckConstraint(
                condition=~models.Q(channel="inapp") | models.Q(user__isnull=False, state="sent"),
                name="notification_inbox_of_account",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="bundled") | models.Q(digest__isnull=False),
                name="notification_bundled_where",
            ),
        ]

    def __str__(self) -> str:
        return self.delivery_key


class FanOut(MunicipalityOwned):
    """One message to all followers of ``target``, written in the transaction of what it tells about.

    A job turns it into outbox rows, in the order of the participants' keys: ``reached`` is the last one that has a
    row. Each row gets this delivery key with the participant's key behind it, so that who follows several targets
    of the same news is told once. Who is told under the delivery key ``unless_told`` is left out: that tells more of
    the same act.
    """

    key = models.CharField(_("message"), max_length=60)
    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+", db_index=False)
    object_id = models.PositiveBigIntegerField()
    target = GenericForeignKey("content_type", "object_id")
    about_type = models.ForeignKey(
        ContentType, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    about_id = models.PositiveBigIntegerField(null=True, blank=True)
    about = GenericForeignKey("about_type", "about_id")
    delivery_key = models.CharField(_("delivery key"), max_length=110)
    unless_told = models.CharField(_("not to who is told under"), max_length=110, blank=True, editable=False)
    request_id = models.CharField(max_length=64, blank=True)
    reached = models.PositiveBigIntegerField(_("last participant reached"), default=0)
    told = models.PositiveIntegerField(_("number of people told"), default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(_("done at"), null=True, blank=True)

    class Meta:
        verbose_name = _("message to followers")
        verbose_name_plural = _("messages to followers")
        indexes = [
            models.Index(fields=["id"], condition=models.Q(done_at__isnull=True), name="fanout_to_do"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["delivery_key", "content_type", "object_id"], name="fanout_once"),
        ]

    def __str__(self) -> str:
        return self.delivery_key
