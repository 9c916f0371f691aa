"""Following the money: what officials report of it, what residents see of it, and the signals that came of both."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from budget.enums import Basis, Period, Seen, Signal
from budget.models.amendment import AmendmentLine
from trajecten.models import Contribution, MunicipalityOwned
from trajecten.models.tokens import new_token
from trajecten.rules import is_adviser, is_coordinator, is_handler, is_official

MAX_WORDS = 1000
REPORTED = Q(period__gte=Period.QUARTER_1, period__lte=Period.ACCOUNTS)


class SpendingReport(MunicipalityOwned):
    """What was spent so far of an adopted amount, by the municipality's own bookings, up to and including a period.

    In euro. Of an amount below zero (less money) ``spent`` is below zero too: what was saved. Rows are added and
    never changed, the database refuses it; a correction is a new one, and of one period the last counts.
    """

    line = models.ForeignKey(AmendmentLine, on_delete=models.PROTECT, related_name="reports")
    year = models.PositiveSmallIntegerField(_("year"))
    period = models.PositiveSmallIntegerField(_("period"), choices=Period)
    spent = models.BigIntegerField(_("spent so far"))
    text = models.TextField(_("what was done with it"), max_length=MAX_WORDS)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("report of what was spent")
        verbose_name_plural = _("reports of what was spent")
        ordering = ["id"]
        rules_permissions = {"view": is_official | is_adviser, "add": is_coordinator | is_handler}
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="spending_has_text"),
            models.CheckConstraint(condition=REPORTED, name="spending_of_period"),
        ]

    def __str__(self) -> str:
        return f"{self.line_id} {self.year}.{self.period}: {self.spent}"

    @property
    def saved(self) -> int:
        """Of less money: what was saved."""
        return -self.spent


class Observation(Contribution):
    """Whether somebody sees anything of an adopted amount, with words if they like: one a person and line, which they
    can change. Who has no account is counted from the moment that they confirm it by the link in the mail.
    ``token`` opens their own page of it."""

    line = models.ForeignKey(AmendmentLine, on_delete=models.PROTECT, related_name="observations")
    sees = models.CharField(_("do you see anything of it"), max_length=6, choices=Seen)
    token = models.CharField(max_length=40, default=new_token, unique=True, editable=False)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    changed_at = models.DateTimeField(_("said at"), auto_now=True)

    class Meta:
        verbose_name = _("what a resident sees of an amount")
        verbose_name_plural = _("what residents see of amounts")
        ordering = ["id"]
        rules_permissions = {"view": is_official | is_adviser}
        indexes = [
            models.Index(fields=["municipality", "-id"], name="observation_newest"),
            models.Index(
                fields=["created_at"],
                condition=Q(confirmed_at__isnull=True),
                name="observation_unconfirmed",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["line", "author"], name="observation_once_a_person"),
        ]

    def __str__(self) -> str:
        return f"{self.line_id}: {self.get_sees_display()}"


class Alert(MunicipalityOwned):
    """A signal on an adopted amount, told once to who has to do with it.

    ``ended_at`` is when it was no longer so: that is shown, and not told. When the figures of that period bring it
    back it stands again and is not told again. ``deviation`` is the forecast less the plan, in euro.
    """

    line = models.ForeignKey(AmendmentLine, on_delete=models.CASCADE, related_name="alerts")
    year = models.PositiveSmallIntegerField(_("year"))
    period = models.PositiveSmallIntegerField(_("period"), choices=Period)
    signal = models.CharField(_("signal"), max_length=5, choices=Signal)
    basis = models.CharField(_("seen in"), max_length=5, choices=Basis)
    deviation = models.BigIntegerField(_("difference from the plan"))
    at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(_("over since"), null=True, blank=True)

    class Meta:
        verbose_name = _("signal on an amount")
        verbose_name_plural = _("signals on amounts")
        ordering = ["-id"]
        rules_permissions = {"view": is_official | is_adviser}
        constraints = [
            models.UniqueConstraint(fields=["line", "year", "period", "signal"], name="alert_once"),
            models.CheckConstraint(
                condition=Q(signal__in=[Signal.UNDER, Signal.OVER]), name="alert_is_a_signal"
            ),
            models.CheckConstraint(condition=REPORTED, name="alert_of_period"),
        ]

    def __str__(self) -> str:
        return f"{self.line_id} {self.year}.{self.period}: {self.signal}"
