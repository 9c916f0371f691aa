"""Preparing a vote on projects, proposing and judging projects, and opening it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from budget.domain.ballots import judging, preparing, proposing, telling
from budget.domain.ballots.judging import Judgement
from budget.domain.ballots.preparing import Plan
from budget.domain.ballots.proposing import Wording
from budget.domain.ballots.refusals import BallotRefused
from budget.method import BallotFacts, ballot_can_open
from budget.models import BallotProject, ProjectBallot
from tests.factories.ballots import BallotProjectFactory
from tests.factories.core import FollowFactory, ParticipantFactory
from tests.factories.enrolment import EnrolmentFactory
from tests.mails import in_english
from trajecten import registry
from trajecten.domain.telling import fanning_out
from trajecten.models import Activity, Notification

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

READY = BallotFacts(allowed=True, projects=2, waiting=0, unread=0, dear=0, days_left=3)
WORDING = Wording("Een bankje", "Bij de vijver")


def in_days(days: int) -> Any:
    return timezone.localdate() + timedelta(days=days)


def plan(**fields: Any) -> Plan:
    return Plan(**{"title": "Een ton", "budget": 100_000, "closes_on": in_days(14), **fields})


@pytest.mark.parametrize(
    ("facts", "keys"),
    [
        (READY, []),
        (replace(READY, projects=1), ["projects"]),
        (replace(READY, allowed=False, waiting=1, unread=2, dear=1), ["step", "waiting", "unread", "dear"]),
        (replace(READY, days_left=-1), ["closes_on"]),
        (replace(READY, days_left=0), []),
    ],
)
def test_the_gate_tells_all_that_is_missing(facts: BallotFacts, keys: list[str]) -> None:
    found = list(ballot_can_open(facts))
    assert [unmet.key for unmet in found] == keys
    assert all(str(unmet) for unmet in found)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"budget": 0}, "budget"),
        ({"opens_on": in_days(15)}, "closes_on"),
        ({"proposals_until": in_days(14)}, "closes_on"),
        ({"proposals_until": in_days(3), "opens_on": in_days(3)}, "opens_on"),
    ],
)
def test_days_and_amounts_that_cannot_be_are_refused(
    trajectory: Any, coordinator: Any, fields: dict[str, Any], field: str
) -> None:
    with pytest.raises(BallotRefused) as refused:
        preparing.prepare(trajectory=trajectory, plan=plan(**fields), by=coordinator)
    assert refused.value.field == field
    assert not ProjectBallot.objects.exists()


def test_a_vote_is_prepared_in_this_method_only(trajectory: Any, schouw: Any, coordinator: Any) -> None:
    made = preparing.prepare(trajectory=trajectory, plan=plan(), by=coordinator)
    assert (made.rule, made.opened_at) == ("equal-shares", None)
    with pytest.raises(BallotRefused):
        preparing.prepare(trajectory=schouw.trajectory, plan=plan(), by=coordinator)


def test_the_same_vote_is_prepared_once(trajectory: Any, coordinator: Any) -> None:
    first, again = (
        preparing.prepare(trajectory=trajectory, plan=plan(), by=coordinator) for _press in range(2)
    )
    other = preparing.prepare(trajectory=trajectory, plan=plan(title="Twee ton"), by=coordinator)
    assert first == again != other
    assert (
        ProjectBallot.objects.count() == Activity.objects.filter(verb="project_ballot_prepared").count() == 2
    )


def test_once_open_only_words_change_and_the_last_day_gets_later(voting: Any, coordinator: Any) -> None:
    same = plan(title="Nieuwe naam", closes_on=voting.closes_on + timedelta(days=1))
    assert preparing.change(ballot=voting, plan=same, by=coordinator).title == "Nieuwe naam"
    for other in ({"budget": 5}, {"rule": "greedy"}, {"closes_on": in_days(2)}, {"allows_guests": False}):
        with pytest.raises(BallotRefused) as refused:
            preparing.change(ballot=voting, plan=plan(**other), by=coordinator)
        assert refused.value.field == next(iter(other))


# -- Proposing ------------------------------------------------------------------------------------------------


def test_residents_propose_with_numbers_in_order(make: Any) -> None:
    ballot = make(2, proposing=True)
    made = proposing.propose(ballot=ballot, wording=WORDING, by=ParticipantFactory())
    assert (made.number, made.judgement, made.moderation, made.cost) == (3, "waiting", "pending", None)


def test_the_same_project_of_the_same_person_is_there_once(make: Any, handler: Any) -> None:
    ballot, person = make(proposing=True), ParticipantFactory()
    guest = {"email": "bea@example.org", "language": "nl"}
    for _press in range(2):
        proposing.propose(ballot=ballot, wording=WORDING, by=person)
        proposing.ask_to_propose(ballot=ballot, wording=WORDING, **guest)
        proposing.enter(ballot=ballot, wording=WORDING, cost=500, by=handler)
    assert BallotProject.objects.count() == 3
    assert Notification.objects.filter(key=telling.PROJECT_ASKED).count() == 1
    assert Activity.objects.filter(verb__in=["project_proposed", "project_entered"]).count() == 2
    proposing.propose(ballot=ballot, wording=WORDING, by=ParticipantFactory())
    proposing.enter(ballot=ballot, wording=WORDING, cost=600, by=handler)
    assert BallotProject.objects.count() == 5


@pytest.mark.parametrize(
    "fields", [{}, {"proposing": True, "voting": True}, {"proposals_until": in_days(-1)}], ids=str
)
def test_nothing_is_proposed_where_it_is_not_asked(make: Any, fields: dict[str, Any]) -> None:
    with pytest.raises(BallotRefused):
        proposing.propose(ballot=make(**fields), wording=WORDING, by=ParticipantFactory())


def test_nothing_is_proposed_in_another_step(make: Any, trajectory: Any) -> None:
    ballot = make(proposing=True)
    type(trajectory).objects.filter(pk=trajectory.pk).update(current_step="monitor")
    with pytest.raises(BallotRefused):
        proposing.propose(ballot=ballot, wording=WORDING, by=ParticipantFactory())


def test_who_proposes_again_with_an_account_confirms_what_waited_for_a_mail(make: Any) -> None:
    ballot = make(proposing=True)
    asked = proposing.ask_to_propose(ballot=ballot, wording=WORDING, email="bea@example.org", language="nl")
    made = proposing.propose(ballot=ballot, wording=WORDING, by=asked.author)
    assert (made.pk, made.confirmed_at is None) == (asked.pk, False)
    assert preparing.facts(ballot).waiting == 1


def test_a_guest_proposes_once_the_address_confirms_it(make: Any) -> None:
    ballot = make(proposing=True)
    made = proposing.ask_to_propose(ballot=ballot, wording=WORDING, email="bea@example.org", language="nl")
    assert preparing.facts(ballot).waiting == 0
    row = Notification.objects.get(key=telling.PROJECT_ASKED)
    assert made.token in in_english(row).body
    confirmed = proposing.confirm(project=made)
    assert proposing.confirm(project=made).confirmed_at == confirmed.confirmed_at
    assert preparing.facts(ballot).waiting == 1
    with pytest.raises(registry.NothingToSay):
        in_english(Notification.objects.get(key=telling.PROJECT_ASKED))


def test_nobody_reads_what_is_not_confirmed_also_where_nobody_reads_first(make: Any, trajectory: Any) -> None:
    type(trajectory).objects.filter(pk=trajectory.pk).update(premoderation=False)
    made = proposing.ask_to_propose(
        ballot=make(proposing=True), wording=WORDING, email="bea@example.org", language="nl"
    )
    assert made.moderation == "pending"
    assert proposing.confirm(project=made).moderation == "published"


def test_where_an_account_is_needed_no_guest_proposes(make: Any) -> None:
    ballot = make(proposing=True, allows_guests=False)
    with pytest.raises(BallotRefused):
        proposing.ask_to_propose(ballot=ballot, wording=WORDING, email="bea@example.org", language="nl")


def test_a_project_above_the_amount_is_refused_everywhere(make: Any, handler: Any) -> None:
    ballot = make(proposing=True, budget=1000)
    project = BallotProjectFactory(ballot=ballot, waiting=True)
    judged = Judgement("feasible", "Kan.", 1001)
    for act, field in (
        (lambda: proposing.enter(ballot=ballot, wording=WORDING, cost=1001, by=handler), "cost"),
        (lambda: judging.judge(project=project, judged=judged, by=handler), "cost"),
        (
            lambda: proposing.propose(
                ballot=ballot, wording=replace(WORDING, estimate=1001), by=ParticipantFactory()
            ),
            "estimate",
        ),
    ):
        with pytest.raises(BallotRefused) as refused:
            act()
        assert refused.value.field == field
    assert proposing.enter(ballot=ballot, wording=WORDING, cost=1000, by=handler).cost == 1000


# -- Judging --------------------------------------------------------------------------------------------------


def test_a_judgement_is_told_once_with_its_reason(make: Any, handler: Any) -> None:
    project = BallotProjectFactory(ballot=make(), waiting=True)
    judged = Judgement("not_feasible", "Het is niet onze grond.", 500)
    for _time in range(2):
        judging.judge(project=project, judged=judged, by=handler)
    row = Notification.objects.get(key=telling.JUDGED)
    assert row.participant == project.author
    mail = in_english(row)
    assert "Het is niet onze grond." in mail.body
    assert "can't be carried out" in mail.subject
    project.refresh_from_db()
    assert (project.judgement, project.cost, project.judged_by) == ("not_feasible", None, handler)
    judging.judge(project=project, judged=Judgement("feasible", "Toch wel.", 500), by=handler)
    assert Notification.objects.filter(key=telling.JUDGED).count() == 2


@pytest.mark.parametrize(
    ("judged", "field"),
    [
        (Judgement("feasible", "Kan."), "cost"),
        (Judgement("feasible", " ", 5), "reason"),
        (Judgement("waiting", "Kan.", 5), "level"),
    ],
)
def test_a_judgement_that_says_too_little_is_refused(
    make: Any, handler: Any, judged: Judgement, field: str
) -> None:
    project = BallotProjectFactory(ballot=make(), waiting=True)
    with pytest.raises(BallotRefused) as refused:
        judging.judge(project=project, judged=judged, by=handler)
    assert refused.value.field == field


def test_what_people_vote_on_stays_as_it_is(voting: Any, handler: Any) -> None:
    project = BallotProject.objects.get(ballot=voting, number=1)
    for act in (
        lambda: judging.judge(project=project, judged=Judgement("feasible", "Kan.", 1), by=handler),
        lambda: proposing.reword(project=project, wording=WORDING, by=handler),
        lambda: proposing.enter(ballot=voting, wording=WORDING, cost=1, by=handler),
    ):
        with pytest.raises(BallotRefused):
            act()


# -- Opening --------------------------------------------------------------------------------------------------


def test_a_vote_opens_once_all_is_judged_and_is_told_once(
    make: Any, trajectory: Any, coordinator: Any
) -> None:
    ballot = make(2)
    waiting = BallotProjectFactory(ballot=ballot, waiting=True)
    member = EnrolmentFactory(trajectory=trajectory).participant
    follow = FollowFactory(target=trajectory, participant__municipality=trajectory.municipality)
    with pytest.raises(BallotRefused, match="1 project is not judged yet"):
        preparing.open_vote(ballot=ballot, by=coordinator)
    BallotProject.objects.filter(pk=waiting.pk).delete()
    opened = preparing.open_vote(ballot=ballot, by=coordinator)
    assert preparing.open_vote(ballot=ballot, by=coordinator).opened_at == opened.opened_at
    fanning_out.fan_out_due()
    told = Notification.objects.filter(key=telling.OPENED)
    proposers = set(BallotProject.objects.filter(ballot=ballot).values_list("author", flat=True))
    assert {row.participant_id for row in told} == {member.pk, follow.participant_id, *proposers}
    assert "€" in in_english(told.get(participant=member)).body


def test_a_closed_vote_stays_closed(voting: Any, make: Any, coordinator: Any) -> None:
    closed = preparing.close_vote(ballot=voting, by=coordinator)
    assert preparing.close_vote(ballot=voting, by=coordinator).closed_at == closed.closed_at
    assert not closed.takes_votes
    with pytest.raises(BallotRefused):
        preparing.close_vote(ballot=make(), by=coordinator)
