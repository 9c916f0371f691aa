"""Where a contribution is on its way to another method."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SuccessionState(models.TextChoices):
    """What was prepared for another method waits there, was picked up, or was taken back."""

    PREPARED = "prepared", _("prepared")
    BEGUN = "begun", _("picked up")
    TAKEN_BACK = "taken_back", _("taken back")


SUCCESSION_TRANSITIONS: dict[str, frozenset[str]] = {
    SuccessionState.PREPARED: frozenset({"begun", "taken_back"}),
    SuccessionState.BEGUN: frozenset(),
    SuccessionState.TAKEN_BACK: frozenset(),
}


class Along(models.TextChoices):
    """Whether somebody goes along to what a contribution becomes."""

    ASKED = "asked", _("asked")
    YES = "yes", _("goes along")
    NO = "no", _("does not go along")
