"""Mail for handlers: what is new in their themes, at most once an hour."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier, Event
from typing import Any
from unittest import mock

import pytest
import time_machine
from django.core import mail
from django.db import connection, transaction
from django.utils import timezone
from django_scopes import scope, scopes_disabled

from buurtschouw.domain import digests
from buurtschouw.models import Report
from buurtschouw.notifications.reports import DIGEST_ROWS
from buurtschouw.tasks import send_handler_digests
from tests.factories.buurtschouw import CategoryFactory, ReportFactory, SchouwFactory
from tests.factories.core import StaffRoleFactory, TeamFactory
from tests.mails import composed
from trajecten.domain.telling import delivering
from trajecten.enums import NotificationState, Role
from trajecten.models import Notification
from trajecten.registry import NothingToSay

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock(in_scope: Any) -> Iterator[Any]:
    """Time goes on only when the test says so."""
    with time_machine.travel(timezone.now(), tick=False) as coordinates:
        yield coordinates


@pytest.fixture
def theme(in_scope: Any, handler: Any) -> Any:
    return CategoryFactory(name="Van mij", team=TeamFactory(name="Straat", members=[handler]))


@pytest.fixture
def came_in(schouw: Any, theme: Any, clock: Any) -> Any:
    """A report in the handler's theme, so long ago that all of it is there."""

    def make(category: Any = None, **fields: Any) -> Report:
        report = ReportFactory(**{"schouw": schouw, "category": category or theme, **fields})
        clock.shift(digests.SETTLED)
        return report

    return make


def owed(handler: Any) -> list[Notification]:
    return list(Notification.objects.filter(user=handler, key=digests.DIGEST).order_by("id"))


def numbers(row: Notification) -> set[int]:
    """The reports that the mail links to."""
    body = composed(row).body
    return {report.pk for report in Report.objects.all() if f"/werk/meldingen/{report.pk}/" in body}


# -- What is in it --------------------------------------------------------------------------------------------


def test_new_reports_in_their_themes_make_one_digest(came_in: Any, handler: Any) -> None:
    made = {came_in().pk for _ in range(3)}
    assert digests.owe_digests() == 1
    (row,) = owed(handler)
    message = composed(row)
    assert message.to == [handler.email]
    assert "3" in message.subject
    assert numbers(row) == made


def test_other_people_s_themes_make_none(came_in: Any, handler: Any) -> None:
    came_in(CategoryFactory(name="Van anderen"))
    came_in(CategoryFactory(name="Van niemand", team=None))
    assert digests.owe_digests() == 0
    assert owed(handler) == []


def test_what_is_another_s_is_not_in_mine(came_in: Any, handler: Any) -> None:
    mine = came_in()
    came_in(CategoryFactory(name="Van anderen"))
    digests.owe_digests()
    assert numbers(owed(handler)[0]) == {mine.pk}


def test_nothing_new_makes_none(came_in: Any) -> None:
    assert digests.owe_digests() == 0


def test_the_first_digest_looks_back_one_day(came_in: Any) -> None:
    report = came_in()
    Report.objects.filter(pk=report.pk).update(created_at=timezone.now() - timedelta(days=2))
    assert digests.owe_digests() == 0


def test_a_long_list_is_cut_and_says_how_many_there_are(came_in: Any, handler: Any) -> None:
    for _ in range(DIGEST_ROWS + 3):
        came_in()
    digests.owe_digests()
    (row,) = owed(handler)
    assert len(numbers(row)) == DIGEST_ROWS
    assert str(DIGEST_ROWS + 3) in composed(row).subject


def test_a_report_that_is_gone_when_the_mail_goes_leaves_nothing_to_say(came_in: Any, handler: Any) -> None:
    came_in()
    digests.owe_digests()
    Report.objects.all().delete()
    with pytest.raises(NothingToSay):
        composed(owed(handler)[0])


# -- Who gets it ----------------------------------------------------------------------------------------------


def test_each_handler_of_the_team_gets_one(came_in: Any, theme: Any, municipality: Any) -> None:
    colleague = StaffRoleFactory(municipality=municipality, role=Role.HANDLER).user
    theme.team.members.add(colleague)
    came_in()
    assert digests.owe_digests() == 2
    assert len(owed(colleague)) == 1


@pytest.mark.parametrize("who", ["coordinator", "clerk", "resident", "other_official"])
def test_a_member_of_the_team_who_is_no_handler_here_gets_none(
    came_in: Any, theme: Any, who: str, request: pytest.FixtureRequest
) -> None:
    member = request.getfixturevalue(who)
    theme.team.members.set([member])
    came_in()
    assert digests.owe_digests() == 0


def test_who_left_gets_none(came_in: Any, handler: Any) -> None:
    handler.is_active = False
    handler.save()
    came_in()
    assert digests.owe_digests() == 0


def test_a_municipality_that_no_longer_takes_part_sends_none(came_in: Any, municipality: Any) -> None:
    came_in()
    municipality.is_participating = False
    municipality.save()
    assert digests.owe_digests() == 0


def test_who_works_for_two_municipalities_gets_one_of_each(
    came_in: Any, handler: Any, other_municipality: Any
) -> None:
    StaffRoleFactory(user=handler, municipality=other_municipality, role=Role.HANDLER)
    team = TeamFactory(municipality=other_municipality, members=[handler])
    theirs = CategoryFactory(municipality=other_municipality, team=team)
    here = came_in()
    there = came_in(theirs, schouw=SchouwFactory(municipality=other_municipality))
    assert digests.owe_digests() == 2
    with scopes_disabled():
        rows = Notification.objects.filter(key=digests.DIGEST).select_related("municipality", "user")
        bodies = {}
        for row in rows:
            with scope(municipality=row.municipality):
                bodies[row.municipality.slug] = composed(row).body
    assert f"/polderwijk/werk/meldingen/{here.pk}/" in bodies["polderwijk"]
    assert f"/duinstad/werk/meldingen/{there.pk}/" in bodies["duinstad"]
    assert f"/meldingen/{there.pk}/" not in bodies["polderwijk"]


# -- When -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("minutes", "more"), [(1, 0), (59, 0), (61, 1)])
def test_there_is_an_hour_between_two(
    came_in: Any, clock: Any, handler: Any, minutes: int, more: int
) -> None:
    came_in()
    digests.owe_digests()
    delivering.deliver_due()
    clock.shift(timedelta(minutes=minutes) - digests.SETTLED)
    came_in()
    assert digests.owe_digests() == more
    assert len(owed(handler)) == 1 + more


def test_the_next_begins_where_the_last_ended(came_in: Any, clock: Any, handler: Any) -> None:
    early = came_in()
    digests.owe_digests()
    delivering.deliver_due()
    clock.shift(timedelta(hours=1))
    late = came_in()
    digests.owe_digests()
    first, second = owed(handler)
    assert second.context["since"] == first.context["until"]
    assert (numbers(first), numbers(second)) == ({early.pk}, {late.pk})


def test_every_report_is_in_one_digest_whenever_it_came(came_in: Any, clock: Any, handler: Any) -> None:
    for minutes in (0, 3, 58, 59, 60, 61, 118, 121, 400):
        came_in()
        clock.shift(timedelta(minutes=minutes))
        digests.owe_digests()
        delivering.deliver_due()
    clock.shift(timedelta(hours=2))
    digests.owe_digests()
    told = [number for row in owed(handler) for number in numbers(row)]
    assert sorted(told) == sorted(Report.objects.values_list("pk", flat=True))


def test_what_came_while_nothing_ran_is_told_afterwards(came_in: Any, clock: Any, handler: Any) -> None:
    came_in()
    digests.owe_digests()
    delivering.deliver_due()
    clock.shift(timedelta(days=3))
    late = came_in()
    clock.shift(timedelta(days=4))
    digests.owe_digests()
    assert numbers(owed(handler)[1]) == {late.pk}


def test_one_that_could_not_be_sent_yet_tells_of_what_came_since_too(
    came_in: Any, clock: Any, handler: Any
) -> None:
    made = {came_in().pk}
    digests.owe_digests()
    with mock.patch("django.core.mail.EmailMessage.send", side_effect=OSError()):
        for _ in range(5):
            delivering.deliver_due()
            clock.shift(timedelta(minutes=70))
            made.add(came_in().pk)
            assert digests.owe_digests() == 0
    clock.shift(delivering.MAX_BACKOFF)
    delivering.deliver_due()
    (row,) = owed(handler)
    assert (row.state, len(mail.outbox)) == (NotificationState.SENT, 1)
    assert numbers(row) == made
    assert digests.owe_digests() == 0


@pytest.mark.parametrize("told_before", [True, False])
def test_what_a_failed_one_had_to_tell_is_in_the_next(
    came_in: Any, clock: Any, handler: Any, told_before: bool
) -> None:
    if told_before:
        came_in()
        digests.owe_digests()
        delivering.deliver_due()
        clock.shift(timedelta(hours=2))
    lost = came_in()
    digests.owe_digests()
    Notification.objects.filter(state=NotificationState.QUEUED).update(state=NotificationState.FAILED)
    clock.shift(timedelta(minutes=30))
    assert digests.owe_digests() == 0
    clock.shift(timedelta(days=2))
    late = came_in()
    assert digests.owe_digests() == 1
    assert numbers(owed(handler)[-1]) == {lost.pk, late.pk}


@pytest.mark.django_db(transaction=True)
def test_one_that_is_being_sent_right_now_is_not_stretched(came_in: Any, clock: Any, handler: Any) -> None:
    """What came in meanwhile is in the next one, not in a mail that has left already."""
    early = came_in()
    digests.owe_digests()
    sending, may_go_on = Event(), Event()

    def slow(*_: Any) -> int:
        sending.set()
        may_go_on.wait(20)
        return 1

    def deliver() -> None:
        try:
            delivering.deliver_due()
        finally:
            connection.close()

    def owe() -> int:
        try:
            return digests.owe_digests()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool, mock.patch("django.core.mail.EmailMessage.send", side_effect=slow):
        pool.submit(deliver)
        sending.wait(20)
        late = came_in()
        job = pool.submit(owe)
        may_go_on.set()
        assert job.result() == 0
    clock.shift(timedelta(hours=1))
    assert digests.owe_digests() == 1
    assert [numbers(row) for row in owed(handler)] == [{early.pk}, {late.pk}]


def test_the_digest_is_mailed_once_however_often_workers_start_again(
    came_in: Any, clock: Any, handler: Any
) -> None:
    came_in()
    for _ in range(3):
        send_handler_digests()
        delivering.deliver_due()
    assert [message.to for message in mail.outbox] == [[handler.email]]
    assert owed(handler)[0].state == NotificationState.SENT


@pytest.mark.django_db(transaction=True)
def test_four_workers_at_once_owe_the_first_digest_once(came_in: Any, handler: Any) -> None:
    came_in()
    start = Barrier(4)

    def one(_: int) -> None:
        try:
            start.wait(20)
            digests.owe_digests()
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(one, range(4)))
    assert len(owed(handler)) == 1


@pytest.mark.django_db(transaction=True)
def test_a_report_whose_transaction_ends_after_the_digest_is_in_the_next_one(
    came_in: Any, clock: Any, handler: Any, schouw: Any, theme: Any
) -> None:
    written, may_commit = Event(), Event()

    def slow() -> int:
        try:
            with transaction.atomic():
                report = ReportFactory(schouw=schouw, category=theme)
                written.set()
                may_commit.wait(20)
            return report.pk
        finally:
            connection.close()

    early = came_in()
    with ThreadPoolExecutor(1) as pool:
        late = pool.submit(slow)
        written.wait(20)
        digests.owe_digests()
        delivering.deliver_due()
        may_commit.set()
    clock.shift(timedelta(hours=1))
    digests.owe_digests()
    assert [numbers(row) for row in owed(handler)] == [{early.pk}, {late.result()}]


def test_the_period_is_kept_as_moments_and_no_words(came_in: Any, handler: Any) -> None:
    report = came_in()
    digests.owe_digests()
    context = owed(handler)[0].context
    assert set(context) == {"since", "until"}
    assert all(datetime.fromisoformat(value).tzinfo for value in context.values())
    assert report.text not in str(context)
