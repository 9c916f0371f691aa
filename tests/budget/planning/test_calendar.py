"""Own dates of a municipality, what trajectories have to have ready, the warning before it, and the pages."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_scopes import scopes_disabled

from budget import tasks
from budget.domain.planning import ahead, dates, own_dates
from budget.enums import Moment
from budget.method import ANALYSE, MAKE_ALTERNATIVE, WARN_BEFORE_DAYS
from budget.models import CalendarDate
from tests.factories.budget import BudgetTrajectoryFactory, RoundFactory
from tests.factories.budget_monitor import CalendarDateFactory
from tests.mails import composed
from trajecten import registry
from trajecten.models import Notification, Trajectory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_scope", "english")]

DESK = "/polderwijk/begroting/werk/kalender/"


def words(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def ready(step: str, year: int = 2027) -> date:
    found = next(one.ready_on for one in dates.calendar(year, {}) if one.usual.step == step)
    assert found
    return found


def running(act: str = MAKE_ALTERNATIVE, **fields: Any) -> Any:
    return BudgetTrajectoryFactory(act=act, starts_on=date(2026, 1, 5), **fields)


def states(trajectory: Any, today: date) -> dict[str, str]:
    (found,) = ahead.of([trajectory], today=today)
    return {due.step: due.state for due in found.dues}


def test_what_is_behind_is_done_and_what_was_not_closed_in_time_late() -> None:
    today = ready("alternative") - timedelta(days=WARN_BEFORE_DAYS)
    assert states(running(), today) == {
        "programmes": "done",
        "analysis": "done",
        "alternative": "soon",
        "council": "ahead",
        "monitor": "ahead",
    }
    assert states(running(ANALYSE), today)["analysis"] == "late"


def test_the_year_is_that_of_the_round_or_of_the_first_budget_that_can_change() -> None:
    one, other = running(), running()
    RoundFactory(trajectory=one, budget__year=2029)
    found = ahead.of([one, other], today=date(2026, 6, 1))
    assert [each.year for each in found] == [2029, 2027]


def test_own_dates_change_what_has_to_be_ready(in_scope: Any) -> None:
    CalendarDateFactory(municipality=in_scope, moment=Moment.COUNCIL, day=date(2026, 11, 12))
    CalendarDateFactory(municipality=in_scope, moment=Moment.COUNCIL, day=date(2025, 11, 12), year=2026)
    (found,) = ahead.of([running()], today=date(2026, 1, 5))
    due = next(due for due in found.dues if due.step == "alternative")
    assert (due.planned.day, due.planned.is_own, due.ready_on) == (
        date(2026, 11, 12), True, date(2026, 10, 29),
    )  # fmt: skip


def test_a_step_that_is_late_soon_is_warned_of_once(
    coordinator: Any, adviser: Any, other_municipality: Any
) -> None:
    for user in (coordinator, adviser):
        user.language = "en"
        user.save()
    trajectory = running(coordinator=coordinator, adviser=adviser)
    running(ANALYSE, status="archived")
    day = ready("alternative")
    with scopes_disabled():
        assert ahead.warn_all(today=day - timedelta(days=WARN_BEFORE_DAYS + 1)) == 0
        for days in (WARN_BEFORE_DAYS, 10, 0):
            assert ahead.warn_all(today=day - timedelta(days=days)) == 1
        assert ahead.warn_all(today=day + timedelta(days=1)) == 0
    rows = Notification.objects.filter(key=ahead.WARNED)
    assert {(row.user, row.about) for row in rows} == {(coordinator, trajectory), (adviser, trajectory)}
    assert rows.count() == 2
    mail = composed(rows[0])
    assert "Make an alternative budget" in mail.subject
    assert "has to be ready on 22 October 2026" in mail.body
    assert f"/polderwijk/begroting/kalender/{trajectory.pk}/" in mail.body
    Trajectory.objects.filter(pk=trajectory.pk).update(current_step="council")
    row = Notification.objects.get(pk=rows[0].pk)
    with pytest.raises(registry.NothingToSay):
        registry.message(row.key).context(row)


def test_without_a_coordinator_of_its_own_all_hear_it_and_the_job_runs(coordinator: Any) -> None:
    today = timezone.localdate()
    trajectory = BudgetTrajectoryFactory(act=ANALYSE, starts_on=today)
    year = dates.year_for(today)
    usual = next(one.usual for one in dates.calendar(year, {}) if one.usual.step == "analysis")
    CalendarDateFactory(year=year, moment=Moment.DRAFT, day=today + timedelta(days=usual.ready_before + 10))
    with scopes_disabled():
        tasks.warn_of_calendar()
    assert [(row.user, row.about) for row in Notification.objects.filter(key=ahead.WARNED)] == [
        (coordinator, trajectory)
    ]


def test_as_many_statements_for_one_trajectory_as_for_thirty() -> None:
    def statements(found: list[Any]) -> int:
        with CaptureQueriesContext(connection) as asked:
            ahead.of(found)
        return len(asked)

    made = [running() for _n in range(30)]
    assert statements(made[:1]) == statements(made) == 2


def test_dates_are_kept_and_let_go_of(in_scope: Any, coordinator: Any) -> None:
    days = {Moment.COUNCIL: date(2026, 11, 12), Moment.SPRING: date(2027, 5, 20)}
    own_dates.choose(municipality=in_scope, year=2027, days=days, by=coordinator)
    own_dates.choose(municipality=in_scope, year=2027, days={Moment.SPRING: None}, by=coordinator)
    assert own_dates.of_year(in_scope, 2027) == {"council": date(2026, 11, 12)}
    assert own_dates.of_year(in_scope, 2026) == {}


# -- The pages --------------------------------------------------------------------------------------------------


def test_a_coordinator_changes_dates_and_others_see_them(
    coordinator_client: Client, handler_client: Client
) -> None:
    assert coordinator_client.post(f"{DESK}?year=2027", {"council": "2026-11-12"}).status_code == 302
    assert CalendarDate.objects.get().day == date(2026, 11, 12)
    shown = words(handler_client.get(f"{DESK}?year=2027"))
    assert "The council treats the budget 12 November 2026 own date" in shown
    assert "Make an alternative budget, by 29 October 2026" in shown
    assert "Draft budget 1 October 2026 usual day" in shown
    assert handler_client.get(DESK).context["form"] is None
    assert handler_client.post(f"{DESK}?year=2027", {}).status_code == 403


@pytest.mark.parametrize(
    ("given", "error"),
    [("12 november", "This is not a date."), ("2031-11-12", "Choose a day in or around 2026.")],
)
def test_a_wrong_date_is_refused_and_kept_on_the_page(
    coordinator_client: Client, given: str, error: str
) -> None:
    answer = coordinator_client.post(f"{DESK}?year=2027", {"council": given})
    assert answer.status_code == 422
    assert error in words(answer)
    assert given in answer.content.decode()
    assert not CalendarDate.objects.exists()


@pytest.mark.parametrize("year", ["", "abc", "1", "99999999999999999999"])
def test_what_is_no_year_is_the_coming_budget(handler_client: Client, year: str) -> None:
    assert handler_client.get(DESK, {"year": year}).context["year"] == dates.year_for(timezone.localdate())


def test_everybody_sees_what_has_to_be_ready_when() -> None:
    trajectory = running(ANALYSE)
    shown = Client().get(f"/polderwijk/begroting/kalender/{trajectory.pk}/")
    assert [entry["title"] for entry in shown.context["calendar"].entries][:3] == [
        "Outlook (perspectiefnota or kadernota)", "Draft budget", "The council treats the budget",
    ]  # fmt: skip
    assert "“Make an alternative budget” has to be ready on 22 October 2026" in words(shown)


def test_the_line_is_drawn_as_the_calendar_goes() -> None:
    from budget.domain.planning.drawing import shown

    (found,) = ahead.of([running(ANALYSE)], today=date(2026, 10, 1))
    drawn = shown(found, date(2026, 10, 1))
    assert drawn.marks[0] == 0
    assert drawn.marks[-1] == 99
    assert list(drawn.marks) == sorted(drawn.marks)
    assert drawn.passed == drawn.marks[1]
    assert [entry["state"] for entry in drawn.entries] == ["done", "now", "todo", "todo", "todo", "todo"]
    assert [bool(entry["late"]) for entry in drawn.entries] == [False, True, False, False, False, False]
