"""Who does what before and during a walk, and when its neighbourhood was told of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buurtschouw.enums import Duty
from buurtschouw.models.schouw import Schouw
from trajecten.models import MunicipalityOwned, Participant


class WalkTask(MunicipalityOwned):
    """Something that has to be done before the walk: by an official or adviser (``owner``), by somebody who takes
    part (``owner_participant``), or by nobody yet.
    """

    schouw = models.ForeignKey(Schouw, on_delete=models.CASCADE, related_name="tasks", db_index=False)
    text = models.CharField(_("what has to be done"), max_length=200)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    owner_participant = models.ForeignKey(
        Participant, on_delete=models.SET_NULL, null=True, blank=True, related_name="walk_tasks"
    )
    due_on = models.DateField(_("ready on"), null=True, blank=True)
    done_at = models.DateTimeField(_("done at"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("task for a walk")
        verbose_name_plural = _("tasks for a walk")
        ordering = ["id"]
        indexes = [models.Index(fields=["schouw", "due_on", "id"], name="walk_task_of_schouw")]
        constraints = [
            models.CheckConstraint(
                condition=Q(owner__isnull=True) | Q(owner_participant__isnull=True),
                name="walk_task_one_owner",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def is_done(self) -> bool:
        return self.done_at is not None

    @property
    def is_overdue(self) -> bool:
        """Not done, and its day has passed."""
        return not self.is_done and self.due_on is not None and self.due_on < timezone.localdate()


class WalkRole(MunicipalityOwned):
    """What somebody who takes part does during the walk; several people may share one, and one person have several."""

    schouw = models.ForeignKey(Schouw, on_delete=models.CASCADE, related_name="roles", db_index=False)
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="walk_roles")
    duty = models.CharField(_("role"), max_length=10, choices=Duty)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("role during a walk")
        verbose_name_plural = _("roles during a walk")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["schouw", "duty", "participant"], name="walk_role_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_duty_display()}: {self.participant}"


class Announcement(MunicipalityOwned):
    """That who follows the neighbourhood was told of the walk on this date: once for each date that it has had."""

    schouw = models.ForeignKey(Schouw, on_delete=models.CASCADE, related_name="announcements", db_index=False)
    walk_at = models.DateTimeField(_("date and time of the walk"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("announcement of a walk")
        verbose_name_plural = _("announcements of walks")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["schouw", "walk_at"], name="announcement_once_a_date"),
        ]

    def __str__(self) -> str:
        return f"{self.schouw_id}: {self.walk_at:%Y-%m-%d %H:%M}"
