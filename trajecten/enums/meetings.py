"""Meetings, and who comes."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MeetingStatus(models.TextChoices):
    """Whether a meeting is still to come; see ``MEETING_TRANSITIONS``."""

    PLANNED = "planned", _("planned")
    HELD = "held", _("held")
    CANCELLED = "cancelled", _("cancelled")


MEETING_TRANSITIONS: dict[str, frozenset[str]] = {
    MeetingStatus.PLANNED: frozenset({"held", "cancelled"}),
    MeetingStatus.HELD: frozenset(),
    MeetingStatus.CANCELLED: frozenset(),
}


class Answer(models.TextChoices):
    """Whether somebody comes to a meeting."""

    YES = "yes", _("I come")
    MAYBE = "maybe", _("maybe")
    NO = "no", _("I do not come")
