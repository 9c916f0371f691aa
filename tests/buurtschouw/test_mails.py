"""The mails to a reporter: each shows the chain as it is, in HTML and in plain text."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone
from django.utils.formats import date_format

from buurtschouw.domain import answering, following
from buurtschouw.models import Report
from tests.factories.core import NotificationFactory
from tests.mails import composed
from trajecten import registry
from trajecten.domain.chain import short_day
from trajecten.models import Notification

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def answer(report: Any, handler: Any) -> Any:
    def answered(status: str, **fields: Any) -> None:
        newest = Report.objects.get(pk=report.pk)
        answering.answer(
            report=newest, by=handler, version=newest.version, status=status, message="Zo is het.", **fields
        )

    return answered


@pytest.fixture(autouse=True)
def reads_english(report: Any) -> None:
    report.author.language = "en"
    report.author.save()


def newest(report: Any, key: str) -> EmailMultiAlternatives:
    row = Notification.objects.filter(key=f"buurtschouw.{key}", participant=report.author).latest("id")
    return composed(row)


def in_text(mail: EmailMultiAlternatives) -> list[str]:
    return re.findall(r"^((?:Said|Promised|Decided|Done|Your verdict): .*)$", mail.body, re.MULTILINE)


def day(days: int) -> str:
    return short_day(timezone.localdate() + timedelta(days=days))


def test_the_confirmation_shows_what_was_said_and_when_one_hears(report: Any) -> None:
    row = NotificationFactory(participant=report.author, about=report)

    assert in_text(composed(row)) == [
        f"Said: complete, {day(0)}",
        f"Promised: answer by {day(5)}",
        "Done: still to come",
        "Your verdict: still to come",
    ]


def test_a_planned_answer_shows_the_promise(report: Any, answer: Any) -> None:
    answer("planned", planned_for=timezone.localdate() + timedelta(days=9))

    assert in_text(newest(report, "report_answered"))[1] == f"Promised: pledged, by {day(9)}"


def test_the_closing_answer_asks_for_the_last_link(report: Any, answer: Any) -> None:
    answer("done")

    assert in_text(newest(report, "report_closed")) == [
        f"Said: complete, {day(0)}",
        f"Done: complete, {day(0)}",
        "Your verdict: now, is it solved?",
    ]


def test_a_no_is_confirmed_with_the_new_term(report: Any, answer: Any) -> None:
    answer("done")
    following.judge(report=report, value="no")
    mail = newest(report, "report_reopened")
    reopened = Report.objects.get(pk=report.pk)

    assert mail.subject == f"De stoeptegels bij de speeltuin liggen los: open again (report {report.pk})"
    assert f"You will hear from us by {date_format(reopened.due_on, 'j F')}." in mail.body
    assert f"/volg/{report.token}/" in mail.body
    assert in_text(mail)[-1] == "Your verdict: last time: not solved"


@pytest.mark.parametrize("value", ["yes", "partly"])
def test_another_verdict_is_not_confirmed_by_mail(value: str, report: Any, answer: Any) -> None:
    answer("done")
    following.judge(report=report, value=value)

    assert not Notification.objects.filter(key="buurtschouw.report_reopened").exists()


def test_the_confirmation_of_a_no_is_dropped_when_it_was_answered_meanwhile(report: Any, answer: Any) -> None:
    answer("done")
    following.judge(report=report, value="no")
    answer("in_progress")

    with pytest.raises(registry.NothingToSay):
        newest(report, "report_reopened")


def test_who_left_no_address_gets_no_confirmation_of_a_no(report: Any, answer: Any) -> None:
    answer("done")
    Report.objects.filter(pk=report.pk).update(author=None)
    following.judge(report=report, value="no")

    assert not Notification.objects.filter(key="buurtschouw.report_reopened").exists()


@pytest.mark.parametrize("key", ["report_received", "report_answered", "report_closed", "report_reopened"])
def test_html_and_text_show_the_same_links_of_the_chain(key: str, report: Any, answer: Any) -> None:
    NotificationFactory(participant=report.author, about=report)
    answer("acknowledged")
    answer("done")
    following.judge(report=report, value="no")
    mail = newest(report, key)
    html = mail.alternatives[0].content

    assert len(in_text(mail)) in (3, 4)
    for line in in_text(mail):
        label, _, told = line.partition(": ")
        assert f">{label}</strong>" in html
        assert told.split(", ")[-1] in html


def test_plain_text_is_not_escaped_and_html_is(report: Any, answer: Any, handler: Any) -> None:
    words = "Tegel & stoeprand <vast>, „klaar”"
    answering.answer(report=report, by=handler, version=report.version, status="done", message=words)
    mail = newest(report, "report_closed")

    assert words in mail.body
    assert "Tegel &amp; stoeprand &lt;vast&gt;" in mail.alternatives[0].content


def test_plain_text_has_no_heaps_of_empty_lines(report: Any, answer: Any) -> None:
    answer("done")

    assert not re.search(r"\n\s*\n\s*\n\S", newest(report, "report_closed").body)
