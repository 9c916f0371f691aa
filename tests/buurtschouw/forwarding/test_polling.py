"""Asking other systems how it stands: what is news, who hears it, and what becomes of the report."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from buurtschouw.domain import following
from buurtschouw.domain.chain import chain_of
from buurtschouw.domain.forwarding import polling, polling_times, statuses
from buurtschouw.domain.history import changes_since, history
from buurtschouw.domain.queries import verdicts
from buurtschouw.enums import ForwardState, Phase
from buurtschouw.method import FORWARD_FOLLOWED_DAYS, FORWARD_POLLS, FORWARD_UNKNOWN_TIMES
from buurtschouw.models import Forward, ForwardUpdate, Report
from buurtschouw.tasks import poll_forwards, send_forwards
from tests.factories.buurtschouw import ReportFactory, SupportFactory
from tests.factories.core import FollowFactory
from tests.standins.open311 import Open311
from tests.standins.signalen import Signalen
from trajecten.domain.telling import fanning_out
from trajecten.models import Notification

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

Forwarded = Callable[..., Forward]


def now(row: Any) -> Any:
    row.refresh_from_db()
    return row


def told(key: str) -> list[Notification]:
    return list(Notification.objects.filter(key=f"buurtschouw.{key}"))


def later(minutes: int = 20) -> Any:
    return time_machine.travel(timezone.now() + timedelta(minutes=minutes), tick=True)


@pytest.fixture
def there(forwarded: Forwarded, province: Any, open311_server: Open311) -> Forward:
    """The report, received by the province under R-1."""
    forward = forwarded(province)
    send_forwards()
    return now(forward)


@pytest.fixture
def at_signalen(forwarded: Forwarded, duinstad: Any, signalen_server: Signalen) -> Forward:
    forward = forwarded(duinstad)
    send_forwards()
    return now(forward)


# -- How often ------------------------------------------------------------------------------------------------


def test_is_asked_often_at_first_and_ever_less() -> None:
    begin = timezone.now()
    ages = [timedelta(), timedelta(days=2), timedelta(days=10), timedelta(days=100)]
    waits = [polling_times.following(begin, begin + age) - (begin + age) for age in ages]
    assert [wait.total_seconds() / 60 for wait in waits] == [minutes for _days, minutes in FORWARD_POLLS]


def test_is_not_asked_before_its_time(there: Forward, open311_server: Open311) -> None:
    before = len(open311_server.asked)
    poll_forwards()
    assert len(open311_server.asked) == before
    with later():
        poll_forwards()
        asked = len(open311_server.asked)
        poll_forwards()
    assert asked > before
    assert len(open311_server.asked) == asked


def test_a_system_that_is_away_keeps_nothing_and_loses_nothing(there: Forward, province: Any) -> None:
    url = province.url
    type(province).objects.update(url="http://127.0.0.1:9")
    with later():
        poll_forwards()
        assert (now(there).state, there.polled_at) == (ForwardState.ACCEPTED, None)
        assert there.poll_at > timezone.now()
    type(province).objects.update(url=url)
    with later(60):
        poll_forwards()
    assert now(there).polled_at is not None


def test_many_are_asked_in_one_question(
    forwarded: Forwarded, province: Any, open311_server: Open311, schouw: Any, category: Any
) -> None:
    for _report in range(5):
        forwarded(province, of=ReportFactory(schouw=schouw, category=category))
    send_forwards()
    open311_server.asked.clear()
    with later():
        poll_forwards()
    asked = [each for each in open311_server.asked if "/requests" in each.path]
    assert [each.query["service_request_id"].count(",") for each in asked] == [4]
    assert Forward.objects.filter(polled_at__isnull=False).count() == 5


def test_a_system_that_reads_no_lists_is_asked_one_by_one(
    forwarded: Forwarded, province: Any, open311_server: Open311, schouw: Any, category: Any
) -> None:
    open311_server.reads_lists = False
    for _report in range(3):
        forwarded(province, of=ReportFactory(schouw=schouw, category=category))
    send_forwards()
    with later():
        poll_forwards()
    assert Forward.objects.filter(polled_at__isnull=False, times_unknown=0).count() == 3


# -- News -----------------------------------------------------------------------------------------------------


def test_open_is_no_news(there: Forward) -> None:
    with later():
        poll_forwards()
    assert (now(there).status, there.updates.count()) == ("open", 0)
    assert not told("forward_news")


@pytest.mark.parametrize("form", ["json", "xml"])
def test_news_is_told_to_the_reporter_once_however_often_it_is_heard(
    form: str, there: Forward, province: Any, open311_server: Open311, report: Any
) -> None:
    type(province).objects.update(uses_xml=form == "xml")
    open311_server.tell("R-1", "IN_PROGRESS", "De ploeg komt <dinsdag>.")
    for minutes in (20, 40, 60):
        with later(minutes):
            poll_forwards()
    (update,) = there.updates.all()
    assert (update.status, update.phase, update.words) == ("in_progress", "open", "De ploeg komt <dinsdag>.")
    (row,) = told("forward_news")
    assert (row.participant, row.about) == (report.author, update)
    assert now(report).handed_to == "De provincie"
    (event,) = [event for event in history(report, own=True) if "says" in event.title]
    assert (event.title, event.text) == ("De provincie says: in progress", "De ploeg komt <dinsdag>.")


def test_others_see_the_status_and_not_the_words(
    there: Forward, open311_server: Open311, report: Any
) -> None:
    open311_server.tell("R-1", "in_progress", "Mevrouw De Vries belde.")
    with later():
        poll_forwards()
    (event,) = [event for event in history(report, public=True) if "says" in event.title]
    assert event.text == ""


def test_a_note_without_a_number_is_news_once(there: Forward, open311_server: Open311) -> None:
    open311_server.has_updates = False
    open311_server.move("R-1", "open", "Wij wachten op een onderdeel.")
    for minutes in (20, 40, 60):
        with later(minutes):
            poll_forwards()
    assert [update.words for update in there.updates.all()] == ["Wij wachten op een onderdeel."]
    assert now(there.destination).has_updates is False


def test_updates_of_two_hours_ago_are_read_and_those_of_a_night_without_workers(
    there: Forward, open311_server: Open311
) -> None:
    with later():
        poll_forwards()
    open311_server.tell("R-1", "planned", at=timezone.now() + timedelta(hours=3))
    with later(16 * 60):
        poll_forwards()
    assert [update.status for update in there.updates.all()] == ["planned"]


def test_what_is_told_of_others_is_left_alone(there: Forward, open311_server: Open311) -> None:
    open311_server.tell("R-999", "closed", "Van iemand anders.")
    with later():
        poll_forwards()
    assert not ForwardUpdate.objects.exists()


def test_two_workers_note_it_once(
    transactional_db: None, there: Forward, open311_server: Open311, municipality: Any
) -> None:
    open311_server.tell("R-1", "closed", "Klaar.")
    start = Barrier(3)

    def work(_worker: int) -> None:
        start.wait()
        try:
            poll_forwards()
        finally:
            connection.close()

    with later(), ThreadPoolExecutor(3) as pool:
        list(pool.map(work, range(3)))
    assert there.updates.count() == 1
    assert len(told("forward_finished")) == 1
    assert now(there.report).round == 1


def test_the_same_news_to_two_workers_at_once_is_noted_once(
    transactional_db: None, there: Forward, municipality: Any
) -> None:
    from django_scopes import scope

    from buurtschouw.domain.forwarding.answers import Standing

    start = Barrier(3)

    def hear(_worker: int) -> bool:
        try:
            with scope(municipality=municipality):
                start.wait()
                standing = Standing("in_progress", Phase.OPEN, "Bezig.", update_id="U-7")
                return polling.hear(forward=there, standing=standing) is not None
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        assert sorted(pool.map(hear, range(3))) == [False, False, True]
    assert len(told("forward_news")) == 1


# -- Done -----------------------------------------------------------------------------------------------------


def test_when_they_are_done_the_reporter_may_say_whether_it_is_solved(
    there: Forward, open311_server: Open311, report: Any
) -> None:
    assert not verdicts.to_judge(report.author).exists()
    assert [link.state for link in chain_of(now(report))][3:] == ["now", "todo"]
    open311_server.tell("R-1", "fixed", "De paal staat recht.")
    with later():
        poll_forwards()
    assert (now(there).state, there.phase, there.poll_at) == (ForwardState.FINISHED, "done", None)
    assert (now(report).status, report.handed_to, report.round) == ("forwarded", "", 1)
    (row,) = told("forward_finished")
    assert row.context == {"round": 1}
    assert list(verdicts.to_judge(report.author)) == [report]
    assert [link.state for link in chain_of(report)][3:] == ["done", "now"]


def test_a_no_brings_it_back_to_the_handler(
    there: Forward, open311_server: Open311, report: Any, handler: Any
) -> None:
    Report.objects.filter(pk=report.pk).update(assigned_to=handler)
    open311_server.move("R-1", "closed")
    with later():
        poll_forwards()
    following.judge(report=report, value="no")
    assert (now(report).status, report.returned_from) == ("acknowledged", "")
    assert report.returned_at is not None
    assert [row.user for row in told("report_came_back")] == [handler]


def test_supporters_and_followers_hear_the_end_only(
    there: Forward, open311_server: Open311, report: Any
) -> None:
    supporter = SupportFactory(report=report).participant
    follower = FollowFactory(target=report).participant
    open311_server.tell("R-1", "in_progress", at=timezone.now())
    with later():
        poll_forwards()
    assert not told("forward_supported")
    open311_server.tell("R-1", "closed", at=timezone.now())
    with later(60):
        poll_forwards()
    fanning_out.fan_out_due()
    assert [row.participant for row in told("forward_supported")] == [supporter]
    assert [row.participant for row in told("forward_followed")] == [follower]


@pytest.mark.parametrize(
    ("tells_codes", "code", "state"),
    [
        (False, "o", ForwardState.FINISHED),
        (True, "o", ForwardState.FINISHED),
        (True, "b", ForwardState.ACCEPTED),
        (True, "a", ForwardState.DECLINED),
        (False, "b", ForwardState.ACCEPTED),
        (True, "something new", ForwardState.ACCEPTED),
    ],
)
def test_signalen_is_understood_in_either_way(
    tells_codes: bool, code: str, state: str, at_signalen: Forward, signalen_server: Signalen
) -> None:
    signalen_server.tells_codes = tells_codes
    signalen_server.move(code)
    with later():
        poll_forwards()
    assert now(at_signalen).state == state


# -- It comes back --------------------------------------------------------------------------------------------


def test_what_they_do_not_do_is_the_municipality_s_again_and_the_reporter_hears_so(
    there: Forward, open311_server: Open311, report: Any, handler: Any
) -> None:
    version = report.version
    open311_server.tell("R-1", "not_councils_responsibility", "Van het waterschap.")
    with later():
        poll_forwards()
    assert now(there).state == ForwardState.DECLINED
    assert (now(report).status, report.returned_from) == ("acknowledged", "De provincie")
    assert there.last_error == "They say: not theirs to do. Van het waterschap."
    assert [row.participant for row in told("forward_declined")] == [report.author]
    assert [row.user for row in told("forward_failed")] == [handler]
    assert not told("forward_finished")
    assert [event.title for event in changes_since(report, version + 1)][-1] == (
        "Back from De provincie. The municipality looks at it again"
    )
    assert [link.state for link in chain_of(report)][4] == "todo"


def test_what_they_do_not_know_any_more_comes_back_after_some_times(
    there: Forward, open311_server: Open311, report: Any
) -> None:
    open311_server.requests.clear()
    for turn in range(1, FORWARD_UNKNOWN_TIMES + 1):
        assert now(there).state == ForwardState.ACCEPTED
        with later(30 * turn):
            poll_forwards()
    assert now(there).state == ForwardState.DECLINED
    assert "R-1" in there.last_error
    assert now(report).is_open


def test_known_again_is_counted_anew(there: Forward, open311_server: Open311) -> None:
    kept = dict(open311_server.requests)
    open311_server.requests.clear()
    with later(20):
        poll_forwards()
    assert now(there).times_unknown == 1
    open311_server.requests.update(kept)
    with later(60):
        poll_forwards()
    assert now(there).times_unknown == 0


@pytest.mark.parametrize("is_active", [True, False])
def test_nothing_waits_for_ever(is_active: bool, there: Forward, province: Any, report: Any) -> None:
    type(province).objects.update(is_active=is_active, url="http://127.0.0.1:9")
    with time_machine.travel(timezone.now() + timedelta(days=FORWARD_FOLLOWED_DAYS - 1)):
        poll_forwards()
    assert now(there).state == ForwardState.ACCEPTED
    with time_machine.travel(timezone.now() + timedelta(days=FORWARD_FOLLOWED_DAYS + 1)):
        poll_forwards()
    assert now(there).state == ForwardState.DECLINED
    assert now(report).is_open


def test_a_token_becomes_a_number_while_polling(
    forwarded: Forwarded, province: Any, open311_server: Open311
) -> None:
    open311_server.gives_tokens, open311_server.token_turns = True, 5
    forward = forwarded(province)
    send_forwards()
    assert now(forward).reference == ""
    with later():
        poll_forwards()
    assert (now(forward).reference, forward.status) == ("R-1", "open")


# -- The words ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("system", ["signalen", "open311"])
def test_a_status_that_nobody_knows_closes_nothing(system: str) -> None:
    assert statuses.phase_of(system, "gone fishing") == Phase.OPEN
    assert statuses.words_of(system, "gone fishing") == "gone fishing"


def test_capitals_make_no_difference() -> None:
    assert statuses.phase_of("open311", "FIXED") == statuses.phase_of("open311", "fixed") == Phase.DONE
