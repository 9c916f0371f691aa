"""What is kept of the figures of a municipality, so that a dashboard need not read every report."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from buurtschouw.enums import CountBy, Measure
from trajecten.models import MunicipalityOwned


class MonthCount(MunicipalityOwned):
    """How many reports of one month have one value of one measure: a bar of a histogram.

    ``month`` is its first day, by when a report came in. ``by`` is what the reports are told apart by and ``key`` the
    theme, area, kind or way in itself, empty for all of them. ``value`` is 0 for "received", working days for
    "answered" and "done", and a code of ``domain.statistics.counting.VERDICTS`` for "verdict".
    """

    month = models.DateField(_("month"))
    by = models.CharField(max_length=8, choices=CountBy)
    key = models.CharField(max_length=20, blank=True)
    measure = models.CharField(max_length=8, choices=Measure)
    value = models.PositiveSmallIntegerField()
    reports = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("count of a month")
        verbose_name_plural = _("counts of months")
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "month", "by", "key", "measure", "value"], name="month_count_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month} {self.by} {self.key} {self.measure} {self.value}"


class Counted(MunicipalityOwned):
    """Up to where the reports of a municipality were counted: the last act in the log, and when.

    ``recounted_on`` is the last day on which all recent months were counted anew, whatever the log said.
    """

    activity = models.PositiveBigIntegerField(default=0)
    at = models.DateTimeField(_("counted at"))
    recounted_on = models.DateField()

    class Meta:
        verbose_name = _("state of the counts")
        verbose_name_plural = _("states of the counts")
        constraints = [models.UniqueConstraint(fields=["municipality"], name="counted_once")]

    def __str__(self) -> str:
        return str(self.at)
