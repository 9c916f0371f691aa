"""Themes that residents choose from, and who chose what."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from budget.enums import ThemeIcon
from budget.models.figures import MAX_CODE
from budget.models.programme import Programme
from trajecten.enums import ParticipantKind
from trajecten.models import Area, Contribution, MunicipalityOwned, Participant, Trajectory
from trajecten.models.tokens import new_token
from trajecten.rules import is_adviser, is_coordinator, is_official


class Theme(Contribution):
    """A field of the social domain in plain words, with the task fields that it stands for.

    Some are the municipality's own, others were suggested by residents. ``is_chosen`` when the choice was made on it,
    ``choice_reason`` why it was or was not; everybody can read that.
    """

    # The place of what residents suggest: behind what was prepared.
    LAST = 1000

    title = models.CharField(_("theme"), max_length=80)
    icon = models.CharField(_("picture"), max_length=20, choices=ThemeIcon, default=ThemeIcon.LIST)
    task_fields = ArrayField(models.CharField(max_length=MAX_CODE), default=list, blank=True)
    position = models.PositiveSmallIntegerField(_("place"), default=0)
    is_suggested = models.BooleanField(_("suggested by a resident"), default=False)
    is_chosen = models.BooleanField(_("chosen"), default=False)
    choice_reason = models.TextField(_("why"), max_length=1000, blank=True)

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
            models.CheckConstraint(
                condition=Q(is_chosen=False) | ~Q(choice_reason=""), name="theme_choice_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def public_title(self) -> str:
        """What pages call it that tell what follows from it; without its words when others may not read those."""
        return self.title if self.is_public else str(_("A theme that was chosen"))


class ThemeBallot(MunicipalityOwned):
    """The themes that one person finds important in one trajectory, with the area and kind that they told.

    Who typed a mail address votes when that address confirms it (``confirmed_at``): nobody is made to vote by
    another. ``token`` opens the own page. A ballot from paper has the ``key`` of its sheet and, as one whose voter was
    let go of, no participant.
    """

    trajectory = models.ForeignKey(Trajectory, on_delete=models.PROTECT, related_name="theme_ballots")
    participant = models.ForeignKey(
        Participant, on_delete=models.SET_NULL, null=True, blank=True, related_name="theme_ballots"
    )
    area = models.ForeignKey(Area, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=12, choices=ParticipantKind, default=ParticipantKind.RESIDENT)
    token = models.CharField(max_length=40, default=new_token, editable=False, unique=True)
    key = models.UUIDField(_("sheet of paper"), null=True, blank=True, editable=False)
    asked_at = models.DateTimeField(_("asked at"), auto_now_add=True)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)

    class Meta:
        verbose_name = _("vote on themes")
        verbose_name_plural = _("votes on themes")
        ordering = ["id"]
        rules_permissions = {"enter": is_official | is_adviser}
        indexes = [
            models.Index(
                fields=["asked_at"], name="theme_ballot_unconfirmed", condition=Q(confirmed_at__isnull=True)
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["trajectory", "participant"], name="theme_ballot_once"),
            models.UniqueConstraint(fields=["trajectory", "key"], name="theme_ballot_sheet_once"),
        ]

    def __str__(self) -> str:
        return f"{self.trajectory_id} {self.get_kind_display()}"

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed_at is not None


class ThemeVote(MunicipalityOwned):
    """That the person of this ballot approves of this theme."""

    ballot = models.ForeignKey(ThemeBallot, on_delete=models.CASCADE, related_name="votes")
    theme = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="votes")

    class Meta:
        verbose_name = _("vote for a theme")
        verbose_name_plural = _("votes for themes")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["ballot", "theme"], name="theme_vote_once")]

    def __str__(self) -> str:
        return f"{self.ballot_id} {self.theme_id}"


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
