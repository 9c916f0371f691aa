from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from buurtschouw.enums import ANSWERED, OPEN, ReportStatus
from buurtschouw.models.category import Category
from buurtschouw.rules import may_answer, may_read_reports
from trajecten.models import MunicipalityOwned

# What an answer can make of a report.
STATUSES = [(choice.value, choice.label) for choice in ReportStatus if choice in ANSWERED | OPEN - {"new"}]


class AnswerTemplate(MunicipalityOwned):
    """An answer to begin with: of one theme or of all, with words that the portal fills in for the report."""

    name = models.CharField(_("name"), max_length=80)
    category = models.ForeignKey(
        Category,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="answer_templates",
        verbose_name=_("theme"),
        help_text=_("Leave it empty for a template that fits every theme."),
    )
    status = models.CharField(
        _("status that it suggests"), max_length=12, choices=STATUSES, blank=True, default=""
    )
    text = models.TextField(_("text"), max_length=4000)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("answer template")
        verbose_name_plural = _("answer templates")
        ordering = ["name"]
        rules_permissions = {"view": may_read_reports, "change": may_answer}
        constraints = [
            models.UniqueConstraint(fields=["municipality", "name"], name="answer_template_name_once"),
            models.CheckConstraint(
                condition=Q(status__in=["", *(value for value, _label in STATUSES)]),
                name="answer_template_status",
            ),
        ]

    def __str__(self) -> str:
        return self.name
