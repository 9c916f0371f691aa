from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buurtschouw.models.report import Report
from trajecten.models import MunicipalityOwned, Team


class Subtask(MunicipalityOwned):
    """Something that has to be done for a report, by an official or a team. Residents never see it."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="subtasks")
    text = models.CharField(_("what has to be done"), max_length=200)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("who"),
    )
    team = models.ForeignKey(
        Team,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("team"),
    )
    due_on = models.DateField(_("by"), null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        ordering = ["id"]
        indexes = [
            models.Index(
                fields=["owner", "report"],
                condition=Q(done_at__isnull=True, owner__isnull=False),
                name="subtask_of_official",
            ),
            models.Index(
                fields=["team", "report"],
                condition=Q(done_at__isnull=True, team__isnull=False),
                name="subtask_of_team",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(owner__isnull=True) | Q(team__isnull=True), name="subtask_official_or_team"
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def is_late(self) -> bool:
        """Whether it had to be done before today."""
        return self.done_at is None and self.due_on is not None and self.due_on < timezone.localdate()
