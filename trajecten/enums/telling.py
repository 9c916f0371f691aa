"""Messages: over which channel, in which lane, how often, and where they are."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    """How a message reaches somebody."""

    EMAIL = "email", _("e-mail")
    INAPP = "inapp", _("in the portal")


class Lane(models.TextChoices):
    """Which queue delivers a message: one to somebody in particular never waits for one to very many."""

    SINGLE = "single", _("one person")
    BULK = "bulk", _("many people")


class Frequency(models.TextChoices):
    """When somebody wants to hear of a kind of news over a channel."""

    AT_ONCE = "at_once", _("at once")
    DAILY = "daily", _("once a day")
    WEEKLY = "weekly", _("once a week")
    NEVER = "never", _("never")


class NotificationState(models.TextChoices):
    """Queued until it is due and delivered; held until it is bundled in a digest; dropped when it lost its meaning;
    failed after the last attempt. What became of a bundled one is what became of its digest."""

    QUEUED = "queued", _("queued")
    HELD = "held", _("kept for a digest")
    BUNDLED = "bundled", _("in a digest")
    SENT = "sent", _("sent")
    DROPPED = "dropped", _("dropped")
    FAILED = "failed", _("failed")
