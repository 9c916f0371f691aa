"""Counting reports into histograms, in one statement that reads each report once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.utils import timezone

from buurtschouw.domain.statistics.tally import VERDICTS
from buurtschouw.models import Report, Schouw
from trajecten.domain import workdays


def _day(moment: str) -> str:
    """SQL for the day of this column, in Dutch time."""
    return f"({moment} AT TIME ZONE %(zone)s)::date"


def _until(moment: str) -> str:
    """SQL for how many working days there were until the day of this column, from the first day of all on."""
    return f"working_days[GREATEST(1, {_day(moment)} - %(first_day)s::date + 1)]"


def _days_to(moment: str, *, without: str = "0") -> str:
    """SQL for the working days from when a report came in until this column; NULL as long as that is empty.

    ``without`` are working days that do not count to the municipality: while the clock stood still.
    """
    days = f"GREATEST(0, {_until(moment)} - {_until('report.created_at')} - {without})"
    return f"CASE WHEN {moment} IS NOT NULL THEN {days} END"


_STATEMENT = f"""
    WITH looked_at AS (
        SELECT
            date_trunc('month', {_day("report.created_at")})::date AS month,
            report.category_id::text AS theme, COALESCE(report.area_id::text, '') AS area, report.kind, report.origin,
            {_days_to("report.first_answer_at")} AS answered,
            CASE WHEN report.status = 'done'
                THEN {_days_to("report.closed_at", without="COALESCE(still.days, 0)")} END AS done,
            CASE verdict.value WHEN 'yes' THEN {VERDICTS["yes"]} WHEN 'partly' THEN {VERDICTS["partly"]}
                WHEN 'no' THEN {VERDICTS["no"]} END AS verdict
        FROM buurtschouw_report report
        CROSS JOIN (SELECT %(working_days)s::int[] AS working_days) AS calendar
        LEFT JOIN LATERAL (
            SELECT value FROM trajecten_verdict
            WHERE content_type_id = %(kind)s AND object_id = report.id AND round = report.round
            ORDER BY id DESC LIMIT 1
        ) AS verdict ON report.round > 0 AND report.kind = 'problem'
        LEFT JOIN LATERAL (
            SELECT sum({_until("COALESCE(LEAST(reply.at, following.at), report.closed_at)")} - {_until("asked.at")})
                AS days
            FROM buurtschouw_answer asked
            LEFT JOIN buurtschouw_reply reply ON reply.question_id = asked.id
            CROSS JOIN LATERAL (
                SELECT min(at) AS at FROM buurtschouw_answer WHERE report_id = report.id AND id > asked.id
            ) AS following
            WHERE asked.report_id = report.id AND asked.status = 'waiting'
        ) AS still ON report.status = 'done'
        WHERE {{rows}}
    ), alike AS (
        SELECT month, theme, area, kind, origin, answered, done, verdict, count(*) AS reports
        FROM looked_at GROUP BY month, theme, area, kind, origin, answered, done, verdict
    )
    SELECT
        month,
        CASE GROUPING(theme, area, kind, origin)
            WHEN 15 THEN 'all' WHEN 7 THEN 'theme' WHEN 11 THEN 'area' WHEN 13 THEN 'kind' ELSE 'origin' END,
        COALESCE(theme, area, kind, origin, ''),
        measure, LEAST(value, 32767), sum(reports)
    FROM alike
    CROSS JOIN LATERAL (
        VALUES ('received', 0), ('answered', answered), ('done', done), ('verdict', verdict)
    ) AS measured (measure, value)
    WHERE value IS NOT NULL
    GROUP BY month, measure, value, GROUPING SETS ((), (theme), (area), (kind), (origin))
"""  # noqa: S608  only the conditions of this module go in
_OF_WALK = "report.municipality_id = %(municipality)s AND report.schouw_id = %(schouw)s"
_OF_MONTHS = """report.municipality_id = %(municipality)s
            AND report.created_at >= %(begin)s AND report.created_at < %(end)s"""


@dataclass(frozen=True)
class Count:
    """A bar of a histogram, see ``models.MonthCount``."""

    month: date
    by: str
    key: str
    measure: str
    value: int
    reports: int


def of_walk(schouw: Schouw) -> list[Count]:
    """The counts of one walk, made now; an index leads to its reports."""
    first = (
        Report.objects.filter(schouw=schouw)
        .order_by("created_at")
        .values_list("created_at", flat=True)
        .first()
    )
    if first is None:
        return []
    parts = {"municipality": schouw.municipality_id, "schouw": schouw.pk}
    return list(_counted(_OF_WALK, timezone.localdate(first), parts))


def of_month(municipality_id: int, month: date) -> list[Count]:
    """The counts of everything that came in during one month (its first day) in a municipality, made now."""
    parts = {"municipality": municipality_id, "begin": begin_of(month), "end": begin_of(after(month))}
    return list(_counted(_OF_MONTHS, month, parts))


def _counted(rows: str, first_day: date, parts: dict[str, Any]) -> Iterator[Count]:
    given = {
        **parts,
        "zone": settings.TIME_ZONE,
        "kind": ContentType.objects.get_for_model(Report).pk,
        "first_day": first_day,
        "working_days": _working_days(first_day),
    }
    with connection.cursor() as cursor:
        cursor.execute(_STATEMENT.format(rows=rows), given)
        for row in cursor.fetchall():
            month, by, key, measure, value, reports = row
            yield Count(month, by, key, measure, int(value), int(reports))


def _working_days(first_day: date) -> Sequence[int]:
    """For each day from this one until tomorrow how many working days there were from it on."""
    found, number, day = [], 0, first_day
    while day <= timezone.localdate() + timedelta(days=1):
        number += workdays.is_workday(day)
        found.append(number)
        day += timedelta(days=1)
    return found


def begin_of(month: date) -> datetime:
    """When this day begins, in Dutch time."""
    return timezone.make_aware(datetime.combine(month, time.min))


def after(month: date) -> date:
    """The first day of the next month."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)
