"""Other systems that report and read by Open311: their keys, what they sent of updates, and photos still to fetch."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from buurtschouw.models.answer import Answer, Note
from buurtschouw.models.report import Report
from trajecten.models import MunicipalityOwned
from trajecten.rules import is_coordinator

MOST_PER_MINUTE = 600
MOST_PER_HOUR = 10_000


class ApiKey(MunicipalityOwned):
    """What one system shows to be let in. The key itself is shown once and kept as a hash (SHA-256) only.

    ``prefix`` is its first part, by which it is found. ``owner`` is the coordinator who answers for it: updates that
    are sent with it go out as theirs. ``media_hosts`` are the servers that its photos may be fetched from, one a line.
    """

    name = models.CharField(_("name of the system"), max_length=80)
    prefix = models.CharField(max_length=12, unique=True, editable=False)
    secret_hash = models.CharField(max_length=64, editable=False)
    may_read = models.BooleanField(_("may read reports"), default=True)
    may_report = models.BooleanField(_("may send reports"), default=True)
    may_update = models.BooleanField(_("may answer reports"), default=False)
    requests_per_minute = models.PositiveSmallIntegerField(
        _("requests a minute"),
        default=120,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_PER_MINUTE)],
    )
    reports_per_hour = models.PositiveSmallIntegerField(
        _("reports an hour"),
        default=200,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_PER_HOUR)],
    )
    media_hosts = models.TextField(_("servers with its photos"), blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    renewed_at = models.DateTimeField(null=True, blank=True, editable=False)
    last_used_at = models.DateTimeField(null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("Open311 key")
        verbose_name_plural = _("Open311 keys")
        ordering = ["name", "id"]
        rules_permissions = {"change": is_coordinator}
        constraints = [
            models.CheckConstraint(
                condition=Q(requests_per_minute__gte=1, requests_per_minute__lte=MOST_PER_MINUTE)
                & Q(reports_per_hour__gte=1, reports_per_hour__lte=MOST_PER_HOUR),
                name="api_key_limits",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_valid(self) -> bool:
        return self.revoked_at is None

    @property
    def hosts(self) -> list[str]:
        """The servers that its photos may be fetched from."""
        return self.media_hosts.split()


class ReceivedUpdate(MunicipalityOwned):
    """An update that a system sent, by the number it gave it: sent again it is the same answer or note.

    ``fingerprint`` (SHA-256) is of what was sent with that number.
    """

    key = models.ForeignKey(ApiKey, on_delete=models.PROTECT, related_name="updates", db_index=False)
    update_id = models.CharField(max_length=100)
    fingerprint = models.CharField(max_length=64)
    answer = models.OneToOneField(
        Answer, on_delete=models.CASCADE, null=True, blank=True, related_name="received_update"
    )
    note = models.OneToOneField(
        Note, on_delete=models.CASCADE, null=True, blank=True, related_name="received_update"
    )
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("received update")
        verbose_name_plural = _("received updates")
        constraints = [
            models.UniqueConstraint(fields=["key", "update_id"], name="received_update_once"),
            models.CheckConstraint(
                condition=Q(answer__isnull=False, note__isnull=True)
                | Q(answer__isnull=True, note__isnull=False),
                name="received_update_is_answer_or_note",
            ),
        ]

    def __str__(self) -> str:
        return self.update_id


class AwaitedPhoto(MunicipalityOwned):
    """A photo that a report was sent with as an address, until it has been fetched or given up. Then the row goes."""

    report = models.OneToOneField(Report, on_delete=models.CASCADE, related_name="awaited_photo")
    key = models.ForeignKey(ApiKey, on_delete=models.CASCADE, related_name="+", db_index=False)
    url = models.CharField(max_length=500)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()

    class Meta:
        verbose_name = _("photo to be fetched")
        verbose_name_plural = _("photos to be fetched")
        indexes = [models.Index(fields=["next_try_at", "id"], name="awaited_photo_due")]

    def __str__(self) -> str:
        return f"{self.report_id}"
