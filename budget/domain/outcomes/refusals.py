from django.utils.translation import gettext as _

from trajecten.refusals import Refused


class OutcomeRefused(Refused):
    """An outcome can't be frozen, or not be changed."""


class SummaryChanged(OutcomeRefused):
    """Somebody else wrote the summary since it was read. ``now`` is what it says by now."""

    def __init__(self, now: str) -> None:
        self.now = now
        message = _(
            "Somebody else wrote this while you were typing. Now it is: “%(words)s”. Keep yours again to replace it."
        )
        super().__init__(message % {"words": now}, field="summary")
