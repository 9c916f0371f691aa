from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from trajecten.enums import AgeBand, ConsentPurpose, ParticipantKind
from trajecten.models.area import Area
from trajecten.models.municipality import MunicipalityOwned


class Participant(MunicipalityOwned):
    """A person in one municipality, with or without an account.

    A guest has an address or nothing at all; who signs in later with that address keeps everything
    (``trajecten.domain.participants.adopt_guests``). ``email`` is kept in lower case and never on a page.
    Who had themselves erased (``erased_at``) is nobody any more; the row stays only for what has to be counted.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="participations",
    )
    display_name = models.CharField(_("name shown to others"), max_length=80, blank=True)
    kind = models.CharField(
        _("kind"), max_length=12, choices=ParticipantKind, default=ParticipantKind.RESIDENT
    )
    home_area = models.ForeignKey(
        Area,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("neighbourhood"),
    )
    email = models.EmailField(_("e-mail address"), null=True, blank=True)  # noqa: DJ001  unique, and many have none
    language = models.CharField(_("language"), max_length=5, default="nl")
    age_band = models.CharField(_("age"), max_length=5, choices=AgeBand, blank=True)
    contact_withdrawn_at = models.DateTimeField(_("wants no mail since"), null=True, blank=True)
    erased_at = models.DateTimeField(_("erased at"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        constraints = [
            models.UniqueConstraint(fields=["municipality", "email"], name="participant_email_once"),
            models.CheckConstraint(condition=~models.Q(email=""), name="participant_email_not_empty"),
            models.UniqueConstraint(
                fields=["municipality", "user"],
                condition=models.Q(user__isnull=False),
                name="participant_user_once",
            ),
            models.CheckConstraint(
                condition=models.Q(erased_at__isnull=True)
                | models.Q(email__isnull=True, user__isnull=True, display_name=""),
                name="participant_erased_is_nobody",
            ),
        ]

    def __str__(self) -> str:
        return self.display_name or str(_("A resident"))

    @property
    def can_be_told(self) -> bool:
        """Whether a message reaches them at all: by mail, or in the portal for who has an account."""
        return bool(self.email or self.user_id)


class Consent(MunicipalityOwned):
    """Consent of a participant for one purpose: to which version of the text, by whom, when, until when."""

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(_("purpose"), max_length=12, choices=ConsentPurpose)
    text_version = models.CharField(_("version of the text"), max_length=20)
    given_by = models.CharField(_("given by"), max_length=80)
    given_at = models.DateTimeField(_("given at"), auto_now_add=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "purpose", "text_version"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="consent_once_per_text",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} ({self.text_version})"
