"""The alternative budget: what residents can shift, and what each of them makes of it."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from budget.enums import AlternativeState, LineKind
from budget.models.figures import Budget
from trajecten.enums import ParticipantKind
from trajecten.models import Contribution, MunicipalityOwned, Trajectory
from trajecten.models.tokens import new_token
from trajecten.rules import is_adviser, is_coordinator, is_official


class Round(MunicipalityOwned):
    """One time that residents are asked for an alternative, to one version of the budget.

    Amounts of its lines and of all changes are whole numbers of ``unit`` euro. From ``opened_at`` on its lines do not
    change any more; it takes alternatives until and including ``closes_on`` or until it is closed before.
    """

    trajectory = models.ForeignKey(Trajectory, on_delete=models.PROTECT, related_name="budget_rounds")
    budget = models.ForeignKey(Budget, on_delete=models.PROTECT, related_name="rounds")
    title = models.CharField(_("title"), max_length=120)
    introduction = models.TextField(_("introduction"), max_length=2000, blank=True)
    unit = models.PositiveIntegerField(_("amounts in"), default=1000)
    allows_guests = models.BooleanField(
        _("also without an account"),
        default=True,
        help_text=_("With a mail address; one person counts once."),
    )
    opened_at = models.DateTimeField(_("opened at"), null=True, blank=True)
    closes_on = models.DateField(_("open until and including"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)

    class Meta:
        verbose_name = _("round of alternative budgets")
        verbose_name_plural = _("rounds of alternative budgets")
        ordering = ["-id"]
        rules_permissions = {
            "view": is_official | is_adviser,
            "add": is_coordinator | is_adviser,
            "change": is_coordinator | is_adviser,
        }
        constraints = [
            models.UniqueConstraint(
                fields=["trajectory"], condition=Q(closed_at__isnull=True), name="round_one_open"
            ),
            models.CheckConstraint(condition=Q(unit__in=[1, 100, 1000]), name="round_unit"),
            models.CheckConstraint(
                condition=Q(opened_at__isnull=True) | Q(closes_on__isnull=False),
                name="round_open_closes_once",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        """Whether one can make an alternative, or change one's own."""
        return (
            self.opened_at is not None
            and self.closed_at is None
            and self.closes_on is not None
            and timezone.localdate() <= self.closes_on
        )


class RoundLine(MunicipalityOwned):
    """A line that can be shifted: what stands in the budget, and between which amounts it has to stay, and why. In
    the round's unit. ``code`` is of what ``kind`` says; a main field is a task field here."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField(_("place"))
    kind = models.CharField(_("line of"), max_length=9, choices=LineKind, default=LineKind.FIELD)
    code = models.CharField(_("task field or programme"), max_length=20)
    name = models.CharField(_("name"), max_length=120)
    text = models.TextField(_("in plain words"), max_length=600, blank=True)
    baseline = models.BigIntegerField(_("in the budget"))
    floor = models.BigIntegerField(_("at least"))
    floor_reason = models.CharField(_("why not less"), max_length=300, blank=True)
    cap = models.BigIntegerField(_("at most"))
    cap_reason = models.CharField(_("why not more"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("line of a round")
        verbose_name_plural = _("lines of rounds")
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["round", "code"], name="round_line_once"),
            models.CheckConstraint(
                condition=Q(floor__lte=F("baseline"), cap__gte=F("baseline")), name="round_line_bounds"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Alternative(Contribution):
    """The alternative budget of one person in one round. ``text`` is what they want with it as a whole.

    ``revision`` grows with every change that is kept, so that an older page cannot overwrite a newer one.
    ``token`` opens the own page, ``share_token`` a page for others while ``is_shared``, with a name where it
    ``is_named``. Who is not confirmed (a guest who did not open the link in the mail) has no author and counts
    nowhere. ``kind`` is as whom they take part.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="alternatives")
    kind = models.CharField(_("as"), max_length=12, choices=ParticipantKind, default=ParticipantKind.RESIDENT)
    state = models.CharField(
        _("state"), max_length=8, choices=AlternativeState, default=AlternativeState.DRAFT
    )
    revision = models.PositiveIntegerField(default=1)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    token = models.CharField(max_length=40, default=new_token, unique=True, editable=False)
    share_token = models.CharField(max_length=40, default=new_token, unique=True, editable=False)
    is_shared = models.BooleanField(_("who has the link can see it"), default=False)
    is_named = models.BooleanField(_("my name stands with it"), default=False)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    changed_at = models.DateTimeField(_("changed at"), auto_now=True)

    class Meta:
        verbose_name = _("alternative budget")
        verbose_name_plural = _("alternative budgets")
        ordering = ["id"]
        rules_permissions = {"view": is_official | is_adviser}
        indexes = [models.Index(fields=["municipality", "-id"], name="alternative_newest")]
        constraints = [
            models.UniqueConstraint(fields=["round", "author"], name="alternative_once_a_person"),
            models.CheckConstraint(
                condition=Q(state="finished", finished_at__isnull=False)
                | Q(state="draft", finished_at__isnull=True),
                name="alternative_finished_has_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.pk}"


class AlternativeChange(MunicipalityOwned):
    """What one alternative does with one line, in the round's unit, and why. No row where nothing changes."""

    alternative = models.ForeignKey(Alternative, on_delete=models.CASCADE, related_name="changes")
    line = models.ForeignKey(RoundLine, on_delete=models.PROTECT, related_name="changes")
    change = models.BigIntegerField(_("change"))
    reason = models.TextField(_("why"), max_length=600, blank=True)

    class Meta:
        verbose_name = _("change of a line")
        verbose_name_plural = _("changes of lines")
        ordering = ["line__position"]
        constraints = [
            models.UniqueConstraint(fields=["alternative", "line"], name="alternative_change_once"),
            models.CheckConstraint(
                condition=~(Q(change=0) & Q(reason="")), name="alternative_change_says_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line_id}: {self.change:+}"
