"""A municipality's own dates in the calendar of planning and control."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from budget.enums import Moment
from trajecten.models import MunicipalityOwned
from trajecten.rules import is_adviser, is_coordinator, is_official


class CalendarDate(MunicipalityOwned):
    """The day of a moment in the calendar of the budget of ``year``, in place of the one that is usual. The day itself
    can lie in the year before or after: the council treats a budget in the year before it."""

    year = models.PositiveSmallIntegerField(_("budget of"))
    moment = models.CharField(_("moment"), max_length=12, choices=Moment)
    day = models.DateField(_("day"))

    class Meta:
        verbose_name = _("date in the calendar")
        verbose_name_plural = _("dates in the calendar")
        ordering = ["day"]
        rules_permissions = {"view": is_official | is_adviser, "change": is_coordinator}
        constraints = [
            models.UniqueConstraint(fields=["municipality", "year", "moment"], name="calendar_date_once"),
        ]

    def __str__(self) -> str:
        return f"{self.moment} {self.year}: {self.day}"
