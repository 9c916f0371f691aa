from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from trajecten.models.municipality import MunicipalityOwned
from trajecten.models.participant import Participant


class Activity(MunicipalityOwned):
    """Who did what to what, when. Append-only. ``details`` holds keys and numbers, no words of people."""

    actor_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    actor_participant = models.ForeignKey(
        Participant, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    verb = models.CharField(_("act"), max_length=40)
    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, db_index=False)
    object_id = models.PositiveBigIntegerField()
    target = GenericForeignKey("content_type", "object_id")
    details = models.JSONField(default=dict, blank=True)
    is_public = models.BooleanField(_("anyone may see it"), default=False)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        ordering = ["id"]
        indexes = [
            models.Index(fields=["municipality", "-at"], name="activity_recent"),
            models.Index(fields=["municipality", "verb", "-at"], name="activity_of_verb"),
            models.Index(fields=["municipality", "actor_user", "-at"], name="activity_of_user"),
            models.Index(fields=["content_type", "object_id", "id"], name="activity_of_target"),
        ]

    def __str__(self) -> str:
        return self.verb
