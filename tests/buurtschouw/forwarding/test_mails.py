"""The mails about reports at other systems, each made from real rows, in both languages."""

import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.mail import EmailMultiAlternatives
from django.test import Client

from buurtschouw.domain.forwarding import coming_back, polling
from buurtschouw.domain.forwarding.answers import Standing
from buurtschouw.enums import ForwardState, Phase
from buurtschouw.models import Forward, Report
from buurtschouw.notifications.forwarding import MESSAGES
from tests.factories.buurtschouw import SupportFactory
from tests.factories.core import FollowFactory
from tests.factories.forwarding import DestinationFactory, ForwardFactory
from tests.mails import composed
from trajecten.domain.telling import fanning_out
from trajecten.models import Notification, Participant, User
from trajecten.registry import NothingToSay

pytestmark = pytest.mark.django_db

KEYS = [message.key for message in MESSAGES]
FOR_REPORTER = {f"buurtschouw.forward_{act}" for act in ("news", "finished", "declined")}
WORDS = "De paal <staat> recht & vast."


@pytest.fixture(params=["nl", "en"])
def language(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def everything(report: Any, handler: Any, category: Any) -> Report:
    """A report that was done there and came back; of which its reporter heard all the while."""
    SupportFactory(report=report)
    FollowFactory(target=report)
    destination = DestinationFactory(name="De provincie", system="open311")
    for standing in (
        Standing("in_progress", Phase.OPEN, WORDS, update_id="1"),
        Standing("fixed", Phase.DONE, WORDS, update_id="2"),
        Standing("cancelled", Phase.DECLINED, WORDS, update_id="3"),
    ):
        Report.objects.filter(pk=report.pk).update(
            status="forwarded", handed_to="De provincie", closed_at=report.created_at, assigned_to=handler
        )
        forward = Forward.objects.filter(state="accepted").first() or ForwardFactory(
            accepted=True, destination=destination, report=report
        )
        polling.hear(forward=forward, standing=standing)
    fanning_out.fan_out_due()
    report.refresh_from_db()
    return report


@pytest.fixture(params=KEYS)
def key(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def message(key: str, language: str, everything: Report) -> EmailMultiAlternatives:
    Participant.objects.update(language=language)
    User.objects.update(language=language)
    return composed(Notification.objects.get(key=key))


def parts(message: EmailMultiAlternatives) -> list[str]:
    return [message.subject, str(message.body), message.alternatives[0].content]


def test_everything_is_told_once(everything: Report) -> None:
    keys = Notification.objects.filter(key__startswith="buurtschouw.forward_").values_list("key", flat=True)
    assert sorted(keys) == sorted(KEYS)


def test_each_part_has_words_and_nothing_of_its_making(
    message: EmailMultiAlternatives, everything: Report
) -> None:
    for part in parts(message):
        assert part.strip()
        assert not re.search(r"\{\{|\{%|%\(|\bNone\b|invalid|__proxy__|object at", part)
        assert "De provincie" in part or message.subject == part
    assert str(everything.pk) in message.subject
    assert "\n" not in message.subject


def test_every_link_opens_for_its_reader(
    message: EmailMultiAlternatives, key: str, handler: Any, sign_in: Any, settings: Any
) -> None:
    browser = sign_in(handler) if key == "buurtschouw.forward_failed" else Client()
    links = re.findall(r"https?://\S+", str(message.body))
    assert links
    for link in links:
        assert link.startswith(settings.BASE_URL)
        assert f'href="{link}"' in message.alternatives[0].content
        assert browser.get(urlsplit(link).path).status_code == 200, link


def test_their_words_are_for_the_reporter_and_officials(message: EmailMultiAlternatives, key: str) -> None:
    reads_words = key in FOR_REPORTER or key == "buurtschouw.forward_failed"
    assert (WORDS in str(message.body)) is reads_words
    assert "<staat>" not in message.alternatives[0].content


def test_the_secret_link_is_in_the_reporter_s_mails_only(
    message: EmailMultiAlternatives, key: str, everything: Report
) -> None:
    for part in parts(message)[1:]:
        assert (everything.token in part) is (key in FOR_REPORTER)


def test_only_the_end_asks_for_a_verdict(message: EmailMultiAlternatives, key: str) -> None:
    assert ("/oordeel/" in str(message.body)) is (key == "buurtschouw.forward_finished")


@pytest.mark.usefixtures("english")
def test_a_failure_that_was_dealt_with_is_not_told_any_more(report: Any, handler: Any) -> None:
    Report.objects.filter(pk=report.pk).update(
        assigned_to=handler, status="forwarded", handed_to="X", closed_at=report.created_at
    )
    forward = ForwardFactory(accepted=True, report=Report.objects.get(pk=report.pk))
    coming_back.come_back(
        report=Report.objects.get(pk=report.pk), forward=forward, state=ForwardState.DECLINED, why="Nee."
    )
    row = Notification.objects.get(key="buurtschouw.forward_failed")
    assert "Nee." in str(composed(row).body)
    Report.objects.filter(pk=report.pk).update(
        status="done", closed_at=report.created_at, returned_at=None, returned_from=""
    )
    row = Notification.objects.get(pk=row.pk)
    with pytest.raises(NothingToSay):
        composed(row)
