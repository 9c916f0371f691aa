"""The residents' alternative as a concept amendment, and what the council made of each line."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from budget.models.outcome import Outcome, OutcomeLine
from trajecten.models import CouncilItem, CouncilLine, MunicipalityOwned
from trajecten.rules import is_adviser, is_clerk, is_coordinator, is_official


class Amendment(MunicipalityOwned):
    """A concept amendment with the lines of one frozen residents' alternative. It covers itself: what goes to one line
    comes from another. ``council_item`` is what it became when it was handed in; from then on it does not change."""

    outcome = models.OneToOneField(Outcome, on_delete=models.PROTECT, related_name="amendment")
    title = models.CharField(_("title"), max_length=160)
    findings = models.TextField(_("what the council finds"), max_length=4000)
    considerations = models.TextField(_("what the council considers"), max_length=4000)
    version = models.PositiveIntegerField(default=1)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    council_item = models.OneToOneField(
        CouncilItem, on_delete=models.PROTECT, null=True, blank=True, related_name="budget_amendment"
    )
    handed_in_at = models.DateTimeField(_("handed in at"), null=True, blank=True)

    class Meta:
        verbose_name = _("concept amendment")
        verbose_name_plural = _("concept amendments")
        ordering = ["-id"]
        rules_permissions = {
            "view": is_official | is_adviser,
            "add": is_coordinator | is_adviser,
            "change": is_coordinator | is_adviser,
            "hand_in": is_coordinator | is_clerk,
        }
        constraints = [
            models.CheckConstraint(
                condition=models.Q(council_item__isnull=True, handed_in_at__isnull=True)
                | models.Q(council_item__isnull=False, handed_in_at__isnull=False),
                name="amendment_handed_in_has_item",
            )
        ]

    def __str__(self) -> str:
        return self.title


class AmendmentLine(MunicipalityOwned):
    """A line of the amendment that was handed in, with its point at the council. The point says what was adopted of it
    (``council_line.adopted_amount``, in euro) and which promise came of that."""

    amendment = models.ForeignKey(Amendment, on_delete=models.CASCADE, related_name="lines")
    outcome_line = models.OneToOneField(OutcomeLine, on_delete=models.PROTECT, related_name="amendment_line")
    council_line = models.OneToOneField(CouncilLine, on_delete=models.PROTECT, related_name="budget_line")

    class Meta:
        verbose_name = _("line of an amendment")
        verbose_name_plural = _("lines of amendments")
        ordering = ["council_line__number"]

    def __str__(self) -> str:
        return str(self.outcome_line)
