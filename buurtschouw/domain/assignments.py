"""Reports that an official looks after, when that official stops."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from buurtschouw.domain import answering
from buurtschouw.models import Report
from trajecten.models import User
from trajecten.registry import OpenWork


def assigned(official: User) -> QuerySet[Report]:
    """The open reports that this official looks after."""
    return Report.objects.open().filter(assigned_to=official).defer("search").order_by("pk")


def hand_over(official: User, *, to: User | None, by: User) -> None:
    """Give each to the other official, or to nobody: then they stand in the queue again."""
    for report in assigned(official):
        answering.assign(report=report, by=by, to=to)


WORK = (
    OpenWork(
        "buurtschouw.reports",
        _("reports to answer"),
        lambda official: assigned(official).count(),
        hand_over,
    ),
)
