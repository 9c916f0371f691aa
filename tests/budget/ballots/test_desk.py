"""The pages of a vote on projects for officials: preparing, judging, typing papers, counting, and files."""

import os
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from budget.domain.ballots.outcome import told
from budget.models import BallotProject, BallotResult, ProjectBallot, ProjectVote
from tests.factories.ballots import BallotProjectFactory, vote_for
from trajecten.models import Commitment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

DESK = "/polderwijk/begroting/projecten/werk/"
SHARED = Path(os.environ.get("PORTAL_SHARED") or Path(__file__).parents[4] / "shared")
ASSEN = SHARED / "data" / "methods" / "pb" / "Netherlands_Assen_2024.pb"

PB = """META
key;value
description;Een stemming elders
budget;100
vote_type;approval
PROJECTS
project_id;cost;name
1;60;Bankje
2;60;Boom
3;40;Heg
VOTES
voter_id;vote
1;1
2;1,2
3;3
"""


def words(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def in_days(days: int) -> str:
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def test_a_coordinator_prepares_a_vote_and_opens_it(trajectory: Any, coordinator_client: Client) -> None:
    plan = {"title": "Een ton", "budget": "100.000", "rule": "equal-shares", "closes_on": in_days(14)}
    coordinator_client.post(f"{DESK}nieuw/{trajectory.pk}/", {**plan, "allows_guests": "on"})
    ballot = ProjectBallot.objects.get()
    assert (ballot.budget, ballot.rule, ballot.allows_guests) == (100_000, "equal-shares", True)
    page = f"{DESK}{ballot.pk}/"
    assert "It takes at least 2 projects" in words(coordinator_client.get(page))
    for name in ("Bankje", "Boom"):
        fields = {"title": name, "text": "In het park", "cost": "5.000"}
        assert coordinator_client.post(f"{page}nieuw-project/", fields).status_code == 302
    assert "Everything is ready" in words(coordinator_client.get(page))
    coordinator_client.post(f"{page}openen/")
    ballot.refresh_from_db()
    assert ballot.takes_votes


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"budget": "0"}, "budget"),
        ({"budget": "12,50"}, "budget"),
        ({"title": ""}, "title"),
        ({"opens_on": in_days(20)}, "closes_on"),
        ({"closes_on": ""}, "closes_on"),
        ({"rule": "loting"}, "rule"),
    ],
)
def test_what_cannot_be_is_said_beside_the_field(
    trajectory: Any, coordinator_client: Client, fields: dict[str, str], field: str
) -> None:
    plan = {"title": "Een ton", "budget": "100000", "rule": "equal-shares", "closes_on": in_days(14)}
    answer = coordinator_client.post(f"{DESK}nieuw/{trajectory.pk}/", {**plan, **fields})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])


def test_a_project_above_the_amount_is_refused_beside_its_cost(make: Any, handler_client: Client) -> None:
    ballot = make(budget=1000)
    fields = {"title": "Brug", "text": "Over de sloot", "cost": "1.001"}
    answer = handler_client.post(f"{DESK}{ballot.pk}/nieuw-project/", fields)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["cost"])
    project = BallotProjectFactory(ballot=ballot, waiting=True)
    judged = {"level": "feasible", "cost": "1.001", "reason": "Kan."}
    answer = handler_client.post(f"{DESK}{ballot.pk}/{project.number}/oordeel/", judged)
    assert (answer.status_code, list(answer.context["judge_form"].errors)) == (422, ["cost"])


def test_an_official_judges_a_proposal(make: Any, handler_client: Client) -> None:
    project = BallotProjectFactory(ballot=make(), waiting=True, estimate=4000)
    path = f"{DESK}{project.ballot_id}/{project.number}/"
    assert handler_client.get(path).context["judge_form"].initial["cost"] == 4000
    handler_client.post(f"{path}oordeel/", {"level": "feasible", "cost": "4.500", "reason": "Er is plek."})
    project.refresh_from_db()
    assert (project.judgement, project.cost, project.reason) == ("feasible", 4500, "Er is plek.")


def test_papers_are_typed_one_after_the_other(voting: Any, handler_client: Client) -> None:
    path = f"{DESK}{voting.pk}/papier/"
    assert handler_client.get(path).context["form"].initial["paper"] == 1
    assert handler_client.post(path, {"paper": "4", "choices": ["1", "2"]}).status_code == 302
    page = handler_client.get(path)
    assert page.context["form"].initial["paper"] == 5
    assert "1 paper typed" in words(page)
    again = handler_client.post(path, {"paper": "4", "choices": ["1"]})
    assert (again.status_code, list(again.context["form"].errors)) == (422, ["paper"])
    handler_client.post(f"{path}weghalen/", {"paper": "4"})
    assert not ProjectVote.objects.exists()


def test_only_the_coordinator_counts_and_promises(
    make: Any, handler_client: Client, coordinator_client: Client, handler: Any
) -> None:
    over = make(3, over=True, budget=25_000)
    vote_for(over, ([1], 3), ([2], 2), ([3], 1))
    assert handler_client.post(f"{DESK}{over.pk}/tellen/").status_code == 403
    assert "The coordinator counts" in words(handler_client.get(f"{DESK}{over.pk}/"))
    coordinator_client.post(f"{DESK}{over.pk}/tellen/")
    winner = next(each for each in told(BallotResult.objects.get()).projects if each.won)
    path = f"{DESK}{over.pk}/{int(winner.id)}/"
    assert "Make it a promise" in words(coordinator_client.get(path))
    fields = {"text": "Wij doen het.", "owner": handler.pk, "deadline": in_days(60)}
    assert coordinator_client.post(f"{path}belofte/", fields).status_code == 302
    made = Commitment.objects.get()
    assert (made.owner, made.text) == (handler, "Wij doen het.")
    assert "Make it a promise" not in words(coordinator_client.get(path))
    project = BallotProject.objects.get(ballot=over, number=int(winner.id))
    public = Client().get(f"/polderwijk/begroting/projecten/{over.pk}/plan/{project.number}/")
    assert "It has been promised" in words(public)


def test_counting_too_early_is_refused_in_words(voting: Any, coordinator_client: Client) -> None:
    answer = coordinator_client.post(f"{DESK}{voting.pk}/tellen/", follow=True)
    assert "People can still vote" in words(answer)


def test_an_adviser_sees_the_own_trajectory(trajectory: Any, make: Any, adviser: Any, sign_in: Any) -> None:
    ballot = make(2)
    browser = sign_in(adviser)
    assert browser.get(DESK).status_code == 404
    shown = browser.get(DESK, {"trajectory": trajectory.pk})
    assert [row["ballot"] for row in shown.context["rows"]] == [ballot]


# -- Files ----------------------------------------------------------------------------------------------------


def upload(browser: Client, trajectory: Any, text: bytes, **fields: str) -> Any:
    file = SimpleUploadedFile("stemmen.pb", text)
    path = f"{DESK}bestand/{trajectory.pk}/"
    return browser.post(path, {"file": file, "rule": "equal-shares", **fields}, follow=True)


def test_a_file_is_counted_and_nothing_of_it_is_kept(trajectory: Any, coordinator_client: Client) -> None:
    """3 voters have 33.33 euro each, and get more until 1 and 3 fit: 1 is bought for 60 by two, 3 for 40 by one."""
    page = upload(coordinator_client, trajectory, PB.encode())
    result = BallotResult.objects.get()
    assert (result.title, result.file, result.ballot) == ("Een stemming elders", "", None)
    assert [project.name for project in told(result).won] == ["Bankje", "Heg"]
    assert not ProjectVote.objects.exists()
    assert "We did not keep that" in words(page)
    upload(coordinator_client, trajectory, PB.encode())
    assert BallotResult.objects.count() == 1
    upload(coordinator_client, trajectory, PB.encode(), rule="greedy", title="Anders geteld")
    assert list(BallotResult.objects.values_list("number", "title")) == [
        (2, "Anders geteld"),
        (1, "Een stemming elders"),
    ]
    assert Client().get(f"/polderwijk/begroting/projecten/werk/geteld/{result.pk}/").status_code == 302


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (PB.replace("2;1,2", "2;1,9").encode(), "line 14"),
        (b"PK\x03\x04\x00", "text"),
        (PB.replace("budget;100\n", "").encode(), "budget"),
        (b"", "empty"),
    ],
    ids=["unknown project", "no text", "no budget", "empty"],
)
def test_a_wrong_file_is_refused_with_line_and_reason(
    trajectory: Any, coordinator_client: Client, text: bytes, reason: str
) -> None:
    page = upload(coordinator_client, trajectory, text)
    assert page.status_code == 422
    assert reason in " ".join(page.context["form"].errors["file"])
    assert not BallotResult.objects.exists()


@pytest.mark.skipif(not ASSEN.is_file(), reason="the real votes (PORTAL_SHARED) are not on this machine")
def test_assen_2024_comes_to_its_official_winners(trajectory: Any, coordinator_client: Client) -> None:
    """9 projects for 76,700 of 100,000 euro; what still fits from the rest stands apart."""
    page = upload(coordinator_client, trajectory, ASSEN.read_bytes())
    outcome = told(BallotResult.objects.get())
    official = {"11", "12", "13", "14", "2", "3", "5", "6", "9"}
    assert {project.id for project in outcome.won} == official
    assert sum(project.cost for project in outcome.won) == 76_700
    assert [project.id for project in outcome.filled] == ["7"]
    assert "84 people voted" in words(page)


def test_a_proposal_waits_among_what_residents_wrote_until_it_is_read(
    make: Any, handler_client: Client
) -> None:
    project = BallotProjectFactory(
        ballot=make(), waiting=True, moderation="pending", title="Waterspeelplaats"
    )
    queue = handler_client.get("/polderwijk/werk/moderatie/")
    assert "Waterspeelplaats" in words(queue)
    (entry,) = [entry for entry in queue.context["entries"] if entry.contribution == project]
    item = f"/polderwijk/werk/moderatie/{entry.key}/{entry.number}/"
    assert "Waterspeelplaats" in words(handler_client.get(item))
