from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from trajecten import registry
from trajecten.enums import TrajectoryStatus
from trajecten.method import Method, Step
from trajecten.models.area import Area
from trajecten.models.municipality import MunicipalityOwned
from trajecten.rules import is_adviser, is_coordinator


class Trajectory(MunicipalityOwned):
    """One run of a method in one municipality.

    ``current_step`` repeats what the last StepRecord says, so that the intake of a contribution can see
    what is allowed without reading the records; only ``trajecten.domain.steps`` writes it.
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
    tailoring = models.JSONField(_("tailoring"), default=dict, blank=True)
    starts_on = models.DateField(_("starts on"), null=True, blank=True)
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("trajectory")
        verbose_name_plural = _("trajectories")
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["municipality", "method_key", "status"], name="trajectory_by_method")]
        rules_permissions = {
            "change": is_coordinator | is_adviser,
            "close_step": is_coordinator | is_adviser,
        }
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True)
                | models.Q(starts_on__isnull=True)
                | models.Q(ends_on__gte=models.F("starts_on")),
                name="trajectory_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def method(self) -> Method:
        return registry.method(self.method_key)

    @property
    def open_step(self) -> Step | None:
        """The step that is open now, or None before the first and after the last."""
        return self.method.step(self.current_step) if self.current_step else None

    def allows(self, act: str) -> bool:
        """Whether the open step allows this act."""
        return self.open_step is not None and act in self.open_step.allows
