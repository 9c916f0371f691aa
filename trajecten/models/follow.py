from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from trajecten.models.municipality import MunicipalityOwned
from trajecten.models.participant import Participant


class Follow(MunicipalityOwned):
    """A participant wants to hear what becomes of ``target``: something that is registered as followable."""

    participant = models.ForeignKey(
        Participant, on_delete=models.CASCADE, related_name="follows", db_index=False
    )
    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+", db_index=False)
    object_id = models.PositiveBigIntegerField()
    target = GenericForeignKey("content_type", "object_id")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("follow")
        verbose_name_plural = _("follows")
        indexes = [
            models.Index(
                fields=["municipality", "content_type", "object_id", "participant"], name="follow_of_target"
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["participant", "content_type", "object_id"], name="follow_once"),
        ]

    def __str__(self) -> str:
        return f"{self.content_type_id}:{self.object_id}"
