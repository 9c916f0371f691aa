"""How reports are answered against the service level: the first answer by the day that the reporter was told."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.cache import cache
from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import TruncDate, TruncMonth
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buurtschouw.enums import RUNNING
from buurtschouw.models import Category, Report
from trajecten.models import Municipality, User
from trajecten.registry import Month, Service

MONTHS = 12
RECENT = timedelta(days=90)
SHARE_SECONDS = 60


def service(municipality: Municipality) -> Service:
    """Counted in two statements: per month in which reports came in, and of what waits now."""
    late = Q(due_on__lt=timezone.localdate(), status__in=sorted(RUNNING))
    waiting = Report.objects.open().aggregate(all=Count("id"), overdue=Count("id", filter=late))
    return Service(
        name=_("Reports"),
        months=tuple(_months()),
        waiting=waiting["all"],
        overdue=waiting["overdue"],
        overdue_url=f"{reverse('buurtschouw:queue', kwargs={'gemeente': municipality.slug})}?term=overdue",
    )


def _months() -> list[Month]:
    """The last ``MONTHS`` months that there are, this one included, oldest first; also those without reports."""
    counted = {row["month"]: row for row in _counted()}
    days = [_first_day(back) for back in reversed(range(MONTHS))]
    return [
        Month(day, counted[day]["in_time"], counted[day]["late"]) if day in counted else Month(day, 0, 0)
        for day in days
    ]


def _counted() -> QuerySet[Report, Any]:
    rows = Report.objects.filter(created_at__gte=_begin_of(_first_day(MONTHS - 1)))
    by_month = _with_day(rows).annotate(month=TruncMonth("created_at__date")).order_by().values("month")
    return by_month.annotate(**_kept())


def _with_day(rows: QuerySet[Report]) -> QuerySet[Report]:
    return rows.annotate(answered_on=TruncDate("first_answer_at"))


def _kept() -> dict[str, Count]:
    """Late is what was answered after its day, and what was not answered while its day is past."""
    answered = Q(first_answer_at__isnull=False)
    too_late = answered & Q(answered_on__gt=F("answer_by"))
    still_waits = ~answered & Q(answer_by__lt=timezone.localdate())
    return {
        "in_time": Count("id", filter=answered & Q(answered_on__lte=F("answer_by"))),
        "late": Count("id", filter=too_late | still_waits),
    }


def in_time_by_teams_of(official: User) -> int | None:
    """Percentage of the reports of ``RECENT`` for this official's teams that were answered in time, in one statement.

    None while there are none to be judged, and for who is in no team.
    """
    themes = Category.objects.filter(team__members=official).values("pk")
    rows = Report.objects.filter(created_at__gte=timezone.now() - RECENT, category__in=themes)
    counted = _with_day(rows).aggregate(**_kept())
    judged = counted["in_time"] + counted["late"]
    return round(100 * counted["in_time"] / judged) if judged else None


def share_of(official: User, *, municipality: Municipality) -> int | None:
    """``in_time_by_teams_of`` as it was at most ``SHARE_SECONDS`` ago: every page of the queue shows it.

    Counting reads each report of those days, and one answer hardly moves it.
    """
    key = f"buurtschouw.in_time:{municipality.pk}:{official.pk}"
    known = cache.get(key)
    if known is None:
        known = (in_time_by_teams_of(official),)
        cache.set(key, known, SHARE_SECONDS)
    share: int | None = known[0]
    return share


def _begin_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _first_day(months_back: int) -> date:
    today = timezone.localdate()
    count = today.year * 12 + today.month - 1 - months_back
    return date(count // 12, count % 12 + 1, 1)
