"""What an official takes along into the street."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from buurtschouw.models.report import Report
from trajecten.models import MunicipalityOwned


class Shortlist(MunicipalityOwned):
    """The reports that one official collects for a round outside; one list each."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    is_shared = models.BooleanField(_("my teams can see it"), default=False)
    reports = models.ManyToManyField(Report, through="ShortlistItem", related_name="shortlists")

    class Meta:
        verbose_name = _("round")
        verbose_name_plural = _("rounds")
        constraints = [
            models.UniqueConstraint(fields=["municipality", "owner"], name="shortlist_one_each"),
        ]

    def __str__(self) -> str:
        return f"{self.owner}"


class ShortlistItem(MunicipalityOwned):
    """A report in a round, at its place in the order."""

    shortlist = models.ForeignKey(Shortlist, on_delete=models.CASCADE, related_name="items", db_index=False)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("report in a round")
        verbose_name_plural = _("reports in a round")
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["shortlist", "report"], name="shortlist_report_once"),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.report_id}"
