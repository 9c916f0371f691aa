"""Counting a vote on projects: the file, the outcome and why, the turnout, and promises on what won."""

from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
from django.utils import timezone

from budget.domain.ballots import counting, explaining, promising, results, telling, turnout
from budget.domain.ballots.outcome import told
from budget.domain.ballots.refusals import BallotRefused
from budget.models import BallotProject, BallotResult
from budget.notifications.ballots import project_counted
from tests.factories.ballots import BallotProjectFactory, ProjectVoteFactory, vote_for
from tests.mails import in_english
from trajecten.models import Commitment, CommitmentOrigin, Notification
from trajecten.registry import NothingToSay

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture
def over(make: Any) -> Any:
    """Over: 100 euro, and 100 voters. A group of 60 wants 1 and 2, one of 40 wants 3; each costs 40; 4 costs 20."""
    ballot = make(over=True, budget=100)
    for cost in (40, 40, 40, 20):
        BallotProjectFactory(ballot=ballot, cost=cost)
    vote_for(ballot, ([1, 2], 6), ([3], 4))
    return ballot


def test_every_group_gets_its_part_where_most_votes_would_give_all_to_one(
    over: Any, coordinator: Any
) -> None:
    """10 voters have 10 euro each: the 6 buy 1 for 40 and have 20 left; the 4 buy 3 with all that they have. Nobody
    wants 4. Most votes first would give 1 and 2."""
    result = results.count(ballot=over, by=coordinator)
    outcome = told(result)
    assert {project.id: project.state for project in outcome.projects} == {
        "1": "won",
        "3": "won",
        "2": "lost",
        "4": "lost",
    }
    lost = outcome.of_number(2)
    assert (outcome.cost, outcome.unspent, lost.supporters) == (80, 20, 6)
    assert lost.left + lost.missing == 40
    assert (outcome.prefer_this, outcome.prefer_most_votes, outcome.same_to) == (4, 6, 0)
    assert explaining.why(outcome.of_number(4), outcome) == ["Nobody chose this project."]
    assert "missing" in " ".join(explaining.why(lost, outcome))
    assert "€\N{NO-BREAK SPACE}40" in " ".join(explaining.why(outcome.of_number(1), outcome))
    assert len(explaining.preferred(outcome)) == 4


def test_most_votes_first_where_that_was_chosen(over: Any, coordinator: Any) -> None:
    type(over).objects.filter(pk=over.pk).update(rule="greedy")
    outcome = told(results.count(ballot=over, by=coordinator))
    assert [project.id for project in outcome.projects if project.won] == ["1", "2"]
    assert explaining.preferred(outcome) == []
    assert "more votes went first" in " ".join(explaining.why(outcome.of_number(3), outcome))


def test_the_file_counts_to_the_same_and_names_nobody(over: Any, coordinator: Any) -> None:
    result = results.count(ballot=over, by=coordinator)
    assert result.sha256 == sha256(result.file.encode()).hexdigest()
    read = counting.read(result.file.encode(), file="a.pb")
    assert read.remarks == ()
    assert [ballot.voter for ballot in read.election.ballots] == [str(n) for n in range(1, 11)]
    again = counting.counted(read.election, result.rule)
    assert again == result.outcome


def test_voters_come_in_an_order_drawn_by_lot(make: Any, coordinator: Any) -> None:
    """Those who voted first must not be the first in the file; by chance once in 2^60 counts they are."""
    ballot = make(2, over=True)
    vote_for(ballot, ([1], 40), ([2], 40))
    read = counting.read(results.count(ballot=ballot, by=coordinator).file.encode(), file="a.pb")
    assert [paper.choices for paper in read.election.ballots] != [("1",)] * 40 + [("2",)] * 40


def test_the_lowest_number_wins_a_tie_also_beyond_nine(make: Any, coordinator: Any) -> None:
    ballot = make(10, over=True, budget=10_000)
    vote_for(ballot, ([2, 10], 5))
    outcome = told(results.count(ballot=ballot, by=coordinator))
    assert [project.id for project in outcome.projects if project.won] == ["02"]


def test_what_was_hidden_meanwhile_is_not_counted(over: Any, coordinator: Any) -> None:
    BallotProject.objects.filter(ballot=over, number=1).update(moderation="hidden")
    outcome = told(results.count(ballot=over, by=coordinator))
    assert sorted(project.id for project in outcome.projects) == ["2", "3", "4"]
    assert outcome.voters == 10


def test_nothing_is_counted_while_people_vote_nor_without_a_vote(
    voting: Any, make: Any, coordinator: Any
) -> None:
    vote_for(voting, ([1], 1))
    for ballot, words in (
        (voting, "still vote"),
        (make(2), "not been opened"),
        (make(2, over=True), "Nobody"),
    ):
        with pytest.raises(BallotRefused, match=words):
            results.count(ballot=ballot, by=coordinator)
    assert not BallotResult.objects.exists()


def test_proposers_hear_why_in_plain_words(over: Any, coordinator: Any) -> None:
    results.count(ballot=over, by=coordinator)
    loser = BallotProject.objects.get(ballot=over, number=2)
    mail = in_english(Notification.objects.get(key=telling.PROJECT_COUNTED, participant=loser.author))
    assert "did not win" in mail.subject
    assert "was missing" in mail.body
    told_all = Notification.objects.filter(key=telling.COUNTED).first()
    assert told_all is not None
    assert "Project" in in_english(told_all).body


# -- The turnout ----------------------------------------------------------------------------------------------


def test_turnout_hides_small_numbers_and_counts_paper_apart(make: Any, areas: list[Any]) -> None:
    ballot = make(2, voting=True)
    ProjectVoteFactory.create_batch(12, ballot=ballot, area=areas[0])
    ProjectVoteFactory.create_batch(3, ballot=ballot, area=areas[1])
    ProjectVoteFactory.create_batch(6, ballot=ballot, on_paper=True)
    found = turnout.of_votes(list(results._votes(ballot)))
    assert found["total"] == 21
    assert found["areas"][areas[1].name] is None
    assert [number for number in found["areas"].values() if number is None] != [None]
    assert found["kinds"] == {"paper": 6, "resident": 15}


def test_turnout_of_a_handful_is_not_shown(make: Any) -> None:
    ballot = make(2, voting=True)
    vote_for(ballot, ([1], 4))
    assert turnout.of_votes(list(results._votes(ballot)))["total"] is None


# -- Promises -------------------------------------------------------------------------------------------------


def promised(project: BallotProject, by: Any) -> Commitment:
    day = timezone.localdate() + timedelta(days=90)
    return promising.promise(project=project, text="Wij doen het.", deadline=day, owner=by, by=by)


def test_what_won_becomes_a_promise_once(over: Any, coordinator: Any) -> None:
    winner, loser = (BallotProject.objects.get(ballot=over, number=number) for number in (1, 2))
    with pytest.raises(BallotRefused, match="not been counted"):
        promised(winner, coordinator)
    results.count(ballot=over, by=coordinator)
    made = promised(winner, coordinator)
    assert CommitmentOrigin.objects.get(commitment=made).object_id == winner.pk
    with pytest.raises(BallotRefused, match="already"):
        promised(winner, coordinator)
    with pytest.raises(BallotRefused, match="did not win"):
        promised(loser, coordinator)


def test_what_was_not_on_the_ballot_is_not_promised(over: Any, coordinator: Any) -> None:
    hidden = BallotProject.objects.get(ballot=over, number=1)
    BallotProject.objects.filter(pk=hidden.pk).update(moderation="hidden")
    result = results.count(ballot=over, by=coordinator)
    with pytest.raises(BallotRefused, match="not on the ballot"):
        promised(hidden, coordinator)
    BallotProject.objects.filter(pk=hidden.pk).update(moderation="published")
    row = Notification(about=hidden, participant=hidden.author, municipality=result.municipality)
    with pytest.raises(NothingToSay):
        project_counted(row)
