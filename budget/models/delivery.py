"""How figures came in."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from budget.enums import DeliveryFormat, DeliverySource, DeliveryState
from trajecten.models import Municipality


class Delivery(models.Model):
    """A file with figures, or a read of the tables of Statistics Netherlands, as it was read or refused.

    One file can hold many municipalities, so it belongs to none; ``municipality`` is that of the official who
    uploaded it, who may deliver no figures of another. ``errors`` are rows of file, row, column and reason.
    ``outcome`` is per budget what it did: made, nothing changed, or a new version with what changed.
    ``rows_read`` of ``rows`` is how far it is. ``asked`` is what who delivered it said of the figures, ``notes`` what
    was left out of the file. ``heard_at`` is when the job that reads it last said how far it is, and ``tries`` how
    many jobs began with it: what a job that died left is taken up again.
    """

    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField(_("file"), max_length=200)
    format = models.CharField(_("form"), max_length=8, choices=DeliveryFormat, blank=True)
    source = models.CharField(_("way in"), max_length=10, choices=DeliverySource)
    sha256 = models.CharField(_("checksum"), max_length=64, blank=True)
    file = models.FileField(_("file"), upload_to="deliveries/", blank=True)
    state = models.CharField(_("state"), max_length=8, choices=DeliveryState, default=DeliveryState.WAITING)
    rows = models.PositiveIntegerField(_("rows"), null=True, blank=True)
    rows_read = models.PositiveIntegerField(_("rows read"), default=0)
    errors = models.JSONField(_("what is wrong"), default=list, blank=True)
    outcome = models.JSONField(_("what it did"), default=list, blank=True)
    asked = models.JSONField(_("what was said of it"), default=dict, blank=True)
    notes = models.JSONField(_("what was left out"), default=list, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    heard_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(_("came in at"), auto_now_add=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    class Meta:
        verbose_name = _("delivery of figures")
        verbose_name_plural = _("deliveries of figures")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["municipality", "-id"], name="delivery_newest"),
            models.Index(
                fields=["id"], condition=Q(state__in=["waiting", "reading"]), name="delivery_not_ended"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["done", "refused"], ended_at__isnull=False)
                | Q(state__in=["waiting", "reading"], ended_at__isnull=True),
                name="delivery_ended_has_moment",
            )
        ]

    def __str__(self) -> str:
        return self.name
