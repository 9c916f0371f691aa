"""What supporters of a report hear: the closing answers, in words of their own, until they want no more."""

from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from buurtschouw.domain import answering, following
from buurtschouw.models import Answer, Report, Support
from tests.factories.buurtschouw import SupportFactory
from tests.factories.core import ParticipantFactory
from trajecten.domain.telling import delivering, unsubscribing, waking
from trajecten.enums import Moderation, NotificationState
from trajecten.models import Consent, Notification

pytestmark = pytest.mark.usefixtures("english")

KEY = "buurtschouw.supported_closed"


@pytest.fixture
def answer(report: Any, handler: Any) -> Any:
    def answered(status: str, message: str = "De tegels liggen weer recht.", **fields: Any) -> Answer:
        newest = Report.objects.get(pk=report.pk)
        return answering.answer(
            report=newest, by=handler, version=newest.version, status=status, message=message, **fields
        )

    return answered


def support(report: Any, **who: Any) -> Any:
    return SupportFactory(report=report, participant=ParticipantFactory(language="en", **who)).participant


def owed() -> list[Notification]:
    return list(Notification.objects.filter(key=KEY).order_by("id"))


def mailed(participant: Any) -> Any:
    row = Notification.objects.get(key=KEY, participant=participant)
    assert delivering.deliver(delivery_key=row.delivery_key) == NotificationState.SENT
    return mail.outbox[-1]


# -- Leaving an address


def test_supporting_with_an_address_keeps_it_with_consent_and_mails_nothing_yet(
    client: Client, report: Any
) -> None:
    client.post(f"/polderwijk/meldingen/{report.pk}/steun/", {"email": "Steun@example.org"})

    assert Support.objects.get().participant.email == "steun@example.org"
    assert Consent.objects.filter(participant__email="steun@example.org").count() == 1
    assert not Notification.objects.filter(participant__email="steun@example.org").exists()


def test_the_form_promises_what_is_done(client: Client, report: Any) -> None:
    page = client.get(f"/polderwijk/meldingen/{report.pk}/").content.decode()

    assert "Then we mail you what was done with it in the end." in page


# -- Who is told, and when


@pytest.mark.parametrize("status", ["done", "not_done", "forwarded"])
def test_each_closing_answer_is_owed_to_supporters_with_an_address(
    status: str, report: Any, answer: Any
) -> None:
    near, far = support(report), support(report)
    support(report, email=None)
    SupportFactory(report=report, participant=None, device="a" * 64)
    made = answer(status, forwarded_to="het waterschap")

    assert [(row.participant, row.about) for row in owed()] == [(near, made), (far, made)]
    assert {row.delivery_key for row in owed()} == {
        f"buurtschouw.answer:{made.pk}:{who.pk}" for who in (near, far)
    }


def test_answers_that_leave_it_open_are_not_mailed_to_supporters(report: Any, answer: Any) -> None:
    support(report)
    answer("acknowledged")
    answer("in_progress")

    assert owed() == []


def test_the_reporter_gets_only_the_reporter_s_mail(report: Any, answer: Any) -> None:
    SupportFactory(report=report, participant=report.author)
    answer("done")

    assert owed() == []
    assert Notification.objects.filter(participant=report.author).count() == 1


def test_supporters_of_a_report_without_author_are_told(report: Any, answer: Any) -> None:
    Report.objects.filter(pk=report.pk).update(author=None)
    supporter = support(report)
    answer("done")

    assert [row.participant for row in owed()] == [supporter]


def test_a_report_that_came_back_is_told_again_when_it_is_closed_again(report: Any, answer: Any) -> None:
    support(report)
    answer("done")
    following.judge(report=report, value="no")
    answer("done", "Nu ligt het echt recht.")

    assert len(owed()) == 2


def test_nothing_is_owed_when_the_answer_is_refused(report: Any, answer: Any) -> None:
    support(report)
    with pytest.raises(answering.AnswerRefused):
        answer("not_done", " ")

    assert owed() == []


def test_one_and_thirty_supporters_ask_the_database_the_same(
    report: Any, answer: Any, django_capture_on_commit_callbacks: Any
) -> None:
    support(report)
    with CaptureQueriesContext(
        connection,
    ) as for_one:
        answer("done")
    following.judge(report=report, value="no")
    for _ in range(29):
        support(report)
    with CaptureQueriesContext(connection) as for_thirty, django_capture_on_commit_callbacks() as after:
        answer("done")

    assert len(for_thirty) == len(for_one)
    assert len(owed()) == 31
    assert [callback for callback in after if callback is waking.wake] == [waking.wake] * 2


# -- What the mail says


def test_the_mail_has_the_answer_s_words_and_the_public_page(report: Any, answer: Any) -> None:
    supporter = support(report)
    Report.objects.filter(pk=report.pk).update(moderation=Moderation.PUBLISHED)
    answer("done")
    message = mailed(supporter)

    assert message.to == [supporter.email]
    assert message.subject == f"De stoeptegels bij de speeltuin liggen los: done (report {report.pk})"
    html = message.alternatives[0].content
    for words in (message.body, html):
        assert "You support" in words
        assert "De tegels liggen weer recht." in words
        assert f"/polderwijk/meldingen/{report.pk}/" in words
        assert "Said" in words


def test_the_mail_has_nothing_that_is_the_reporter_s(report: Any, answer: Any) -> None:
    supporter = support(report)
    answer("done")
    message = mailed(supporter)

    for words in (message.body, message.alternatives[0].content):
        assert report.token not in words
        assert report.text not in words
        assert "/oordeel/" not in words
        assert report.author.email not in words
        assert "Your verdict" not in words


@pytest.mark.parametrize("moderation", [Moderation.PENDING, Moderation.HIDDEN])
def test_the_words_stay_in_until_everybody_may_read_them(report: Any, answer: Any, moderation: str) -> None:
    supporter = support(report)
    Report.objects.filter(pk=report.pk).update(moderation=moderation)
    answer("forwarded", forwarded_to="het wijkteam")
    message = mailed(supporter)

    for words in (message.body, message.alternatives[0].content):
        assert "Forwarded" in words
        assert "De tegels" not in words
        assert "het wijkteam" not in words
        assert "only for the person who reported it" in words


def test_the_title_is_shown_once_it_is_public(report: Any, answer: Any) -> None:
    supporter = support(report)
    Report.objects.filter(pk=report.pk).update(moderation=Moderation.PUBLISHED)
    answer("done")

    assert f"“{report.text.removesuffix('.')}”" in mailed(supporter).body


def test_the_mail_can_be_stopped_by_its_link_and_by_the_mail_program(report: Any, answer: Any) -> None:
    supporter = support(report)
    answer("done")
    message = mailed(supporter)
    stop = message.extra_headers["List-Unsubscribe"].strip("<>")

    assert "/polderwijk/geen-mail/" in stop
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert stop in message.body
    assert f'href="{stop}"' in message.alternatives[0].content


def test_who_stopped_gets_no_more_though_it_is_owed(client: Client, report: Any, answer: Any) -> None:
    supporter = support(report)
    answer("done")
    stop = mailed(supporter).extra_headers["List-Unsubscribe"].strip("<>")
    client.post(urlsplit(stop).path)
    following.judge(report=report, value="no")
    answer("done")

    assert delivering.deliver(delivery_key=owed()[-1].delivery_key) == NotificationState.DROPPED
    assert unsubscribing.is_stopped(supporter, "my-supports")
    assert len(mail.outbox) == 1


def test_the_reporter_s_mails_can_t_be_stopped(report: Any, answer: Any) -> None:
    answer("done")
    row = Notification.objects.get(participant=report.author)
    delivering.deliver(delivery_key=row.delivery_key)

    assert "List-Unsubscribe" not in mail.outbox[0].extra_headers


# -- What officials see


def test_officials_see_how_many_supporters_read_their_closing_answer(
    handler_client: Client, report: Any
) -> None:
    support(report)
    support(report, email=None)
    Report.objects.filter(pk=report.pk).update(supports=2)
    page = handler_client.get(f"/polderwijk/werk/meldingen/{report.pk}/").content.decode()

    assert "2 (1 gets the closing answer by mail)" in page
