"""Holding the idea that somebody acts on, also when it is merged at that very moment."""

from django.db.models import QuerySet

from buurtschouw.domain import answering, together
from buurtschouw.models import Joining, Report


def of_idea(report: Report) -> QuerySet[Joining]:
    """The rows of this idea, without those of who is gone."""
    found: QuerySet[Joining] = Joining.objects.filter(
        report=report, participant__isnull=False
    ).select_related("participant")
    return found


def idea(report: Report) -> Report:
    """The newest row, locked: of this idea, or of the one that it follows by now."""
    together.hold_still(report.municipality_id)
    into = Report.objects.filter(merged=report.pk).only("pk").first()
    return answering.lock(into or report)


def newest(joining: Joining) -> Joining:
    """The newest row, with the idea that it is of by now locked before it: a merge takes it along, and undoing back.

    Raises ``Joining.DoesNotExist`` for who left meanwhile.
    """
    together.hold_still(joining.municipality_id)
    now = Joining.objects.only("report").get(pk=joining.pk)
    report = answering.lock(now.report)
    found: Joining = of_idea(report).get(pk=joining.pk)
    found.report = report
    return found
