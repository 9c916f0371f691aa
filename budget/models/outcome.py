"""The residents' alternative: what all finished alternatives together come to, as it was frozen."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from budget.models.alternative import Alternative, Round, RoundLine
from trajecten.models import Contribution, MunicipalityOwned
from trajecten.rules import is_adviser, is_coordinator, is_official


class Outcome(Contribution):
    """The residents' alternative of a round, frozen under a number. Never changed: who finishes later is in the next.

    There is one for everybody, when the round has ended; those before it (``was_open``) are for officials only.

    It is what residents said together, so that a council item and promises can be tied to it; who is behind it are the
    authors of the alternatives that were counted. ``file`` is the checkable file, as it was counted: a row for each
    change, with the people numbered anew in an order of chance; ``sha256`` its checksum. ``lines_file`` are the lines
    with their bounds. ``breakdown`` is the same count by area and by kind, small groups left out.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="outcomes")
    number = models.PositiveSmallIntegerField(_("number"))
    residents = models.PositiveIntegerField(_("who made one"))
    file = models.TextField(_("what was counted"))
    lines_file = models.TextField(_("the lines"))
    sha256 = models.CharField(_("checksum"), max_length=64)
    breakdown = models.JSONField(_("by area and kind"), default=dict)
    was_open = models.BooleanField(_("frozen while the round was open"))
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("residents' alternative")
        verbose_name_plural = _("residents' alternatives")
        ordering = ["-number"]
        rules_permissions = {"view": is_official | is_adviser, "add": is_coordinator | is_adviser}
        constraints = [models.UniqueConstraint(fields=["round", "number"], name="outcome_number_once")]

    def __str__(self) -> str:
        return f"{self.round} ({self.number})"


class OutcomeLine(MunicipalityOwned):
    """One line of the residents' alternative, in the round's unit. The exact mean is ``total`` / ``outcome.residents``;
    ``mean`` is that rounded so that all lines balance. ``summary`` is what somebody wrote who read all the reasons."""

    outcome = models.ForeignKey(Outcome, on_delete=models.CASCADE, related_name="lines")
    line = models.ForeignKey(RoundLine, on_delete=models.PROTECT, related_name="+")
    total = models.BigIntegerField(_("all changes together"))
    mean = models.BigIntegerField(_("change"))
    raised_by = models.PositiveIntegerField(_("raised by"))
    lowered_by = models.PositiveIntegerField(_("lowered by"))
    unchanged_by = models.PositiveIntegerField(_("left by"))
    median = models.DecimalField(_("median"), max_digits=16, decimal_places=1)
    common_rank = models.FloatField(_("what a majority wants"))
    summary = models.TextField(_("why, in short"), max_length=2000, blank=True)
    summary_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("line of a residents' alternative")
        verbose_name_plural = _("lines of residents' alternatives")
        ordering = ["line__position"]
        rules_permissions = {"view": is_official | is_adviser, "change": is_official | is_adviser}
        constraints = [models.UniqueConstraint(fields=["outcome", "line"], name="outcome_line_once")]

    def __str__(self) -> str:
        return f"{self.line_id}: {self.mean:+}"

    @property
    def euro(self) -> int:
        """The change in whole euro."""
        return self.mean * self.outcome.round.unit

    @property
    def becomes(self) -> int:
        """What the line becomes, in whole euro."""
        return (self.line.baseline + self.mean) * self.outcome.round.unit

    @property
    def now(self) -> int:
        """What stands in the budget, in whole euro."""
        return self.line.baseline * self.outcome.round.unit


class Counted(MunicipalityOwned):
    """An alternative that was counted in an outcome. Which number it has in the file is kept nowhere.

    Who takes theirs back afterwards, or has it erased, stays counted in the numbers and the file, which have no names.
    """

    outcome = models.ForeignKey(Outcome, on_delete=models.CASCADE, related_name="counted")
    alternative = models.ForeignKey(Alternative, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("counted alternative")
        verbose_name_plural = _("counted alternatives")
        constraints = [
            models.UniqueConstraint(fields=["outcome", "alternative"], name="counted_in_outcome_once")
        ]

    def __str__(self) -> str:
        return f"{self.outcome_id} {self.alternative_id}"
