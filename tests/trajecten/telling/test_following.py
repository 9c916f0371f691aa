"""Following: what can be followed and by whom, and telling all followers in batches."""

from typing import Any
from unittest import mock

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories.buurtschouw import AnswerFactory, ReportFactory
from tests.factories.core import (
    CommitmentFactory,
    FollowFactory,
    ParticipantFactory,
    TrajectoryFactory,
    UserFactory,
)
from trajecten import registry
from trajecten.domain.telling import delivering, digesting, fanning_out, following, notify
from trajecten.enums import Lane, Moderation, NotificationState
from trajecten.models import FanOut, Follow, Notification

pytestmark = pytest.mark.usefixtures("english", "in_scope")

KEY = "buurtschouw.supported_closed"
PAGE = "/polderwijk/volgen/"


@pytest.fixture(autouse=True)
def nobody_was_woken() -> None:
    cache.clear()


@pytest.fixture
def tell(in_scope: Any, report: Any) -> Any:
    answer = AnswerFactory(report=report)

    def tell(target: Any = report, delivery_key: str = "besluit") -> FanOut:
        notify.owe_followers(
            key=KEY, target=target, municipality=in_scope, about=answer, delivery_key=delivery_key
        )
        return FanOut.objects.order_by("-id").first()

    return tell


def owed() -> list[int]:
    return list(Notification.objects.order_by("participant").values_list("participant", flat=True))


# -- Following --------------------------------------------------------------------------------------------------


def test_following_twice_is_once_and_leaving_twice_is_harmless(report: Any) -> None:
    participant = ParticipantFactory()
    assert following.follow(participant=participant, target=report)
    assert not following.follow(participant=participant, target=report)
    assert list(following.followers(report)) == [participant]
    assert following.unfollow(participant=participant, target=report)
    assert not following.unfollow(participant=participant, target=report)
    assert not Follow.objects.exists()


def test_what_can_t_be_followed_is_refused(report: Any, category: Any, other_municipality: Any) -> None:
    stranger = ParticipantFactory(municipality=other_municipality)
    with pytest.raises(following.FollowRefused):
        following.follow(participant=stranger, target=report)
    with pytest.raises(following.FollowRefused):
        following.follow(participant=ParticipantFactory(), target=category)
    hidden = ReportFactory(schouw=report.schouw, moderation=Moderation.HIDDEN)
    with pytest.raises(following.FollowRefused):
        following.follow(participant=ParticipantFactory(), target=hidden)
    assert not Follow.objects.exists()


def test_everything_of_the_core_and_every_contribution_can_be_followed(
    report: Any, areas: list[Any], in_scope: Any
) -> None:
    participant = ParticipantFactory()
    things = [report, areas[0], in_scope, TrajectoryFactory(), CommitmentFactory()]
    for thing in things:
        assert following.find(kind=following.kind_of(thing), number=thing.pk) == thing
        assert following.follow(participant=participant, target=thing)
    found = following.followed_by(participant)
    assert {each.name for each in found} == {
        "report",
        "neighbourhood",
        "municipality",
        "trajectory",
        "promise",
    }
    assert all(each.title and each.url.startswith("/polderwijk/") for each in found)
    assert len(registry.followables()) >= 5


def test_the_button_follows_and_leads_back(resident: Any, resident_client: Client, report: Any) -> None:
    page = f"/polderwijk/meldingen/{report.pk}/"
    assert "Follow this" in resident_client.get(page).content.decode()
    form = {"kind": "buurtschouw.report", "number": report.pk, "next": page}
    answer = resident_client.post(PAGE, {**form, "follow": "on"})
    assert answer.headers["Location"] == page
    assert following.is_following(user=resident, target=report)
    assert "No longer follow" in resident_client.get(page).content.decode()
    assert "What I follow" in resident_client.get("/polderwijk/overzicht/").content.decode()
    answer = resident_client.post(PAGE, {**form, "next": "https://elders.example.org/"})
    assert answer.headers["Location"] == PAGE
    assert not following.is_following(user=resident, target=report)


def test_promises_and_trajectories_offer_to_be_followed(resident_client: Client, schouw: Any) -> None:
    promise = CommitmentFactory(trajectory=schouw.trajectory)
    for page, kind, thing in (
        (f"/polderwijk/beloofd-en-gedaan/{promise.pk}/", "trajecten.commitment", promise),
        (f"/polderwijk/trajecten/{schouw.trajectory_id}/", "trajecten.trajectory", schouw.trajectory),
        (f"/polderwijk/schouw/{schouw.pk}/", "trajecten.trajectory", schouw.trajectory),
    ):
        shown = resident_client.get(page).content.decode()
        assert f'name="kind" value="{kind}"' in shown
        assert f'name="number" value="{thing.pk}"' in shown


def test_who_is_not_signed_in_is_led_to_that(report: Any) -> None:
    page = f"/polderwijk/meldingen/{report.pk}/"
    words = Client().get(page).content.decode()
    assert "Sign in to follow this" in words
    assert f"/account/login/?next={page}" in words


@pytest.mark.parametrize(
    "form",
    [
        {"kind": "buurtschouw.report", "number": 999999},
        {"kind": "buurtschouw.category", "number": 1},
        {"kind": "trajecten.user", "number": 1},
        {"kind": "buurtschouw.report"},
        {},
    ],
)
def test_what_is_not_there_gives_404(form: dict[str, Any], resident_client: Client) -> None:
    assert resident_client.post(PAGE, {**form, "follow": "on"}).status_code == 404


def test_one_and_thirty_followed_reports_ask_the_database_the_same(
    resident: Any, resident_client: Client, report: Any
) -> None:
    mine = ParticipantFactory(user=resident, email=resident.email)
    resident_client.get(PAGE)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert resident_client.get(PAGE).status_code == 200
        return len(captured)

    FollowFactory(participant=mine, target=report)
    queries()
    one = queries()
    for _ in range(29):
        FollowFactory(participant=mine, target=ReportFactory(schouw=report.schouw))
    assert queries() == one


# -- Telling followers ------------------------------------------------------------------------------------------


def test_telling_followers_writes_one_row_however_many_they_are(report: Any, tell: Any) -> None:
    for _ in range(5):
        FollowFactory(target=report)
    with CaptureQueriesContext(connection) as captured:
        tell()
    assert len([query for query in captured if "INSERT" in query["sql"]]) == 1
    assert (FanOut.objects.count(), Notification.objects.count()) == (1, 0)


def test_every_follower_is_told_once(report: Any, tell: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(fanning_out, "BATCH", 2)
    people = [FollowFactory(target=report).participant.pk for _ in range(5)]
    FollowFactory(target=ReportFactory(schouw=report.schouw))
    tell()
    tell()
    assert fanning_out.fan_out_due() == 5
    assert fanning_out.fan_out_due() == 0
    assert owed() == people
    row = FanOut.objects.get()
    assert (row.told, row.done_at is not None) == (5, True)
    assert {each.lane for each in Notification.objects.all()} == {Lane.BULK}
    assert delivering.deliver_due() == 0
    assert delivering.deliver_due(lane=Lane.BULK) == 5
    assert len({message.extra_headers["Message-ID"] for message in mail.outbox}) == 5


def test_who_has_neither_address_nor_account_is_passed_over(report: Any, tell: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(fanning_out, "BATCH", 1)
    FollowFactory(target=report, participant=ParticipantFactory(email=None))
    reached = FollowFactory(target=report, participant=ParticipantFactory(email=None, user=UserFactory()))
    tell()
    assert fanning_out.fan_out_due() == 1
    assert owed() == [reached.participant_id]


def test_who_follows_two_targets_of_the_same_news_is_told_once(report: Any, tell: Any, in_scope: Any) -> None:
    both = ParticipantFactory()
    for target in (report, in_scope):
        FollowFactory(target=target, participant=both)
    tell(report)
    tell(in_scope)
    fanning_out.fan_out_due()
    assert owed() == [both.pk]


def test_a_job_that_is_killed_goes_on_where_it_was(report: Any, tell: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(fanning_out, "BATCH", 2)
    people = [FollowFactory(target=report).participant.pk for _ in range(7)]
    row = tell()
    fanning_out.advance(row.pk)
    with (
        mock.patch.object(FanOut, "save", side_effect=KeyboardInterrupt),
        pytest.raises(KeyboardInterrupt),
    ):
        fanning_out.advance(row.pk)
    assert owed() == people[:2]
    fanning_out.fan_out_due()
    assert owed() == people


def test_an_unknown_message_is_refused(report: Any, in_scope: Any) -> None:
    with pytest.raises(KeyError):
        notify.owe_followers(
            key="buurtschouw.none", target=report, municipality=in_scope, about=None, delivery_key="x"
        )


def test_a_burst_of_what_one_follows_becomes_a_digest(report: Any, tell: Any) -> None:
    FollowFactory(target=report)
    for number in range(digesting.BURST + 3):
        tell(delivery_key=f"nieuws-{number}")
    fanning_out.fan_out_due()
    delivering.deliver_due(lane=Lane.BULK)
    states = [row.state for row in Notification.objects.order_by("due_at", "pk")]
    assert states.count(NotificationState.SENT) == digesting.BURST == len(mail.outbox)
    assert states.count(NotificationState.HELD) == 3


def test_many_at_once_go_in_the_lane_of_bulk(report: Any, in_scope: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(notify, "MANY", 2)
    people = [ParticipantFactory() for _ in range(3)]
    answer = AnswerFactory(report=report)
    notify.owe_each(key=KEY, to=people[:2], municipality=in_scope, about=answer, delivery_key="few")
    notify.owe_each(key=KEY, to=people, municipality=in_scope, about=answer, delivery_key="many")
    lanes = Notification.objects.order_by("pk").values_list("lane", flat=True)
    assert list(lanes) == [Lane.SINGLE] * 2 + [Lane.BULK] * 3
