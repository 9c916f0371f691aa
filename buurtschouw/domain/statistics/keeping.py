"""Keeping the counts of each month, so that figures over a million reports are read and not counted.

The job runs every ten minutes and counts anew the months of which the log tells that something happened to a report;
once a day it counts the last two years, whatever the log says. So a figure is at most about ten minutes behind, and
what the log did not tell (a report that was given another theme by hand in the database) a day.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Max, QuerySet
from django.db.models.functions import TruncMonth
from django.utils import timezone
from django_scopes import scope

from buurtschouw.domain.statistics import counting
from buurtschouw.models import Counted, MonthCount, Report
from trajecten.models import Activity, Municipality

# A row of the log may come to light a moment after one with a higher number.
SETTLED = timedelta(minutes=1)
RECOUNTED_MONTHS = 24


def bring_up_to_date() -> int:
    """Count what changed since the last time, in every municipality. Returns how many months were counted.

    Two at once count the same, one after the other.
    """
    counted = 0
    for municipality in Municipality.objects.participating():
        with scope(municipality=municipality):
            counted += _of(municipality)
    return counted


@transaction.atomic
def _of(municipality: Municipality) -> int:
    now, today = timezone.now(), timezone.localdate()
    new = {"municipality": municipality, "at": now, "recounted_on": today}
    state, is_first = Counted.objects.select_for_update().get_or_create(
        municipality=municipality, defaults=new
    )
    acts = Activity.objects.filter(pk__gt=state.activity)
    acts = acts.filter(content_type=ContentType.objects.get_for_model(Report), at__lt=now - SETTLED)
    last = acts.aggregate(last=Max("pk"))["last"]
    if is_first or state.recounted_on < today:
        months = set(_months(Report.objects.all() if is_first else _recent(today)))
    else:
        months = set()
    if last:
        months |= set(_months(Report.objects.filter(pk__in=acts.filter(pk__lte=last).values("object_id"))))
    for month in months:
        _keep(municipality, month)
    state.activity, state.at, state.recounted_on = last or state.activity, now, today
    state.save(update_fields=["activity", "at", "recounted_on"])
    return len(months)


def _recent(today: date) -> QuerySet[Report]:
    month = today.replace(day=1)
    years, months = divmod(month.year * 12 + month.month - 1 - RECOUNTED_MONTHS, 12)
    return Report.objects.filter(created_at__gte=counting.begin_of(date(years, months + 1, 1)))


def _months(reports: QuerySet[Report]) -> Iterable[date]:
    """The first days of the months in which these reports came in."""
    found = (
        reports.annotate(month=TruncMonth("created_at")).order_by().values_list("month", flat=True).distinct()
    )
    return [timezone.localdate(month) for month in found]


def _keep(municipality: Municipality, month: date) -> None:
    rows = [
        MonthCount(
            municipality=municipality,
            month=count.month,
            by=count.by,
            key=count.key,
            measure=count.measure,
            value=count.value,
            reports=count.reports,
        )
        for count in counting.of_month(municipality.pk, month)
    ]
    MonthCount.objects.filter(municipality=municipality, month=month).delete()
    MonthCount.objects.bulk_create(rows, batch_size=2000)
