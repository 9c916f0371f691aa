from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from buurtschouw.method import SCORES
from buurtschouw.models.route import Stop
from buurtschouw.models.statement import Statement
from trajecten.models import MunicipalityOwned, Participant


class Score(MunicipalityOwned):
    """What one walker found of one statement at one stop, 1 (not at all) to 5 (wholly).

    One a walker: scoring again replaces it. ``scored_at`` is by the clock of the phone, ``changed_at`` by ours; of two
    that were sent, the one scored last stands, in whatever order they arrive.
    """

    stop = models.ForeignKey(Stop, on_delete=models.CASCADE, related_name="scores", db_index=False)
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="scores")
    walker = models.ForeignKey(
        Participant, on_delete=models.SET_NULL, null=True, blank=True, related_name="scores"
    )
    value = models.PositiveSmallIntegerField(
        _("score"), validators=[MinValueValidator(SCORES[0]), MaxValueValidator(SCORES[-1])]
    )
    scored_at = models.DateTimeField(_("scored at"))
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("score")
        verbose_name_plural = _("scores")
        ordering = ["id"]
        indexes = [models.Index(fields=["stop", "statement"], include=["value"], name="score_of_stop")]
        constraints = [
            models.UniqueConstraint(
                fields=["stop", "statement", "walker"],
                condition=Q(walker__isnull=False),
                name="score_once_a_walker",
            ),
            models.CheckConstraint(
                condition=Q(value__gte=SCORES[0], value__lte=SCORES[-1]), name="score_1_to_5"
            ),
        ]

    def __str__(self) -> str:
        return str(self.value)
