"""What a municipality says of a line in plain words, and what residents say of it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from budget.enums import Enough, Understood
from budget.models.figures import MAX_CODE
from trajecten.enums import Moderation
from trajecten.models import Area, MunicipalityOwned, Participant
from trajecten.rules import is_adviser, is_coordinator, is_official


class LineText(MunicipalityOwned):
    """The municipality's own words of a task field, in place of those that every municipality starts with."""

    task_field = models.CharField(_("task field"), max_length=MAX_CODE)
    what = models.TextField(_("what is this"), max_length=600, blank=True)
    pays_for = models.TextField(_("what do we pay with it"), max_length=600, blank=True)
    by_law = models.TextField(_("what the law fixes"), max_length=600, blank=True)
    can_move = models.TextField(_("what the council can move"), max_length=600, blank=True)

    class Meta:
        verbose_name = _("explanation of a line")
        verbose_name_plural = _("explanations of lines")
        ordering = ["task_field"]
        rules_permissions = {"change": is_coordinator}
        constraints = [models.UniqueConstraint(fields=["municipality", "task_field"], name="line_text_once")]

    def __str__(self) -> str:
        return self.task_field


class LineFeedback(MunicipalityOwned):
    """Whether one person understands a line, and whether it is enough: one answer a line and year, which they can
    change. Who has no account is known by a key in their own browser. Only officials see the words.
    """

    year = models.PositiveSmallIntegerField(_("year"))
    task_field = models.CharField(_("task field"), max_length=MAX_CODE)
    participant = models.ForeignKey(
        Participant, on_delete=models.CASCADE, null=True, blank=True, related_name="line_feedback"
    )
    guest_key = models.UUIDField(_("key in the browser"), null=True, blank=True)
    area = models.ForeignKey(Area, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    understood = models.CharField(_("do you understand this"), max_length=6, choices=Understood)
    enough = models.CharField(_("is it enough"), max_length=10, choices=Enough)
    words = models.TextField(_("what do you miss"), max_length=1000, blank=True)
    moderation = models.CharField(max_length=10, choices=Moderation, default=Moderation.PENDING)
    at = models.DateTimeField(_("said at"), auto_now=True)

    class Meta:
        verbose_name = _("answer about a line")
        verbose_name_plural = _("answers about lines")
        ordering = ["-at", "-id"]
        rules_permissions = {"view": is_official | is_adviser}
        indexes = [
            models.Index(fields=["municipality", "year", "task_field"], name="feedback_of_line"),
            models.Index(fields=["municipality", "-at", "-id"], name="feedback_newest"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "year", "task_field", "participant"],
                condition=Q(participant__isnull=False),
                name="feedback_once_a_person",
            ),
            models.UniqueConstraint(
                fields=["municipality", "year", "task_field", "guest_key"],
                condition=Q(guest_key__isnull=False),
                name="feedback_once_a_browser",
            ),
            models.CheckConstraint(
                condition=Q(participant__isnull=True) | Q(guest_key__isnull=True),
                name="feedback_person_or_browser",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task_field}: {self.get_enough_display()}"
