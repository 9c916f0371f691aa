"""The catalogue of messages: each one made from real rows, in both languages, and with nothing of others in it."""

import re
import uuid
from typing import Any
from urllib.parse import urlsplit

import pytest
import time_machine
from django.contrib.gis.geos import Point
from django.core.mail import EmailMultiAlternatives
from django.test import Client
from django.utils import timezone

from buurtschouw.domain import answering, digests, following, intake
from buurtschouw.models import Report
from buurtschouw.notifications import reports
from tests.factories.buurtschouw import ReportFactory
from tests.factories.core import FollowFactory, ParticipantFactory
from tests.mails import composed
from trajecten.domain.telling import fanning_out
from trajecten.enums import Moderation
from trajecten.models import Notification, Participant, User

pytestmark = pytest.mark.django_db

# What the life of a melding owes; that of a compliment is in test_kinds.
MESSAGES = [message for message in reports.MESSAGES if message.key != answering.PASSED_ON]
KEYS = [message.key for message in MESSAGES]
FOR_REPORTER = {f"buurtschouw.report_{act}" for act in ("received", "answered", "closed", "reopened")}
LANGUAGES = ["nl", "en"]

WORDS = "De stoeptegels bij nummer 12 <liggen> los & gevaarlijk."
ANSWER = "Wij leggen de tegels „recht” & vast."
NOTE = "Deze melder belt elke week."
VERDICT = "Het is niet opgelost, bel mij op 06-00000000."


@pytest.fixture
def report(schouw: Any, category: Any, handler: Any) -> Report:
    """A report that lived through everything that is mailed about."""
    category.team.members.add(handler)
    made = intake.receive(
        schouw=schouw,
        key=uuid.uuid4(),
        category=category,
        text=WORDS,
        point=Point(4.915, 52.51, srid=4326),
        address="Meent 12",
        email="melder@example.org",
    ).report
    Report.objects.filter(pk=made.pk).update(moderation=Moderation.PUBLISHED)
    ReportFactory(schouw=schouw, category=category, text="Van een ander.", author__email="ander@example.org")
    following.support(report=made, by=ParticipantFactory(email="steun@example.org"), device="")
    answering.assign(report=made, by=handler, to=handler)
    answering.note(report=made, by=handler, text=NOTE)
    for status in ("in_progress", "done"):
        made.refresh_from_db()
        if status == "done":
            FollowFactory(target=made, participant__email="volger@example.org")
        answering.answer(
            report=made,
            by=handler,
            version=made.version,
            status=status,
            message=ANSWER,
        )
    fanning_out.fan_out_due()
    following.judge(report=made, value="no", words=VERDICT)
    with time_machine.travel(timezone.now() + digests.SETTLED):
        digests.owe_digests()
    made.refresh_from_db()
    return made


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest, report: Report) -> str:
    Participant.objects.update(language=request.param)
    User.objects.update(language=request.param)
    return request.param


@pytest.fixture(params=KEYS)
def key(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def message(key: str, language: str, report: Report) -> EmailMultiAlternatives:
    return composed(Notification.objects.get(key=key))


def parts(message: EmailMultiAlternatives) -> list[str]:
    return [message.subject, str(message.body), message.alternatives[0].content]


def test_a_report_s_life_owes_every_message_of_the_catalogue_once(report: Report) -> None:
    assert sorted(Notification.objects.values_list("key", flat=True)) == sorted(KEYS)


def test_each_says_whom_it_is_for_and_what_sets_it_off() -> None:
    assert len(set(KEYS)) == len(KEYS)
    assert all(entry.audience and entry.trigger and entry.category for entry in MESSAGES)


def test_each_part_has_words_and_nothing_of_its_making(message: EmailMultiAlternatives) -> None:
    for part in parts(message):
        assert part.strip()
        assert not re.search(r"\{\{|\{%|%\(|\bNone\b|invalid|__proxy__|object at", part)
    assert "\n" not in message.subject
    assert len(message.subject) < 80


def test_the_language_is_the_reader_s(message: EmailMultiAlternatives, language: str) -> None:
    html = message.alternatives[0].content
    assert f'<html lang="{language}">' in html
    greeting, other = ("Hallo,", "Hello,") if language == "nl" else ("Hello,", "Hallo,")
    for part in (str(message.body), html):
        assert greeting in part
        assert other not in part


def test_the_subject_is_not_the_same_in_both_languages(key: str, report: Report) -> None:
    subjects = set()
    for language in LANGUAGES:
        Participant.objects.update(language=language)
        User.objects.update(language=language)
        subjects.add(composed(Notification.objects.get(key=key)).subject)
    assert len(subjects) == 2


def test_the_reader_is_told_which_report_it_is_about(
    message: EmailMultiAlternatives, key: str, report: Report
) -> None:
    wanted = "2" if key == digests.DIGEST else str(report.pk)
    assert wanted in message.subject


def test_every_link_opens_for_its_reader(
    message: EmailMultiAlternatives, key: str, handler: Any, sign_in: Any, settings: Any
) -> None:
    is_staff = key in {digests.DIGEST, following.CAME_BACK}
    browser = sign_in(handler) if is_staff else Client()
    links = re.findall(r"https?://\S+", str(message.body))
    assert links
    for link in links:
        assert link.startswith(settings.BASE_URL)
        assert f'href="{link}"' in message.alternatives[0].content
        assert browser.get(urlsplit(link).path).status_code == 200, link


def test_nobody_reads_the_address_or_the_name_of_another(
    message: EmailMultiAlternatives, handler: Any
) -> None:
    known = {"melder@example.org", "ander@example.org", "steun@example.org", handler.email, handler.name}
    (own,) = message.to
    for part in parts(message):
        assert not [word for word in known - {own} if word in part]


def test_inside_words_are_in_no_mail(message: EmailMultiAlternatives) -> None:
    for part in parts(message):
        assert NOTE not in part
        assert "06-00000000" not in part


def test_the_secret_link_is_in_the_reporter_s_mails_only(
    message: EmailMultiAlternatives, key: str, report: Report
) -> None:
    for part in parts(message)[1:]:
        assert (report.token in part) is (key in FOR_REPORTER)
    assert report.token not in message.subject


def test_what_people_wrote_is_escaped_in_html_and_not_in_text(
    message: EmailMultiAlternatives, key: str
) -> None:
    html = message.alternatives[0].content
    assert "<liggen>" not in html
    if key == intake.RECEIVED:
        assert WORDS in str(message.body)
        assert "&lt;liggen&gt; los &amp; gevaarlijk" in html
    if key in {answering.ANSWERED, answering.CLOSED_KEY, answering.SUPPORTED_CLOSED}:
        assert ANSWER in str(message.body)


def test_no_mail_loads_anything_from_elsewhere(message: EmailMultiAlternatives) -> None:
    html = message.alternatives[0].content
    assert not re.search(r"<(script|img|iframe|object|link)\b|@import|url\(", html)


def test_a_reply_goes_to_the_municipality_and_the_mail_says_it_is_automatic(
    message: EmailMultiAlternatives, municipality: Any
) -> None:
    assert message.reply_to == [municipality.contact_email]
    assert message.extra_headers["Auto-Submitted"] == "auto-generated"


def test_the_outbox_holds_no_words_of_people(report: Report) -> None:
    for row in Notification.objects.all():
        kept = f"{row.context} {row.delivery_key}"
        assert not [word for word in (WORDS, ANSWER, VERDICT, "example.org", "Meent") if word in kept]
