"""The figures: a version of a budget, and its lines with the rows of the delivery that they are the sum of."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from budget.enums import BudgetKind, Period
from budget.models.delivery import Delivery
from trajecten.models import MunicipalityOwned
from trajecten.rules import is_adviser, is_coordinator, is_official

# Up to and including 0.11, 6.711 and 6.71a.
MAX_CODE = 6


class Budget(MunicipalityOwned):
    """One version of the figures of one municipality, year, kind and period.

    Figures that differ from those that were there make a new version, ``number`` one higher, and only the newest is
    ``is_current``; no version ever changes. ``base_year`` is the year of the budget in which an estimate was made.
    ``digest`` is that of the rows, whatever their order, so that the same figures are recognised. ``expenditure`` and
    ``income`` are all rows together, also what is only moved within the books. Amounts in euro.
    """

    year = models.PositiveSmallIntegerField(_("year"))
    kind = models.CharField(_("figures"), max_length=9, choices=BudgetKind)
    period = models.PositiveSmallIntegerField(_("period"), choices=Period, default=Period.BUDGET)
    base_year = models.PositiveSmallIntegerField(_("made in the budget of"), null=True, blank=True)
    number = models.PositiveSmallIntegerField(_("version"), default=1)
    is_current = models.BooleanField(_("newest version"), default=True)
    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="budgets")
    digest = models.CharField(_("checksum of the rows"), max_length=64)
    row_count = models.PositiveIntegerField(_("rows"))
    expenditure = models.BigIntegerField(_("expenditure"))
    income = models.BigIntegerField(_("income"))
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("budget")
        verbose_name_plural = _("budgets")
        ordering = ["-year", "kind", "-period", "-number"]
        rules_permissions = {
            "view": is_official | is_adviser,
            "add": is_coordinator,
            "change": is_coordinator,
        }
        indexes = [
            models.Index(
                fields=["year", "kind", "period"], condition=Q(is_current=True), name="budget_of_everybody"
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "year", "kind", "period", "base_year", "number"],
                nulls_distinct=False,
                name="budget_version_once",
            ),
            models.UniqueConstraint(
                fields=["municipality", "year", "kind", "period", "base_year"],
                condition=Q(is_current=True),
                nulls_distinct=False,
                name="budget_one_current",
            ),
            models.CheckConstraint(
                condition=Q(kind=BudgetKind.REALISED, period__gte=1) | (~Q(kind="realised") & Q(period=0)),
                name="budget_period_fits_kind",
            ),
            models.CheckConstraint(
                condition=Q(kind=BudgetKind.ESTIMATE, base_year__lt=models.F("year"))
                | (~Q(kind="estimate") & Q(base_year__isnull=True)),
                name="budget_estimate_has_base_year",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.year}"


class BudgetLine(models.Model):
    """What one version plans or spent on one task field (and programme, where rows name it). Amounts in euro.

    ``group`` is the code under which the task field can be compared over all years ("6.711" is "6.7"), ``main`` its
    main field ("6"). What is only moved within the books (``method.BOOKKEEPING``) is not in ``expenditure`` and
    ``income`` but in the ``moved`` amounts, so that both together are the rows.

    ``rows`` are those of the delivery as text, as COPY takes it fastest: "L 4.1.1 68875000;B  1000" is a row of
    expenditure with a category and one of income without; ``places`` are their numbers in the file, "17 18" (its first
    line is 1). ``domain.figures.rows`` reads them, and nothing else should load them. That the budget is there is
    checked once a statement, by a trigger: once a row took a third of the time of an import.
    """

    pk = models.CompositePrimaryKey("budget", "task_field", "programme")
    budget = models.ForeignKey(
        Budget, on_delete=models.CASCADE, related_name="lines", db_index=False, db_constraint=False
    )
    task_field = models.CharField(_("task field"), max_length=MAX_CODE)
    group = models.CharField(_("comparable task field"), max_length=MAX_CODE)
    main = models.CharField(_("main field"), max_length=1)
    programme = models.CharField(_("programme"), max_length=20, blank=True)
    expenditure = models.BigIntegerField(_("expenditure"), default=0)
    income = models.BigIntegerField(_("income"), default=0)
    moved_expenditure = models.BigIntegerField(_("moved within the books"), default=0)
    moved_income = models.BigIntegerField(_("moved within the books"), default=0)
    rows = models.TextField(_("rows of the file"), blank=True)
    places = models.TextField(_("rows in the file"), blank=True)

    objects: Any = ScopedManager(municipality="budget__municipality")

    class Meta:
        verbose_name = _("line of a budget")
        verbose_name_plural = _("lines of budgets")
        ordering = ["task_field", "programme"]

    def __str__(self) -> str:
        return self.task_field


class YearSize(MunicipalityOwned):
    """How many people and households a municipality had in a year: by what figures are divided."""

    year = models.PositiveSmallIntegerField(_("year"))
    inhabitants = models.PositiveIntegerField(_("inhabitants"))
    households = models.PositiveIntegerField(_("households"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("size in a year")
        verbose_name_plural = _("sizes in years")
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "year"], name="year_size_once"),
            models.CheckConstraint(condition=Q(inhabitants__gte=1), name="year_size_has_people"),
        ]

    def __str__(self) -> str:
        return f"{self.year}: {self.inhabitants}"
