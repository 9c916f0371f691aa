"""How reports are answered against the service level (buurtschouw/domain/service.py)."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.cache import cache
from django.utils import timezone
from django_scopes import scope

from buurtschouw.domain.service import in_time_by_teams_of, service, share_of
from buurtschouw.enums import ReportStatus
from buurtschouw.models import Report
from tests.factories.buurtschouw import CategoryFactory, ReportFactory, SchouwFactory
from tests.factories.core import TeamFactory

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


@pytest.fixture
def came_in(schouw: Any, category: Any) -> Any:
    def came_in(at: datetime, *, answered: datetime | None, answer_by: date, **fields: Any) -> Any:
        made = ReportFactory(
            schouw=schouw,
            category=category,
            first_answer_at=answered,
            answer_by=answer_by,
            due_on=answer_by,
            **fields,
        )
        Report.objects.filter(pk=made.pk).update(created_at=at)
        return made

    return came_in


def at(month: int, day: int, hour: int = 12, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, tzinfo=AMSTERDAM)


def by_month(municipality: Any) -> dict[date, tuple[int, int]]:
    return {month.first_day: (month.in_time, month.late) for month in service(municipality).months}


@time_machine.travel(at(11, 20), tick=False)
def test_an_answer_on_the_promised_day_is_in_time_and_a_day_later_is_late(
    in_scope: Any, came_in: Any
) -> None:
    came_in(at(11, 2), answered=at(11, 9, 23), answer_by=date(2026, 11, 9))
    came_in(at(11, 2), answered=at(11, 10, 0), answer_by=date(2026, 11, 9))
    assert by_month(in_scope)[date(2026, 11, 1)] == (1, 1)


@time_machine.travel(at(11, 20), tick=False)
def test_what_waits_counts_as_late_only_when_its_day_is_past(in_scope: Any, came_in: Any) -> None:
    came_in(at(11, 18), answered=None, answer_by=date(2026, 11, 20))
    came_in(at(11, 12), answered=None, answer_by=date(2026, 11, 19))
    counted = service(in_scope)
    assert by_month(in_scope)[date(2026, 11, 1)] == (0, 1)
    assert (counted.waiting, counted.overdue, counted.late, counted.in_time) == (2, 1, 1, 0)


@time_machine.travel(at(11, 20), tick=False)
def test_a_closed_report_waits_no_more(in_scope: Any, came_in: Any) -> None:
    came_in(
        at(11, 2),
        answered=at(11, 3),
        answer_by=date(2026, 11, 9),
        status=ReportStatus.DONE,
        closed_at=at(11, 3),
    )
    assert service(in_scope).waiting == 0


@time_machine.travel(at(1, 31, 23), tick=False)
def test_there_are_twelve_months_in_dutch_time_also_those_without_reports(
    in_scope: Any, came_in: Any
) -> None:
    first = at(1, 1, 0)
    came_in(first, answered=first, answer_by=date(2026, 1, 8))
    came_in(first - timedelta(seconds=1), answered=first, answer_by=date(2026, 1, 8))
    came_in(at(1, 31, year=2025), answered=first, answer_by=date(2026, 1, 8))
    months = by_month(in_scope)
    assert next(iter(months)) == date(2025, 2, 1)
    assert len(months) == 12
    assert (months[date(2026, 1, 1)], months[date(2025, 12, 1)]) == ((1, 0), (1, 0))
    assert sum(in_time + late for in_time, late in months.values()) == 2


def test_reports_of_another_municipality_are_not_counted(in_scope: Any, other_municipality: Any) -> None:
    ReportFactory(schouw=SchouwFactory(municipality=other_municipality))
    assert service(in_scope).waiting == 0


def test_it_takes_two_queries_for_one_report_and_for_thirty(
    in_scope: Any, came_in: Any, django_assert_num_queries: Any
) -> None:
    for count in (1, 29):
        for _n in range(count):
            came_in(at(11, 2), answered=None, answer_by=date(2026, 11, 9))
        with django_assert_num_queries(2):
            service(in_scope)


def test_how_the_teams_of_an_official_answer(
    schouw: Any, handler: Any, handler_client: Any, english: None
) -> None:
    assert in_time_by_teams_of(handler) is None
    category = CategoryFactory(team=TeamFactory(members=[handler]))
    for days in (-1, 1, 1):
        answered = timezone.now() + timedelta(days=days)
        ReportFactory(
            schouw=schouw, category=category, answer_by=timezone.localdate(), first_answer_at=answered
        )
    ReportFactory(schouw=schouw, category=category, assigned_to=handler)
    ReportFactory(schouw=schouw, answer_by=timezone.localdate(), first_answer_at=timezone.now())
    assert in_time_by_teams_of(handler) == 33
    page = handler_client.get("/polderwijk/werk/meldingen/")
    figures = {figure.label: figure.value for figure in page.context["figures"]}
    assert figures["Your teams answer in time"] == "33%"
    assert figures["Assigned to you"] == 1
    assert len(handler_client.get(f"/polderwijk/werk/meldingen/?schouw={schouw.pk}").context["figures"]) == 4


def test_the_share_is_counted_once_a_minute_for_each_official_and_municipality(
    schouw: Any, in_scope: Any, other_municipality: Any, handler: Any, django_assert_num_queries: Any
) -> None:
    category = CategoryFactory(team=TeamFactory(members=[handler]))
    with django_assert_num_queries(1):
        assert [share_of(handler, municipality=in_scope) for _twice in range(2)] == [None, None]
    now = timezone.now()
    ReportFactory(schouw=schouw, category=category, answer_by=timezone.localdate(), first_answer_at=now)
    assert share_of(handler, municipality=in_scope) is None
    key = f"buurtschouw.in_time:{in_scope.pk}:{handler.pk}"
    assert 0 < cache.ttl(key) <= 60
    with scope(municipality=other_municipality), django_assert_num_queries(1):
        assert share_of(handler, municipality=other_municipality) is None
    cache.delete(key)
    assert share_of(handler, municipality=in_scope) == 100
