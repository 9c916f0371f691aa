"""From a municipality's request to the proposal that it accepts."""

import uuid
from datetime import date

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from trajecten import registry
from trajecten.enums import ProposalStatus, RequestStatus, VatRate
from trajecten.method import Method
from trajecten.models.area import Area
from trajecten.models.municipality import MunicipalityOwned
from trajecten.models.participant import Participant
from trajecten.models.tokens import new_token
from trajecten.models.trajectory import Trajectory
from trajecten.rules import is_coordinator

MAX_WORDS = 4000


class TrajectoryRequest(MunicipalityOwned):
    """A municipality asks for a trajectory. ``municipality`` need not use the portal yet.

    ``key`` is made by the form, so that sending it twice is harmless. ``token`` opens the page on which the contact
    follows the request and finds the proposal; it is only in mails to the contact, so that who typed somebody
    else's address gets nothing. Once an adviser took the request up, it is that adviser's.
    """

    method_key = models.CharField(_("method"), max_length=20)
    key = models.UUIDField(default=uuid.uuid4, editable=False)
    token = models.CharField(max_length=40, default=new_token, editable=False)
    contact = models.ForeignKey(
        Participant, on_delete=models.SET_NULL, null=True, blank=True, related_name="trajectory_requests"
    )
    contact_name = models.CharField(_("name"), max_length=80)
    contact_role = models.CharField(_("role"), max_length=80, blank=True)
    contact_phone = models.CharField(_("telephone"), max_length=20, blank=True)
    question = models.TextField(_("question"))
    places = models.CharField(_("neighbourhoods"), max_length=300, blank=True)
    areas = models.ManyToManyField(Area, blank=True, related_name="+", verbose_name=_("areas"))
    wishes = models.TextField(_("wishes"), blank=True)
    period = models.CharField(_("desired period"), max_length=120, blank=True)
    status = models.CharField(
        _("status"), max_length=13, choices=RequestStatus, default=RequestStatus.NEW, editable=False
    )
    adviser = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = models.TextField(_("reason"), blank=True)
    trajectory = models.OneToOneField(
        Trajectory, on_delete=models.PROTECT, null=True, blank=True, related_name="request"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    status_since = models.DateTimeField(_("has this status since"), default=timezone.now)

    class Meta:
        verbose_name = _("request")
        verbose_name_plural = _("requests")
        ordering = ["-id"]
        rules_permissions = {"view": is_coordinator}
        indexes = [
            models.Index(fields=["municipality", "-id"], name="request_of_municipality"),
            models.Index(fields=["status", "-id"], name="request_by_status"),
            models.Index(fields=["adviser", "status", "-id"], name="request_of_adviser"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["key"], name="request_key_once"),
            models.UniqueConstraint(fields=["token"], name="request_token_once"),
            models.CheckConstraint(
                condition=Q(adviser__isnull=False) | Q(status__in=["new", "declined", "withdrawn"]),
                name="request_has_its_adviser",
            ),
            models.CheckConstraint(
                condition=Q(status="accepted", trajectory__isnull=False)
                | (~Q(status="accepted") & Q(trajectory__isnull=True)),
                name="request_accepted_is_trajectory",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["declined", "withdrawn"]) | ~Q(reason=""),
                name="request_closed_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """What people call the request in a mail or on the telephone."""
        return f"TA-{self.pk:05}"

    @property
    def method(self) -> Method:
        return registry.method(self.method_key)


class Proposal(MunicipalityOwned):
    """One version of an adviser's proposal in answer to a request. The last one counts, earlier ones stay readable.

    ``tailoring`` is what becomes ``Trajectory.tailoring``, and ``roles`` is a list of {"who", "does"}. Only a
    concept can be edited; of a version that was sent only the date until which it can be accepted may move.
    """

    request = models.ForeignKey(TrajectoryRequest, on_delete=models.PROTECT, related_name="proposals")
    version = models.PositiveSmallIntegerField(_("version"))
    title = models.CharField(_("title"), max_length=120)
    introduction = models.TextField(_("introduction"), blank=True)
    changed = models.TextField(_("what is different from the version before"), blank=True)
    areas = models.ManyToManyField(Area, blank=True, related_name="+", verbose_name=_("areas"))
    tailoring = models.JSONField(_("tailoring"), default=dict, blank=True)
    roles = models.JSONField(_("who does what"), default=list, blank=True)
    contact_may_decide = models.BooleanField(_("the contact may decide for the municipality"), default=False)
    valid_until = models.DateField(_("can be accepted until and including"))
    status = models.CharField(
        _("status"), max_length=13, choices=ProposalStatus, default=ProposalStatus.CONCEPT, editable=False
    )
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    wanted = models.TextField(_("changes asked"), blank=True)
    answered_by = models.CharField(_("answered by"), max_length=120, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering = ["request", "-version"]
        indexes = [
            models.Index(fields=["valid_until"], condition=Q(status="sent"), name="proposal_sent_until")
        ]
        constraints = [
            models.UniqueConstraint(fields=["request", "version"], name="proposal_version_once"),
            models.UniqueConstraint(
                fields=["request"], condition=Q(status="concept"), name="proposal_one_concept"
            ),
            models.UniqueConstraint(
                fields=["request"],
                condition=Q(status__in=["sent", "changes_asked"]),
                name="proposal_one_current",
            ),
            models.UniqueConstraint(
                fields=["request"], condition=Q(status="accepted"), name="proposal_accepted_once"
            ),
            models.CheckConstraint(
                condition=Q(status="concept") | Q(sent_at__isnull=False), name="proposal_sent_when"
            ),
            models.CheckConstraint(
                condition=~Q(status="accepted") | (Q(answered_at__isnull=False) & ~Q(answered_by="")),
                name="proposal_accepted_by_name",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request.reference}.{self.version}"

    def is_valid_on(self, day: date) -> bool:
        """Whether it can still be accepted: through the whole of its last day, in Dutch time."""
        return day <= self.valid_until

    @property
    def is_expired(self) -> bool:
        return not self.is_valid_on(timezone.localdate())


class ProposalSession(MunicipalityOwned):
    """A gathering that the proposal has: what, when, where, and who leads it."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="sessions")
    position = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(_("gathering"), max_length=120)
    day = models.DateField(_("day"), null=True, blank=True)
    begins = models.TimeField(_("time"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=160, blank=True)
    led_by = models.CharField(_("led by"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("gathering")
        verbose_name_plural = _("gatherings")
        ordering = ["day", "begins", "position", "id"]

    def __str__(self) -> str:
        return self.title


class ProposalLine(MunicipalityOwned):
    """A line of the price: so many, at so many euro each, without VAT."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField(default=0)
    description = models.CharField(_("description"), max_length=160)
    quantity = models.DecimalField(
        _("quantity"),
        max_digits=8,
        decimal_places=2,
        validators=[MinValueValidator(0), MaxValueValidator(100_000)],
    )
    unit_price = models.DecimalField(_("price each, in euro, without VAT"), max_digits=10, decimal_places=2)
    vat_rate = models.PositiveSmallIntegerField(_("VAT"), choices=VatRate, default=VatRate.HIGH)

    class Meta:
        verbose_name = _("price line")
        verbose_name_plural = _("price lines")
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gte=0), name="proposal_line_quantity"),
            models.CheckConstraint(condition=Q(vat_rate__in=[21, 9, 0]), name="proposal_line_vat_rate"),
        ]

    def __str__(self) -> str:
        return self.description
