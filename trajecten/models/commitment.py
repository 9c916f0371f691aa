from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from trajecten.enums import CommitmentStatus
from trajecten.models.municipality import MunicipalityOwned
from trajecten.models.trajectory import Trajectory


class Commitment(MunicipalityOwned):
    """A toezegging: what was promised, by whom, by when. Its origins are the contributions it answers."""

    trajectory = models.ForeignKey(Trajectory, on_delete=models.PROTECT, related_name="commitments")
    text = models.TextField(_("what is promised"))
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="commitments",
        verbose_name=_("owner"),
    )
    deadline = models.DateField(_("by when"))
    status = models.CharField(
        _("status"), max_length=12, choices=CommitmentStatus, default=CommitmentStatus.PROMISED
    )
    created_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(_("done at"), null=True, blank=True)

    class Meta:
        verbose_name = _("promise")
        verbose_name_plural = _("promises")
        ordering = ["deadline", "id"]
        indexes = [
            models.Index(fields=["municipality", "status", "deadline"], name="commitment_by_deadline"),
            models.Index(fields=["municipality", "created_at", "status"], name="commitment_of_year"),
        ]

    def __str__(self) -> str:
        return self.text[:80]


class CommitmentOrigin(MunicipalityOwned):
    """A contribution, of any app, that a promise answers."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="origins")
    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT)
    object_id = models.PositiveBigIntegerField()
    contribution = GenericForeignKey("content_type", "object_id")

    class Meta:
        verbose_name = _("origin of a promise")
        verbose_name_plural = _("origins of promises")
        indexes = [models.Index(fields=["content_type", "object_id"], name="origin_of_contribution")]
        constraints = [
            models.UniqueConstraint(fields=["commitment", "content_type", "object_id"], name="origin_once"),
        ]

    def __str__(self) -> str:
        return f"{self.content_type_id}:{self.object_id}"
