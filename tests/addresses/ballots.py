"""Votes on projects: for everybody, for who votes or proposes, and for officials."""

from budget.domain.ballots import results
from tests.addresses.row import EVERYBODY, Keys, Row, Things
from tests.factories.ballots import BallotProjectFactory, ProjectBallotFactory, ProjectVoteFactory, vote_for
from tests.factories.budget import BudgetTrajectoryFactory

PROJECT = {"title": "Een bankje", "text": "Bij de vijver"}
PLAN = {"title": "Een ton", "budget": "100000", "rule": "equal-shares", "closes_on": "{tomorrow}"}
JUDGEMENT = {"level": "feasible", "cost": "5000", "reason": "Er is plek."}
PROMISE = {"text": "Wij zetten het neer.", "owner": "{handler}", "deadline": "{tomorrow}"}
PB = """META
key;value
description;Een stemming elders
budget;100
vote_type;approval
PROJECTS
project_id;cost;name
1;60;Bankje
2;60;Boom
VOTES
voter_id;vote
1;1
2;1,2
"""
FILE = {"rule": "greedy", "file": PB.encode()}

# fmt: off
PORTAL: list[Row] = []
MUNICIPALITY: list[Row] = [
    Row("budget:ballots", EVERYBODY),
    Row("budget:ballot", EVERYBODY, of="voting"),
    Row("budget:project", EVERYBODY, of="on_ballot"),
    Row("budget:ballot-result", EVERYBODY, of="counted"),
    Row("budget:ballot-file", EVERYBODY, of="counted"),
    Row("budget:project-propose", EVERYBODY, of="proposing"),
    Row("budget:project-propose", EVERYBODY, "POST", of="proposing", body=PROJECT),
    Row("budget:ballot-vote", EVERYBODY, of="voting"),
    Row("budget:ballot-vote", EVERYBODY, "POST", of="voting", body={"choices": 1}),
    Row("budget:own-vote", EVERYBODY, of="own_vote"),
    Row("budget:own-vote", EVERYBODY, "POST", of="own_vote", body={"choices": 1}),
    Row("budget:own-vote-confirm", EVERYBODY, of="own_vote"),
    Row("budget:own-vote-confirm", EVERYBODY, "POST", of="own_vote"),
    Row("budget:own-vote-withdraw", EVERYBODY, of="own_vote"),
    Row("budget:own-project", EVERYBODY, of="own_project"),
    Row("budget:own-project-confirm", EVERYBODY, of="own_project"),
    Row("budget:own-project-confirm", EVERYBODY, "POST", of="own_project"),
    Row("budget:desk-ballots", "L..+++..+"),
    Row("budget:ballot-new", "L..x+x+.+", of="budget_trajectory"),
    Row("budget:ballot-new", "L..x+x+.+", "POST", of="budget_trajectory", body=PLAN),
    Row("budget:ballot-upload", "L..x+x+.+", of="budget_trajectory"),
    Row("budget:ballot-upload", "L..x+x+.+", "POST", of="budget_trajectory", body=FILE),
    Row("budget:counted-file", "L..++++.+", of="counted_file"),
    Row("budget:desk-ballot", "L..++++.+", of="voting"),
    Row("budget:ballot-change", "L..x+x+.+", of="ready"),
    Row("budget:ballot-change", "L..x+x+.+", "POST", of="ready", body=PLAN),
    *(Row("budget:ballot-open", "L..x+x+.+", method, of="ready") for method in ("GET", "POST")),
    *(Row("budget:ballot-close", "L..x+x+.+", method, of="voting") for method in ("GET", "POST")),
    *(Row("budget:ballot-count", "L..x+xx.+", method, of="over") for method in ("GET", "POST")),
    Row("budget:ballot-paper", "L..++xx.+", of="voting"),
    Row("budget:ballot-paper", "L..++xx.+", "POST", of="voting", body={"paper": 7, "choices": 1}),
    Row("budget:ballot-paper-remove", "L..++xx.+", of="voting"),
    Row("budget:ballot-paper-remove", "L..++xx.+", "POST", of="voting", body={"paper": 9}),
    Row("budget:project-enter", "L..++x+.+", of="proposing"),
    Row("budget:project-enter", "L..++x+.+", "POST", of="proposing", body={**PROJECT, "cost": "5000"}),
    Row("budget:desk-project", "L..++++.+", of="proposed"),
    Row("budget:project-reword", "L..++x+.+", of="proposed"),
    Row("budget:project-reword", "L..++x+.+", "POST", of="proposed", body=PROJECT),
    Row("budget:project-judge", "L..++xx.+", of="proposed"),
    Row("budget:project-judge", "L..++xx.+", "POST", of="proposed", body=JUDGEMENT),
    Row("budget:project-promise", "L..x+xx.+", of="won"),
    Row("budget:project-promise", "L..x+xx.+", "POST", of="won", body=PROMISE),
]
# fmt: on


def keys(things: Things) -> Keys:
    own = {"municipality": things.trajectory.municipality, "adviser": things.adviser}
    trajectory = BudgetTrajectoryFactory(act="choose_projects", coordinator=things.coordinator, **own)
    voting = ProjectBallotFactory(trajectory=trajectory, voting=True)
    project = BallotProjectFactory(ballot=voting, author=things.supporter)
    proposing = ProjectBallotFactory(trajectory=trajectory, proposing=True, opens_on=None)
    proposed = BallotProjectFactory(ballot=proposing, waiting=True, author=things.supporter)
    ready = ProjectBallotFactory(trajectory=trajectory)
    BallotProjectFactory.create_batch(2, ballot=ready)
    over, counted = ProjectBallotFactory.create_batch(2, trajectory=trajectory, over=True)
    for ballot in (over, counted):
        BallotProjectFactory.create_batch(2, ballot=ballot, cost=60_000)
        vote_for(ballot, ([1], 6), ([1, 2], 5), ([2], 3))
    results.count(ballot=counted, by=things.coordinator)
    by_file = results.count_file(
        trajectory=trajectory,
        raw=PB.encode(),
        name="stemmen.pb",
        rule="equal-shares",
        title="",
        by=things.coordinator,
    )
    ProjectVoteFactory(on_paper=True, paper=9, ballot=voting)
    vote = ProjectVoteFactory(ballot=voting, choices=[1], confirmed_at=None)
    return {
        "budget_trajectory": {"trajectory": trajectory.pk},
        "voting": {"ballot": voting.pk},
        "on_ballot": {"ballot": voting.pk, "number": project.number},
        "proposing": {"ballot": proposing.pk},
        "proposed": {"ballot": proposing.pk, "number": proposed.number},
        "own_project": {"token": proposed.token},
        "own_vote": {"token": vote.token},
        "ready": {"ballot": ready.pk},
        "over": {"ballot": over.pk},
        "counted": {"ballot": counted.pk},
        "won": {"ballot": counted.pk, "number": 1},
        "counted_file": {"result": by_file.pk},
    }
