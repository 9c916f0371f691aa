"""What officials say to a reporter, and to each other."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from buurtschouw.enums import ReportStatus
from buurtschouw.models.report import Report
from trajecten.models import MunicipalityOwned


class AnswerQuerySet(models.QuerySet["Answer"]):
    def for_others(self) -> "AnswerQuerySet":
        """But the questions: those are between the municipality and the reporter."""
        return self.exclude(status=ReportStatus.WAITING)


class Answer(MunicipalityOwned):
    """What the municipality answered: the status before and after, and the words for the reporter."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="answers")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    status_before = models.CharField(max_length=12, choices=ReportStatus)
    status = models.CharField(_("status"), max_length=12, choices=ReportStatus)
    message = models.TextField(_("message"))
    planned_for = models.DateField(_("planned for"), null=True, blank=True)
    forwarded_to = models.CharField(_("forwarded to"), max_length=120, blank=True)
    round = models.PositiveSmallIntegerField(default=0)
    at = models.DateTimeField(auto_now_add=True)

    objects = ScopedManager(models.Manager.from_queryset(AnswerQuerySet), municipality="municipality")

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["id"]
        indexes = [models.Index(fields=["municipality", "at", "id"], name="answer_recent")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status=ReportStatus.FORWARDED) | ~Q(forwarded_to=""),
                name="answer_forwarded_to_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.status_before} → {self.status}"

    def get_status_display(self) -> str:
        """The status as it reads for this kind of report; in place of what Django makes of the choices."""
        return str(self.report.means.status(self.status))


class Note(MunicipalityOwned):
    """A word between officials; never shown to residents."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="notes")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    text = models.TextField(_("note"))
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.text[:60]
