"""What council and college decide."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CouncilKind(models.TextChoices):
    """What is put to the council or the college."""

    INITIATIVE = "initiative", _("initiative")
    AMENDMENT = "amendment", _("amendment")
    MOTION = "motion", _("motion")
    LETTER = "letter", _("letter")
    MANIFESTO = "manifesto", _("manifesto")


class CouncilBody(models.TextChoices):
    """Who decides on a council item."""

    COUNCIL = "council", _("the municipal council")
    COLLEGE = "college", _("mayor and aldermen")


class CouncilStatus(models.TextChoices):
    """Where a council item is; see ``COUNCIL_TRANSITIONS`` and ``COUNCIL_DECIDED``."""

    SUBMITTED = "submitted", _("submitted")
    SCHEDULED = "scheduled", _("on the agenda")
    DISCUSSED = "discussed", _("discussed")
    ADOPTED = "adopted", _("adopted")
    PARTLY = "partly", _("adopted in part")
    REJECTED = "rejected", _("rejected")
    WITHDRAWN = "withdrawn", _("withdrawn")


COUNCIL_OPEN = (CouncilStatus.SUBMITTED, CouncilStatus.SCHEDULED, CouncilStatus.DISCUSSED)


COUNCIL_DECIDED = (CouncilStatus.ADOPTED, CouncilStatus.PARTLY, CouncilStatus.REJECTED)


# A decision may follow a decision: a correction, with a reason that is kept.
_DECISIONS = frozenset({"adopted", "partly", "rejected"})


COUNCIL_TRANSITIONS: dict[str, frozenset[str]] = {
    CouncilStatus.SUBMITTED: frozenset({"scheduled", "discussed", "withdrawn"}) | _DECISIONS,
    CouncilStatus.SCHEDULED: frozenset({"submitted", "scheduled", "discussed", "withdrawn"}) | _DECISIONS,
    CouncilStatus.DISCUSSED: frozenset({"scheduled", "withdrawn"}) | _DECISIONS,
    CouncilStatus.ADOPTED: _DECISIONS,
    CouncilStatus.PARTLY: _DECISIONS,
    CouncilStatus.REJECTED: _DECISIONS,
    CouncilStatus.WITHDRAWN: frozenset(),
}


class LineDecision(models.TextChoices):
    """What was decided on one point of a proposal."""

    PENDING = "pending", _("not decided yet")
    ADOPTED = "adopted", _("adopted")
    CHANGED = "changed", _("adopted in other words")
    REJECTED = "rejected", _("rejected")


class MatchState(models.TextChoices):
    """Whether an imported agenda item is known as a council item."""

    UNMATCHED = "unmatched", _("not ours")
    PROPOSED = "proposed", _("looks like ours")
    ACCEPTED = "accepted", _("ours")
