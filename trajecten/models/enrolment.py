import secrets
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from trajecten.enums import TAKES_PLACE, EnrolmentOrigin, EnrolmentRole, EnrolmentStatus, InvitationKind
from trajecten.models.municipality import MunicipalityOwned
from trajecten.models.participant import Participant
from trajecten.models.tokens import new_token
from trajecten.models.trajectory import Trajectory

# What nobody mistakes for another letter or number, and that spells no words: no 0, 1, I, L, O, and no vowels.
CODE_ALPHABET = "23456789BCDFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 8


def new_code() -> str:
    """A code to type from a poster: one of 377 thousand million."""
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))


class Invitation(MunicipalityOwned):
    """A way into a trajectory: a personal link that is mailed to one address, or a code on a poster.

    ``uses`` counts how many people came in by it, ``sent`` how often the mail went out.
    """

    trajectory = models.ForeignKey(Trajectory, on_delete=models.PROTECT, related_name="invitations")
    kind = models.CharField(_("kind"), max_length=6, choices=InvitationKind)
    code = models.CharField(_("code"), max_length=40, unique=True, editable=False)
    participant = models.ForeignKey(
        Participant, on_delete=models.CASCADE, null=True, blank=True, related_name="invitations"
    )
    role = models.CharField(_("role"), max_length=12, choices=EnrolmentRole, default=EnrolmentRole.MEMBER)
    label = models.CharField(_("where it hangs"), max_length=80, blank=True)
    uses = models.PositiveIntegerField(_("came in by it"), default=0)
    sent = models.PositiveSmallIntegerField(_("times sent"), default=0)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(_("valid until"))
    revoked_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-id"]
        indexes = [models.Index(fields=["municipality", "trajectory", "kind", "-id"], name="invitation_list")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=InvitationKind.MAIL, participant__isnull=False)
                | Q(kind=InvitationKind.POSTER, participant__isnull=True),
                name="invitation_mail_is_personal",
            ),
            models.UniqueConstraint(
                fields=["trajectory", "participant"],
                condition=Q(participant__isnull=False),
                name="invitation_once_a_person",
            ),
        ]

    def __str__(self) -> str:
        return self.label or self.get_kind_display()

    @property
    def is_valid(self) -> bool:
        return self.revoked_at is None and self.expires_at > timezone.now()

    @property
    def shown_code(self) -> str:
        """The code in two halves, as it stands on a poster."""
        return f"{self.code[:4]} {self.code[4:]}"


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    def active(self) -> "EnrolmentQuerySet":
        """Those who take part now."""
        return self.filter(status=EnrolmentStatus.ACTIVE)

    def in_places(self) -> "EnrolmentQuerySet":
        """Those who take part and have one of the places of a group with a maximum."""
        return self.active().filter(role__in=TAKES_PLACE)

    def waiting(self) -> "EnrolmentQuerySet":
        """The waiting list, who waits longest first."""
        return self.filter(status=EnrolmentStatus.WAITING).order_by("waiting_since", "id")

    def with_names(self) -> "EnrolmentQuerySet":
        """With what a row of a list shows."""
        related = ("participant", "participant__home_area", "registered_by")
        return self.select_related(*related).defer("participant__home_area__geometry")


class Enrolment(MunicipalityOwned):
    """Somebody in a trajectory: once, however often they leave and come back.

    ``turn`` counts how often they came in. ``token`` opens the own page, on which one can leave; it is secret.
    ``key`` is made by the form of who registers somebody on paper, so that sending it again is harmless.
    """

    trajectory = models.ForeignKey(Trajectory, on_delete=models.PROTECT, related_name="enrolments")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="enrolments")
    role = models.CharField(_("role"), max_length=12, choices=EnrolmentRole, default=EnrolmentRole.MEMBER)
    status = models.CharField(_("status"), max_length=8, choices=EnrolmentStatus)
    origin = models.CharField(_("way in"), max_length=6, choices=EnrolmentOrigin)
    invitation = models.ForeignKey(
        Invitation, on_delete=models.SET_NULL, null=True, blank=True, related_name="enrolments"
    )
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("registered by"),
    )
    turn = models.PositiveSmallIntegerField(_("times come in"), default=0)
    token = models.CharField(max_length=40, unique=True, default=new_token, editable=False)
    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    waiting_since = models.DateTimeField(_("waits since"), null=True, blank=True)
    joined_at = models.DateTimeField(_("takes part since"), null=True, blank=True)
    left_at = models.DateTimeField(_("left at"), null=True, blank=True)
    left_reason = models.TextField(_("reason of leaving"), blank=True)

    objects = ScopedManager(models.Manager.from_queryset(EnrolmentQuerySet), municipality="municipality")

    class Meta:
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["municipality", "trajectory", "-id"], name="enrolment_list"),
            models.Index(fields=["municipality", "trajectory", "status", "-id"], name="enrolment_by_status"),
            models.Index(
                fields=["trajectory", "waiting_since", "id"],
                condition=Q(status=EnrolmentStatus.WAITING),
                name="enrolment_waiting_list",
            ),
            models.Index(
                fields=["trajectory"],
                condition=Q(status=EnrolmentStatus.ACTIVE, role__in=sorted(TAKES_PLACE)),
                name="enrolment_in_places",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["trajectory", "participant"], name="enrolment_once"),
            models.CheckConstraint(
                condition=~Q(status=EnrolmentStatus.WAITING) | Q(waiting_since__isnull=False),
                name="enrolment_waits_since",
            ),
            models.CheckConstraint(
                condition=~Q(status=EnrolmentStatus.LEFT) | Q(left_at__isnull=False),
                name="enrolment_left_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participant_id}: {self.get_role_display()}"

    @property
    def takes_place(self) -> bool:
        """Whether this is one of the places of a group with a maximum."""
        return self.status == EnrolmentStatus.ACTIVE and self.role in TAKES_PLACE

    @property
    def is_on_paper(self) -> bool:
        """Whether an official registered this from a form on paper."""
        return self.origin == EnrolmentOrigin.PAPER
