from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from trajecten.enums import CommitmentStatus
from trajecten.models.area import Area
from trajecten.models.municipality import MunicipalityOwned
from trajecten.models.participant import Participant
from trajecten.models.staff import Team
from trajecten.models.trajectory import Trajectory
from trajecten.rules import is_adviser, is_coordinator, is_handler, is_keeper, is_official

OPEN = frozenset({CommitmentStatus.PROMISED, CommitmentStatus.IN_PROGRESS})
# What the municipality says is done, and of which residents say whether that is so.
CLAIMED = frozenset({CommitmentStatus.DONE, CommitmentStatus.PARTLY})

_ONE_OWNER = (
    Q(owner__isnull=False, owner_participant__isnull=True, owner_group="")
    | Q(owner__isnull=True, owner_participant__isnull=False, owner_group="")
    | (Q(owner__isnull=True, owner_participant__isnull=True) & ~Q(owner_group=""))
)


class CommitmentQuerySet(models.QuerySet["Commitment"]):
    def open(self) -> "CommitmentQuerySet":
        """Those that wait to be kept."""
        return self.filter(status__in=sorted(OPEN))

    def to_ask_again(self, before: datetime) -> "CommitmentQuerySet":
        """Those called done before this moment of which nobody was asked yet whether it is still so."""
        called_done = self.filter(status__in=sorted(CLAIMED), still_asked_round__lt=F("round"))
        return called_done.filter(closed_at__lte=before)

    def to_remind(self, soon: date, today: date, overdue: date) -> "CommitmentQuerySet":
        """Open ones with a reminder that is due and not given: of the days that lie before these three dates."""
        due = Q(deadline__lte=soon, reminded__lt=1) | Q(deadline__lte=today, reminded__lt=2)
        return self.open().filter(deadline__lte=soon).filter(due | Q(deadline__lte=overdue, reminded__lt=3))

    def with_names(self) -> "CommitmentQuerySet":
        """With what a page names: trajectory, owner, team and area, without boundaries."""
        named = self.select_related("trajectory", "owner", "owner_participant", "team", "area")
        return named.defer("area__geometry")


class Commitment(MunicipalityOwned):
    """A toezegging: what was promised, by whom, by when. Its origins are what it answers.

    It has exactly one owner: an official, a resident, or a group by its name. Others see the name of a resident only
    when that resident wants it (``owner_is_named``); what they tell is public up to the turn ``read_until``, the last
    that an official let others read. ``reason`` says why it was broken or
    withdrawn. ``round`` counts how often it was said to be done; the three counters are the verdicts on the last
    round. ``version`` goes up with every change, so that an official who looked at an older one is told.
    ``reminded`` is the last reminder of this deadline, and ``still_asked_round`` the last round of which it was
    asked after some weeks whether it is still so. ``public_text`` is what everybody may read of it, once
    ``promised.with_public_words`` has looked at what it answers; ``words_are_public`` whether that are its own
    words. Until then nothing of its words is public.
    """

    public_text = ""
    words_are_public = False

    trajectory = models.ForeignKey(Trajectory, on_delete=models.PROTECT, related_name="commitments")
    text = models.TextField(_("what is promised"))
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="commitments",
        verbose_name=_("owner"),
    )
    owner_participant = models.ForeignKey(
        Participant, on_delete=models.PROTECT, null=True, blank=True, related_name="commitments"
    )
    owner_is_named = models.BooleanField(default=False)
    owner_group = models.CharField(_("group that does it"), max_length=120, blank=True)
    team = models.ForeignKey(
        Team, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("team")
    )
    area = models.ForeignKey(
        Area, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("area")
    )
    deadline = models.DateField(_("by when"))
    status = models.CharField(
        _("status"), max_length=12, choices=CommitmentStatus, default=CommitmentStatus.PROMISED
    )
    reason = models.TextField(_("reason"), blank=True)
    round = models.PositiveSmallIntegerField(_("round"), default=0)
    version = models.PositiveIntegerField(default=1)
    verdict_yes = models.PositiveIntegerField(_("say yes"), default=0)
    verdict_partly = models.PositiveIntegerField(_("say partly"), default=0)
    verdict_no = models.PositiveIntegerField(_("say no"), default=0)
    reminded = models.PositiveSmallIntegerField(default=0)
    still_asked_round = models.PositiveSmallIntegerField(default=0)
    read_until = models.PositiveBigIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(_("done at"), null=True, blank=True)

    objects = ScopedManager(models.Manager.from_queryset(CommitmentQuerySet), municipality="municipality")

    class Meta:
        verbose_name = _("promise")
        verbose_name_plural = _("promises")
        ordering = ["deadline", "id"]
        indexes = [
            models.Index(fields=["municipality", "status", "deadline"], name="commitment_by_deadline"),
            models.Index(fields=["municipality", "deadline", "id"], name="commitment_in_order"),
            models.Index(
                fields=["municipality", "deadline", "id"],
                condition=Q(status__in=sorted(OPEN)),
                name="commitment_open_in_order",
            ),
            models.Index(fields=["municipality", "-created_at", "-id"], name="commitment_newest"),
            models.Index(
                fields=["municipality", "created_at", "status"],
                include=["deadline", "verdict_yes", "verdict_partly", "verdict_no"],
                name="commitment_figures",
            ),
            models.Index(fields=["deadline"], condition=Q(status__in=sorted(OPEN)), name="commitment_due"),
            models.Index(
                fields=["closed_at"],
                condition=Q(status__in=sorted(CLAIMED), still_asked_round__lt=F("round")),
                name="commitment_to_ask_again",
            ),
            GinIndex(
                Cast("municipality", models.IntegerField()),
                SearchVector("text", config="dutch"),
                name="commitment_words",
            ),
        ]
        constraints = [models.CheckConstraint(condition=_ONE_OWNER, name="commitment_one_owner")]
        rules_permissions = {
            "view": is_official | is_adviser,
            "add": is_coordinator | is_handler,
            "change": is_coordinator | is_handler,
            "keep": is_keeper,
        }

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    @property
    def is_claimed(self) -> bool:
        """Whether the municipality says that it is done, or partly."""
        return self.status in CLAIMED

    @property
    def is_late(self) -> bool:
        return self.is_open and self.deadline < timezone.localdate()

    @property
    def public_reason(self) -> str:
        """Why it was broken or withdrawn, as everybody may read it; see ``public_text``."""
        return self.as_public_reason(self.reason)

    def as_public_reason(self, reason: str) -> str:
        """This reason as everybody may read it: that there is one, where the words of the promise are not public."""
        return reason if self.words_are_public or not reason else gettext("Who asked for it was told why.")

    @property
    def verdicts(self) -> int:
        """How many said what they think of the last round."""
        return self.verdict_yes + self.verdict_partly + self.verdict_no


class CommitmentOrigin(MunicipalityOwned):
    """What a promise answers: a contribution of any app, or a line of a decision."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="origins")
    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT)
    object_id = models.PositiveBigIntegerField()
    contribution = GenericForeignKey("content_type", "object_id")

    class Meta:
        verbose_name = _("origin of a promise")
        verbose_name_plural = _("origins of promises")
        indexes = [models.Index(fields=["content_type", "object_id"], name="origin_of_contribution")]
        constraints = [
            models.UniqueConstraint(fields=["commitment", "content_type", "object_id"], name="origin_once"),
        ]

    def __str__(self) -> str:
        return f"{self.content_type_id}:{self.object_id}"


class CommitmentUpdate(MunicipalityOwned):
    """One turn in the history of a promise, for everybody to read. Append-only: the database refuses change.

    What did not change in a turn is empty: ``status_to`` without a move, the deadlines without another date,
    ``text_before`` without other words. ``handed_over`` says that it got another owner,
    ``told_by_resident`` that the resident who keeps it told this. ``evidence`` is an address
    where one can see it. Photos have the update as their target. Nobody is named in it: who reads it sees the
    municipality or a resident. What everybody may read of its words (``public_words``, ``public_reason``,
    ``public_text_before``, ``public_evidence``) is nothing where the words of the promise are not public, see
    ``Commitment.public_text``.
    """

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="updates")
    words = models.TextField(_("what happened"), blank=True)
    reason = models.TextField(_("reason"), blank=True)
    status_from = models.CharField(max_length=12, choices=CommitmentStatus, blank=True)
    status_to = models.CharField(max_length=12, choices=CommitmentStatus, blank=True)
    deadline_from = models.DateField(null=True, blank=True)
    deadline_to = models.DateField(null=True, blank=True)
    text_before = models.TextField(blank=True)
    evidence = models.URLField(_("where one can see it"), blank=True)
    handed_over = models.BooleanField(default=False)
    told_by_resident = models.BooleanField(default=False)
    round = models.PositiveSmallIntegerField(default=0)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    by_participant = models.ForeignKey(
        Participant, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("turn in a promise")
        verbose_name_plural = _("turns in promises")
        ordering = ["id"]
        indexes = [
            models.Index(fields=["commitment", "id"], name="promise_turn_in_order"),
            models.Index(fields=["municipality", "-id"], name="promise_turn_newest"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status_to__in=["broken", "withdrawn"]) | ~Q(reason=""),
                name="commitment_end_has_reason",
            ),
            models.CheckConstraint(
                condition=(Q(deadline_from__isnull=True) & Q(text_before="")) | ~Q(reason=""),
                name="commitment_change_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commitment_id}: {self.status_to or self.words[:40]}"

    @property
    def is_first(self) -> bool:
        """Whether this is the promise being made."""
        return not self.status_from and bool(self.status_to)

    @property
    def is_brought_back(self) -> bool:
        """Whether somebody who asked for it said in this turn that it is not solved."""
        was_done = self.status_from in CLAIMED and self.status_to == CommitmentStatus.IN_PROGRESS
        return was_done and self.by_id is None and not self.told_by_resident

    @property
    def is_read(self) -> bool:
        """Whether an official has let others read it, which words of a resident wait for."""
        return not self.told_by_resident or self.pk <= self.commitment.read_until

    @property
    def public_words(self) -> str:
        return self.words if self.commitment.words_are_public and self.is_read else ""

    @property
    def public_reason(self) -> str:
        return self.commitment.as_public_reason(self.reason)

    @property
    def public_evidence(self) -> str:
        return self.evidence if self.commitment.words_are_public and self.is_read else ""

    @property
    def public_text_before(self) -> str:
        return self.text_before if self.commitment.words_are_public else ""

    @property
    def changed(self) -> dict[str, Any]:
        """What this turn changed, by name, as its log keeps it."""
        dates = {"from": self.deadline_from, "deadline": self.deadline_to}
        return {name: day.isoformat() for name, day in dates.items() if day}
