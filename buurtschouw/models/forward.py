"""Other systems that reports are forwarded to, and what became of each report there."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from buurtschouw.enums import LIVE, ForwardState, Phase, System
from buurtschouw.models.category import Category
from buurtschouw.models.report import Report
from trajecten.models import MunicipalityOwned
from trajecten.models.tokens import new_token
from trajecten.rules import is_coordinator

MAX_NAME = 120


class Destination(MunicipalityOwned):
    """Another system, with how it is reached.

    ``sealed_key`` is the key that it asks for, encrypted (``domain.forwarding.keys``) and never shown again.
    ``offered`` are the categories that it said to have at ``offered_at``: rows of ``code``, ``name`` and ``group``.
    ``uses_xml`` and ``has_updates`` are found out by asking; the last is None as long as it was not asked.
    ``updates_until`` is the end of the last period of which the updates were read.
    """

    name = models.CharField(_("name"), max_length=MAX_NAME)
    system = models.CharField(_("kind of system"), max_length=10, choices=System)
    url = models.URLField(_("address"), max_length=300)
    jurisdiction = models.CharField(_("jurisdiction"), max_length=80, blank=True)
    sealed_key = models.TextField(blank=True, editable=False)
    contact = models.CharField(_("whom to call there"), max_length=160, blank=True)
    is_active = models.BooleanField(_("in use"), default=True)
    offered = models.JSONField(default=list, editable=False)
    offered_at = models.DateTimeField(null=True, editable=False)
    uses_xml = models.BooleanField(default=False, editable=False)
    has_updates = models.BooleanField(null=True, editable=False)
    updates_until = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("other system")
        verbose_name_plural = _("other systems")
        ordering = ["name", "id"]
        rules_permissions = {"change": is_coordinator}
        constraints = [models.UniqueConstraint(fields=["municipality", "name"], name="destination_name_once")]

    def __str__(self) -> str:
        return self.name


class DestinationTheme(MunicipalityOwned):
    """The category there that a theme becomes. ``code`` is what their system calls it, ``label`` what people do."""

    destination = models.ForeignKey(Destination, on_delete=models.CASCADE, related_name="themes")
    category = models.ForeignKey(Category, on_delete=models.CASCADE, related_name="destinations")
    code = models.CharField(_("category there"), max_length=300)
    label = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("theme at another system")
        verbose_name_plural = _("themes at other systems")
        constraints = [
            models.UniqueConstraint(fields=["destination", "category"], name="destination_theme_once"),
        ]

    def __str__(self) -> str:
        return self.label


class Forward(MunicipalityOwned):
    """One report on its way to, or at, another system.

    ``reference`` is the number by which people there know it, ``handle`` what their system is asked with, and
    ``their_token`` what it gave while it had no number yet. ``token`` opens the photos to that system. ``turn`` counts
    how often an official had it sent again. ``unsure`` is set while a try may have arrived without our hearing so.
    ``next_try_at`` is when something has to be sent: the report, or the photos that follow it; None when nothing has.
    ``status`` is the last one that was heard, in the words of their system; ``phase`` what it means.
    """

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="forwards")
    destination = models.ForeignKey(Destination, on_delete=models.PROTECT, related_name="forwards")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    code = models.CharField(_("category there"), max_length=300)
    label = models.CharField(max_length=200)
    token = models.CharField(max_length=40, default=new_token, unique=True, editable=False)
    shares_photos = models.BooleanField(_("with photos"), default=False)
    shares_contact = models.BooleanField(_("with the mail address of the reporter"), default=False)
    contact_agreed = models.CharField(_("how the reporter agreed"), max_length=200, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=ForwardState, default=ForwardState.WAITING, editable=False
    )
    turn = models.PositiveSmallIntegerField(default=1, editable=False)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0, editable=False)
    next_try_at = models.DateTimeField(null=True, blank=True, editable=False)
    unsure = models.BooleanField(default=False, editable=False)
    last_error = models.CharField(max_length=500, blank=True, editable=False)
    reference = models.CharField(_("number there"), max_length=100, blank=True, editable=False)
    handle = models.CharField(max_length=200, blank=True, editable=False)
    their_token = models.CharField(max_length=200, blank=True, editable=False)
    photos_sent = models.PositiveSmallIntegerField(default=0, editable=False)
    status = models.CharField(_("status there"), max_length=60, blank=True, editable=False)
    phase = models.CharField(max_length=8, choices=Phase, default=Phase.OPEN, editable=False)
    poll_at = models.DateTimeField(null=True, blank=True, editable=False)
    polled_at = models.DateTimeField(null=True, blank=True, editable=False)
    times_unknown = models.PositiveSmallIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(_("forwarded at"), auto_now_add=True)
    accepted_at = models.DateTimeField(_("received there at"), null=True, blank=True, editable=False)
    finished_at = models.DateTimeField(_("ended at"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("forward")
        verbose_name_plural = _("forwards")
        ordering = ["id"]
        indexes = [
            models.Index(
                fields=["next_try_at"], name="forward_to_send", condition=Q(next_try_at__isnull=False)
            ),
            models.Index(fields=["poll_at"], name="forward_to_poll", condition=Q(poll_at__isnull=False)),
            models.Index(
                fields=["municipality", "created_at"],
                name="forward_live",
                condition=Q(state__in=sorted(LIVE)),
            ),
            models.Index(fields=["municipality", "-created_at", "-id"], name="forward_recent"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["report"], condition=Q(state__in=sorted(LIVE)), name="forward_one_live_a_report"
            ),
            models.CheckConstraint(
                condition=Q(shares_contact=False) | ~Q(contact_agreed=""), name="forward_contact_agreed"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[ForwardState.WAITING, ForwardState.SENDING])
                | Q(next_try_at__isnull=False),
                name="forward_waits_until",
            ),
            models.CheckConstraint(
                condition=~Q(state=ForwardState.ACCEPTED) | ~Q(handle="") | ~Q(their_token=""),
                name="forward_accepted_has_handle",
            ),
        ]

    def __str__(self) -> str:
        return self.reference or f"{self.report_id}"


class ForwardUpdate(MunicipalityOwned):
    """What another system told of a report. ``external_id`` is their number of it, empty where they give none.

    ``words`` are theirs, for the reporter and officials; others see the status only.
    """

    forward = models.ForeignKey(Forward, on_delete=models.CASCADE, related_name="updates")
    external_id = models.CharField(max_length=200, blank=True)
    status = models.CharField(max_length=60)
    phase = models.CharField(max_length=8, choices=Phase)
    words = models.TextField(blank=True)
    at = models.DateTimeField()
    received_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("update of another system")
        verbose_name_plural = _("updates of other systems")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["forward", "external_id"],
                condition=~Q(external_id=""),
                name="forward_update_once",
            ),
        ]

    def __str__(self) -> str:
        return self.status
