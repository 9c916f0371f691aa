from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from trajecten.enums import StepEvent
from trajecten.models.municipality import MunicipalityOwned
from trajecten.models.trajectory import Trajectory


class StepRecord(MunicipalityOwned):
    """One opening or closing of a step. Append-only: a trigger in the database refuses change and removal.

    ``overridden`` holds the reasons of the gate that were set aside; then ``reason`` says why.
    """

    trajectory = models.ForeignKey(Trajectory, on_delete=models.PROTECT, related_name="step_records")
    step = models.CharField(_("step"), max_length=30)
    event = models.CharField(_("event"), max_length=10, choices=StepEvent)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.TextField(_("reason"), blank=True)
    overridden = models.JSONField(_("set aside"), default=list, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("step record")
        verbose_name_plural = _("step records")
        ordering = ["id"]
        indexes = [models.Index(fields=["trajectory", "id"], name="step_record_in_order")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(overridden=[]) | ~models.Q(reason=""), name="step_override_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.step} {self.event}"
