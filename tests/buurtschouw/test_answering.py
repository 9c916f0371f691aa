"""Answering a report: which status may follow which, what each needs, what becomes of the promise, two at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from django_scopes import scope

from buurtschouw.domain import answering, following, intake
from buurtschouw.enums import CLOSED, OPEN, TRANSITIONS, ReportStatus
from buurtschouw.models import Answer, Note, Report
from tests.factories.buurtschouw import ReportFactory
from trajecten.enums import CommitmentStatus, Moderation
from trajecten.models import Activity, Commitment, Notification
from trajecten.transitions import TransitionRefused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

# Spelled out a second time: a change of the table has to be made here too, knowingly.
ALL = {"acknowledged", "planned", "in_progress", "waiting", "done", "not_done", "forwarded"}
MAY_FOLLOW = {
    "new": ALL,
    "acknowledged": ALL,
    "planned": ALL - {"acknowledged", "waiting"},
    "in_progress": ALL - {"acknowledged"},
    "waiting": ALL,
    "merged": set(),
    "done": {"acknowledged"},
    "not_done": {"acknowledged"},
    "forwarded": {"acknowledged"},
}
PAIRS = [(now, wanted) for now in ReportStatus.values for wanted in ReportStatus.values]


def in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def needs(status: str) -> dict[str, Any]:
    """What an answer with this status has to say beside its words."""
    return {
        "planned": {"planned_for": in_days(7)},
        "forwarded": {"forwarded_to": "het waterschap"},
    }.get(status, {})


def answer(report: Report, by: Any, status: str, message: str = "Zo is het.", **fields: Any) -> Answer:
    """An answer by somebody who looked at the report as it is now."""
    newest = Report.objects.get(pk=report.pk)
    given = {**needs(status), **fields}
    return answering.answer(
        report=newest, by=by, version=newest.version, status=status, message=message, **given
    )


def at_status(schouw: Any, category: Any, status: str) -> Report:
    if status == "merged":
        return ReportFactory(schouw=schouw, category=category, merged=True)
    if status == "waiting":
        return ReportFactory(schouw=schouw, category=category, waiting=True)
    return ReportFactory(
        schouw=schouw,
        category=category,
        status=status,
        planned_for=in_days(3) if status == "planned" else None,
        closed_at=timezone.now() if status in CLOSED else None,
    )


# -- The table ------------------------------------------------------------------------------------------------


def test_every_status_is_open_or_closed_and_has_its_row_in_the_table() -> None:
    assert set(ReportStatus.values) == OPEN | CLOSED == set(TRANSITIONS)
    assert not OPEN & CLOSED


@pytest.mark.parametrize(("now", "wanted"), [pair for pair in PAIRS if pair[1] in MAY_FOLLOW[pair[0]]])
def test_what_may_follow_is_recorded(schouw: Any, category: Any, handler: Any, now: str, wanted: str) -> None:
    report = at_status(schouw, category, now)
    made = answer(report, handler, wanted)
    report.refresh_from_db()
    assert (made.status_before, made.status, report.status) == (now, wanted, wanted)
    assert (report.closed_at is not None, report.round) == (wanted in CLOSED, int(wanted in CLOSED))
    assert report.version == 2
    assert Activity.objects.get(verb="answered").details == {"from": now, "to": wanted}


@pytest.mark.parametrize(("now", "wanted"), [pair for pair in PAIRS if pair[1] not in MAY_FOLLOW[pair[0]]])
def test_what_may_not_is_refused_with_what_may(
    schouw: Any, category: Any, handler: Any, now: str, wanted: str
) -> None:
    report = at_status(schouw, category, now)
    with pytest.raises(TransitionRefused) as refused:
        answer(report, handler, wanted)
    labels = {choice.value: str(choice.label) for choice in ReportStatus}
    assert refused.value.allowed == tuple(labels[value] for value in labels if value in MAY_FOLLOW[now])
    assert all(words in refused.value.message for words in (*refused.value.allowed, labels[now]))
    report.refresh_from_db()
    assert (report.status, report.version) == (now, 1)
    assert not Answer.objects.exists()
    assert not Notification.objects.exists()


@pytest.mark.parametrize("status", ["", "solved", "NEW", "new "])
def test_a_status_that_does_not_exist_is_refused(report: Report, handler: Any, status: str) -> None:
    with pytest.raises((TransitionRefused, ValueError)):
        answer(report, handler, status)
    assert not Answer.objects.exists()


# -- What an answer needs -------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", sorted(ALL))
@pytest.mark.parametrize("message", ["", " \n\t "])
def test_no_answer_goes_without_words(report: Report, handler: Any, status: str, message: str) -> None:
    with pytest.raises(answering.AnswerRefused) as refused:
        answer(report, handler, status, message)
    assert refused.value.field == "message"
    assert ("why it is not done" in refused.value.message) is (status == "not_done")


@pytest.mark.parametrize(
    ("status", "fields", "field", "says"),
    [
        ("planned", {"planned_for": None}, "planned_for", "for which date"),
        ("planned", {"planned_for": date(2020, 1, 1)}, "planned_for", "in the past"),
        ("planned", {"planned_for": date(9999, 12, 31)}, "planned_for", "ten years away"),
        ("forwarded", {"forwarded_to": ""}, "forwarded_to", "to whom"),
        ("forwarded", {"forwarded_to": "  "}, "forwarded_to", "to whom"),
    ],
)
def test_what_is_missing_is_said_beside_its_field(
    report: Report, handler: Any, status: str, fields: dict[str, Any], field: str, says: str
) -> None:
    with pytest.raises(answering.AnswerRefused) as refused:
        answer(report, handler, status, **fields)
    assert refused.value.field == field
    assert says in refused.value.message
    report.refresh_from_db()
    assert (report.status, report.version) == ("new", 1)


def test_today_is_a_date_one_can_still_plan_for_and_yesterday_is_not(report: Report, handler: Any) -> None:
    with pytest.raises(answering.AnswerRefused):
        answer(report, handler, "planned", planned_for=in_days(-1))
    assert answer(report, handler, "planned", planned_for=in_days(0)).planned_for == in_days(0)


def test_a_date_and_a_name_are_kept_only_where_they_say_something(report: Report, handler: Any) -> None:
    made = answer(report, handler, "in_progress", planned_for=in_days(3), forwarded_to="ProRail")
    report.refresh_from_db()
    assert (made.planned_for, made.forwarded_to, report.planned_for) == (None, "", None)


# -- Terms ----------------------------------------------------------------------------------------------------


def test_an_open_answer_sets_a_new_term_and_a_plan_its_own_day(report: Report, handler: Any) -> None:
    answer(report, handler, "acknowledged")
    report.refresh_from_db()
    assert report.due_on == intake.term(report.schouw)
    answer(report, handler, "planned", planned_for=in_days(40))
    report.refresh_from_db()
    assert report.due_on == report.planned_for == in_days(40)
    answer(report, handler, "in_progress")
    report.refresh_from_db()
    assert (report.due_on, report.planned_for) == (intake.term(report.schouw), None)


def test_the_first_answer_stays_the_first_and_the_date_that_was_told_stays(
    report: Report, handler: Any
) -> None:
    told = report.answer_by
    answer(report, handler, "acknowledged")
    report.refresh_from_db()
    first = report.first_answer_at
    answer(report, handler, "done")
    report.refresh_from_db()
    assert (report.first_answer_at, report.answer_by) == (first, told)


def test_each_closing_is_a_round_of_its_own(report: Report, handler: Any) -> None:
    for round_number in (1, 2):
        answer(report, handler, "done")
        following.judge(report=report, value="no")
        report.refresh_from_db()
        assert (report.round, report.closed_at, report.status) == (round_number, None, "acknowledged")
    assert list(Answer.objects.values_list("round", flat=True)) == [1, 2]


# -- The promise ----------------------------------------------------------------------------------------------


def test_planning_promises_in_the_name_of_who_looks_after_it(
    report: Report, handler: Any, coordinator: Any
) -> None:
    answering.assign(report=report, by=coordinator, to=handler)
    answer(report, coordinator, "planned", "De stoep wordt hersteld.", planned_for=in_days(9))
    promise = Commitment.objects.get()
    assert (promise.text, promise.deadline, promise.owner) == (
        "De stoep wordt hersteld.",
        in_days(9),
        handler,
    )
    assert promise.status == CommitmentStatus.PROMISED
    assert [origin.contribution for origin in promise.origins.all()] == [report]


def test_without_somebody_to_look_after_it_the_writer_owns_the_promise(report: Report, handler: Any) -> None:
    answer(report, handler, "planned")
    assert Commitment.objects.get().owner == handler


def test_planning_again_moves_the_one_promise(report: Report, handler: Any) -> None:
    answer(report, handler, "planned", planned_for=in_days(5))
    answer(report, handler, "planned", planned_for=in_days(12))
    assert Commitment.objects.get().deadline == in_days(12)


@pytest.mark.parametrize(
    ("status", "becomes"),
    [
        ("in_progress", CommitmentStatus.IN_PROGRESS),
        ("done", CommitmentStatus.DONE),
        ("not_done", CommitmentStatus.BROKEN),
        ("forwarded", CommitmentStatus.WITHDRAWN),
    ],
)
def test_what_becomes_of_the_report_becomes_of_the_promise(
    report: Report, handler: Any, status: str, becomes: str
) -> None:
    answer(report, handler, "planned")
    answer(report, handler, status)
    assert Commitment.objects.get().status == becomes


def test_a_promise_that_was_broken_stays_so_beside_a_new_one(report: Report, handler: Any) -> None:
    answer(report, handler, "planned", "De eerste keer.")
    answer(report, handler, "not_done")
    answer(report, handler, "acknowledged")
    answer(report, handler, "planned", "De tweede keer.")
    for status, becomes in (("in_progress", "in_progress"), ("done", "done")):
        answer(report, handler, status)
        kept = dict(Commitment.objects.values_list("text", "status"))
        assert kept == {"De eerste keer.": "broken", "De tweede keer.": becomes}


def test_who_opens_a_finished_report_again_takes_its_promise_up_again(report: Report, handler: Any) -> None:
    answer(report, handler, "planned")
    answer(report, handler, "done")
    answer(report, handler, "acknowledged")
    promise = Commitment.objects.get()
    assert (promise.status, promise.closed_at) == (CommitmentStatus.IN_PROGRESS, None)


def test_without_a_plan_there_is_no_promise(report: Report, handler: Any) -> None:
    for status in ("acknowledged", "in_progress", "done"):
        answer(report, handler, status)
    assert not Commitment.objects.exists()


# -- One transaction ------------------------------------------------------------------------------------------


def test_when_the_mail_can_t_be_owed_nothing_is_answered(
    report: Report, handler: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(**_fields: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(answering.notify, "owe", broken)
    with pytest.raises(RuntimeError):
        answer(report, handler, "planned")
    report.refresh_from_db()
    assert (report.status, report.version) == ("new", 1)
    assert not Answer.objects.exists()
    assert not Commitment.objects.exists()
    assert not Activity.objects.filter(verb="answered").exists()


# -- Two at once ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("version", [0, 2, -1, 10**9])
def test_an_answer_on_another_version_is_refused_with_the_report_of_now(
    report: Report, handler: Any, version: int
) -> None:
    with pytest.raises(answering.ReportChanged) as changed:
        answering.answer(report=report, by=handler, version=version, status="done", message="Klaar.")
    assert (changed.value.report.pk, changed.value.report.version) == (report.pk, 1)
    assert not Answer.objects.exists()


def test_assigning_is_a_change_that_the_next_answer_has_to_know_of(report: Report, handler: Any) -> None:
    answering.assign(report=report, by=handler, to=handler)
    with pytest.raises(answering.ReportChanged):
        answering.answer(report=report, by=handler, version=1, status="done", message="Klaar.")


def test_a_note_and_opening_the_words_get_in_nobody_s_way(report: Report, handler: Any) -> None:
    answering.note(report=report, by=handler, text=" Gebeld. ")
    answering.moderate(report=report, by=handler, moderation=Moderation.PUBLISHED)
    answering.answer(report=report, by=handler, version=1, status="done", message="Klaar.")
    assert Note.objects.get().text == "Gebeld."


@pytest.mark.django_db(transaction=True)
def test_of_ten_answers_at_the_same_moment_one_is_given(report: Report, handler: Any) -> None:
    start = Barrier(10)

    def one(number: int) -> str:
        try:
            with scope(municipality=report.municipality):
                start.wait(20)
                answering.answer(
                    report=report, by=handler, version=1, status="done", message=f"Antwoord {number}"
                )
        except answering.ReportChanged as changed:
            return changed.report.status
        else:
            return "given"
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        outcomes = sorted(pool.map(one, range(10)))
    assert outcomes == ["done"] * 9 + ["given"]
    report.refresh_from_db()
    assert (report.round, report.version, Answer.objects.count()) == (1, 2, 1)
    assert Notification.objects.filter(key="buurtschouw.report_closed").count() == 1


# -- Who is told ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", sorted(ALL))
def test_each_answer_owes_the_reporter_one_mail_of_its_kind(
    report: Report, handler: Any, status: str
) -> None:
    made = answer(report, handler, status)
    owed = Notification.objects.get()
    key = "report_closed" if status in CLOSED else "report_answered"
    key = "report_question" if status == ReportStatus.WAITING else key
    assert (owed.key, owed.about, owed.participant) == (f"buurtschouw.{key}", made, report.author)
    assert report.text not in str(owed.context)


@pytest.mark.parametrize("who", [{"anonymous": True}, {"author__email": None}])
def test_who_left_no_address_is_owed_none(schouw: Any, category: Any, handler: Any, who: Any) -> None:
    answer(ReportFactory(schouw=schouw, category=category, **who), handler, "done")
    assert not Notification.objects.exists()


@pytest.mark.parametrize("public", [True, False])
def test_the_history_of_a_promise_tells_an_answer_only_where_others_may_read_the_report(
    report: Report, handler: Any, public: bool
) -> None:
    answer(report, handler, "planned", planned_for=timezone.localdate() + timedelta(days=3))
    Report.objects.update(moderation=Moderation.PUBLISHED if public else Moderation.HIDDEN)
    answer(Report.objects.get(pk=report.pk), handler, "not_done", "Geen geld voor deze stoep.")
    assert (Commitment.objects.get().reason == "Geen geld voor deze stoep.") == public
