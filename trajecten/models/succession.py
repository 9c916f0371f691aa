from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from trajecten.enums import Along, SuccessionState
from trajecten.models.area import Area
from trajecten.models.municipality import MunicipalityOwned
from trajecten.models.participant import Participant
from trajecten.models.trajectory import Trajectory
from trajecten.rules import is_adviser, is_coordinator, is_handler

STANDING = (SuccessionState.PREPARED, SuccessionState.BEGUN)


class Succession(MunicipalityOwned):
    """A contribution that is prepared to become something in another method, which picks it up there.

    ``target`` is the key of what it becomes (``registry.Successor``), ``trajectory`` where it was said. ``title`` and
    ``text`` are the words with which it begins there. ``result`` is the row that came of it. One contribution stands
    at most once for one target; what was taken back may be prepared again.
    """

    trajectory = models.ForeignKey(Trajectory, on_delete=models.PROTECT, related_name="successions")
    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+", db_index=False)
    object_id = models.PositiveBigIntegerField()
    origin = GenericForeignKey("content_type", "object_id")
    target = models.CharField(_("becomes"), max_length=40)
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("text"))
    area = models.ForeignKey(
        Area, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("area")
    )
    state = models.CharField(
        _("state"), max_length=10, choices=SuccessionState, default=SuccessionState.PREPARED
    )
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    prepared_at = models.DateTimeField(_("prepared at"), auto_now_add=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    settled_at = models.DateTimeField(_("picked up or taken back at"), null=True, blank=True)
    result_type = models.ForeignKey(
        ContentType, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    result_id = models.PositiveBigIntegerField(null=True, blank=True)
    result = GenericForeignKey("result_type", "result_id")

    class Meta:
        verbose_name = _("succession")
        verbose_name_plural = _("successions")
        ordering = ["-prepared_at", "-id"]
        rules_permissions = {
            "view": is_coordinator | is_handler | is_adviser,
            "change": is_coordinator | is_handler | is_adviser,
        }
        indexes = [
            models.Index(fields=["municipality", "state", "-prepared_at", "-id"], name="succession_newest"),
            models.Index(fields=["content_type", "object_id"], name="succession_of_origin"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "target"],
                condition=Q(state__in=STANDING),
                name="succession_stands_once",
            ),
            models.CheckConstraint(
                condition=Q(state=SuccessionState.PREPARED, settled_at__isnull=True)
                | Q(state__in=["begun", "taken_back"], settled_at__isnull=False),
                name="succession_settled_when",
            ),
            models.CheckConstraint(
                condition=Q(state=SuccessionState.BEGUN, result_id__isnull=False)
                | (~Q(state=SuccessionState.BEGUN) & Q(result_id__isnull=True)),
                name="succession_begun_has_result",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_prepared(self) -> bool:
        return self.state == SuccessionState.PREPARED


class Companion(MunicipalityOwned):
    """Somebody who is asked to go along to what a contribution becomes; ``leads`` who is to lead it there.

    Only who says yes is known there.
    """

    succession = models.ForeignKey(
        Succession, on_delete=models.CASCADE, related_name="companions", db_index=False
    )
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="companionships")
    leads = models.BooleanField(_("led it"), default=False)
    answer = models.CharField(_("answer"), max_length=5, choices=Along, default=Along.ASKED)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    asked_at = models.DateTimeField(_("asked at"), auto_now_add=True)

    class Meta:
        verbose_name = _("asked to go along")
        verbose_name_plural = _("asked to go along")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["succession", "participant"], name="companion_once"),
            models.CheckConstraint(
                condition=Q(answer=Along.ASKED, answered_at__isnull=True)
                | (~Q(answer=Along.ASKED) & Q(answered_at__isnull=False)),
                name="companion_answered_when",
            ),
        ]

    def __str__(self) -> str:
        return self.get_answer_display()
