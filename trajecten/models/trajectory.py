from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from trajecten import registry
from trajecten.enums import TrajectoryStatus
from trajecten.method import Method, Step
from trajecten.models.area import Area
from trajecten.models.municipality import MunicipalityOwned
from trajecten.rules import is_adviser, is_coordinator, is_official


class TrajectoryQuerySet(models.QuerySet["Trajectory"]):
    def current(self) -> "TrajectoryQuerySet":
        """Those that lists show: not what lies in the archive, which has its own page still."""
        return self.exclude(status=TrajectoryStatus.ARCHIVED)

    def with_names(self) -> "TrajectoryQuerySet":
        """With what a row of a list shows, and without boundaries, which are large."""
        related = ("municipality", "adviser", "coordinator")
        return self.select_related(*related).defer("municipality__boundary")


class Trajectory(MunicipalityOwned):
    """One run of a method in one municipality.

    ``current_step`` repeats what the last StepRecord says, so that the intake of a contribution can see
    what is allowed without reading the records; ``step_due_on`` repeats the planned end of that step, so that
    dashboards can count what is late. Only ``trajecten.domain.steps`` writes these two and ``tailoring``, which
    ``trajecten.domain.steps.tailoring`` reads.
    """

    method_key = models.CharField(_("method"), max_length=20)
    title = models.CharField(_("title"), max_length=120)
    summary = models.TextField(_("summary"), blank=True)
    areas = models.ManyToManyField(Area, blank=True, related_name="+", verbose_name=_("areas"))
    adviser = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="advised_trajectories",
    )
    coordinator = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    status = models.CharField(
        _("status"), max_length=10, choices=TrajectoryStatus, default=TrajectoryStatus.AGREED
    )
    current_step = models.CharField(_("open step"), max_length=30, blank=True, editable=False)
    step_due_on = models.DateField(_("open step ready by"), null=True, blank=True, editable=False)
    tailoring = models.JSONField(_("tailoring"), default=dict, blank=True)
    premoderation = models.BooleanField(
        _("an official reads first"),
        default=True,
        help_text=_("Off: what people write is public at once. Photos always wait for an official."),
    )
    starts_on = models.DateField(_("starts on"), null=True, blank=True)
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    is_open_for_enrolment = models.BooleanField(
        _("anyone may join"),
        default=False,
        help_text=_("Residents can sign themselves up, without an invitation."),
    )
    max_members = models.PositiveSmallIntegerField(
        _("most members"), null=True, blank=True, help_text=_("Who comes after that is on the waiting list.")
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects: Any = ScopedManager(
        models.Manager.from_queryset(TrajectoryQuerySet), municipality="municipality"
    )

    class Meta:
        verbose_name = _("trajectory")
        verbose_name_plural = _("trajectories")
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["municipality", "method_key", "status"], name="trajectory_by_method"),
            models.Index(fields=["municipality", "-created_at", "-id"], name="trajectory_recent"),
            models.Index(
                fields=["municipality", "step_due_on"],
                name="trajectory_due",
                condition=Q(status=TrajectoryStatus.RUNNING),
            ),
            models.Index(
                fields=["adviser", "step_due_on"],
                name="trajectory_due_of_adviser",
                condition=Q(status=TrajectoryStatus.RUNNING),
            ),
        ]
        rules_permissions = {
            "view": is_official | is_adviser,
            "change": is_coordinator | is_adviser,
            "close_step": is_coordinator | is_adviser,
            "manage_members": is_coordinator | is_adviser,
        }
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True)
                | Q(starts_on__isnull=True)
                | Q(ends_on__gte=models.F("starts_on")),
                name="trajectory_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def method(self) -> Method:
        return registry.method(self.method_key)

    @property
    def places(self) -> int | None:
        """The most members that the group may have: its own maximum, within that of its method; None without one."""
        limits = [limit for limit in (self.max_members, self.method.max_members) if limit is not None]
        return min(limits, default=None)

    @property
    def takes_people(self) -> bool:
        """Whether one can still join: from the agreement until it is over."""
        return self.status in {TrajectoryStatus.AGREED, TrajectoryStatus.RUNNING}

    @property
    def open_step(self) -> Step | None:
        """The step that is open now, or None before the first and after the last."""
        return self.method.step(self.current_step) if self.current_step else None

    @property
    def is_archived(self) -> bool:
        return self.status == TrajectoryStatus.ARCHIVED

    @property
    def is_going(self) -> bool:
        """Whether it is agreed or running, so that it can be on track or not."""
        return self.status in {TrajectoryStatus.AGREED, TrajectoryStatus.RUNNING}

    def allows(self, act: str) -> bool:
        """Whether the open step allows this act."""
        return self.open_step is not None and act in self.open_step.allows
