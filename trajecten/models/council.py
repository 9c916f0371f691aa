from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from trajecten.enums import (
    COUNCIL_DECIDED,
    CouncilBody,
    CouncilKind,
    CouncilStatus,
    LineDecision,
    MatchState,
)
from trajecten.models.commitment import Commitment
from trajecten.models.municipality import MunicipalityOwned
from trajecten.models.trajectory import Trajectory
from trajecten.rules import is_adviser, is_clerk, is_coordinator, is_official


class CouncilItem(MunicipalityOwned):
    """What is put to the council or the college, and what became of it.

    ``round`` counts the decisions that were entered: the first one, and each correction. ``version`` grows with
    every act, so that a clerk with an old page hears so. ``external_id`` is that of the agenda item in the
    council information system, ``url`` its page there. ``commitment`` is the promise that the decision made
    where the proposal has no lines; with lines each has its own.
    """

    trajectory = models.ForeignKey(
        Trajectory,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="council_items",
        verbose_name=_("trajectory"),
    )
    kind = models.CharField(_("kind"), max_length=10, choices=CouncilKind)
    body = models.CharField(_("who decides"), max_length=7, choices=CouncilBody, default=CouncilBody.COUNCIL)
    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(_("in plain words"), blank=True)
    status = models.CharField(
        _("status"), max_length=9, choices=CouncilStatus, default=CouncilStatus.SUBMITTED
    )
    submitted_on = models.DateField(_("submitted on"))
    scheduled_for = models.DateField(_("on the agenda of"), null=True, blank=True)
    meeting_name = models.CharField(_("meeting"), max_length=200, blank=True)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    commitment = models.ForeignKey(
        Commitment, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    round = models.PositiveSmallIntegerField(_("round"), default=0)
    version = models.PositiveIntegerField(default=1)
    url = models.URLField(_("page in the council information system"), max_length=500, blank=True)
    external_id = models.CharField(_("number of the agenda item there"), max_length=60, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("council item")
        verbose_name_plural = _("council items")
        ordering = ["-submitted_on", "-id"]
        rules_permissions = {
            "view": is_official | is_adviser,
            "add": is_clerk | is_coordinator,
            "change": is_clerk | is_coordinator,
        }
        indexes = [
            models.Index(fields=["municipality", "status", "scheduled_for"], name="council_by_date"),
            models.Index(fields=["municipality", "-decided_on"], name="council_by_decision"),
            models.Index(fields=["municipality", "-submitted_on", "-id"], name="council_newest"),
            GinIndex(
                Cast("municipality", models.IntegerField()),
                SearchVector("title", "summary", config="dutch"),
                name="council_words",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "external_id"],
                condition=~models.Q(external_id=""),
                name="council_external_id_once",
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=COUNCIL_DECIDED, decided_on__isnull=False)
                | (~models.Q(status__in=COUNCIL_DECIDED) & models.Q(decided_on__isnull=True)),
                name="council_decided_has_date",
            ),
            models.CheckConstraint(
                condition=~models.Q(status__in=["partly", "rejected", "withdrawn"]) | ~models.Q(reason=""),
                name="council_outcome_has_reason",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="scheduled") | models.Q(scheduled_for__isnull=False),
                name="council_scheduled_has_date",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_decided(self) -> bool:
        return self.status in COUNCIL_DECIDED


class CouncilLine(MunicipalityOwned):
    """One numbered point of a proposal, with what was decided on it and the promise that came of it.

    ``amount`` is what a point of a budget asks for, in whole euro: more than now, or less (below zero).
    ``adopted_amount`` is what it became: all of it, a part, or 0 where the point was rejected.
    """

    item = models.ForeignKey(CouncilItem, on_delete=models.CASCADE, related_name="lines")
    number = models.PositiveSmallIntegerField(_("number"))
    text = models.TextField(_("text"))
    decision = models.CharField(
        _("decision"), max_length=8, choices=LineDecision, default=LineDecision.PENDING
    )
    changed_text = models.TextField(_("text as adopted"), blank=True)
    reason = models.TextField(_("reason"), blank=True)
    amount = models.BigIntegerField(_("amount asked"), null=True, blank=True)
    adopted_amount = models.BigIntegerField(_("amount as adopted"), null=True, blank=True)
    commitment = models.ForeignKey(
        Commitment, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("point of a council item")
        verbose_name_plural = _("points of council items")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="council_line_number_once"),
            models.CheckConstraint(
                condition=~models.Q(decision__in=["changed", "rejected"]) | ~models.Q(reason=""),
                name="council_line_has_reason",
            ),
            models.CheckConstraint(
                condition=~models.Q(decision="changed") | ~models.Q(changed_text=""),
                name="council_line_has_changed_text",
            ),
            models.CheckConstraint(
                condition=models.Q(adopted_amount__isnull=True)
                | (models.Q(amount__isnull=False) & ~models.Q(decision="pending")),
                name="council_line_amount_decided",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.text[:80]}"


class CouncilOrigin(MunicipalityOwned):
    """A contribution of any app, or a promise, that is behind a council item."""

    item = models.ForeignKey(CouncilItem, on_delete=models.CASCADE, related_name="origins")
    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, db_index=False)
    object_id = models.PositiveBigIntegerField()
    origin = GenericForeignKey("content_type", "object_id")

    class Meta:
        verbose_name = _("origin of a council item")
        verbose_name_plural = _("origins of council items")
        ordering = ["id"]
        indexes = [models.Index(fields=["content_type", "object_id"], name="council_of_origin")]
        constraints = [
            models.UniqueConstraint(fields=["item", "content_type", "object_id"], name="council_origin_once"),
        ]

    def __str__(self) -> str:
        return f"{self.content_type_id}:{self.object_id}"


class CouncilDecision(MunicipalityOwned):
    """A decision as it was entered, the first one or a correction. Rows are added and never changed.

    ``lines`` is how each point was decided: number, text, decision, changed_text, reason, and of a point with an
    amount that amount and what was adopted of it. ``why_corrected`` is
    empty for the first one.
    """

    item = models.ForeignKey(CouncilItem, on_delete=models.PROTECT, related_name="decisions")
    round = models.PositiveSmallIntegerField(_("round"))
    outcome = models.CharField(_("outcome"), max_length=9, choices=CouncilStatus)
    decided_on = models.DateField(_("decided on"))
    reason = models.TextField(_("reason"), blank=True)
    lines = models.JSONField(_("points"), default=list, blank=True)
    why_corrected = models.TextField(_("why it was corrected"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["round"]
        constraints = [
            models.UniqueConstraint(fields=["item", "round"], name="council_decision_once"),
            models.CheckConstraint(
                condition=models.Q(round=1) | ~models.Q(why_corrected=""), name="council_correction_has_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()} ({self.round})"


class AgendaItem(MunicipalityOwned):
    """A point of an agenda, imported from the council information system.

    ``match`` is the council item that it is, or seems to be: ``score`` says how sure that is, from 0 to 1.
    ``refused`` are the items that a clerk said it is not. ``changed`` holds what the last import changed: the
    earlier value of each field.
    """

    external_id = models.CharField(_("number there"), max_length=60)
    meeting_external_id = models.CharField(_("number of the meeting there"), max_length=60)
    meeting_name = models.CharField(_("meeting"), max_length=200)
    meeting_date = models.DateField(_("date"))
    number = models.CharField(_("number on the agenda"), max_length=20, blank=True)
    title = models.CharField(_("title"), max_length=500)
    url = models.URLField(_("address"), max_length=500, blank=True)
    is_cancelled = models.BooleanField(_("meeting is off"), default=False)
    state = models.CharField(_("state"), max_length=9, choices=MatchState, default=MatchState.UNMATCHED)
    match = models.ForeignKey(
        CouncilItem, on_delete=models.SET_NULL, null=True, blank=True, related_name="agenda_items"
    )
    score = models.FloatField(_("how much it looks like it"), null=True, blank=True)
    refused = models.ManyToManyField(CouncilItem, blank=True, related_name="+")
    changed = models.JSONField(default=dict, blank=True)
    imported_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda items")
        ordering = ["meeting_date", "id"]
        rules_permissions = {"view": is_official, "change": is_clerk | is_coordinator}
        indexes = [
            models.Index(fields=["municipality", "state", "meeting_date"], name="agenda_by_state"),
            models.Index(fields=["municipality", "-meeting_date", "id"], name="agenda_newest"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "external_id"], name="agenda_item_once"),
            models.CheckConstraint(
                condition=models.Q(state="unmatched", match__isnull=True)
                | (~models.Q(state="unmatched") & models.Q(match__isnull=False)),
                name="agenda_match_fits_state",
            ),
        ]

    def __str__(self) -> str:
        return self.title
