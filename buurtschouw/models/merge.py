"""Reports that are handled together: one is kept, the others follow it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from buurtschouw.enums import ReportStatus
from buurtschouw.models.report import Report
from trajecten.models import MunicipalityOwned


class Merge(MunicipalityOwned):
    """That a report follows another one, from a moment on, until it was undone.

    ``into`` is the report that was chosen then. That one may be merged in its turn; ``Report.merged_into`` is always
    the one that is kept in the end. ``status_before`` and ``is_first_answer`` are what undoing needs: everything else
    of the report stays as it was.
    """

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="merges", db_index=False)
    into = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="taken_in")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    status_before = models.CharField(max_length=12, choices=ReportStatus)
    is_first_answer = models.BooleanField(default=False)
    at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("merging of two reports")
        verbose_name_plural = _("mergings of reports")
        ordering = ["id"]
        indexes = [models.Index(fields=["report"], name="merge_of_report")]
        constraints = [
            models.UniqueConstraint(
                fields=["report"], condition=Q(undone_at__isnull=True), name="merge_one_at_a_time"
            ),
            models.CheckConstraint(condition=~Q(report=F("into")), name="merge_not_into_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.report_id} → {self.into_id}"
