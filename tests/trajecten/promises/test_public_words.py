"""What was said to somebody alone is on no public page, in no feed and in nobody else's mail."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from buurtschouw.domain import answering
from tests.factories.buurtschouw import SupportFactory
from tests.factories.core import (
    CouncilItemFactory,
    NotificationFactory,
    ParticipantFactory,
    UserFactory,
)
from trajecten.domain.moderation import deciding
from trajecten.domain.promises import asking, changing, finding, moving, promised
from trajecten.domain.telling import composing, news
from trajecten.enums import HideReason, Moderation
from trajecten.models import Commitment, CommitmentUpdate, CouncilItem

pytestmark = pytest.mark.usefixtures("english")
TODAY = timezone.localdate()
# The first is what must not be read; by the second it is looked for.
SECRET, SEARCHED = "Jansma", "xylofoon"
NEUTRAL = "Who asked for it was told why."
PLACES = {
    "list": "beloofd-en-gedaan/",
    "promise": "beloofd-en-gedaan/{promise}/",
    "csv": "beloofd-en-gedaan.csv",
    "json": "beloofd-en-gedaan.json",
    "rss": "beloofd-en-gedaan.rss",
    "widget": "beloofd-en-gedaan/kader/",
    "council item": "raad/{item}/",
    "council": "raad/",
    "overview": "overzicht/",
    "search": f"zoeken/?q={SEARCHED}",
    "trajectory": "trajecten/{trajectory}/",
    "report": "meldingen/{report}/",
    "front page": "",
}


def words(what: str) -> str:
    return f"Dag {SECRET}, over de {SEARCHED}: {what}."


def answer(report: Any, handler: Any, what: str, status: str = "planned", days: int = 7) -> None:
    report.refresh_from_db()
    answering.answer(
        report=report, by=handler, version=report.version, status=status, message=words(what),
        planned_for=TODAY + timedelta(days=days),
    )  # fmt: skip


def course(report: Any, handler: Any) -> None:
    """Two promises: one with a new date and then too late, and one with other words that an official wrote about."""
    answer(report, handler, "wij komen langs")
    answer(report, handler, "het wordt later")
    Commitment.objects.update(deadline=TODAY - timedelta(days=1))
    answer(report, handler, "toch niet gelukt", days=14)
    standing = finding.standing(report).get()
    changing.change(
        commitment=standing, text=words("nog anders"), deadline=standing.deadline, owner=handler, by=handler,
        reason=words("daarom"),
    )  # fmt: skip
    moving.update(commitment=standing, by=handler, words=words("zo staat het"))
    moving.move(commitment=standing, status="withdrawn", by=handler, reason=words("ingetrokken"))


@pytest.fixture
def unpublished(report: Any, handler: Any) -> Any:
    course(report, handler)
    return report


@pytest.fixture
def hidden(report: Any, handler: Any) -> Any:
    report.moderation = Moderation.PUBLISHED
    report.save()
    course(report, handler)
    return deciding.hide(contribution=report, by=handler, reason=HideReason.PERSONAL)


@pytest.fixture(params=["unpublished", "hidden"])
def kept(request: Any) -> Any:
    """A report of which nobody else may read the words: not yet, or no longer."""
    return request.getfixturevalue(request.param)


@pytest.fixture
def item(kept: Any) -> CouncilItem:
    """What was put to the council with all promises on that report."""
    made: CouncilItem = CouncilItemFactory(origins=list(finding.of(kept)))
    return made


@pytest.mark.parametrize("where", PLACES)
def test_no_public_place_has_the_words(where: str, kept: Any, item: CouncilItem, sign_in: Any) -> None:
    neighbour = UserFactory(email="buur@example.org")
    ParticipantFactory(user=neighbour, home_area=kept.area)
    for promise in finding.of(kept):
        path = PLACES[where].format(
            promise=promise.pk, item=item.pk, trajectory=promise.trajectory_id, report=kept.pk
        )
        for browser in (Client(), sign_in(neighbour)):
            answer = browser.get(f"/polderwijk/{path}", follow=True)
            page = (b"".join(answer) if answer.streaming else answer.content).decode()
            assert SECRET not in page


def test_everybody_reads_that_there_is_a_reason(unpublished: Any, client: Any) -> None:
    for promise in finding.of(unpublished):
        assert NEUTRAL in client.get(f"/polderwijk/beloofd-en-gedaan/{promise.pk}/").content.decode()
    reasons = {row["reason"] for row in client.get("/polderwijk/beloofd-en-gedaan.json").json()["promises"]}
    assert reasons == {NEUTRAL}


def test_a_new_date_has_the_words_as_its_reason_only_where_the_report_is_public(
    report: Any, handler: Any
) -> None:
    answer(report, handler, "wij komen langs")
    answer(report, handler, "het wordt later")
    assert CommitmentUpdate.objects.latest("pk").reason == NEUTRAL
    report.moderation = Moderation.PUBLISHED
    report.save()
    answer(report, handler, "het wordt weer later", days=9)
    assert SECRET in CommitmentUpdate.objects.latest("pk").reason


def test_the_words_come_back_when_the_report_is_public_again(hidden: Any, client: Any) -> None:
    deciding.publish(contribution=hidden, by=None)
    for promise in finding.of(hidden):
        assert SECRET in client.get(f"/polderwijk/beloofd-en-gedaan/{promise.pk}/").content.decode()


def test_officials_read_them(kept: Any, handler_client: Client) -> None:
    for promise in finding.of(kept):
        page = handler_client.get(f"/polderwijk/werk/toezeggingen/{promise.pk}/").content.decode()
        assert SECRET in page


def test_mails_to_followers_have_none_of_the_words(kept: Any) -> None:
    for turn in CommitmentUpdate.objects.all():
        made = composing.words(NotificationFactory(key=news.PROMISE, about=turn))
        assert SECRET not in f"{made.subject} {made.body} {made.html}"


@pytest.mark.parametrize("key", [asking.DONE, asking.STILL])
def test_the_question_has_the_words_for_who_asked_alone(key: str, report: Any, handler: Any) -> None:
    answer(report, handler, "wij komen langs")
    (promise,) = finding.standing(report)
    moving.move(commitment=promise, status="done", by=handler, text=words("het is klaar"))
    supporter = SupportFactory(report=report).participant
    turn = CommitmentUpdate.objects.latest("pk")
    bodies = [
        composing.words(NotificationFactory(key=key, about=turn, participant=who)).body
        for who in (report.author, supporter)
    ]
    assert [SECRET in body for body in bodies] == [True, False]
    assert "het is klaar" in bodies[0]


def test_nothing_is_public_of_a_promise_that_was_not_looked_at(kept: Any) -> None:
    turn = CommitmentUpdate.objects.exclude(words="").latest("pk")
    assert (turn.public_words, turn.public_text_before) == ("", "")
    assert turn.commitment.public_text == ""
    promised.with_public_words([turn.commitment])
    assert turn.commitment.public_reason == NEUTRAL
