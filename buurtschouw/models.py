"""Schouw, theme, report, and what officials say to it."""

from datetime import UTC, date, datetime

from django.conf import settings
from django.contrib.gis.db import models
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Q
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from buurtschouw.enums import CLOSED, OPEN, Icon, ReportStatus
from buurtschouw.method import REPORT
from buurtschouw.rules import may_answer, may_plan, may_read_reports
from trajecten.enums import Moderation, TrajectoryStatus
from trajecten.models import Contribution, MunicipalityOwned, Participant, Team, Trajectory, User
from trajecten.models.tokens import new_token
from trajecten.rules import is_coordinator, is_official

MAX_TEXT = 4000
MAX_TITLE = 80
# A walk outside these has a mistyped year; calendars and terms can't be reckoned with it.
WALKS_FROM, WALKS_UNTIL = datetime(2000, 1, 1, tzinfo=UTC), datetime(2101, 1, 1, tzinfo=UTC)


class Category(MunicipalityOwned):
    """A theme that reports are about, with the team that answers them."""

    name = models.CharField(_("name"), max_length=60)
    icon = models.CharField(_("icon"), max_length=12, choices=Icon, default=Icon.OTHER)
    team = models.ForeignKey(
        Team,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="categories",
        verbose_name=_("team"),
    )
    extra_question = models.CharField(
        _("extra question"),
        max_length=160,
        blank=True,
        help_text=_("Asked of who chooses this theme; answering is free."),
    )
    position = models.PositiveSmallIntegerField(_("place in the list"), default=100)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ["position", "name"]
        rules_permissions = {"change": is_coordinator}
        constraints = [models.UniqueConstraint(fields=["municipality", "name"], name="category_name_once")]

    def __str__(self) -> str:
        return self.name


class Schouw(MunicipalityOwned):
    """A walk through the neighbourhood: what its trajectory has beyond the shared parts.

    ``service_level_days`` are working days within which a reporter hears something.
    """

    trajectory = models.OneToOneField(Trajectory, on_delete=models.PROTECT, related_name="schouw")
    walk_at = models.DateTimeField(_("date and time of the walk"), null=True, blank=True)
    meeting_point = models.CharField(_("where we meet"), max_length=160, blank=True)
    categories = models.ManyToManyField(
        Category, blank=True, related_name="schouwen", verbose_name=_("themes")
    )
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
        rules_permissions = {"view": is_official | may_plan, "change": may_plan, "add": is_coordinator}
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
        trajectory = self.trajectory
        if self.accepts_reports or trajectory.status in {
            TrajectoryStatus.EVALUATED,
            TrajectoryStatus.ARCHIVED,
        }:
            return False
        begun = trajectory.method.position(trajectory.current_step) + 1 if trajectory.current_step else 0
        return any(REPORT in step.allows for step in trajectory.method.steps[begun:])


class ReportQuerySet(models.QuerySet["Report"]):
    def open(self) -> "ReportQuerySet":
        """Reports that still wait for the municipality."""
        return self.filter(status__in=OPEN)

    def overdue(self, today: date) -> "ReportQuerySet":
        """Open reports whose term has passed."""
        return self.open().filter(due_on__lt=today)

    def new_for(self, handler: User, since: datetime, until: datetime) -> "ReportQuerySet":
        """Reports in the themes of this official's teams that came in after ``since`` and not after ``until``."""
        return self.filter(category__team__members=handler, created_at__gt=since, created_at__lte=until)

    def with_names(self) -> "ReportQuerySet":
        """With what a row of a list shows, and without the search vector, which is large."""
        related = ("category", "area", "assigned_to", "trajectory")
        return self.select_related(*related).defer("search", "area__geometry")

    def for_map(self) -> "ReportQuerySet":
        """With a point, and only what a public map shows of each: there are a thousand of them."""
        shown = ("status", "due_on", "text", "moderation", "point", "area__name")
        rows = self.filter(point__isnull=False).select_related("category", "area")
        return rows.only(*shown, "category__name", "category__icon")


class Report(Contribution):
    """What somebody saw on the street. Its number is its primary key.

    ``key`` is made by the sender and ``fingerprint`` (SHA-256) is of what was sent with it, so that sending
    again is harmless. ``token`` opens the page on which the reporter follows the report. ``point`` is WGS84;
    it is None until an address in words has been found (``locate_pending``). ``answer_by`` is the date that the
    reporter was told at first, ``due_on`` the day by which the municipality has to say or do the next thing.
    ``version`` counts changes by officials, so that two at once notice each other. ``round`` counts how often it was
    called closed; ``returned_at`` is set while the reporter's "no" waits for an answer.
    """

    schouw = models.ForeignKey(Schouw, on_delete=models.PROTECT, related_name="reports", db_index=False)
    category = models.ForeignKey(
        Category, on_delete=models.PROTECT, related_name="reports", verbose_name=_("theme")
    )
    key = models.UUIDField(editable=False)
    fingerprint = models.CharField(max_length=64, editable=False)
    token = models.CharField(max_length=40, default=new_token, editable=False)
    point = models.PointField(_("place"), srid=4326, null=True, blank=True)
    accuracy = models.PositiveIntegerField(_("accuracy of the place in metres"), null=True, blank=True)
    address = models.CharField(_("address or place in words"), max_length=200, blank=True)
    location_tried_at = models.DateTimeField(null=True, blank=True, editable=False)
    extra_answer = models.CharField(_("answer to the extra question"), max_length=300, blank=True)
    status = models.CharField(_("status"), max_length=12, choices=ReportStatus, default=ReportStatus.NEW)
    answer_by = models.DateField(_("answer by"), editable=False)
    due_on = models.DateField(_("term"))
    planned_for = models.DateField(_("planned for"), null=True, blank=True)
    first_answer_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    returned_at = models.DateTimeField(null=True, blank=True, editable=False)
    round = models.PositiveSmallIntegerField(default=0, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    search = models.GeneratedField(
        expression=SearchVector("text", "address", config="dutch"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = ScopedManager(models.Manager.from_queryset(ReportQuerySet), municipality="municipality")

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        rules_permissions = {"view": may_read_reports, "answer": may_answer}
        indexes = [
            models.Index(
                models.F("municipality"),
                models.F("returned_at").asc(nulls_last=True),
                models.F("due_on"),
                models.F("id"),
                name="report_queue",
                condition=Q(status__in=sorted(OPEN)),
            ),
            models.Index(
                fields=["municipality", "-supports", "id"],
                name="report_supported",
                condition=Q(status__in=sorted(OPEN)),
            ),
            models.Index(
                fields=["municipality", "created_at"], name="report_new", condition=Q(status=ReportStatus.NEW)
            ),
            models.Index(fields=["municipality", "-created_at", "-id"], name="report_recent"),
            models.Index(fields=["municipality", "moderation", "created_at", "id"], name="report_moderation"),
            models.Index(
                fields=["municipality", "-closed_at"],
                name="report_closed_in_public",
                condition=Q(status__in=sorted(CLOSED), moderation=Moderation.PUBLISHED),
            ),
            models.Index(
                fields=["municipality", "closed_at", "id"],
                name="report_kept",
                condition=Q(status__in=sorted(CLOSED)),
            ),
            models.Index(
                fields=["municipality", "assigned_to", "due_on"],
                name="report_assigned",
                condition=Q(assigned_to__isnull=False),
            ),
            models.Index(fields=["schouw", "status"], include=["first_answer_at"], name="report_of_schouw"),
            models.Index(
                fields=["created_at"],
                name="report_unlocated",
                condition=Q(point__isnull=True, location_tried_at__isnull=True),
            ),
            GinIndex(Cast("municipality", models.IntegerField()), models.F("search"), name="report_search"),
            GinIndex(
                Cast("municipality", models.IntegerField()),
                SearchVector("text", config="dutch"),
                name="report_public_words",
                condition=Q(moderation=Moderation.PUBLISHED),
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "key"], name="report_once_per_key"),
            models.UniqueConstraint(fields=["token"], name="report_token_once"),
            models.CheckConstraint(
                condition=Q(point__isnull=False) | ~Q(address=""), name="report_has_place_or_address"
            ),
            models.CheckConstraint(
                condition=~Q(status=ReportStatus.PLANNED) | Q(planned_for__isnull=False),
                name="report_planned_has_date",
            ),
            models.CheckConstraint(
                condition=Q(status__in=sorted(CLOSED), closed_at__isnull=False)
                | Q(status__in=sorted(OPEN), closed_at__isnull=True),
                name="report_closed_when",
            ),
        ]

    def __str__(self) -> str:
        return str(_("Report %(number)s") % {"number": self.pk})

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    @property
    def is_overdue(self) -> bool:
        """The day by which something had to be said or done has passed."""
        return self.is_open and self.due_on < timezone.localdate()

    @property
    def title(self) -> str:
        """First line of what was said, for those who may read it."""
        line = self.text.strip().splitlines()[0] if self.text.strip() else self.category.name
        return line if len(line) <= MAX_TITLE else f"{_whole_words(line[:MAX_TITLE])}…"

    @property
    def public_title(self) -> str:
        """What others may see of it: the words once they are public, the theme and the area before."""
        if self.is_public:
            return self.title
        if self.area is None:
            return self.category.name
        return str(_("%(theme)s in %(area)s") % {"theme": self.category.name, "area": self.area.name})


def _whole_words(text: str) -> str:
    """The text without its last word, which may have been cut; as it is when it is one word."""
    return text.rpartition(" ")[0].rstrip(" ,;:–-") or text[:-1]


class Answer(MunicipalityOwned):
    """What the municipality answered: the status before and after, and the words for the reporter."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="answers")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    status_before = models.CharField(max_length=12, choices=ReportStatus)
    status = models.CharField(_("status"), max_length=12, choices=ReportStatus)
    message = models.TextField(_("message"))
    planned_for = models.DateField(_("planned for"), null=True, blank=True)
    forwarded_to = models.CharField(_("forwarded to"), max_length=120, blank=True)
    round = models.PositiveSmallIntegerField(default=0)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status=ReportStatus.FORWARDED) | ~Q(forwarded_to=""),
                name="answer_forwarded_to_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.status_before} → {self.status}"


class Note(MunicipalityOwned):
    """A word between officials; never shown to residents."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="notes")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    text = models.TextField(_("note"))
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.text[:60]


class Support(MunicipalityOwned):
    """Somebody who sees the same. ``device`` is a hash that stands for a visitor without account."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="support_rows")
    participant = models.ForeignKey(
        Participant, on_delete=models.SET_NULL, null=True, blank=True, related_name="supported_reports"
    )
    device = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("support")
        verbose_name_plural = _("supports")
        constraints = [
            models.UniqueConstraint(
                fields=["report", "participant"], condition=Q(participant__isnull=False), name="support_once"
            ),
            models.UniqueConstraint(
                fields=["report", "device"], condition=~Q(device=""), name="support_once_per_device"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report_id}"
