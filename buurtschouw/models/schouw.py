from datetime import UTC, datetime

from django.contrib.gis.db import models
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from buurtschouw.method import REPORT
from buurtschouw.models.category import Category
from buurtschouw.models.statement import Statement
from buurtschouw.rules import may_hand_in, may_plan
from trajecten.enums import TrajectoryStatus
from trajecten.models import Meeting, MunicipalityOwned, Trajectory
from trajecten.rules import is_coordinator, is_official

# A walk outside these has a mistyped year; calendars and terms can't be reckoned with it.
WALKS_FROM, WALKS_UNTIL = datetime(2000, 1, 1, tzinfo=UTC), datetime(2101, 1, 1, tzinfo=UTC)


class Schouw(MunicipalityOwned):
    """A walk through the neighbourhood: what its trajectory has beyond the shared parts.

    ``route`` is WGS84, in the direction of walking; its stops are ``Stop``. ``meeting`` is the walk as a meeting of
    the core, to which people are invited; ``buurtschouw.domain.preparing.gathering`` keeps both in step.
    ``invitation`` and ``contact`` stand on the poster and in the letter. ``service_level_days`` are working days
    within which a reporter hears something.
    """

    trajectory = models.OneToOneField(Trajectory, on_delete=models.PROTECT, related_name="schouw")
    walk_at = models.DateTimeField(_("date and time of the walk"), null=True, blank=True)
    meeting_point = models.CharField(_("where we meet"), max_length=160, blank=True)
    categories = models.ManyToManyField(
        Category, blank=True, related_name="schouwen", verbose_name=_("themes")
    )
    route = models.LineStringField(_("route"), srid=4326, null=True, blank=True)
    route_remarks = models.TextField(_("what to know of the route, also on wheels"), blank=True)
    statements = models.ManyToManyField(
        Statement, blank=True, related_name="schouwen", verbose_name=_("statements to score")
    )
    meeting = models.OneToOneField(
        Meeting, on_delete=models.SET_NULL, null=True, blank=True, related_name="schouw", editable=False
    )
    invitation = models.TextField(_("words of invitation"), max_length=600, blank=True)
    contact = models.CharField(_("whom to ask"), max_length=160, blank=True)
    service_level_days = models.PositiveSmallIntegerField(
        _("working days within which people hear something"),
        default=5,
        validators=[MinValueValidator(1), MaxValueValidator(90)],
    )
    keeps_reporting_open = models.BooleanField(
        _("reports are welcome before and after the walk too"), default=False
    )

    class Meta:
        verbose_name = _("buurtschouw")
        verbose_name_plural = _("buurtschouwen")
        ordering = ["-walk_at", "-id"]
        rules_permissions = {
            "view": is_official | may_plan,
            "change": may_plan,
            "add": is_coordinator,
            "hand_in": may_hand_in,
        }
        constraints = [
            models.CheckConstraint(
                condition=Q(service_level_days__gte=1, service_level_days__lte=90),
                name="schouw_service_level_1_to_90",
            ),
            models.CheckConstraint(
                condition=Q(walk_at__isnull=True) | Q(walk_at__gte=WALKS_FROM, walk_at__lt=WALKS_UNTIL),
                name="schouw_walk_in_reach",
            ),
        ]

    def __str__(self) -> str:
        return self.trajectory.title

    def themes(self) -> models.QuerySet[Category]:
        """What one may report about."""
        return Category.objects.filter(schouwen=self, is_active=True)

    @property
    def accepts_reports(self) -> bool:
        """Whether somebody may report now: the open step allows it, or this schouw always does."""
        if self.keeps_reporting_open:
            return self.trajectory.status in {TrajectoryStatus.RUNNING, TrajectoryStatus.AGREED}
        return self.trajectory.allows(REPORT)

    @property
    def opens_later(self) -> bool:
        """Whether reports are not welcome yet, because the step that allows them is still to come."""
        return not self.accepts_reports and self.is_to_be_walked

    @property
    def is_to_be_walked(self) -> bool:
        """Whether the step of the walk itself is still to come; one may be able to report before it."""
        trajectory = self.trajectory
        if trajectory.status in {TrajectoryStatus.EVALUATED, TrajectoryStatus.ARCHIVED}:
            return False
        begun = trajectory.method.position(trajectory.current_step) + 1 if trajectory.current_step else 0
        return any(REPORT in step.allows for step in trajectory.method.steps[begun:])
