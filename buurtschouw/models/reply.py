from django.db import models
from django.utils.translation import gettext_lazy as _

from buurtschouw.models.answer import Answer
from buurtschouw.models.report import Report
from trajecten.models import MunicipalityOwned


class Reply(MunicipalityOwned):
    """What the reporter said to a question of the municipality. Officials and the reporter read it, nobody else."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="replies")
    question = models.OneToOneField(Answer, on_delete=models.CASCADE, related_name="reply")
    text = models.TextField(_("your answer"))
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("answer of a reporter")
        verbose_name_plural = _("answers of reporters")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.text[:60]
