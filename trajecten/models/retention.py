from django.db import models
from django.utils.translation import gettext_lazy as _

from trajecten.models.municipality import MunicipalityOwned


class RetentionRun(MunicipalityOwned):
    """What went of one kind of record in one night, in numbers only. A night in which nothing went has none."""

    kind = models.CharField(_("kind of record"), max_length=60)
    on = models.DateField(_("night of"))
    days = models.PositiveIntegerField(_("kept for days"))
    count = models.PositiveIntegerField(_("how many went"), default=0)

    class Meta:
        verbose_name = _("run of the retention")
        verbose_name_plural = _("runs of the retention")
        ordering = ["-on", "kind"]
        indexes = [models.Index(fields=["municipality", "-on", "kind"], name="retention_recent")]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "kind", "on"], name="retention_once_a_night"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.on}"
