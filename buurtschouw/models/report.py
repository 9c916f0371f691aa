from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.contrib.gis.db import models
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db.models import F, Q
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from buurtschouw.enums import ANSWERED, CLOSED, OPEN, RUNNING, ReportKind, ReportOrigin, ReportStatus
from buurtschouw.kinds import COMPLIMENT_TRANSITIONS, KINDS, Kind
from buurtschouw.models.category import Category
from buurtschouw.models.route import Stop
from buurtschouw.models.schouw import Schouw
from buurtschouw.rules import may_answer, may_read_reports
from trajecten.enums import Moderation
from trajecten.models import Contribution, User
from trajecten.models.tokens import new_token

MAX_TEXT = 4000
MAX_TITLE = 80


class ReportQuerySet(models.QuerySet["Report"]):
    def open(self) -> "ReportQuerySet":
        """Reports that still wait for the municipality."""
        return self.filter(status__in=OPEN)

    def overdue(self, today: date) -> "ReportQuerySet":
        """Open reports whose term has passed; the clock of what waits for its reporter stands still."""
        return self.filter(status__in=sorted(RUNNING), due_on__lt=today)

    def new_for(self, handler: User, since: datetime, until: datetime) -> "ReportQuerySet":
        """Reports in the themes of this official's teams that came in after ``since`` and not after ``until``."""
        return self.filter(category__team__members=handler, created_at__gt=since, created_at__lte=until)

    def with_names(self) -> "ReportQuerySet":
        """With what a row of a list shows, and without the search vector, which is large."""
        related = ("category", "area", "assigned_to", "trajectory")
        return self.select_related(*related).defer("search", "area__geometry")

    def for_map(self) -> "ReportQuerySet":
        """With a point, and only what a map shows of each: there are hundreds of them."""
        shown = (
            "kind",
            "status",
            "due_on",
            "returned_at",
            "returned_from",
            "replied_at",
            "planned_for",
            "text",
            "moderation",
            "point",
            "area__name",
        )
        rows = self.filter(point__isnull=False).select_related("category", "area")
        return rows.only(*shown, "category__name", "category__icon")


class Report(Contribution):
    """What somebody saw on the street. Its number is its primary key.

    ``key`` is made by the sender and ``fingerprint`` (SHA-256) is of what was sent with it, so that sending
    again is harmless. ``token`` opens the page on which the reporter follows the report. ``point`` is WGS84;
    it is None until an address in words has been found (``locate_pending``). ``answer_by`` is the date that the
    reporter was told at first, ``due_on`` the day by which the municipality has to say or do the next thing.
    ``version`` counts changes by officials, so that two at once notice each other. ``round`` counts how often it was
    called closed; ``returned_at`` is set while the reporter's "no" waits for an answer. ``observed_at`` is by the clock
    of the phone with which it was seen during a walk, None for what was reported at once. ``facts`` are the answers to
    the questions of its theme, each a ``Fact``.

    While it waits for its reporter (since ``waiting_since``), ``due_on`` is the day to look at it again and
    ``paused_term`` the term that stands still. ``replied_at`` is when the reporter last answered a question; it comes
    back with that, so it is ``returned_at`` too until an official goes on. ``merged_into`` is the report that is kept,
    which is itself never merged. ``handed_to`` is the other system that it was forwarded to, as long as that is not
    finished with it; ``returned_from`` the one that it came back from, when that is what waits for an answer.
    """

    schouw = models.ForeignKey(Schouw, on_delete=models.PROTECT, related_name="reports", db_index=False)
    category = models.ForeignKey(
        Category, on_delete=models.PROTECT, related_name="reports", verbose_name=_("theme")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=ReportKind, default=ReportKind.PROBLEM)
    origin = models.CharField(
        _("way in"), max_length=8, choices=ReportOrigin, default=ReportOrigin.PAGE, editable=False
    )
    stop = models.ForeignKey(
        Stop, on_delete=models.SET_NULL, null=True, blank=True, related_name="reports", verbose_name=_("stop")
    )
    observed_at = models.DateTimeField(_("seen at"), null=True, blank=True, editable=False)
    key = models.UUIDField(editable=False)
    fingerprint = models.CharField(max_length=64, editable=False)
    token = models.CharField(max_length=40, default=new_token, editable=False)
    point = models.PointField(_("place"), srid=4326, null=True, blank=True)
    accuracy = models.PositiveIntegerField(_("accuracy of the place in metres"), null=True, blank=True)
    address = models.CharField(_("address or place in words"), max_length=200, blank=True)
    location_tried_at = models.DateTimeField(null=True, blank=True, editable=False)
    facts: Any = models.JSONField(_("answers to the questions of the theme"), default=list, blank=True)
    status = models.CharField(_("status"), max_length=12, choices=ReportStatus, default=ReportStatus.NEW)
    answer_by = models.DateField(_("answer by"), editable=False)
    due_on = models.DateField(_("term"))
    planned_for = models.DateField(_("planned for"), null=True, blank=True)
    first_answer_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    returned_at = models.DateTimeField(null=True, blank=True, editable=False)
    waiting_since = models.DateTimeField(null=True, blank=True, editable=False)
    paused_term = models.DateField(null=True, blank=True, editable=False)
    replied_at = models.DateTimeField(null=True, blank=True, editable=False)
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="merged",
        db_index=False,
        editable=False,
    )
    handed_to = models.CharField(max_length=120, blank=True, editable=False)
    returned_from = models.CharField(max_length=120, blank=True, editable=False)
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
                include=["status"],
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
            models.Index(
                fields=["municipality", "category", "-created_at", "-id"], name="report_of_theme_recent"
            ),
            models.Index(
                fields=["municipality", "-created_at", "-id"],
                name="report_open_recent",
                condition=Q(status__in=sorted(OPEN)),
            ),
            models.Index(fields=["municipality", "moderation", "created_at", "id"], name="report_moderation"),
            models.Index(
                fields=["municipality", "-closed_at"],
                name="report_closed_in_public",
                condition=Q(status__in=sorted(ANSWERED), moderation=Moderation.PUBLISHED),
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
            models.Index(
                fields=["merged_into"], condition=Q(merged_into__isnull=False), name="report_merged"
            ),
            models.Index(
                fields=["municipality", "waiting_since"],
                condition=Q(status=ReportStatus.WAITING),
                name="report_waiting",
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
            models.CheckConstraint(
                condition=~Q(kind=ReportKind.COMPLIMENT) | Q(status__in=sorted(COMPLIMENT_TRANSITIONS)),
                name="report_compliment_is_passed_on",
            ),
            models.CheckConstraint(
                condition=Q(
                    status=ReportStatus.WAITING, waiting_since__isnull=False, paused_term__isnull=False
                )
                | (~Q(status=ReportStatus.WAITING) & Q(waiting_since__isnull=True, paused_term__isnull=True)),
                name="report_waits_since",
            ),
            models.CheckConstraint(
                condition=Q(status=ReportStatus.MERGED, merged_into__isnull=False)
                | (~Q(status=ReportStatus.MERGED) & Q(merged_into__isnull=True)),
                name="report_merged_into_what",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("pk")),
                name="report_not_merged_into_itself",
            ),
            models.CheckConstraint(
                condition=Q(handed_to="") | Q(status=ReportStatus.FORWARDED),
                name="report_handed_is_forwarded",
            ),
            models.CheckConstraint(
                condition=Q(returned_from="") | Q(returned_at__isnull=False), name="report_returned_when"
            ),
        ]

    def __str__(self) -> str:
        return self.numbered

    @property
    def numbered(self) -> str:
        """What people call it: its kind with its number."""
        return str(self.means.numbered % {"number": self.pk})

    @property
    def supported_by(self) -> str:
        """How many say the same, in words."""
        return str(self.means.counted % {"n": self.supports})

    @property
    def supported_by_others(self) -> str:
        """The same as a sentence for who reported it."""
        return str(self.means.counted_others % {"n": self.supports})

    @property
    def supported_in_a_sentence(self) -> str:
        return str(self.means.counted_sentence % {"n": self.supports})

    def get_status_display(self) -> str:
        """The status as it reads for this kind of report; in place of what Django makes of the choices."""
        return str(self.means.status(self.status))

    @property
    def means(self) -> Kind:
        """What may become of a report of this kind, and the words for it."""
        return KINDS[self.kind]

    @property
    def is_idea(self) -> bool:
        return self.kind == ReportKind.IDEA

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    @property
    def is_overdue(self) -> bool:
        """The day by which something had to be said or done has passed; while its reporter is asked it can't."""
        return self.status in RUNNING and self.due_on < timezone.localdate()

    @property
    def has_reply(self) -> bool:
        """Whether it came back because the reporter answered a question, and nobody went on with that yet."""
        return self.returned_at is not None and self.returned_at == self.replied_at

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
