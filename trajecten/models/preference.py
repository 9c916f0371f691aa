from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from trajecten.enums import Channel, Frequency
from trajecten.models.municipality import MunicipalityOwned
from trajecten.models.participant import Participant


class Preference(MunicipalityOwned):
    """When somebody wants news of one category over one channel, where that is not the category's own frequency.

    Of a participant, or of an account that works for the municipality: exactly one. In the portal there is only at
    once or never.
    """

    participant = models.ForeignKey(
        Participant,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="preferences",
        db_index=False,
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="preferences",
        db_index=False,
    )
    category = models.CharField(_("category"), max_length=40)
    channel = models.CharField(_("channel"), max_length=10, choices=Channel)
    frequency = models.CharField(_("frequency"), max_length=10, choices=Frequency)

    class Meta:
        verbose_name = _("preference")
        verbose_name_plural = _("preferences")
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "category", "channel"],
                condition=models.Q(participant__isnull=False),
                name="preference_of_participant",
            ),
            models.UniqueConstraint(
                fields=["user", "municipality", "category", "channel"],
                condition=models.Q(user__isnull=False),
                name="preference_of_user",
            ),
            models.CheckConstraint(
                condition=models.Q(participant__isnull=False) ^ models.Q(user__isnull=False),
                name="preference_of_one",
            ),
            models.CheckConstraint(
                condition=~models.Q(channel="inapp") | models.Q(frequency__in=["at_once", "never"]),
                name="preference_inapp_yes_or_no",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.category} {self.channel}: {self.frequency}"
