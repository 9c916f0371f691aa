"""The messages to who walks along."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_noop as _

from buurtschouw.models import Report
from buurtschouw.notifications.reports import tracking_url
from trajecten.models import Enrolment, Notification
from trajecten.registry import Message, NothingToSay


def walk_received(row: Notification) -> Mapping[str, Any]:
    """That observations of a walk come in, with where to see all of them.

    Raises ``NothingToSay`` when the first of them is gone.
    """
    report = row.about
    if not isinstance(report, Report):
        raise NothingToSay("the report is gone")
    report.municipality = row.municipality
    walker = Enrolment.objects.filter(trajectory_id=report.trajectory_id, participant=row.participant).first()
    return {
        "report": report,
        "trajectory": report.trajectory,
        "own_url": _walk_url(row, walker) if walker else tracking_url(report),
    }


def _walk_url(row: Notification, walker: Enrolment) -> str:
    path = reverse("buurtschouw:walk", kwargs={"gemeente": row.municipality.slug, "token": walker.token})
    return f"{settings.BASE_URL}{path}"


MESSAGES = (
    Message(
        key="buurtschouw.walk_received",
        app="buurtschouw",
        audience=_("Who walks along and left an address"),
        trigger=_("The first of their observations of that day comes in"),
        category="my-reports",
        context=walk_received,
        target="own_url",
    ),
)
