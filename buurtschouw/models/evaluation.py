"""What walkers and officials think of a walk afterwards: the questions once, and what each answered."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buurtschouw.enums import EvaluationGroup, ReplyOrigin
from buurtschouw.models.schouw import Schouw
from trajecten.enums import Moderation
from trajecten.models import MunicipalityOwned, Participant


class Evaluation(MunicipalityOwned):
    """The questions about one walk (``method.QUESTIONS``), from the day they were asked.

    ``closes_on`` is the last day on which people can answer, ``closed_at`` is set when it was closed before or after
    that: from then on nothing tells whose answers they are. The two numbers are how many were asked.
    """

    schouw = models.OneToOneField(Schouw, on_delete=models.PROTECT, related_name="evaluation")
    asked_at = models.DateTimeField(auto_now_add=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    closes_on = models.DateField(_("can be answered until and including"))
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    walkers_asked = models.PositiveIntegerField(_("walkers asked"), default=0)
    officials_asked = models.PositiveIntegerField(_("officials asked"), default=0)

    class Meta:
        verbose_name = _("evaluation")
        verbose_name_plural = _("evaluations")
        indexes = [
            models.Index(
                fields=["municipality", "closes_on"],
                condition=Q(closed_at__isnull=True),
                name="evaluation_open",
            )
        ]

    def __str__(self) -> str:
        return str(self.schouw)

    @property
    def is_open(self) -> bool:
        """Whether people can still answer, or change what they answered."""
        return self.closed_at is None and timezone.localdate() <= self.closes_on


class EvaluationReply(MunicipalityOwned):
    """What one person answered, as long as the evaluation is open; afterwards nobody's.

    ``answers`` has the chosen value of each closed question by its key; words are rows of their own. ``key`` is
    made by the form on which an official enters a reply from paper, so that sending it again is harmless.
    """

    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="replies")
    group = models.CharField(_("as"), max_length=8, choices=EvaluationGroup)
    origin = models.CharField(_("way in"), max_length=5, choices=ReplyOrigin, default=ReplyOrigin.LINK)
    participant = models.ForeignKey(
        Participant, on_delete=models.SET_NULL, null=True, blank=True, related_name="evaluation_replies"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    answers = models.JSONField(_("answers"), default=dict, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("filled-in evaluation")
        verbose_name_plural = _("filled-in evaluations")
        ordering = ["key"]
        constraints = [
            models.UniqueConstraint(
                fields=["evaluation", "participant"],
                condition=Q(participant__isnull=False),
                name="evaluation_once_a_participant",
            ),
            models.UniqueConstraint(
                fields=["evaluation", "user"], condition=Q(user__isnull=False), name="evaluation_once_a_user"
            ),
            models.CheckConstraint(
                condition=Q(participant__isnull=True) | Q(user__isnull=True), name="evaluation_of_one"
            ),
        ]

    def __str__(self) -> str:
        return self.get_group_display()


class EvaluationWords(MunicipalityOwned):
    """What somebody wrote in answer to an open question. Nobody but officials reads it before one published it.

    It is no ``Contribution``: nobody may know whose it is, so there is no author to tell why it is kept from others.
    """

    reply = models.ForeignKey(EvaluationReply, on_delete=models.CASCADE, related_name="words")
    question = models.CharField(_("question"), max_length=20)
    text = models.TextField(_("words"))
    moderation = models.CharField(
        _("may others read it"), max_length=10, choices=Moderation, default=Moderation.PENDING
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("words of an evaluation")
        verbose_name_plural = _("words of evaluations")
        ordering = ["question", "reply__key"]
        constraints = [
            models.UniqueConstraint(fields=["reply", "question"], name="evaluation_words_once"),
            models.CheckConstraint(condition=~Q(text=""), name="evaluation_words_not_empty"),
        ]

    def __str__(self) -> str:
        return self.text[:60]
