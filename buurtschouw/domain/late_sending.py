"""Until when a walk takes what was seen or scored on it: phones may be without a network until long after it."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from buurtschouw.domain import schouwen
from buurtschouw.method import LATE_SENDING_DAYS, METHOD, REPORT
from buurtschouw.models import Schouw
from trajecten.enums import StepEvent
from trajecten.models import StepRecord

LATE_FOR = timedelta(days=LATE_SENDING_DAYS)


def why_refused(schouw: Schouw, *, seen_at: datetime | None, by_official: bool = False) -> str:
    """Why the walk does not take what was seen at this moment, and what to do instead; empty when it does.

    While reports are welcome everything is taken. After that, ``LATE_SENDING_DAYS`` long, what was seen before the
    walk was closed; an official who hands it in (``by_official``) is under no term, until the trajectory lies in the
    archive.
    """
    if schouw.accepts_reports:
        return ""
    ended_at = None if schouw.opens_later else _ended_at(schouw)
    if ended_at is None or seen_at is None or min(seen_at, timezone.now()) > ended_at:
        return schouwen.why_closed(schouw)
    if schouw.trajectory.is_archived:
        return _("This walk lies in the archive and stays as it is.")
    if not by_official and timezone.now() > ended_at + LATE_FOR:
        return _(
            "This walk has been closed for more than %(days)d days. Save your observations in a file and give "
            "that to the municipality: they can still take them in."
        ) % {"days": LATE_SENDING_DAYS}
    return ""


def _ended_at(schouw: Schouw) -> datetime | None:
    """When the step that takes reports was left last; None when it never was."""
    walking = [step.key for step in METHOD.steps if REPORT in step.allows]
    left = StepRecord.objects.filter(
        trajectory_id=schouw.trajectory_id, step__in=walking, event__in=(StepEvent.CLOSED, StepEvent.SKIPPED)
    )
    ended_at: datetime | None = left.order_by("-id").values_list("at", flat=True).first()
    return ended_at
