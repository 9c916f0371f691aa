"""Voting on projects: once a person, secret, by account, mail and paper."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.utils import timezone
from django_scopes import scope

from budget.domain.ballots import order, preparing, proposing, results, telling
from budget.domain.ballots import voting as acts
from budget.domain.ballots.preparing import Plan
from budget.domain.ballots.proposing import Wording
from budget.domain.ballots.refusals import BallotRefused
from budget.domain.ballots.voting import Guest
from budget.domain.my_data import ballots as kept
from budget.models import BallotProject, BallotResult, ProjectBallot, ProjectVote
from tests.factories.ballots import ProjectVoteFactory, vote_for
from tests.factories.core import AreaFactory, ParticipantFactory, UserFactory
from tests.factories.enrolment import EnrolmentFactory
from tests.mails import in_english
from trajecten.domain import participants
from trajecten.domain.my_data import erasing
from trajecten.domain.retention import running
from trajecten.enums import ErasedWords, NotificationState
from trajecten.models import Activity, Notification, Participant

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

BEA = Guest("bea@example.org", "nl")


def only() -> ProjectVote:
    return ProjectVote.objects.get()


def test_somebody_votes_once_and_can_change_it(voting: Any) -> None:
    me = ParticipantFactory()
    acts.vote(ballot=voting, choices=[3, 1], by=me)
    assert only().choices == [1, 3]
    acts.vote(ballot=voting, choices=[2], by=me)
    assert only().choices == [2]


@pytest.mark.parametrize("choices", [[], [4], [1, 99]])
def test_an_empty_vote_and_what_is_not_on_the_ballot_are_refused(voting: Any, choices: list[int]) -> None:
    with pytest.raises(BallotRefused) as refused:
        acts.vote(ballot=voting, choices=choices, by=ParticipantFactory())
    assert refused.value.field == "choices"


def test_one_cannot_vote_before_it_opens_nor_afterwards(make: Any, voting: Any) -> None:
    with pytest.raises(BallotRefused):
        acts.vote(ballot=make(2), choices=[1], by=ParticipantFactory())
    with time_machine.travel(f"{voting.closes_on}T23:59:00+01:00", tick=False):
        acts.vote(ballot=voting, choices=[1], by=ParticipantFactory())
    with time_machine.travel(f"{voting.closes_on}T23:59:00+01:00", tick=False) as clock:
        clock.shift(120)
        with pytest.raises(BallotRefused, match="over"):
            acts.vote(ballot=voting, choices=[1], by=ParticipantFactory())
    assert ProjectVote.objects.count() == 1


# -- Guests ---------------------------------------------------------------------------------------------------


def test_a_guest_votes_once_the_address_confirms_it(voting: Any, coordinator: Any) -> None:
    made = acts.ask_to_vote(ballot=voting, choices=[1], guest=BEA)
    assert made.confirmed_at is None
    assert made.token in in_english(Notification.objects.get(key=telling.VOTE_ASKED)).body
    acts.confirm(vote=made)
    first = only().confirmed_at
    acts.confirm(vote=made)
    assert only().confirmed_at == first is not None


def test_typing_the_address_of_another_changes_nothing_of_their_vote(voting: Any) -> None:
    acts.confirm(vote=acts.ask_to_vote(ballot=voting, choices=[1], guest=BEA))
    acts.ask_to_vote(ballot=voting, choices=[2, 3], guest=BEA)
    assert only().choices == [1]
    asked = Notification.objects.filter(key=telling.VOTE_ASKED).order_by("-pk")
    assert "You voted in" in in_english(asked[0]).body


def test_what_another_typed_since_is_not_confirmed_by_the_link_of_before(voting: Any) -> None:
    first = acts.ask_to_vote(ballot=voting, choices=[1], guest=BEA).token
    assert acts.ask_to_vote(ballot=voting, choices=[1], guest=BEA).token == first
    second = acts.ask_to_vote(ballot=voting, choices=[2], guest=BEA).token
    assert second != first
    assert not ProjectVote.objects.filter(token=first).exists()
    elsewhere = Guest(BEA.email, BEA.language, AreaFactory())
    assert acts.ask_to_vote(ballot=voting, choices=[2], guest=elsewhere).token not in (first, second)
    assert Notification.objects.filter(key=telling.VOTE_ASKED).count() == 3


def test_one_changes_and_takes_back_by_the_own_link(voting: Any) -> None:
    made = acts.ask_to_vote(ballot=voting, choices=[1], guest=BEA)
    assert acts.change(vote=made, choices=[2]).confirmed_at is not None
    acts.withdraw(vote=made)
    assert not ProjectVote.objects.exists()
    with pytest.raises(ProjectVote.DoesNotExist):
        acts.change(vote=made, choices=[1])


def test_no_guest_votes_where_an_account_is_needed(make: Any) -> None:
    with pytest.raises(BallotRefused):
        acts.ask_to_vote(ballot=make(2, voting=True, allows_guests=False), choices=[1], guest=BEA)


@pytest.mark.parametrize("confirmed", [True, False])
def test_who_votes_as_guest_and_with_an_account_has_one_vote(voting: Any, confirmed: bool) -> None:
    """The account's counts; the guest's only where the account's was not confirmed."""
    guest = acts.ask_to_vote(ballot=voting, choices=[1], guest=BEA)
    acts.confirm(vote=guest)
    user = UserFactory(email="beatrix@example.org")
    me = ParticipantFactory(user=user, email=user.email)
    mine = ProjectVoteFactory(ballot=voting, participant=me, choices=[2])
    if not confirmed:
        ProjectVote.objects.filter(pk=mine.pk).update(confirmed_at=None)
    participants.adopt_guests(user=user, email=BEA.email)
    assert (only().participant, only().choices) == (me, [2] if confirmed else [1])
    assert only().confirmed_at is not None


# -- Paper ----------------------------------------------------------------------------------------------------


def test_a_paper_is_typed_once_and_may_be_empty(voting: Any, handler: Any) -> None:
    acts.type_paper(ballot=voting, paper=1, choices=[], by=handler)
    acts.type_paper(ballot=voting, paper=2, choices=[1, 2], by=handler)
    with pytest.raises(BallotRefused, match="typed already") as refused:
        acts.type_paper(ballot=voting, paper=2, choices=[3], by=handler)
    assert refused.value.field == "paper"
    acts.remove_paper(ballot=voting, paper=2, by=handler)
    with pytest.raises(BallotRefused):
        acts.remove_paper(ballot=voting, paper=2, by=handler)
    acts.type_paper(ballot=voting, paper=2, choices=[3], by=handler)
    assert list(ProjectVote.objects.order_by("paper").values_list("choices", flat=True)) == [[], [3]]


def test_papers_are_typed_until_the_count(make: Any, coordinator: Any) -> None:
    over = make(2, over=True)
    acts.type_paper(ballot=over, paper=1, choices=[1], by=coordinator)
    results.count(ballot=over, by=coordinator)
    for act in (
        lambda: acts.type_paper(ballot=over, paper=2, choices=[1], by=coordinator),
        lambda: acts.remove_paper(ballot=over, paper=1, by=coordinator),
    ):
        with pytest.raises(BallotRefused, match="counted already"):
            act()


# -- Secrecy --------------------------------------------------------------------------------------------------


def test_no_log_and_no_message_tells_who_voted(voting: Any) -> None:
    me = ParticipantFactory()
    acts.vote(ballot=voting, choices=[1], by=me)
    acts.confirm(vote=acts.ask_to_vote(ballot=voting, choices=[2], guest=BEA))
    assert not Activity.objects.filter(actor_participant__isnull=False).exists()
    assert not Notification.objects.filter(participant=me).exists()


def test_who_voted_is_forgotten_with_the_count(make: Any, coordinator: Any) -> None:
    over = make(2, over=True)
    voters = [vote.participant for vote in vote_for(over, ([1], 4), ([2], 3))]
    ProjectVoteFactory(ballot=over, confirmed_at=None, participant__email="nooit@example.org", choices=[2])
    member = ParticipantFactory()
    EnrolmentFactory(trajectory=over.trajectory, participant=member)
    result = results.count(ballot=over, by=coordinator)
    assert not ProjectVote.objects.exists()
    assert not Participant.objects.filter(email="nooit@example.org").exists()
    told = Notification.objects.filter(key=telling.COUNTED)
    assert {row.participant for row in told} == {*voters, member}
    assert {type(row.about) for row in told} == {BallotResult}
    assert result.outcome["voters"] == 7
    assert "@" not in result.file


def test_order_is_the_same_for_one_person_and_fair_over_many(voting: Any) -> None:
    projects = list(BallotProject.objects.filter(ballot=voting))
    first = order.for_person(voting, "a", projects)
    assert order.for_person(voting, "a", reversed(projects)) == first
    on_top = [order.for_person(voting, str(n), projects)[0].number for n in range(600)]
    assert all(150 < on_top.count(number) < 250 for number in (1, 2, 3))


# -- My data --------------------------------------------------------------------------------------------------


def test_somebody_sees_their_own_vote_and_it_goes_with_them(voting: Any) -> None:
    me = ParticipantFactory()
    acts.vote(ballot=voting, choices=[1, 2], by=me)
    (told,) = kept.votes(me)
    assert {fact.key: fact.value for fact in told.facts}["choices"] == "1, 2"
    erasing.erase(participant=me, words=ErasedWords.PUBLIC)
    assert not ProjectVote.objects.exists()


def test_a_proposal_stays_for_who_votes_and_becomes_nobodys(voting: Any) -> None:
    project = BallotProject.objects.get(ballot=voting, number=1)
    (told,) = kept.projects(project.author)
    assert told.title == project.title
    erasing.erase(participant=project.author, words=ErasedWords.NONE)
    project.refresh_from_db()
    assert (project.author, project.text) == (None, "The words have been removed.")


def test_unconfirmed_and_uncounted_votes_go_in_time(voting: Any) -> None:
    acts.ask_to_vote(ballot=voting, choices=[1], guest=BEA)
    acts.vote(ballot=voting, choices=[1], by=ParticipantFactory())
    with time_machine.travel(voting.closes_on, tick=True) as clock:
        clock.shift(31 * 86400)
        assert running.run()
        assert only().confirmed_at is not None
        clock.shift(180 * 86400)
        assert running.run()
    assert not ProjectVote.objects.exists()


def test_a_month_later_no_mail_tells_who_voted(voting: Any) -> None:
    """Not the one that asked to confirm it, nor the one that told the result; one that waits to be sent stays."""
    acts.confirm(vote=acts.ask_to_vote(ballot=voting, choices=[1], guest=BEA))
    Notification.objects.update(state=NotificationState.SENT, sent_at=timezone.now())
    acts.ask_to_vote(ballot=voting, choices=[2], guest=BEA)
    with time_machine.travel(timezone.localdate(), tick=True) as clock:
        clock.shift(29 * 86400)
        running.run()
        assert Notification.objects.filter(key=telling.VOTE_ASKED).count() == 2
        clock.shift(3 * 86400)
        running.run()
        left = Notification.objects.filter(key=telling.VOTE_ASKED)
    assert left.values_list("state", flat=True).get() == NotificationState.QUEUED


# -- At once --------------------------------------------------------------------------------------------------


def at_once(in_scope: Any, *jobs: Any) -> list[Any]:
    def run(job: Any) -> Any:
        try:
            with scope(municipality=in_scope):
                return job()
        except BallotRefused as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


@pytest.mark.django_db(transaction=True)
def test_an_impatient_thumb_votes_once(voting: Any, in_scope: Any) -> None:
    me = ParticipantFactory()
    at_once(in_scope, *[lambda: acts.vote(ballot=voting, choices=[1], by=me)] * 4)
    assert only().choices == [1]


@pytest.mark.django_db(transaction=True)
def test_a_vote_at_the_moment_of_closing_counts_or_is_refused(
    voting: Any, in_scope: Any, coordinator: Any
) -> None:
    """Whichever comes first: what was taken is counted, and nothing comes in after the count."""
    vote_for(voting, ([1], 3))
    people = [ParticipantFactory() for _ in range(6)]

    def close_and_count() -> BallotResult:
        preparing.close_vote(ballot=voting, by=coordinator)
        return results.count(ballot=voting, by=coordinator)

    votes = [lambda by=by: acts.vote(ballot=voting, choices=[2], by=by) for by in people]
    *answers, result = at_once(in_scope, *votes, close_and_count)
    taken = [answer for answer in answers if isinstance(answer, ProjectVote)]
    assert result.outcome["voters"] == 3 + len(taken)
    assert not ProjectVote.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_officials_who_count_at_once_get_one_result(make: Any, in_scope: Any, coordinator: Any) -> None:
    over = make(2, over=True)
    vote_for(over, ([1], 5), ([2], 2))
    first, second = at_once(in_scope, *[lambda: results.count(ballot=over, by=coordinator)] * 2)
    assert first == second == BallotResult.objects.get()
    assert Notification.objects.filter(key=telling.COUNTED).count() == 7
    assert ProjectBallot.objects.get(pk=over.pk).counted_at is not None


@pytest.mark.django_db(transaction=True)
def test_what_is_sent_twice_at_once_is_made_once(
    make: Any, trajectory: Any, in_scope: Any, coordinator: Any
) -> None:
    plan = Plan(title="Een ton", budget=100_000, closes_on=timezone.localdate() + timedelta(days=14))
    made = at_once(
        in_scope, *[lambda: preparing.prepare(trajectory=trajectory, plan=plan, by=coordinator)] * 3
    )
    assert len({ballot.pk for ballot in made}) == 1
    wording = Wording("Een bankje", "Bij de vijver")
    entered = at_once(
        in_scope, *[lambda: proposing.enter(ballot=made[0], wording=wording, cost=500, by=coordinator)] * 3
    )
    assert len({project.pk for project in entered}) == 1
