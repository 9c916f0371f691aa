"""What officials report of adopted money: how much of it is spent, by the own bookings, and what was done with it."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from budget.domain.monitoring import following, periods, watching
from budget.domain.monitoring.refusals import MonitorRefused
from budget.enums import Period
from budget.models import AmendmentLine, SpendingReport
from trajecten.domain import activities
from trajecten.models import User


@dataclass(frozen=True)
class Spending:
    """What was spent up to and including a period, in euro; below zero what was saved of less money."""

    period: Period
    spent: int
    text: str


@transaction.atomic
def report(*, line: AmendmentLine, by: User, spending: Spending) -> SpendingReport:
    """Add a report; a correction is a new one. Sent twice by the same official it counts once.

    Refused (``MonitorRefused``): of what the council did not adopt, over a period that is not over, without words.
    """
    locked = AmendmentLine.objects.select_for_update(of=("self",)).get(pk=line.pk)
    line = following.lines().get(pk=locked.pk)
    year = following.year_of(line)
    if not line.council_line.adopted_amount:
        raise MonitorRefused(_("The council did not adopt this, so there is nothing to follow."))
    if spending.period not in periods.over(year, timezone.localdate()):
        raise MonitorRefused(_("This period is not over yet."), field="period")
    if not spending.text.strip():
        raise MonitorRefused(_("Write in a few words what was done with it."), field="text")
    last = line.reports.filter(year=year).order_by("pk").last()
    if last and _says_the_same(last, spending, by):
        return last
    made = SpendingReport.objects.create(
        municipality_id=line.municipality_id,
        line=line,
        year=year,
        period=spending.period,
        spent=spending.spent,
        text=spending.text.strip(),
        by=by,
    )
    about = line.outcome_line.line.round.trajectory
    details = {"line": line.pk, "year": year, "period": int(spending.period)}
    activities.record(verb="spending_reported", target=about, by=by, is_public=True, details=details)
    watching.watch_lines([line])
    return made


def _says_the_same(last: SpendingReport, spending: Spending, by: User) -> bool:
    said = (spending.period, spending.spent, spending.text.strip(), by.pk)
    return (last.period, last.spent, last.text, last.by_id) == said
