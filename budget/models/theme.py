"""Themes that residents choose from, and who chose what."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from budget.models.figures import MAX_CODE
from budget.models.programme import Programme
from trajecten.enums import Moderation, ParticipantKind
from trajecten.models import Area, MunicipalityOwned, Participant, Trajectory
from trajecten.rules import is_adviser, is_coordinator, is_official


class Theme(MunicipalityOwned):
    """A field of the social domain in plain words, with the task fields that it stands for. Residents suggest more:
    those carry ``suggested_by`` and are seen by all once published. ``is_chosen`` when the choice was made on it."""

    trajectory = models.ForeignKey(Trajectory, on_delete=models.PROTECT, related_name="themes")
    title = models.CharField(_("theme"), max_length=80)
    text = models.TextField(_("in plain words"), max_length=600)
    icon = models.CharField(max_length=20, default="list")
    task_fields = ArrayField(models.CharField(max_length=MAX_CODE), default=list, blank=True)
    position = models.PositiveSmallIntegerField(_("place"), default=0)
    suggested_by = models.ForeignKey(
        Participant, on_delete=models.SET_NULL, null=True, blank=True, related_name="suggested_themes"
    )
    moderation = models.CharField(max_length=10, choices=Moderation, default=Moderation.PUBLISHED)
    is_chosen = models.BooleanField(_("chosen"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ["position", "id"]
        rules_permissions = {
            "view": is_official | is_adviser,
            "add": is_coordinator | is_adviser,
            "change": is_coordinator | is_adviser,
        }
        constraints = [
            models.UniqueConstraint(fields=["trajectory", "title"], name="theme_title_once"),
            models.CheckConstraint(condition=~Q(title=""), name="theme_has_title"),
        ]

    def __str__(self) -> str:
        return self.title


class ThemeVote(MunicipalityOwned):
    """One person's approval of one theme, with the area and kind of that person when it was given."""

    theme = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="votes")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="theme_votes")
    area = models.ForeignKey(Area, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=12, choices=ParticipantKind, default=ParticipantKind.RESIDENT)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("vote for a theme")
        verbose_name_plural = _("votes for themes")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["theme", "participant"], name="theme_vote_once")]

    def __str__(self) -> str:
        return f"{self.theme_id} {self.participant_id}"


class ProgrammeChoice(MunicipalityOwned):
    """A programme that is relevant to the chosen themes, why, and whether it is looked at further."""

    trajectory = models.ForeignKey(Trajectory, on_delete=models.PROTECT, related_name="programme_choices")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="choices")
    themes = models.ManyToManyField(Theme, blank=True, related_name="programme_choices")
    reason = models.TextField(_("why"), max_length=1000)
    is_chosen = models.BooleanField(_("we look at it further"), default=True)

    class Meta:
        verbose_name = _("choice of a programme")
        verbose_name_plural = _("choices of programmes")
        ordering = ["programme__code"]
        rules_permissions = {
            "view": is_official | is_adviser,
            "add": is_coordinator | is_adviser,
            "change": is_coordinator | is_adviser,
        }
        constraints = [
            models.UniqueConstraint(fields=["trajectory", "programme"], name="programme_choice_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="programme_choice_has_reason"),
        ]

    def __str__(self) -> str:
        return str(self.programme)
