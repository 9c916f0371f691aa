"""The council's own programmes, and which task fields they take their money from."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from budget.models.figures import MAX_CODE
from trajecten.models import MunicipalityOwned
from trajecten.rules import is_adviser, is_coordinator, is_official


class Programme(MunicipalityOwned):
    """A programme as the council divides its budget, with the questions that the BBV asks of each: what do we want to
    achieve, and what do we do for that. What it costs follows from its task fields. ``decides`` says in plain words
    who decides on it and when.
    """

    code = models.CharField(_("number"), max_length=20)
    name = models.CharField(_("name"), max_length=120)
    from_year = models.PositiveSmallIntegerField(_("from the budget of"))
    until_year = models.PositiveSmallIntegerField(_("up to and including that of"), null=True, blank=True)
    goal = models.TextField(_("what do we want to achieve"), blank=True)
    approach = models.TextField(_("what do we do for that"), blank=True)
    decides = models.TextField(_("who decides, and when"), blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        ordering = ["code"]
        rules_permissions = {
            "view": is_official | is_adviser,
            "add": is_coordinator,
            "change": is_coordinator,
            "delete": is_coordinator,
        }
        constraints = [
            models.UniqueConstraint(fields=["municipality", "code", "from_year"], name="programme_once"),
            models.CheckConstraint(
                condition=Q(until_year__isnull=True) | Q(until_year__gte=models.F("from_year")),
                name="programme_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class ProgrammeShare(MunicipalityOwned):
    """Which part of a task field, from 0 to 1, falls under a programme. What no programme takes stays undivided."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="shares")
    task_field = models.CharField(_("task field"), max_length=MAX_CODE)
    share = models.DecimalField(
        _("part"),
        max_digits=6,
        decimal_places=5,
        default=1,
        validators=[MinValueValidator(0), MaxValueValidator(1)],
    )

    class Meta:
        verbose_name = _("part of a task field")
        verbose_name_plural = _("parts of task fields")
        ordering = ["task_field"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "task_field"], name="programme_share_once"),
            models.CheckConstraint(condition=Q(share__gt=0, share__lte=1), name="programme_share_0_to_1"),
        ]

    def __str__(self) -> str:
        return f"{self.task_field}: {self.share}"
