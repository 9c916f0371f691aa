"""Promises and verdicts."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CommitmentStatus(models.TextChoices):
    """What became of a promise; see ``COMMITMENT_TRANSITIONS``. A withdrawn one stays withdrawn."""

    PROMISED = "promised", _("promised")
    IN_PROGRESS = "in_progress", _("in progress")
    DONE = "done", _("done")
    PARTLY = "partly", _("partly done")
    BROKEN = "broken", _("broken")
    WITHDRAWN = "withdrawn", _("withdrawn")


COMMITMENT_TRANSITIONS: dict[str, frozenset[str]] = {
    CommitmentStatus.PROMISED: frozenset({"in_progress", "done", "partly", "broken", "withdrawn"}),
    CommitmentStatus.IN_PROGRESS: frozenset({"done", "partly", "broken", "withdrawn"}),
    CommitmentStatus.DONE: frozenset({"in_progress"}),
    CommitmentStatus.PARTLY: frozenset({"in_progress", "done", "broken"}),
    CommitmentStatus.BROKEN: frozenset({"in_progress"}),
    CommitmentStatus.WITHDRAWN: frozenset(),
}


class VerdictValue(models.TextChoices):
    """Whether it is solved, says who asked for it."""

    YES = "yes", _("yes")
    PARTLY = "partly", _("partly")
    NO = "no", _("no")
