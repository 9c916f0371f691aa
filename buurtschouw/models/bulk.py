"""One act on several reports: first shown, then confirmed, then done."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from buurtschouw.enums import BulkAction, BulkState, Outcome, ReportStatus
from buurtschouw.models.report import Report
from trajecten.models import MunicipalityOwned


class Bulk(MunicipalityOwned):
    """What one official wants to do with several reports, and how far it is.

    Fields that its ``action`` has no use for are empty. It belongs to who made it: nobody else sees or confirms it.
    """

    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    action = models.CharField(max_length=8, choices=BulkAction)
    status = models.CharField(max_length=12, choices=ReportStatus, blank=True)
    message = models.TextField(blank=True)
    planned_for = models.DateField(null=True, blank=True)
    forwarded_to = models.CharField(max_length=120, blank=True)
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    kept = models.ForeignKey(Report, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=8, choices=BulkState, default=BulkState.PREVIEW)
    at = models.DateTimeField(auto_now_add=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("act on several reports")
        verbose_name_plural = _("acts on several reports")
        indexes = [models.Index(fields=["municipality", "at"], name="bulk_kept")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=BulkState.FINISHED, finished_at__isnull=False)
                | (~Q(state=BulkState.FINISHED) & Q(finished_at__isnull=True)),
                name="bulk_finished_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.pk}"


class BulkItem(MunicipalityOwned):
    """One report in it: its version when it was shown, the words for its reporter, and what became of it."""

    bulk = models.ForeignKey(Bulk, on_delete=models.CASCADE, related_name="items", db_index=False)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="+")
    version = models.PositiveIntegerField()
    message = models.TextField(blank=True)
    outcome = models.CharField(max_length=8, choices=Outcome, default=Outcome.WAITING)
    reason = models.TextField(blank=True)

    class Meta:
        verbose_name = _("report in an act on several")
        verbose_name_plural = _("reports in an act on several")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["bulk", "report"], name="bulk_report_once")]

    def __str__(self) -> str:
        return f"{self.report_id}: {self.outcome}"
