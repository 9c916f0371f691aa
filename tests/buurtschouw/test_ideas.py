"""The life of an idea: joining, pulling, handing back, leaving, judging, writing, and what is counted of it."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django_scopes import scope

from buurtschouw.domain import answering, following, intake
from buurtschouw.domain.ideas import handing_over, joining, judging, listing, power, telling
from buurtschouw.domain.ideas.joining import Introduction, Offer
from buurtschouw.domain.ideas.refusals import IdeaRefused
from buurtschouw.method import FRESH_HALF_LIFE_DAYS, JOIN_HOURS, MESSAGES_A_WEEK
from buurtschouw.models import Idea, Joining, Judgement, PullerMessage, Report
from buurtschouw.tasks import reckon_initiative_power
from tests.factories.buurtschouw import ReportFactory, SupportFactory
from tests.factories.core import AreaFactory, FollowFactory, ParticipantFactory
from tests.factories.ideas import IdeaReportFactory, JoiningFactory
from tests.mails import in_english
from trajecten.domain import consents, participants
from trajecten.domain.my_data import erasing
from trajecten.domain.retention import running
from trajecten.domain.telling import fanning_out
from trajecten.enums import ConsentPurpose, ErasedWords
from trajecten.models import Commitment, Notification, Participant

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

OFFER = Offer(hours=4, can_do="Timmeren")


@pytest.fixture
def idea(schouw: Any, category: Any, areas: list[Any]) -> Report:
    return IdeaReportFactory(schouw=schouw, category=category, area=areas[0])


def row(report: Report) -> Idea:
    return Idea.objects.get(report=report)


def told(key: str) -> set[Participant]:
    return {each.participant for each in Notification.objects.filter(key=key).select_related("participant")}


# -- Its row --------------------------------------------------------------------------------------------------


def test_an_idea_that_comes_in_has_its_power_at_once_and_a_melding_none(schouw: Any, category: Any) -> None:
    given = {"schouw": schouw, "category": category, "text": "Een bank", "address": "Plein"}
    idea = intake.receive(key=uuid.uuid4(), kind="idea", **given).report
    melding = intake.receive(key=uuid.uuid4(), **given).report
    assert row(idea).power == pytest.approx(15)
    assert not Idea.objects.filter(report=melding).exists()


def test_support_counts_once_a_person_and_once_a_device(idea: Report, areas: list[Any]) -> None:
    supporter = ParticipantFactory(home_area=areas[0])
    for by, device in ((supporter, "a" * 64), (supporter, "b" * 64), (None, "a" * 64)):
        following.support(report=idea, by=by, device=device)
    assert (row(idea).supporters, row(idea).neighbourhoods) == (1, 1)
    before = row(idea).power
    following.support(report=idea, by=supporter, device="a" * 64)
    assert row(idea).power == before


def test_who_supports_and_joins_counts_once_in_each_part(idea: Report, areas: list[Any]) -> None:
    person = ParticipantFactory(home_area=areas[0])
    following.support(report=idea, by=person, device="")
    for _ in range(2):
        joining.join(report=idea, by=person, offer=OFFER)
    found = row(idea)
    assert (found.supporters, found.joiners, found.hours, found.neighbourhoods) == (1, 1, 4, 1)


def test_different_neighbourhoods_are_counted_by_their_code(idea: Report, areas: list[Any]) -> None:
    again = AreaFactory(code=areas[0].code, year=areas[0].year + 1, geometry=areas[0].geometry)
    for home in (areas[0], again, areas[1], None):
        SupportFactory(report=idea, participant=ParticipantFactory(home_area=home))
    assert power.renew(report=idea).neighbourhoods == 2


def test_answering_closes_its_place_in_the_ranking_and_a_no_opens_it(idea: Report, handler: Any) -> None:
    answering.answer(report=idea, by=handler, version=1, status="not_done", message="Geen geld.")
    assert not row(idea).is_ranked
    idea.refresh_from_db()
    following.judge(report=idea, value="no")
    assert row(idea).is_ranked


# -- Joining --------------------------------------------------------------------------------------------------


def test_with_an_account_one_joins_at_once_and_joining_again_changes_the_offer(idea: Report) -> None:
    person = ParticipantFactory()
    joining.join(report=idea, by=person, offer=OFFER)
    joining.join(report=idea, by=person, offer=Offer(hours=10))
    found = Joining.objects.get()
    assert (found.hours, found.is_confirmed, found.pulls) == (10, True, False)
    assert row(idea).hours == 10


def test_an_address_counts_nowhere_before_it_confirms(idea: Report) -> None:
    made = joining.ask_to_join(report=idea, email="buur@example.org", language="nl", offer=OFFER, pulls=True)
    assert (row(idea).joiners, row(idea).pullers) == (0, 0)
    assert told(telling.ASKED) == {made.participant}
    for _ in range(2):
        joining.confirm(joining=made)
    assert (row(idea).joiners, row(idea).pullers) == (1, 1)


def test_typing_the_address_of_who_is_in_changes_nothing_and_mails_them_their_page(idea: Report) -> None:
    person = ParticipantFactory(email="buur@example.org")
    JoiningFactory(report=idea, participant=person, hours=4)
    joining.ask_to_join(
        report=idea, email="Buur@example.org ", language="nl", offer=Offer(40, "spam"), pulls=True
    )
    found = Joining.objects.get()
    assert (found.hours, found.can_do, found.pulls) == (4, "Timmeren", False)
    (owed,) = Notification.objects.filter(key=telling.ASKED)
    assert "your own page" in in_english(owed).subject.lower()


@pytest.mark.parametrize("hours", [0, JOIN_HOURS[-1] + 1, -3])
def test_hours_are_bounded_also_in_the_database(idea: Report, hours: int) -> None:
    with pytest.raises(IdeaRefused) as refused:
        joining.join(report=idea, by=ParticipantFactory(), offer=Offer(hours))
    assert refused.value.field == "hours"
    if hours >= 0:
        with pytest.raises(IntegrityError), transaction.atomic():
            JoiningFactory(report=idea, hours=hours)


def test_what_can_t_be_joined(idea: Report, schouw: Any, category: Any, handler: Any) -> None:
    melding = ReportFactory(schouw=schouw, category=category, public=True)
    unread = IdeaReportFactory(schouw=schouw, category=category, public=False, moderation="pending")
    hidden = IdeaReportFactory(schouw=schouw, category=category, public=False, hidden=True)
    answering.answer(report=idea, by=handler, version=1, status="done", message="Staat er.")
    for report in (melding, unread, hidden, idea):
        with pytest.raises(IdeaRefused):
            joining.join(report=report, by=ParticipantFactory(), offer=OFFER)


@pytest.mark.django_db(transaction=True)
def test_an_impatient_thumb_joins_once(idea: Report, in_scope: Any) -> None:
    person = ParticipantFactory()

    def join(_: int) -> None:
        with scope(municipality=in_scope):
            joining.join(report=idea, by=person, offer=OFFER)
        connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(join, range(4)))
    assert Joining.objects.count() == 1
    assert row(idea).joiners == 1


@pytest.mark.django_db(transaction=True)
def test_many_at_once_are_all_counted(idea: Report, in_scope: Any) -> None:
    people = [ParticipantFactory() for _ in range(6)]

    def join(person: Participant) -> None:
        with scope(municipality=in_scope):
            joining.join(report=idea, by=person, offer=OFFER)
            following.support(report=idea, by=person, device="")
        connection.close()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(join, people))
    found = row(idea)
    assert (found.joiners, found.hours, found.supporters) == (6, 24, 6)
    assert found.power == pytest.approx(power.power_of(found).total)


# -- Pulling --------------------------------------------------------------------------------------------------


def test_pulling_raises_it_above_the_same_without_and_several_may(idea: Report) -> None:
    first, second = (joining.join(report=idea, by=ParticipantFactory(), offer=OFFER) for _ in range(2))
    before = row(idea).power
    joining.pull(joining=second)
    after = row(idea).power
    assert after > before + 15
    joining.pull(joining=first)
    joining.pull(joining=first)
    assert row(idea).pullers == 2
    assert [each.pk for each in listing.pullers_of([idea.pk])[idea.pk]] == [second.pk, first.pk]


def test_when_nobody_pulls_it_any_more_the_others_and_who_had_it_hear_so(idea: Report) -> None:
    puller = joining.join(report=idea, by=ParticipantFactory(), offer=OFFER, pulls=True)
    other = joining.join(report=idea, by=ParticipantFactory(), offer=OFFER)
    Notification.objects.all().delete()
    for _ in range(2):
        joining.hand_back(joining=puller)
    assert told(telling.NEWS) == {other.participant, idea.author}
    assert (row(idea).pullers, row(idea).joiners) == (0, 2)


def test_while_somebody_still_pulls_nobody_is_told(idea: Report) -> None:
    one, _two = (
        joining.join(report=idea, by=ParticipantFactory(), offer=OFFER, pulls=True) for _ in range(2)
    )
    Notification.objects.all().delete()
    joining.leave(joining=one)
    assert not Notification.objects.exists()
    assert row(idea).pullers == 1


def test_leaving_leaves_nothing_and_leaving_twice_is_harmless(idea: Report) -> None:
    mine = joining.join(report=idea, by=ParticipantFactory(), offer=OFFER)
    for _ in range(2):
        joining.leave(joining=mine)
    assert not Joining.objects.exists()
    assert (row(idea).joiners, row(idea).hours) == (0, 0)


def test_who_pulls_hears_who_joins(idea: Report) -> None:
    puller = joining.join(report=idea, by=ParticipantFactory(), offer=OFFER, pulls=True)
    other = joining.join(
        report=idea, by=ParticipantFactory(email="zij@example.org"), offer=Offer(2, "Rekenen")
    )
    assert told(telling.JOINED) == {puller.participant}
    body = str(in_english(Notification.objects.get(key=telling.JOINED)).body)
    assert "Rekenen" in body
    assert "2 hours a month" in body
    assert other.participant.email not in body


def test_followers_hear_that_somebody_pulls_it_and_who_joins_it_too_only_once(
    idea: Report, resident: Any
) -> None:
    follower = ParticipantFactory(user=resident)
    FollowFactory(target=idea, participant=follower)
    joining.join(report=idea, by=follower, offer=OFFER)
    other = joining.join(report=idea, by=ParticipantFactory(), offer=OFFER, pulls=True)
    fanning_out.fan_out_due()
    rows = Notification.objects.filter(key__in=[telling.NEWS, telling.FOLLOWED])
    assert sorted(each.participant_id for each in rows) == sorted([follower.pk, idea.author_id])
    assert other.participant_id not in {each.participant_id for each in rows}


def test_a_name_is_shown_only_with_its_bearer_s_will(idea: Report, handler: Any) -> None:
    person = ParticipantFactory(display_name="Buur Bo")
    mine = joining.join(report=idea, by=person, offer=OFFER, pulls=True)
    assert mine.public_name == "a resident"
    mine = joining.change(joining=mine, offer=OFFER, about=Introduction("Buur Bo", None, is_named=True))
    assert mine.public_name == "Buur Bo"
    consents.withdraw(participant=person, purpose=ConsentPurpose.PUBLICATION)
    mine.refresh_from_db()
    assert mine.public_name == "a resident"


# -- Writing to who joins -------------------------------------------------------------------------------------


def test_who_pulls_writes_to_the_others_and_sees_no_address(idea: Report) -> None:
    puller = joining.join(
        report=idea, by=ParticipantFactory(email="trekker@example.org"), offer=OFFER, pulls=True
    )
    others = {joining.join(report=idea, by=ParticipantFactory(), offer=OFFER).participant for _ in range(3)}
    joining.write(joining=puller, text="Zaterdag om tien uur bij de kast.")
    assert told(telling.MESSAGE) == others
    sent = in_english(Notification.objects.filter(key=telling.MESSAGE).first())
    assert "Zaterdag om tien uur" in str(sent.body)
    assert "trekker@example.org" not in sent.message().as_string()


def test_so_many_messages_a_week(idea: Report) -> None:
    puller = joining.join(report=idea, by=ParticipantFactory(), offer=OFFER, pulls=True)
    joining.join(report=idea, by=ParticipantFactory(), offer=OFFER)
    for number in range(MESSAGES_A_WEEK):
        joining.write(joining=puller, text=f"Bericht {number}")
    with pytest.raises(IdeaRefused):
        joining.write(joining=puller, text="Nog een")
    with time_machine.travel(timezone.now() + timedelta(days=7, minutes=1)):
        joining.write(joining=puller, text="Volgende week")
    assert PullerMessage.objects.count() == MESSAGES_A_WEEK + 1


def test_who_does_not_pull_or_is_alone_or_says_nothing_can_t_write(idea: Report) -> None:
    puller = joining.join(report=idea, by=ParticipantFactory(), offer=OFFER, pulls=True)
    with pytest.raises(IdeaRefused):
        joining.write(joining=puller, text="Hallo?")
    other = joining.join(report=idea, by=ParticipantFactory(), offer=OFFER)
    for mine, text in ((other, "Hallo"), (puller, "  ")):
        with pytest.raises(IdeaRefused):
            joining.write(joining=mine, text=text)


# -- Judging --------------------------------------------------------------------------------------------------


def test_a_judgement_needs_a_reason_keeps_its_history_and_is_told(idea: Report, handler: Any) -> None:
    joiner = joining.join(report=idea, by=ParticipantFactory(), offer=OFFER).participant
    with pytest.raises(IdeaRefused):
        judging.judge(report=idea, by=handler, level="easy", reason=" ")
    before = row(idea).power
    for level in ("hard", "easy", "easy"):
        judging.judge(report=idea, by=handler, level=level, reason="Er is een plek.")
    assert list(Judgement.objects.values_list("level", flat=True)) == ["hard", "easy"]
    assert row(idea).feasibility == "easy"
    assert row(idea).power == pytest.approx(before + 5)
    assert told(telling.NEWS) == {joiner, idea.author}
    newest = Notification.objects.filter(key=telling.NEWS, participant=joiner).last()
    assert "The municipality says: easy" in str(in_english(newest).body)
    assert "Er is een plek." in str(in_english(newest).body)


def test_a_judgement_is_a_word_of_the_municipality_and_begins_a_new_term(idea: Report, handler: Any) -> None:
    Report.objects.filter(pk=idea.pk).update(due_on="2020-01-01")
    judging.judge(report=idea, by=handler, level="hard", reason="Duur.")
    idea.refresh_from_db()
    assert idea.first_answer_at is not None
    assert not idea.is_overdue
    assert idea.status == "new"


def test_a_melding_is_not_judged(report: Report, handler: Any) -> None:
    with pytest.raises(IdeaRefused):
        judging.judge(report=report, by=handler, level="easy", reason="Kan.")


# -- Answers and promises -------------------------------------------------------------------------------------


def test_who_joins_hears_an_answer_once_also_as_supporter_or_follower(
    idea: Report, handler: Any, resident: Any
) -> None:
    person = ParticipantFactory(user=resident)
    following.support(report=idea, by=person, device="")
    FollowFactory(target=idea, participant=person)
    joining.join(report=idea, by=person, offer=OFFER)
    answering.answer(report=idea, by=handler, version=1, status="not_done", message="Er is geen geld.")
    fanning_out.fan_out_due()
    (owed,) = Notification.objects.filter(participant=person)
    assert owed.key == telling.ANSWERED
    assert "Er is geen geld." in str(in_english(owed).body)


def test_an_idea_becomes_a_promise_in_one_act(idea: Report, handler: Any) -> None:
    joiner = joining.join(report=idea, by=ParticipantFactory(), offer=OFFER).participant
    deadline = timezone.localdate() + timedelta(days=30)
    handing_over.promise(
        report=idea, by=handler, version=1, text="Wij zetten de kast neer.", deadline=deadline
    )
    promise = Commitment.objects.get()
    assert (promise.text, promise.deadline) == ("Wij zetten de kast neer.", deadline)
    assert list(promise.origins.values_list("object_id", flat=True)) == [idea.pk]
    assert joiner in told(telling.ANSWERED)
    idea.refresh_from_db()
    assert idea.status == "planned"
    assert row(idea).is_ranked


# -- The clock ------------------------------------------------------------------------------------------------


def test_silence_fades_by_night_and_running_twice_changes_nothing(idea: Report) -> None:
    power.renew(report=idea)
    fresh = row(idea).power
    with time_machine.travel(timezone.now() + timedelta(days=FRESH_HALF_LIFE_DAYS)):
        reckon_initiative_power()
        faded = row(idea).power
        assert faded == pytest.approx(fresh - 5)
        assert power.reckon_due() == 0
        assert row(idea).power == faded
        following.support(report=idea, by=None, device="a" * 64)
        assert row(idea).power > fresh


def test_the_clock_takes_many_in_batches_in_the_same_number_of_statements(
    schouw: Any, category: Any, monkeypatch: Any, django_assert_num_queries: Any
) -> None:
    monkeypatch.setattr(power, "BATCH", 50)
    ideas = [IdeaReportFactory(schouw=schouw, category=category) for _ in range(30)]
    yesterday = timezone.localdate() - timedelta(days=1)

    def statements(count: int) -> int:
        Idea.objects.update(reckoned_on=timezone.localdate())
        Idea.objects.filter(report__in=ideas[:count]).update(reckoned_on=yesterday)
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as asked:
            assert power.reckon_due() == count
        return len(asked)

    assert statements(1) == statements(30)


def test_the_clock_mends_what_was_counted(idea: Report, areas: list[Any]) -> None:
    """Somebody moved, or a row went by itself."""
    SupportFactory(report=idea, participant=ParticipantFactory(home_area=areas[1]))
    Report.objects.filter(pk=idea.pk).update(supports=1)
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        power.reckon_due()
    assert (row(idea).supporters, row(idea).neighbourhoods) == (1, 1)


# -- People ---------------------------------------------------------------------------------------------------


def test_a_guest_who_becomes_an_account_that_joined_too_joins_once(idea: Report, resident: Any) -> None:
    mine = ParticipantFactory(user=resident)
    JoiningFactory(report=idea, participant=mine)
    guest = ParticipantFactory(email="gast@example.org")
    JoiningFactory(report=idea, participant=guest, pulling=True)
    power.renew(report=idea)
    participants.adopt_guests(user=resident, email="gast@example.org")
    found = Joining.objects.get()
    assert (found.participant, found.pulls) == (mine, True)
    assert (row(idea).joiners, row(idea).pullers) == (1, 1)


def test_erasing_takes_somebody_out_of_what_is_counted(idea: Report) -> None:
    person = ParticipantFactory()
    mine = joining.join(report=idea, by=person, offer=OFFER, pulls=True)
    joining.join(report=idea, by=ParticipantFactory(), offer=OFFER)
    joining.write(joining=mine, text="Hallo allemaal")
    assert erasing.erase(participant=person, words=ErasedWords.ALL) is False
    assert (row(idea).joiners, row(idea).pullers) == (1, 0)
    assert not PullerMessage.objects.exists()


def test_an_address_that_never_confirmed_is_forgotten_in_a_month(idea: Report) -> None:
    with time_machine.travel(timezone.now() - timedelta(days=31)):
        joining.ask_to_join(report=idea, email="buur@example.org", language="nl", offer=OFFER)
    Notification.objects.all().delete()
    assert running.run()
    assert not Joining.objects.exists()
    assert not Participant.objects.filter(email="buur@example.org").exists()


def test_who_joins_an_open_idea_is_kept_and_of_a_finished_one_forgotten_after_a_year(
    idea: Report, schouw: Any, category: Any
) -> None:
    finished = IdeaReportFactory(schouw=schouw, category=category, done=True)
    Report.objects.filter(pk=finished.pk).update(closed_at=timezone.now() - timedelta(days=400))
    with time_machine.travel(timezone.now() - timedelta(days=800)):
        stays = JoiningFactory(report=idea)
        goes = JoiningFactory(report=finished)
    assert running.run()
    assert list(Joining.objects.all()) == [stays]
    assert not Participant.objects.filter(pk=goes.participant_id).exists()
