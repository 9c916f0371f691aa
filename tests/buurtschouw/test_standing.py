"""How a walk stands: each thing that its gates look at, and what is over its term."""

from datetime import timedelta
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from buurtschouw.domain.standing import standings
from buurtschouw.method import Facts
from tests.factories.buurtschouw import CategoryFactory, ReportFactory, SchouwFactory
from trajecten import registry

EMPTY = Facts(
    has_date=False,
    has_area=False,
    categories=0,
    themes_without_team=(),
    walk_has_begun=False,
    reports_unanswered=0,
    is_evaluated=False,
)


def facts(schouw: Any) -> Facts:
    return registry.facts("buurtschouw", schouw.trajectory)


def test_a_walk_with_nothing_has_nothing(in_scope: Any) -> None:
    assert facts(SchouwFactory(walk_at=None, categories=[])) == EMPTY


def test_a_walk_to_come_has_a_date_but_has_not_begun(in_scope: Any) -> None:
    coming = facts(SchouwFactory(walk_at=timezone.now() + timedelta(hours=1)))
    begun = facts(SchouwFactory(walk_at=timezone.now() - timedelta(hours=1)))

    assert (coming.has_date, coming.walk_has_begun) == (True, False)
    assert (begun.has_date, begun.walk_has_begun) == (True, True)


def test_themes_and_areas_are_counted_apart(areas: list[Any]) -> None:
    themes = [CategoryFactory(), CategoryFactory(), CategoryFactory(team=None, name="Water")]
    found = facts(SchouwFactory(categories=themes, trajectory__areas=areas))

    assert (found.categories, found.themes_without_team, found.has_area) == (3, ("Water",), True)


def test_only_open_reports_without_any_answer_are_unanswered(schouw: Any, category: Any) -> None:
    for trait in ({}, {}, {"acknowledged": True}, {"done": True}):
        ReportFactory(schouw=schouw, category=category, **trait)
    ReportFactory(schouw=SchouwFactory(), category=category)

    assert facts(schouw).reports_unanswered == 2


def test_over_the_term_are_open_reports_and_promises_whose_day_has_passed(schouw: Any, category: Any) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    ReportFactory(schouw=schouw, category=category, due_on=yesterday)
    ReportFactory(schouw=schouw, category=category, planned=True, planned_for=yesterday, due_on=yesterday)
    ReportFactory(schouw=schouw, category=category, done=True, due_on=yesterday)
    ReportFactory(schouw=schouw, category=category, due_on=timezone.localdate())

    assert standings([schouw.trajectory])[schouw.trajectory_id].overdue == 2


def test_one_and_thirty_walks_are_one_statement(in_scope: Any) -> None:
    walks = [SchouwFactory() for _ in range(30)]
    for asked in (walks[:1], walks):
        with CaptureQueriesContext(connection) as queries:
            found = standings([walk.trajectory for walk in asked])
        assert len(queries) == 1
        assert set(found) == {walk.trajectory_id for walk in asked}
