"""What is with another system is the municipality's again: nothing more is sent there, and it is not followed."""

from django.utils import timezone

from buurtschouw.enums import LIVE, ForwardState
from buurtschouw.models import Forward, Report


def of(report: Report) -> int:
    """Take back what is live of this report, whose row is locked. Returns how many that were.

    What is there already stays there; a send that is under way may still arrive, and then its number is kept.
    """
    live = Forward.objects.select_for_update().filter(report=report, state__in=sorted(LIVE))
    numbers = list(live.values_list("pk", flat=True))
    return Forward.objects.filter(pk__in=numbers).update(
        state=ForwardState.WITHDRAWN, next_try_at=None, poll_at=None, finished_at=timezone.now()
    )
