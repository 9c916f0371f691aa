from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from trajecten.enums import AbuseReason, HideReason, Moderation, ObjectionOutcome
from trajecten.models.municipality import MunicipalityOwned
from trajecten.models.participant import Participant


class ModerationDecision(MunicipalityOwned):
    """One decision on whether others may read a contribution, of any app. Append-only: a trigger refuses change.

    ``by`` is None when no official decided but the author, who withdrew a consent. Who hides says why: a ``reason``
    of the list, and ``words`` that the author reads.
    """

    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, db_index=False)
    object_id = models.PositiveBigIntegerField()
    target = GenericForeignKey("content_type", "object_id")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    status_before = models.CharField(max_length=10, choices=Moderation)
    status = models.CharField(_("status"), max_length=10, choices=Moderation)
    reason = models.CharField(_("reason"), max_length=12, choices=HideReason, blank=True)
    words = models.TextField(_("in words"), blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("moderation decision")
        verbose_name_plural = _("moderation decisions")
        ordering = ["id"]
        indexes = [models.Index(fields=["content_type", "object_id", "-id"], name="moderation_of_target")]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(status="hidden") | ~models.Q(reason=""), name="moderation_hidden_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.status_before} → {self.status}"


class Objection(MunicipalityOwned):
    """What the author says against the hiding of a contribution: once per decision. A coordinator answers."""

    decision = models.OneToOneField(ModerationDecision, on_delete=models.PROTECT, related_name="objection")
    words = models.TextField(_("why you do not agree"))
    at = models.DateTimeField(auto_now_add=True)
    outcome = models.CharField(
        _("outcome"), max_length=8, choices=ObjectionOutcome, default=ObjectionOutcome.OPEN
    )
    answer = models.TextField(_("answer"), blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("objection")
        verbose_name_plural = _("objections")
        indexes = [
            models.Index(
                fields=["municipality", "at"], name="objection_open", condition=models.Q(outcome="open")
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome="open", answered_at__isnull=True)
                | ~models.Q(outcome="open") & models.Q(answered_at__isnull=False) & ~models.Q(answer=""),
                name="objection_answered_with_words",
            ),
        ]

    def __str__(self) -> str:
        return self.words[:60]


class AbuseReport(MunicipalityOwned):
    """Somebody says that a public contribution should not be there. Several on one thing are handled as one.

    ``reporter`` is who left an address to hear what became of it; ``device`` a hash that stands for the visitor.
    """

    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, db_index=False)
    object_id = models.PositiveBigIntegerField()
    target = GenericForeignKey("content_type", "object_id")
    reason = models.CharField(_("what is wrong with it"), max_length=12, choices=AbuseReason)
    words = models.TextField(_("in words"), blank=True)
    reporter = models.ForeignKey(
        Participant, on_delete=models.SET_NULL, null=True, blank=True, related_name="abuse_reports"
    )
    device = models.CharField(max_length=64, editable=False)
    at = models.DateTimeField(auto_now_add=True)
    handled_at = models.DateTimeField(null=True, blank=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("report of abuse")
        verbose_name_plural = _("reports of abuse")
        ordering = ["id"]
        indexes = [
            models.Index(
                fields=["municipality", "content_type", "object_id"],
                name="abuse_open",
                condition=models.Q(handled_at__isnull=True),
            ),
            models.Index(fields=["municipality", "handled_at"], name="abuse_handled"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "device"],
                condition=models.Q(handled_at__isnull=True),
                name="abuse_once_per_device",
            ),
        ]

    def __str__(self) -> str:
        return self.get_reason_display()
