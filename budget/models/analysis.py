"""The analysis of chosen programmes: notes with their sources, and questions to officials."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from budget.enums import Aspect
from budget.models.figures import MAX_CODE
from budget.models.programme import Programme
from trajecten.enums import ParticipantKind
from trajecten.models import Commitment, Contribution, MunicipalityOwned, Participant, Trajectory
from trajecten.models.tokens import new_token
from trajecten.rules import is_adviser, is_coordinator, is_handler, is_official

MAX_TEXT = 2000


class ProgrammeNote(Contribution):
    """What somebody found of a programme, on content or process, and where that is to be read. ``kind`` is as whom
    they wrote it; ``by`` is the official or adviser who did, the author the resident or professional. With an area it
    is translated to that area."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="notes")
    aspect = models.CharField(_("about"), max_length=7, choices=Aspect)
    source = models.CharField(_("source"), max_length=300)
    kind = models.CharField(_("as"), max_length=12, choices=ParticipantKind, default=ParticipantKind.RESIDENT)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("note on a programme")
        verbose_name_plural = _("notes on programmes")
        ordering = ["id"]
        rules_permissions = {"view": is_official | is_adviser, "add": is_official | is_adviser}
        indexes = [models.Index(fields=["trajectory", "programme", "aspect"], name="note_of_programme")]
        constraints = [models.CheckConstraint(condition=~Q(source=""), name="note_has_source")]

    def __str__(self) -> str:
        return self.text[:60]


class UnconfirmedQuestion(MunicipalityOwned):
    """What somebody asked with a mail address that has not confirmed it yet. It becomes a ``BudgetQuestion`` by the
    link in the mail, which has ``token``; until then nobody reads it."""

    trajectory = models.ForeignKey(Trajectory, on_delete=models.PROTECT, related_name="unconfirmed_questions")
    participant = models.ForeignKey(
        Participant, on_delete=models.CASCADE, related_name="unconfirmed_questions"
    )
    programme = models.ForeignKey(
        Programme, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    task_field = models.CharField(_("task field"), max_length=MAX_CODE, blank=True)
    text = models.TextField(_("question"), max_length=MAX_TEXT)
    token = models.CharField(max_length=40, default=new_token, editable=False, unique=True)
    asked_at = models.DateTimeField(_("asked at"), auto_now_add=True)

    class Meta:
        verbose_name = _("question that is not confirmed")
        verbose_name_plural = _("questions that are not confirmed")
        ordering = ["id"]
        indexes = [models.Index(fields=["asked_at"], name="question_unconfirmed")]

    def __str__(self) -> str:
        return self.text[:60]


class BudgetQuestion(Contribution):
    """A question of a resident about the budget. The promise to answer it has the date by which; the answer is public
    with the question. ``token`` opens the page on which who asked follows it."""

    programme = models.ForeignKey(
        Programme, on_delete=models.SET_NULL, null=True, blank=True, related_name="questions"
    )
    task_field = models.CharField(_("task field"), max_length=MAX_CODE, blank=True)
    commitment = models.OneToOneField(
        Commitment, on_delete=models.SET_NULL, null=True, blank=True, related_name="budget_question"
    )
    token = models.CharField(max_length=40, default=new_token, editable=False, unique=True)
    answer = models.TextField(_("answer"), blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("question about the budget")
        verbose_name_plural = _("questions about the budget")
        ordering = ["id"]
        rules_permissions = {
            "view": is_official | is_adviser,
            "answer": is_coordinator | is_handler,
        }
        indexes = [
            models.Index(fields=["municipality", "answered_at", "id"], name="question_to_answer"),
            models.Index(fields=["trajectory", "id"], name="question_of_trajectory"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True)
                | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="question_answer_has_moment",
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]
