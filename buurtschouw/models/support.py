from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from buurtschouw.models.report import Report
from trajecten.models import MunicipalityOwned, Participant


class Support(MunicipalityOwned):
    """Somebody who sees the same. ``device`` is a hash that stands for a visitor without account."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="support_rows")
    participant = models.ForeignKey(
        Participant, on_delete=models.SET_NULL, null=True, blank=True, related_name="supported_reports"
    )
    device = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("support")
        verbose_name_plural = _("supports")
        constraints = [
            models.UniqueConstraint(
                fields=["report", "participant"], condition=Q(participant__isnull=False), name="support_once"
            ),
            models.UniqueConstraint(
                fields=["report", "device"], condition=~Q(device=""), name="support_once_per_device"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report_id}"
