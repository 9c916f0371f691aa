"""The life of an idea beside that of its report: who joins or pulls it, whether it is feasible, and its power."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from buurtschouw.enums import Feasibility, JoiningRole
from buurtschouw.method import JOIN_HOURS
from buurtschouw.models.report import Report
from trajecten.models import MunicipalityOwned, Participant
from trajecten.models.tokens import new_token


class Idea(MunicipalityOwned):
    """What is counted of a report that is an idea, and its initiative power (``method.initiative_power``), 0 to 100.

    The counters are renewed with each event (``domain.ideas.power``); ``reckoned_on`` is the day for which the
    freshness in ``power`` holds. ``active_at`` is when something happened to the idea last. ``is_ranked`` while its
    report is open and not hidden from others.
    """

    report = models.OneToOneField(Report, on_delete=models.CASCADE, related_name="idea")
    power = models.FloatField(_("initiative power"), default=0)
    pullers = models.PositiveIntegerField(_("who pull it"), default=0)
    joiners = models.PositiveIntegerField(_("who join"), default=0)
    hours = models.PositiveIntegerField(_("hours a month"), default=0)
    supporters = models.PositiveIntegerField(_("supporters"), default=0)
    neighbourhoods = models.PositiveIntegerField(_("neighbourhoods"), default=0)
    feasibility = models.CharField(_("feasible"), max_length=12, choices=Feasibility, blank=True)
    active_at = models.DateTimeField(_("last activity"))
    reckoned_on = models.DateField()
    is_ranked = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("idea")
        verbose_name_plural = _("ideas")
        indexes = [
            models.Index(
                fields=["municipality", "-power", "report"], name="idea_ranked", condition=Q(is_ranked=True)
            ),
            models.Index(fields=["reckoned_on", "id"], name="idea_to_reckon", condition=Q(is_ranked=True)),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(power__gte=0, power__lte=100), name="idea_power_0_to_100"),
            models.CheckConstraint(condition=Q(pullers__lte=models.F("joiners")), name="idea_pullers_join"),
        ]

    def __str__(self) -> str:
        return f"{self.report_id}: {self.power:.0f}"


class Joining(MunicipalityOwned):
    """Somebody who joins an idea, or pulls it. Who leaves is gone from here.

    Who typed a mail address joins when that address confirms it (``confirmed_at``): nobody is joined by another.
    ``token`` opens the own page. ``can_do`` is read by who pulls the idea and by officials, ``is_named`` says whether
    everybody may see the display name. ``pulls_since`` orders who pull: the first is named as such. ``joined_first``
    is the idea that they joined when that one follows ``report`` now.
    """

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="joinings", db_index=False)
    participant = models.ForeignKey(
        Participant, on_delete=models.SET_NULL, null=True, blank=True, related_name="joinings"
    )
    joined_first = models.ForeignKey(
        Report, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    role = models.CharField(_("role"), max_length=5, choices=JoiningRole, default=JoiningRole.JOINS)
    hours = models.PositiveSmallIntegerField(_("hours a month"))
    can_do = models.CharField(_("what I can do"), max_length=300, blank=True)
    is_named = models.BooleanField(_("others may see my name"), default=False)
    token = models.CharField(max_length=40, default=new_token, editable=False)
    asked_at = models.DateTimeField(_("asked at"), auto_now_add=True)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    pulls_since = models.DateTimeField(_("pulls it since"), null=True, blank=True)

    class Meta:
        verbose_name = _("joining an idea")
        verbose_name_plural = _("joinings of ideas")
        ordering = ["id"]
        indexes = [
            models.Index(
                fields=["asked_at"], name="joining_unconfirmed", condition=Q(confirmed_at__isnull=True)
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["report", "participant"], name="joining_once"),
            models.UniqueConstraint(fields=["token"], name="joining_token_once"),
            models.CheckConstraint(
                condition=Q(hours__gte=JOIN_HOURS[0], hours__lte=JOIN_HOURS[-1]), name="joining_hours_bounded"
            ),
            models.CheckConstraint(
                condition=Q(role=JoiningRole.PULLS, pulls_since__isnull=False)
                | Q(role=JoiningRole.JOINS, pulls_since__isnull=True),
                name="joining_pulls_since",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.role}"

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed_at is not None

    @property
    def pulls(self) -> bool:
        return self.role == JoiningRole.PULLS

    @property
    def public_name(self) -> str:
        """The name that everybody may see; that of nobody in particular otherwise."""
        named = self.participant.display_name if self.is_named and self.participant else ""
        return named or str(_("a resident"))


class Judgement(MunicipalityOwned):
    """What an official judged of an idea: how feasible, and why. The last one counts, the earlier ones stay."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="judgements")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    level = models.CharField(_("feasible"), max_length=12, choices=Feasibility)
    reason = models.TextField(_("reason"))
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("judgement of feasibility")
        verbose_name_plural = _("judgements of feasibility")
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="judgement_has_reason")]

    def __str__(self) -> str:
        return self.get_level_display()


class PullerMessage(MunicipalityOwned):
    """What somebody who pulls an idea wrote to who joined. Nobody else reads it; officials can."""

    report = models.ForeignKey(
        Report, on_delete=models.CASCADE, related_name="puller_messages", db_index=False
    )
    by = models.ForeignKey(
        Participant, on_delete=models.SET_NULL, null=True, blank=True, related_name="puller_messages"
    )
    text = models.TextField(_("message"))
    at = models.DateTimeField(_("sent at"), auto_now_add=True)

    class Meta:
        verbose_name = _("message to who joined")
        verbose_name_plural = _("messages to who joined")
        ordering = ["id"]
        indexes = [models.Index(fields=["report", "at"], name="puller_message_of_idea")]

    def __str__(self) -> str:
        return self.text[:60]
