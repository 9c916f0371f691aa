from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from trajecten.enums import VerdictValue
from trajecten.models.municipality import MunicipalityOwned
from trajecten.models.participant import Participant


class Verdict(MunicipalityOwned):
    """What the one it concerns says of it: is it solved, was the promise kept?

    ``round`` counts how often it was called done, so that a reopened matter gets a verdict of its own
    each time. The participant is None for who reported without leaving an address. A verdict on a promise that was
    given by way of a contribution has that as its source: by it, who has no name is told from the others.
    """

    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT)
    object_id = models.PositiveBigIntegerField()
    target = GenericForeignKey("content_type", "object_id")
    source_type = models.ForeignKey(
        ContentType, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    source_id = models.PositiveBigIntegerField(null=True, blank=True)
    round = models.PositiveSmallIntegerField(_("round"), default=1)
    participant = models.ForeignKey(
        Participant, on_delete=models.SET_NULL, null=True, blank=True, related_name="verdicts"
    )
    value = models.CharField(_("verdict"), max_length=6, choices=VerdictValue)
    words = models.TextField(_("in words"), blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("verdict")
        verbose_name_plural = _("verdicts")
        ordering = ["id"]
        indexes = [
            models.Index(fields=["municipality", "-at"], name="verdict_recent"),
            models.Index(fields=["content_type", "object_id", "round"], name="verdict_of_target"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "round", "participant"],
                condition=models.Q(participant__isnull=False),
                name="verdict_once_a_round",
            ),
            models.UniqueConstraint(
                fields=["content_type", "object_id", "round", "source_type", "source_id"],
                condition=models.Q(participant__isnull=True, source_id__isnull=False),
                name="verdict_once_a_source",
            ),
        ]

    def __str__(self) -> str:
        return self.get_value_display()
