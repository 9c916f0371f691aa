"""What was learnt of a walk, and what the next one did with it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from buurtschouw.enums import LessonAdvice
from buurtschouw.method import METHOD
from buurtschouw.models.schouw import Schouw
from trajecten.models import MunicipalityOwned, Participant


class Lesson(MunicipalityOwned):
    """One thing to keep doing or to do differently the next time, at one step of the method or at all of them.

    ``by`` wrote it, or ``by_participant`` of the core group did. ``is_public`` shows it on the page with the results.
    """

    schouw = models.ForeignKey(Schouw, on_delete=models.CASCADE, related_name="lessons")
    advice = models.CharField(_("advice"), max_length=9, choices=LessonAdvice)
    text = models.CharField(_("lesson"), max_length=500)
    who = models.CharField(_("who does it"), max_length=80, blank=True)
    step = models.CharField(_("step"), max_length=30, blank=True)
    is_public = models.BooleanField(_("everybody may read it"), default=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    by_participant = models.ForeignKey(
        Participant, on_delete=models.SET_NULL, null=True, blank=True, related_name="lessons"
    )
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")
        ordering = ["advice", "id"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="lesson_has_text")]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def step_name(self) -> str:
        """The step that it is about, in words; empty where it is about all of them."""
        return str(METHOD.step(self.step).name) if self.step else ""


class LessonUse(MunicipalityOwned):
    """What the preparation of a later walk did with a lesson: taken along, or not now for this reason."""

    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="uses", db_index=False)
    schouw = models.ForeignKey(Schouw, on_delete=models.CASCADE, related_name="lesson_uses")
    is_taken = models.BooleanField(_("taken along"))
    reason = models.CharField(_("why not now"), max_length=300, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("use of a lesson")
        verbose_name_plural = _("uses of lessons")
        constraints = [
            models.UniqueConstraint(fields=["lesson", "schouw"], name="lesson_used_once_a_walk"),
            models.CheckConstraint(
                condition=Q(is_taken=True) | ~Q(reason=""), name="lesson_left_for_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lesson_id}: {self.is_taken}"
