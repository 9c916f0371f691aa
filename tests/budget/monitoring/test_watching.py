"""Signals: what gives one, who hears of it, once, and when it is over; and reports of officials."""

from threading import Thread
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django_scopes import scope, scopes_disabled

from budget import tasks
from budget.domain.monitoring import following, reporting, watching, wording
from budget.domain.monitoring.refusals import MonitorRefused
from budget.domain.monitoring.reporting import Spending
from budget.enums import Basis, LineKind, Period, Signal
from budget.models import Alert, BudgetLine, SpendingReport
from tests.factories.budget_monitor import AlertFactory, AmendmentLineFactory, SpendingReportFactory, figures
from tests.factories.core import FollowFactory, ParticipantFactory, UserFactory
from tests.factories.enrolment import EnrolmentFactory
from tests.mails import composed
from trajecten import registry
from trajecten.domain.telling import fanning_out
from trajecten.models import Activity, Notification

pytestmark = [pytest.mark.usefixtures("in_scope", "english")]

Q1, Q2, Q3 = Period.QUARTER_1, Period.QUARTER_2, Period.QUARTER_3


@pytest.fixture
def line(in_scope: Any) -> Any:
    return AmendmentLineFactory()


def trajectory_of(line: Any) -> Any:
    return line.outcome_line.line.round.trajectory


def told(key: str) -> list[Any]:
    return list(Notification.objects.filter(key=f"budget.{key}").order_by("pk"))


def test_own_bookings_count_before_the_whole_field(in_scope: Any, line: Any) -> None:
    figures(in_scope, 2026, plan={"6.3": 500_000}, q2={"6.3": 250_000})
    (one,) = following.follow([line], in_scope)
    assert (one.basis, one.signal, one.own) == (Basis.FIELD, Signal.ON_COURSE, None)
    SpendingReportFactory(line=line, spent=12_000)
    (one,) = following.follow(following.lines(), in_scope)
    assert (one.basis, one.signal) == (Basis.OWN, Signal.UNDER)
    assert one.own
    assert one.own.deviation == -26_000


def test_a_programme_that_only_the_plan_names_gives_no_signal(in_scope: Any) -> None:
    line = AmendmentLineFactory(code="P1", kind=LineKind.PROGRAMME)
    figures(in_scope, 2026, plan={"6.3": 1_000_000}, q2={"6.3": 500_000})
    BudgetLine.objects.filter(budget__kind="primitive").update(programme="P1")
    assert watching.watch(municipality=in_scope) == 0
    assert not Alert.objects.exists()
    (one,) = following.follow([line], in_scope)
    assert (one.reckoned, one.is_untold, wording.signal(one)) == (None, True, "not known")
    SpendingReportFactory(line=line, spent=12_000)
    (one,) = following.follow([line], in_scope)
    assert (one.basis, one.is_untold) == (Basis.OWN, False)


def test_of_reports_the_newest_period_counts_and_of_that_the_last(in_scope: Any, line: Any) -> None:
    for period, spent in ((Q2, 20_000), (Q3, 30_000), (Q3, 31_000), (Q2, 21_000)):
        SpendingReportFactory(line=line, period=period, spent=spent)
    SpendingReportFactory(line=line, year=2025, period=5, spent=9)
    (one,) = following.follow([line], in_scope)
    assert one.report
    assert (one.report.period, one.report.spent, len(one.reports)) == (Q3, 31_000, 4)


def test_what_was_not_adopted_is_not_followed(in_scope: Any) -> None:
    rejected, waiting, cut = (AmendmentLineFactory(adopted=adopted) for adopted in (0, None, -20_000))
    found = {one.line.pk: one for one in following.follow(following.lines(), in_scope)}
    assert [found[each.pk].is_followed for each in (rejected, waiting, cut)] == [False, False, True]
    assert [each.pk for each in following.adopted(following.lines())] == [cut.pk]


def test_a_new_signal_is_noted_and_told_once(in_scope: Any, line: Any, coordinator: Any) -> None:
    owner = line.council_line.commitment.owner
    member, follower, both = (ParticipantFactory() for _ in range(3))
    follower.user = both.user = None
    for person in (member, both):
        EnrolmentFactory(trajectory=trajectory_of(line), participant=person)
    for person in (follower, both):
        FollowFactory(participant=person, target=trajectory_of(line))
    SpendingReportFactory(line=line, spent=12_000)
    assert watching.watch(municipality=in_scope) == 1
    assert watching.watch(municipality=in_scope) == 0
    fanning_out.fan_out_due()
    alert = Alert.objects.get()
    assert (alert.signal, alert.period, alert.basis, alert.deviation) == ("under", Q2, "own", -26_000)
    assert {row.user for row in told("money_signal")} == {owner, coordinator}
    assert sorted(row.participant_id for row in told("money_told")) == sorted(
        [member.pk, follower.pk, both.pk]
    )


def test_overspending_is_told_to_who_is_responsible_only(in_scope: Any, line: Any) -> None:
    EnrolmentFactory(trajectory=trajectory_of(line))
    SpendingReportFactory(line=line, spent=49_000)
    assert watching.watch(municipality=in_scope) == 1
    assert len(told("money_signal")) == 1
    assert told("money_told") == []


def test_a_resident_who_keeps_the_promise_hears_it_once(in_scope: Any, coordinator: Any) -> None:
    keeper = ParticipantFactory()
    line = AmendmentLineFactory(promise__owner=None, promise__owner_participant=keeper)
    EnrolmentFactory(trajectory=trajectory_of(line), participant=keeper)
    SpendingReportFactory(line=line, spent=1_000)
    watching.watch(municipality=in_scope)
    assert [row.participant for row in told("money_told")] == [keeper]
    assert [row.user for row in told("money_signal")] == [coordinator]


def test_a_signal_that_goes_away_is_over_and_not_told(in_scope: Any, line: Any) -> None:
    SpendingReportFactory(line=line, spent=12_000)
    watching.watch(municipality=in_scope)
    before = Notification.objects.count()
    SpendingReportFactory(line=line, spent=24_000)
    assert watching.watch(municipality=in_scope) == 0
    assert Alert.objects.get().ended_at
    assert Notification.objects.count() == before


def test_what_comes_back_in_the_same_period_stands_again_and_is_not_told_again(
    in_scope: Any, line: Any
) -> None:
    for spent in (12_000, 24_000, 10_000):
        SpendingReportFactory(line=line, spent=spent)
        watching.watch(municipality=in_scope)
    alert = Alert.objects.get()
    assert (alert.ended_at, alert.deviation) == (None, -30_000)
    assert len(told("money_signal")) == 1


def test_the_next_period_gives_a_signal_of_its_own(in_scope: Any, line: Any) -> None:
    SpendingReportFactory(line=line, spent=12_000)
    watching.watch(municipality=in_scope)
    SpendingReportFactory(line=line, period=Q3, spent=15_000)
    assert watching.watch(municipality=in_scope) == 1
    assert [(alert.period, bool(alert.ended_at)) for alert in Alert.objects.order_by("pk")] == [
        (Q2, True),
        (Q3, False),
    ]


def test_figures_alone_give_a_signal_too_by_the_daily_job(in_scope: Any, line: Any) -> None:
    figures(in_scope, 2026, plan={"6.3": 500_000}, q2={"6.3": 100_000})
    with scopes_disabled():
        tasks.watch_money()
    assert Alert.objects.get().basis == Basis.FIELD


def test_the_mails_say_it_in_plain_words_and_nothing_when_it_is_over(in_scope: Any, line: Any) -> None:
    EnrolmentFactory(trajectory=trajectory_of(line), participant__language="en")
    SpendingReportFactory(line=line, spent=12_000)
    watching.watch(municipality=in_scope)
    (row,) = told("money_told")
    mail = composed(row)
    assert mail.subject == "Regel 6.3: money stays unspent"
    assert "It is half way through the year; €\xa012,000 of €\xa050,000 has been spent." in mail.body
    assert "If it goes on like this €\xa026,000 will be left." in mail.body
    assert f"/polderwijk/begroting/volgen/{trajectory_of(line).pk}/{line.pk}/" in mail.body
    (staff,) = told("money_signal")
    assert f"/polderwijk/begroting/werk/volgen/{line.pk}/" in composed(staff).body
    assert "Er komt een inlooppunt in de wijk." in composed(staff).body
    SpendingReportFactory(line=line, spent=24_000)
    watching.watch(municipality=in_scope)
    row.refresh_from_db()
    with pytest.raises(registry.NothingToSay):
        registry.message(row.key).context(row)


def test_as_many_statements_to_read_one_line_as_thirty(in_scope: Any, django_assert_num_queries: Any) -> None:
    line = AmendmentLineFactory()
    figures(in_scope, 2026, plan={"6.3": 500_000}, q2={"6.3": 250_000})
    for count in (1, 30):
        while following.lines().count() < count:
            SpendingReportFactory(line=AmendmentLineFactory(amendment=line.amendment), spent=24_000)
        with django_assert_num_queries(6):
            assert len(following.follow(following.lines(), in_scope)) == count


def test_a_signal_stands_once_also_when_two_note_it_at_once(in_scope: Any, line: Any) -> None:
    """The second one read the line before the first noted it."""
    SpendingReportFactory(line=line, spent=12_000)
    (before,) = following.follow([line], in_scope)
    assert watching.watch(municipality=in_scope) == 1
    assert watching._note(before) is False
    assert (Alert.objects.count(), len(told("money_signal"))) == (1, 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        AlertFactory(line=line)


@pytest.mark.django_db(transaction=True)
def test_two_watches_at_the_same_time_tell_once(in_scope: Any) -> None:
    SpendingReportFactory(line=AmendmentLineFactory(), spent=12_000)
    new: list[int] = []

    def watch() -> None:
        try:
            with scope(municipality=in_scope):
                new.append(watching.watch(municipality=in_scope))
        finally:
            connection.close()

    threads = [Thread(target=watch) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(new) == [0, 0, 0, 1]
    assert (Alert.objects.count(), len(told("money_signal"))) == (1, 1)


# -- Reports of officials -------------------------------------------------------------------------------------


def spending(**fields: Any) -> Spending:
    return Spending(**{"period": Q2, "spent": 12_000, "text": "Twee avonden in de week open.", **fields})


def test_a_report_is_kept_told_of_and_watched(line: Any, handler: Any) -> None:
    made = reporting.report(line=line, by=handler, spending=spending())
    assert (made.year, made.period, made.spent, made.by) == (2026, Q2, 12_000, handler)
    assert Alert.objects.get().line == line
    act = Activity.objects.get(verb="spending_reported")
    assert (act.target, act.is_public) == (trajectory_of(line), True)


def test_the_same_report_twice_is_one_and_a_correction_is_a_new_one(line: Any, handler: Any) -> None:
    first = reporting.report(line=line, by=handler, spending=spending())
    assert (
        reporting.report(line=line, by=handler, spending=spending(text=" Twee avonden in de week open. "))
        == first
    )
    reporting.report(line=line, by=handler, spending=spending(spent=24_000))
    assert reporting.report(line=line, by=handler, spending=spending()) != first
    assert SpendingReport.objects.count() == 3


def test_a_report_without_words_or_of_a_period_to_come_is_refused(line: Any, handler: Any) -> None:
    coming = AmendmentLineFactory(amendment__outcome__round__budget__year=2099)
    for about, said, field in ((line, spending(text="  "), "text"), (coming, spending(), "period")):
        with pytest.raises(MonitorRefused) as refused:
            reporting.report(line=about, by=handler, spending=said)
        assert refused.value.field == field
    assert not SpendingReport.objects.exists()


def test_a_line_that_was_rejected_takes_no_report(handler: Any) -> None:
    with pytest.raises(MonitorRefused):
        reporting.report(line=AmendmentLineFactory(adopted=0), by=handler, spending=spending())


def test_the_database_refuses_to_change_or_remove_a_report(line: Any) -> None:
    made = SpendingReportFactory(line=line, by=UserFactory())
    for change in ({"spent": 1}, {"text": "Anders"}, {"by": UserFactory()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            SpendingReport.objects.filter(pk=made.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        made.delete()
    SpendingReport.objects.filter(pk=made.pk).update(by=None)


def test_less_money_is_saved_and_a_field_is_spent(in_scope: Any) -> None:
    """Of less money without own bookings the signal is about what the whole field spends."""
    cut = AmendmentLineFactory(asked=-20_000, adopted=-20_000)
    figures(in_scope, 2026, plan={"6.3": 500_000}, q2={"6.3": 400_000})
    (one,) = following.follow([cut], in_scope)
    assert wording.signal(one) == "more is spent than planned"
    SpendingReportFactory(line=cut, spent=-4_000)
    (one,) = following.follow([cut], in_scope)
    assert wording.signal(one) == "less is saved than planned"


def test_what_is_seen_in_the_amount_itself_comes_before_a_whole_field(in_scope: Any, line: Any) -> None:
    own = AmendmentLineFactory(amendment=line.amendment)
    figures(in_scope, 2026, plan={"6.3": 500_000}, q2={"6.3": 400_000})
    SpendingReportFactory(line=own, spent=40_000)
    found = following.by_urgency(following.follow(following.lines(), in_scope))
    assert [(one.line.pk, one.signal) for one in found] == [(own.pk, Signal.OVER), (line.pk, Signal.OVER)]
