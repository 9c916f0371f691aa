"""Asking what people thought of a walk: who is asked, one answer each, and what everybody may read of it."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope

from buurtschouw.domain.evaluation import asking, moderating, replying, told
from buurtschouw.domain.evaluation.refusals import EvaluationRefused
from buurtschouw.domain.my_data.evaluating import PARTS, erase_evaluations
from buurtschouw.enums import ReportOrigin
from buurtschouw.models import Evaluation, EvaluationReply, EvaluationWords, Schouw
from tests.factories.buurtschouw import CategoryFactory, ReportFactory, SchouwFactory
from tests.factories.core import ParticipantFactory, StaffRoleFactory, UserFactory
from tests.factories.enrolment import EnrolmentFactory
from tests.factories.feedback import (
    EvaluationFactory,
    EvaluationReplyFactory,
    EvaluationWordsFactory,
)
from tests.factories.meetings import AttendanceFactory, MeetingFactory
from tests.factories.preparing import ScoreFactory, StopFactory
from tests.templates.markup import tree
from trajecten.domain import participants
from trajecten.domain.links import NoSuchLink
from trajecten.domain.retention import running
from trajecten.enums import ErasedWords, Moderation, ParticipantKind, Role
from trajecten.models import Notification, Participant

pytestmark = pytest.mark.usefixtures("in_scope", "english")


@pytest.fixture
def walk(in_scope: Any) -> Schouw:
    """A walk of which people hear what was done, and nobody has been asked yet."""
    return SchouwFactory(step="feedback", evaluation=False)


@pytest.fixture
def evaluation(walk: Schouw) -> Evaluation:
    return EvaluationFactory(schouw=walk)


def walker(walk: Schouw, **fields: Any) -> Participant:
    return EnrolmentFactory(trajectory=walk.trajectory, **fields).participant


def official(walk: Schouw, *, of_team: bool = True) -> Any:
    user = StaffRoleFactory(user=UserFactory(), municipality=walk.municipality, role=Role.HANDLER).user
    if of_team:
        walk.categories.get().team.members.add(user)
    return user


def owed(key: str) -> set[int]:
    rows = Notification.objects.filter(key=key)
    return {row.participant_id or row.user_id for row in rows}


# -- Asking ----------------------------------------------------------------------------------------------------


def test_who_took_part_reported_on_the_way_or_scored_is_asked(walk: Schouw, coordinator: Any) -> None:
    enrolled = walker(walk)
    walker(walk, left=True)
    on_the_way = ReportFactory(schouw=walk, origin=ReportOrigin.WALK).author
    ReportFactory(schouw=walk, origin=ReportOrigin.PAGE)
    scored = ScoreFactory(stop=StopFactory(schouw=walk)).walker

    asked = asking.ask(schouw=walk, by=coordinator)

    assert owed(asking.ASKED) == {enrolled.pk, on_the_way.pk, scored.pk}
    assert asked.walkers_asked == 3


def test_who_was_noted_as_absent_is_not_asked(walk: Schouw, coordinator: Any) -> None:
    absent, present = walker(walk), walker(walk)
    meeting = MeetingFactory(
        trajectory=walk.trajectory, starts_at=walk.walk_at, ends_at=walk.walk_at + timedelta(hours=2)
    )
    AttendanceFactory(meeting=meeting, participant=absent, was_present=False)
    AttendanceFactory(meeting=meeting, participant=present, was_present=True)
    assert list(asking.walkers(walk)) == [present]


def test_officials_of_the_teams_are_asked_once_and_not_as_walkers(walk: Schouw, coordinator: Any) -> None:
    mine, _other = official(walk), official(walk, of_team=False)
    walk.categories.add(CategoryFactory(team=walk.categories.get().team))
    EnrolmentFactory(trajectory=walk.trajectory, participant=ParticipantFactory(user=mine))
    asking.ask(schouw=walk, by=coordinator)
    assert owed(asking.OFFICIAL_ASKED) == {mine.pk}
    assert owed(asking.ASKED) == set()


def test_asking_again_asks_only_who_is_new(walk: Schouw, coordinator: Any) -> None:
    first = walker(walk)
    asking.ask(schouw=walk, by=coordinator)
    second = walker(walk)
    asking.ask(schouw=walk, by=coordinator)
    assert sorted(row.participant_id for row in Notification.objects.filter(key=asking.ASKED)) == sorted(
        [first.pk, second.pk]
    )
    assert Evaluation.objects.get().walkers_asked == 2


def test_nobody_is_asked_in_another_step_nor_until_a_day_that_is_over(
    walk: Schouw, schouw: Schouw, coordinator: Any
) -> None:
    with pytest.raises(EvaluationRefused):
        asking.ask(schouw=schouw, by=coordinator)
    with pytest.raises(EvaluationRefused) as refused:
        asking.ask(schouw=walk, by=coordinator, closes_on=timezone.localdate() - timedelta(days=1))
    assert refused.value.field == "closes_on"
    assert not Evaluation.objects.exists()


# -- Answering -------------------------------------------------------------------------------------------------


def test_a_second_answer_replaces_the_first(evaluation: Evaluation, walk: Schouw) -> None:
    person = walker(walk)
    replying.reply(evaluation=evaluation, person=person, given={"useful": "2", "well": "De route."})
    replying.reply(evaluation=evaluation, person=person, given={"useful": "5", "heard": "4", "well": ""})
    assert [reply.answers for reply in EvaluationReply.objects.all()] == [{"heard": "4", "useful": "5"}]
    assert not EvaluationWords.objects.exists()


def test_words_that_changed_are_read_again_and_those_that_did_not_stay_public(
    evaluation: Evaluation, walk: Schouw, coordinator: Any
) -> None:
    person = walker(walk)
    given = {"well": "De route.", "different": "Eerder beginnen."}
    replying.reply(evaluation=evaluation, person=person, given=given)
    for words in moderating.to_read(evaluation):
        moderating.decide(words=words, by=coordinator, publish=True)
    replying.reply(evaluation=evaluation, person=person, given={**given, "different": "Later beginnen."})
    found = dict(EvaluationWords.objects.values_list("text", "moderation"))
    assert found == {"De route.": Moderation.PUBLISHED, "Later beginnen.": Moderation.PENDING}


def test_an_answer_to_a_question_of_another_group_is_not_kept(evaluation: Evaluation, walk: Schouw) -> None:
    replying.reply(evaluation=evaluation, person=walker(walk), given={"useful": "3", "doable": "1"})
    assert EvaluationReply.objects.get().answers == {"useful": "3"}


def test_nothing_at_all_is_no_answer(evaluation: Evaluation, walk: Schouw) -> None:
    with pytest.raises(EvaluationRefused):
        replying.reply(evaluation=evaluation, person=walker(walk), given={"useful": "", "well": "  "})


@pytest.mark.parametrize("change", [{"closed_at": True}, {"closes_on": True}])
def test_after_the_end_nobody_can_answer(
    evaluation: Evaluation, walk: Schouw, change: dict[str, bool]
) -> None:
    past = {"closed_at": timezone.now(), "closes_on": timezone.localdate() - timedelta(days=1)}
    Evaluation.objects.update(**{name: past[name] for name in change})
    with pytest.raises(EvaluationRefused):
        replying.reply(evaluation=evaluation, person=walker(walk), given={"useful": "3"})
    with pytest.raises(EvaluationRefused):
        replying.enter_paper(
            evaluation=evaluation, key=uuid.uuid4(), group="walker", given={"useful": "3"}, by=UserFactory()
        )


def test_closing_makes_answers_nobodys(evaluation: Evaluation, walk: Schouw, coordinator: Any) -> None:
    replying.reply(evaluation=evaluation, person=walker(walk), given={"useful": "3"})
    replying.reply(evaluation=evaluation, person=official(walk), given={"useful": "4"})
    first = asking.close(evaluation=evaluation, by=coordinator).closed_at
    assert asking.close(evaluation=evaluation, by=coordinator).closed_at == first
    rows = EvaluationReply.objects.values_list("participant", "user", "answers__useful")
    assert sorted(rows, key=str) == [(None, None, "3"), (None, None, "4")]


def test_a_form_on_paper_sent_twice_is_kept_once(evaluation: Evaluation, coordinator: Any) -> None:
    key = uuid.uuid4()
    for _time in range(2):
        replying.enter_paper(
            evaluation=evaluation, key=key, group="walker", given={"useful": "3"}, by=coordinator
        )
    assert EvaluationReply.objects.get().origin == "paper"


@pytest.mark.django_db(transaction=True)
def test_two_thumbs_at_once_give_one_answer(evaluation: Evaluation, walk: Schouw) -> None:
    person = walker(walk)

    def send(score: str) -> None:
        try:
            with scope(municipality=walk.municipality):
                replying.reply(evaluation=evaluation, person=person, given={"useful": score})
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(send, ["1", "2", "3", "4"]))
    assert EvaluationReply.objects.count() == 1


def test_a_guest_who_becomes_an_account_that_answered_too_counts_once(
    evaluation: Evaluation, walk: Schouw, resident: Any
) -> None:
    account = ParticipantFactory(user=resident, email=None)
    guest = ParticipantFactory(email="bewoner@example.org", user=None)
    replying.reply(evaluation=evaluation, person=guest, given={"useful": "1"})
    replying.reply(evaluation=evaluation, person=account, given={"useful": "5"})
    participants.adopt_guests(user=resident, email="bewoner@example.org")
    assert [reply.answers for reply in EvaluationReply.objects.all()] == [{"useful": "5"}]


# -- Links -----------------------------------------------------------------------------------------------------


def test_a_link_is_of_one_person_and_one_evaluation(evaluation: Evaluation, walk: Schouw) -> None:
    person, colleague = walker(walk), official(walk)
    assert asking.read(token=asking.token(evaluation=evaluation, to=person), evaluation=evaluation) == person
    given = asking.token(evaluation=evaluation, to=colleague)
    assert asking.read(token=given, evaluation=evaluation) == colleague
    other = EvaluationFactory()
    for token in (given[:-2], asking.token(evaluation=other, to=person)):
        with pytest.raises(NoSuchLink):
            asking.read(token=token, evaluation=evaluation)
    colleague.staff_roles.all().delete()
    with pytest.raises(NoSuchLink):
        asking.read(token=given, evaluation=evaluation)


def test_only_officials_who_walked_along_are_asked_whether_they_would_again(
    evaluation: Evaluation, walk: Schouw, client: Client
) -> None:
    at_their_desk, along = official(walk), official(walk)
    walker(walk, participant=ParticipantFactory(user=along, municipality=walk.municipality))
    asked = []
    for person in (at_their_desk, along):
        token = asking.token(evaluation=evaluation, to=person)
        url = staff("evaluation-answer", walk, token=token)
        asked.append("again" in client.get(url).context["form"].fields)
        given = {"useful": "4", "again": "yes"}
        kept = replying.reply(evaluation=evaluation, person=person, given=given)
        assert ("again" in kept.answers) == asked[-1]
    assert asked == [False, True]


def test_who_takes_part_as_an_official_gets_the_questions_to_officials(walk: Schouw) -> None:
    assert asking.group_of(ParticipantFactory(kind=ParticipantKind.OFFICIAL)) == "official"
    assert asking.group_of(ParticipantFactory(kind=ParticipantKind.COUNCILLOR)) == "walker"


def test_the_page_behind_the_link_keeps_answers_and_shows_them_again(
    evaluation: Evaluation, walk: Schouw
) -> None:
    token = asking.token(evaluation=evaluation, to=walker(walk))
    url = reverse(
        "buurtschouw:evaluation-answer", kwargs={"gemeente": "polderwijk", "pk": walk.pk, "token": token}
    )
    answer = Client().post(url, {"useful": "4", "well": "Iedereen deed mee."}, follow=True)
    page = answer.content.decode()
    assert (answer.status_code, "Iedereen deed mee." in page) == (200, True)
    assert "Your answers have been kept" in page
    refused = Client().post(url, {"useful": "9", "well": "Blijft staan."})
    assert (refused.status_code, "Blijft staan." in refused.content.decode()) == (422, True)
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"


# -- What everybody may read -----------------------------------------------------------------------------------


def replies(evaluation: Evaluation, *, walkers: int, officials: int = 0) -> None:
    EvaluationReplyFactory.create_batch(walkers, evaluation=evaluation)
    EvaluationReplyFactory.create_batch(
        officials, evaluation=evaluation, group="official", answers={"useful": "2", "doable": "3"}
    )


def labels(results: told.Results, key: str) -> list[str]:
    (found,) = [each.chart for each in results.closed if each.question.key == key]
    return [str(series.label) for series in found.series] if found else []


@pytest.mark.parametrize(
    ("walkers", "officials", "useful", "doable"),
    [
        (4, 0, [], []),
        (12, 0, ["Everybody together"], []),
        (12, 4, ["Everybody together"], []),
        (4, 6, ["Everybody together"], ["Officials"]),
        (12, 5, ["Walkers", "Officials"], ["Officials"]),
    ],
)
def test_a_group_of_fewer_than_five_is_not_shown_apart_nor_to_be_reckoned(
    evaluation: Evaluation, walkers: int, officials: int, useful: list[str], doable: list[str]
) -> None:
    replies(evaluation, walkers=walkers, officials=officials)
    results = told.results(evaluation)
    assert (labels(results, "useful"), labels(results, "doable")) == (useful, doable)
    assert results.replies == (walkers + officials if walkers + officials >= 5 else None)


def test_the_chart_has_what_was_answered_and_the_mean(evaluation: Evaluation) -> None:
    for value in "455532":
        EvaluationReplyFactory(evaluation=evaluation, answers={"heard": value})
    (found,) = [each for each in told.results(evaluation).closed if each.question.key == "heard"]
    assert [row.values for row in found.chart.rows] == [[0], [1], [1], [1], [3]]
    assert found.mean == 4.0


def test_words_are_shown_when_an_official_says_so_and_enough_people_were_asked(
    evaluation: Evaluation, coordinator: Any
) -> None:
    public = EvaluationWordsFactory(reply__evaluation=evaluation, text="Fijn.")
    moderating.decide(words=public, by=coordinator, publish=True)
    EvaluationWordsFactory(reply__evaluation=evaluation, text="Mijn buurman ook.")
    assert told.results(evaluation).said == ()
    replies(evaluation, walkers=3)
    assert [said.texts for said in told.results(evaluation).said] == [("Fijn.",)]
    moderating.decide(words=public, by=coordinator, publish=False)
    assert told.results(evaluation).said == ()


def test_the_results_are_read_in_two_statements(
    evaluation: Evaluation, django_assert_num_queries: Any
) -> None:
    replies(evaluation, walkers=30, officials=6)
    with django_assert_num_queries(2):
        told.results(evaluation)


# -- The page of officials -------------------------------------------------------------------------------------


def staff(name: str, walk: Schouw, **parts: Any) -> str:
    return reverse(f"buurtschouw:{name}", kwargs={"gemeente": "polderwijk", "pk": walk.pk, **parts})


def test_a_coordinator_asks_reads_publishes_and_closes(walk: Schouw, coordinator_client: Client) -> None:
    walker(walk)
    until = timezone.localdate() + timedelta(days=9)
    asked = coordinator_client.post(staff("evaluation-ask", walk), {"closes_on": until}, follow=True)
    evaluation = Evaluation.objects.get()
    assert (asked.status_code, evaluation.closes_on, evaluation.walkers_asked) == (200, until, 1)
    words = EvaluationWordsFactory(reply__evaluation=evaluation, text="Fijn.")
    coordinator_client.post(staff("evaluation-words", walk, words=words.pk), {"publish": "yes"})
    words.refresh_from_db()
    assert words.moderation == Moderation.PUBLISHED
    coordinator_client.post(staff("evaluation-close", walk))
    evaluation.refresh_from_db()
    assert not evaluation.is_open


def tags(page: str) -> list[str]:
    return [tag.text for tag in tree(page).one("main").every("span", cls="utrecht-status-badge")]


def test_published_words_are_not_called_readable_while_too_few_answered(
    evaluation: Evaluation, coordinator_client: Client
) -> None:
    words = EvaluationWordsFactory(reply__evaluation=evaluation, text="Fijn.")
    publish = staff("evaluation-words", evaluation.schouw, words=words.pk)
    early = coordinator_client.post(publish, {"publish": "yes"}, follow=True).content.decode()
    assert "as soon as 5 people of this group have answered" in early
    assert tags(early) == ["public as soon as 5 of this group have answered"]
    replies(evaluation, walkers=4)
    late = coordinator_client.post(publish, {"publish": "yes"}, follow=True).content.decode()
    assert "Everybody can read this now, on the page with the results." in late
    assert tags(late) == ["public"]


def test_a_wrong_date_is_said_beside_its_field(walk: Schouw, coordinator_client: Client) -> None:
    answer = coordinator_client.post(staff("evaluation-ask", walk), {"closes_on": "2020-01-01"})
    assert (answer.status_code, "Choose a day from today on." in answer.content.decode()) == (422, True)
    answer = coordinator_client.post(staff("evaluation-ask", walk), {"closes_on": "9999-12-31"})
    assert (answer.status_code, "more than a year away" in answer.content.decode()) == (422, True)


def test_a_handler_enters_paper_and_what_was_typed_stays_when_it_is_refused(
    evaluation: Evaluation, walk: Schouw, handler_client: Client
) -> None:
    url, key = staff("evaluation-paper", walk), uuid.uuid4()
    form = {"key": key, "group": "official", "doable": "2", "learned": "Vaker buiten zijn."}
    assert handler_client.post(url, form).status_code == 302
    assert handler_client.post(url, form).status_code == 302
    reply = EvaluationReply.objects.get()
    assert (reply.group, reply.answers) == ("official", {"doable": "2"})
    Evaluation.objects.update(closed_at=timezone.now())
    refused = handler_client.post(url, {**form, "key": uuid.uuid4()})
    assert (refused.status_code, "Vaker buiten zijn." in refused.content.decode()) == (422, True)


def test_the_page_does_as_many_statements_for_thirty_answers_as_for_one(
    evaluation: Evaluation, walk: Schouw, coordinator_client: Client, django_assert_max_num_queries: Any
) -> None:
    def statements() -> int:
        with django_assert_max_num_queries(100) as counted:
            assert coordinator_client.get(staff("evaluation", walk)).status_code == 200
        return len(counted)

    EvaluationWordsFactory(reply__evaluation=evaluation)
    few = statements()
    EvaluationWordsFactory.create_batch(30, reply__evaluation=evaluation)
    assert statements() == few


# -- Letting go ------------------------------------------------------------------------------------------------


def test_after_its_term_nothing_tells_who_answered_and_unread_words_go(
    evaluation: Evaluation, walk: Schouw
) -> None:
    replying.reply(evaluation=evaluation, person=walker(walk), given={"useful": "3", "well": "De route."})
    Evaluation.objects.update(closes_on=timezone.localdate() - timedelta(days=40))
    running.run()
    reply = EvaluationReply.objects.get()
    assert (reply.participant, reply.answers, reply.words.count()) == (None, {"useful": "3"}, 1)
    Evaluation.objects.update(closes_on=timezone.localdate() - timedelta(days=400))
    running.run()
    assert reply.words.count() == 0


@pytest.mark.parametrize(
    ("words", "left"),
    [(ErasedWords.NONE, set()), (ErasedWords.PUBLIC, {"Fijn."}), (ErasedWords.ALL, {"Fijn.", "Kort."})],
)
def test_erasing_leaves_the_words_that_one_chose(
    evaluation: Evaluation, walk: Schouw, coordinator: Any, words: str, left: set[str]
) -> None:
    person = walker(walk)
    replying.reply(evaluation=evaluation, person=person, given={"well": "Fijn.", "different": "Kort."})
    moderating.decide(words=EvaluationWords.objects.get(text="Fijn."), by=coordinator, publish=True)
    (part,) = [part for part in PARTS if part.key == "buurtschouw.evaluations"]
    (kept,) = part.export(person)
    assert {fact.key: fact.value for fact in kept.facts}["well"] == "Fijn."
    erase_evaluations(person, words)
    assert set(EvaluationWords.objects.values_list("text", flat=True)) == left
