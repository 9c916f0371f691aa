"""Who joins an idea goes along when it is handled with another, and comes back when it goes its own way again."""

from collections.abc import Collection

from django.db.models import F
from django.db.models.functions import Coalesce

from buurtschouw.domain.ideas import power, telling
from buurtschouw.models import Joining, Report
from trajecten.models import User


def go_along(*, report: Report, into: Report, by: User) -> None:
    """Let who joins ``report`` join ``into``, and tell everybody there. Lock both first.

    Who joined both keeps the one row of ``into``; the other waits where it is, and counts nowhere.
    """
    there = Joining.objects.filter(report=into, participant__isnull=False).values("participant")
    going = Joining.objects.filter(report=report).exclude(participant__in=there)
    went = going.update(report=into, joined_first=Coalesce(F("joined_first"), F("report")))
    _renew(report, into)
    if went:
        telling.happened(report=into, verb=telling.TOOK_IN, by=by)


def come_back(*, report: Report, leaving: Collection[int], above: Collection[Report], by: User) -> None:
    """Let who joined ``report``, or what follows it (``leaving``), join it again. Lock all first."""
    back = Joining.objects.filter(joined_first__in=leaving).exclude(
        participant__in=Joining.objects.filter(report=report, participant__isnull=False).values("participant")
    )
    came = back.update(report=report)
    Joining.objects.filter(report=report, joined_first=report).update(joined_first=None)
    _renew(report, *above)
    if came:
        telling.tell_joiners(report=report, verb=telling.WENT_APART, by=by)


def _renew(*reports: Report) -> None:
    for report in reports:
        power.renew(report=report, is_active=False)
