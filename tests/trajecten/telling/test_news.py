"""What followers hear: each piece of news once, whatever they follow and whatever else they are told."""

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.utils import timezone

from buurtschouw.domain import answering
from buurtschouw.models import Report
from tests.factories.buurtschouw import ReportFactory, SupportFactory
from tests.factories.core import (
    AreaFactory,
    CommitmentFactory,
    CommitmentOriginFactory,
    CouncilItemFactory,
    FollowFactory,
    ParticipantFactory,
    TrajectoryFactory,
)
from tests.factories.enrolment import EnrolmentFactory
from trajecten import registry
from trajecten.domain import steps
from trajecten.domain.council import deciding
from trajecten.domain.meetings import planning
from trajecten.domain.promises import changing, making, moving
from trajecten.domain.telling import delivering, fanning_out
from trajecten.enums import Lane, Moderation, NotificationState
from trajecten.models import Commitment, CouncilItem, FanOut, Meeting, Notification, Trajectory

pytestmark = pytest.mark.usefixtures("english", "in_scope")

TODAY = timezone.localdate()
NEWS = (
    "trajecten.followed_promise",
    "trajecten.followed_decision",
    "trajecten.followed_step",
    "trajecten.followed_meeting",
    "trajecten.council_decided_member",
    "buurtschouw.followed_answered",
)


@pytest.fixture(autouse=True)
def nobody_was_woken() -> None:
    cache.clear()


def person(**fields: Any) -> Any:
    return ParticipantFactory(language="en", **fields)


def follower(*targets: Any) -> Any:
    """Somebody who follows all of these."""
    someone = person()
    for target in targets:
        FollowFactory(target=target, participant=someone)
    return someone


def told() -> list[tuple[int, str]]:
    """Who is owed what, after all followers got their rows."""
    fanning_out.fan_out_due()
    rows = Notification.objects.order_by("participant", "pk").values_list("participant", "key")
    return list(rows)


def said() -> str:
    """The words of the one mail that went out."""
    fanning_out.fan_out_due()
    delivering.deliver_due(lane=Lane.BULK)
    delivering.deliver_due()
    (sent,) = mail.outbox
    html = sent.alternatives[0].content
    return f"{sent.subject}\n{sent.body}\n{html}"


def dropped(row: FanOut | None = None) -> list[str]:
    fanning_out.fan_out_due()
    delivering.deliver_due(lane=Lane.BULK)
    assert not mail.outbox
    return list(Notification.objects.filter(state=NotificationState.DROPPED).values_list("error", flat=True))


def test_news_can_be_stopped_as_one_kind_and_is_made_once_for_all() -> None:
    messages = [registry.message(key) for key in NEWS]
    assert {message.category for message in messages} == {"followed", "council"}
    assert all(message.same_for_all and message.stops and message.target for message in messages)
    assert registry.category("followed").name == "What you follow"


def test_news_that_nobody_follows_leaves_no_row(coordinator: Any) -> None:
    promise = CommitmentFactory()
    moving.update(commitment=promise, by=coordinator, words="Besteld.")
    assert not FanOut.objects.exists()


# -- Promises -------------------------------------------------------------------------------------------------


@pytest.fixture
def promise(schouw: Any, areas: list[Any]) -> Any:
    return CommitmentFactory(trajectory=schouw.trajectory, area=areas[0])


def test_each_turn_is_told_once_to_who_follows_several_of_its_things(
    promise: Any, coordinator: Any, areas: list[Any]
) -> None:
    one, all_three = follower(promise), follower(promise, promise.trajectory, areas[0])
    follower(areas[1], TrajectoryFactory(), CommitmentFactory())
    moving.update(commitment=promise, by=coordinator, words="De bank is besteld.")
    assert told() == [(one.pk, NEWS[0]), (all_three.pk, NEWS[0])]
    moving.move(commitment=promise, status="in_progress", by=coordinator)
    assert Counter(told()) == {(one.pk, NEWS[0]): 2, (all_three.pk, NEWS[0]): 2}
    assert told() == told()


def test_who_follows_the_wijk_hears_of_a_buurt_in_it(
    promise: Any, coordinator: Any, areas: list[Any]
) -> None:
    promise.area = AreaFactory(buurt=True, parent=areas[0])
    promise.save()
    near = follower(areas[0])
    moving.update(commitment=promise, by=coordinator, words="Besteld.")
    assert told() == [(near.pk, NEWS[0])]


def test_a_new_promise_is_news_of_its_trajectory(schouw: Any, coordinator: Any) -> None:
    someone = follower(schouw.trajectory)
    day = TODAY + timedelta(days=9)
    making.promise_for(
        trajectory=schouw.trajectory,
        origins=[],
        text="Een bank.",
        deadline=day,
        owner=coordinator,
        by=coordinator,
    )
    assert told() == [(someone.pk, NEWS[0])]
    words = said()
    assert "Promised: Een bank." in words
    assert f"/polderwijk/beloofd-en-gedaan/{Commitment.objects.get().pk}/" in words


@pytest.mark.parametrize(
    ("act", "words"),
    [
        ({"text": "De bank staat er."}, "This promise has other words now:"),
        ({"deadline": TODAY + timedelta(days=90)}, "This promise has another date:"),
    ],
)
def test_other_words_and_another_date_are_told_with_the_reason(
    act: dict[str, Any], words: str, promise: Any, coordinator: Any
) -> None:
    follower(promise)
    same = {"text": promise.text, "deadline": promise.deadline}
    changing.change(
        commitment=promise,
        by=coordinator,
        owner=coordinator,
        reason="De leverancier is laat.",
        **{**same, **act},
    )
    told_in = said()
    assert words in told_in
    assert "De leverancier is laat." in told_in


def test_a_promise_that_comes_back_with_another_date_is_told_once(promise: Any, coordinator: Any) -> None:
    Commitment.objects.filter(pk=promise.pk).update(status="done", deadline=TODAY - timedelta(days=3))
    someone = follower(promise)
    moving.reopen(commitment=promise, by=None)
    assert promise.updates.count() == 2
    assert [row for row in told() if row[0]] == [(someone.pk, NEWS[0])]


def test_words_that_are_between_two_stay_out_of_the_news(report: Any, coordinator: Any) -> None:
    Report.objects.filter(pk=report.pk).update(moderation=Moderation.HIDDEN)
    promise = CommitmentFactory(trajectory=report.trajectory, text="Mevrouw De Wit krijgt een stoep.")
    CommitmentOriginFactory(commitment=promise, contribution=report)
    follower(report.trajectory)
    moving.update(commitment=promise, by=coordinator, words="Mevrouw De Wit is gebeld.")
    assert "De Wit" not in said()


# -- Council and college --------------------------------------------------------------------------------------


@pytest.fixture
def item(report: Any) -> Any:
    return CouncilItemFactory(trajectory=report.trajectory, origins=[report])


def decide(item: Any, clerk: Any, **fields: Any) -> Any:
    item = CouncilItem.objects.get(pk=item.pk)
    decision = deciding.Decision(TODAY, **{"outcome": "adopted", **fields})
    return deciding.decide(item=item, by=clerk, version=item.version, decision=decision)


def test_everybody_hears_a_decision_once_and_as_what_they_are_first(
    item: Any, report: Any, clerk: Any, in_scope: Any
) -> None:
    supporter, member = person(), person()
    SupportFactory(report=report, participant=supporter)
    for someone in (report.author, supporter, member):
        EnrolmentFactory(trajectory=item.trajectory, participant=someone)
        FollowFactory(target=item.trajectory, participant=someone)
    EnrolmentFactory(trajectory=item.trajectory, waiting=True)
    EnrolmentFactory(trajectory=item.trajectory, participant=person(email=None))
    both, of_town = follower(item.trajectory, in_scope), follower(in_scope)
    decide(item, clerk)
    assert dict(told()) == {
        report.author.pk: "trajecten.council_decided",
        supporter.pk: "trajecten.council_decided_supporter",
        member.pk: "trajecten.council_decided_member",
        both.pk: "trajecten.followed_decision",
        of_town.pk: "trajecten.followed_decision",
    }
    assert len(told()) == 5


def test_a_correction_is_told_again_to_followers(in_scope: Any, clerk: Any) -> None:
    someone = follower(in_scope)
    item = CouncilItemFactory()
    decide(item, clerk)
    decide(item, clerk, outcome="rejected", reason="Te duur.", why_corrected="Verkeerd overgenomen.")
    assert told() == [(someone.pk, NEWS[1])] * 2
    words = said()
    assert "Verkeerd overgenomen." in words
    assert f"/polderwijk/raad/{item.pk}/" in words


def test_a_promise_that_a_decision_makes_is_told_with_the_decision(
    item: Any, clerk: Any, coordinator: Any
) -> None:
    someone = follower(item.trajectory)
    made = deciding.NewPromise("Er komt een zebrapad.", coordinator, TODAY + timedelta(days=30))
    decide(item, clerk, promise=made)
    assert (someone.pk, NEWS[1]) in told()
    assert (someone.pk, NEWS[0]) not in told()


def test_who_takes_part_reads_that_in_the_mail(clerk: Any) -> None:
    item = CouncilItemFactory(trajectory=TrajectoryFactory(vision=True, title="Visie op samenwerken"))
    EnrolmentFactory(trajectory=item.trajectory, participant=person())
    decide(item, clerk)
    assert "You take part in “Visie op samenwerken”." in said()


# -- Steps and meetings ---------------------------------------------------------------------------------------


def test_a_step_is_told_once_with_what_is_open_now(coordinator: Any) -> None:
    trajectory = TrajectoryFactory(agreed=True, title="Visie op samenwerken")
    someone = follower(trajectory)
    steps.start(trajectory=trajectory, by=coordinator)
    steps.close(trajectory=trajectory, step="exploring", by=coordinator)
    assert told() == [(someone.pk, NEWS[2])] * 2
    words = said()
    assert "Now begins: “Measure the culture”." in words
    assert f"/polderwijk/trajecten/{trajectory.pk}/" in words


def test_the_end_and_a_step_back_are_told(coordinator: Any) -> None:
    trajectory = TrajectoryFactory(method_key="visie", current_step="evaluation")
    someone = follower(trajectory)
    steps.close(trajectory=trajectory, step="evaluation", by=coordinator)
    assert "is finished: the last step is done." in said()
    mail.outbox.clear()
    steps.reopen(trajectory=trajectory, step="scan", by=coordinator, reason="Nog een keer.")
    assert "“Measure the culture” is open again." in said()
    assert len(told()) == 2
    assert {pk for pk, _key in told()} == {someone.pk}


@pytest.fixture
def plan() -> planning.Plan:
    begin = timezone.now() + timedelta(days=9)
    return planning.Plan("Avond", begin, begin + timedelta(hours=2), place="Buurthuis De Linde")


def test_a_meeting_for_everybody_is_told_once(schouw: Any, coordinator: Any, plan: planning.Plan) -> None:
    someone = follower(schouw.trajectory)
    meeting = planning.plan(trajectory=schouw.trajectory, plan=plan, by=coordinator)
    planning.change(meeting=meeting, plan=plan, by=coordinator)
    assert told() == [(someone.pk, NEWS[3])]
    assert "Buurthuis De Linde" in said()


def test_a_meeting_for_who_is_invited_is_told_when_it_opens_to_everybody(
    schouw: Any, coordinator: Any, plan: planning.Plan
) -> None:
    someone = follower(schouw.trajectory)
    private = planning.Plan(**{**vars(plan), "is_public": False})
    meeting = planning.plan(trajectory=schouw.trajectory, plan=private, by=coordinator)
    assert told() == []
    for change in (plan, private, plan):
        planning.change(meeting=meeting, plan=change, by=coordinator)
    assert told() == [(someone.pk, NEWS[3])]


def test_what_has_lost_its_meaning_is_dropped(schouw: Any, coordinator: Any, plan: planning.Plan) -> None:
    trajectory = TrajectoryFactory(agreed=True)
    follower(schouw.trajectory)
    follower(trajectory)
    meeting = planning.plan(trajectory=schouw.trajectory, plan=plan, by=coordinator)
    Meeting.objects.filter(pk=meeting.pk).update(is_public=False)
    steps.start(trajectory=trajectory, by=coordinator)
    Trajectory.objects.filter(pk=trajectory.pk).update(current_step="scan")
    assert sorted(dropped()) == ["not for everybody", "overtaken"]


# -- Reports --------------------------------------------------------------------------------------------------


def answer(report: Any, handler: Any, status: str = "in_progress") -> Any:
    report = Report.objects.get(pk=report.pk)
    return answering.answer(
        report=report, by=handler, version=report.version, status=status, message="Wij komen."
    )


def test_followers_of_a_report_hear_its_answers_but_not_beside_a_mail_of_their_own(
    report: Any, handler: Any
) -> None:
    someone, supporter = follower(report), follower(report)
    FollowFactory(target=report, participant=report.author)
    SupportFactory(report=report, participant=supporter)
    follower(ReportFactory(schouw=report.schouw))
    answer(report, handler)
    assert sorted(told()) == sorted(
        [
            (report.author.pk, answering.ANSWERED),
            (someone.pk, answering.FOLLOWED),
            (supporter.pk, answering.FOLLOWED),
        ]
    )
    Notification.objects.all().delete()
    FanOut.objects.all().delete()
    answer(report, handler, "done")
    assert sorted(told()) == sorted(
        [
            (report.author.pk, answering.CLOSED_KEY),
            (someone.pk, answering.FOLLOWED),
            (supporter.pk, answering.SUPPORTED_CLOSED),
        ]
    )


@pytest.mark.parametrize(
    ("moderation", "is_told"), [(Moderation.PUBLISHED, True), (Moderation.PENDING, False)]
)
def test_the_words_of_an_answer_are_told_where_all_may_read_them(
    moderation: str, is_told: bool, report: Any, handler: Any
) -> None:
    Report.objects.filter(pk=report.pk).update(moderation=moderation, author=None)
    follower(report)
    answer(report, handler)
    words = said()
    assert ("Wij komen." in words) == is_told
    assert f"/polderwijk/meldingen/{report.pk}/" in words


def test_nothing_is_told_of_a_hidden_report(report: Any, handler: Any) -> None:
    follower(report)
    Report.objects.filter(pk=report.pk).update(moderation=Moderation.HIDDEN, author=None)
    answer(report, handler)
    assert told() == []


def test_what_is_hidden_before_the_mail_goes_out_is_not_told(report: Any, handler: Any) -> None:
    Report.objects.filter(pk=report.pk).update(moderation=Moderation.PUBLISHED, author=None)
    follower(report)
    answer(report, handler)
    Report.objects.filter(pk=report.pk).update(moderation=Moderation.HIDDEN)
    assert dropped() == ["hidden"]
