"""A vote on projects in a trajectory of the demo: proposed, judged, voted on, and counted."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from functools import partial
from typing import Any

from django.utils import timezone

from budget.demo import scene as told
from budget.demo.scene import Scene
from budget.domain.ballots import judging, preparing, promising, proposing, results, voting
from budget.domain.ballots.judging import Judgement
from budget.domain.ballots.outcome import told as told_of
from budget.domain.ballots.proposing import Wording
from budget.enums import ProjectJudgement
from budget.models import BallotProject, BallotResult, ProjectBallot
from trajecten.domain.promises import moving
from trajecten.enums import CommitmentStatus
from trajecten.models import Participant

FEASIBLE = "Dit past binnen de regels en binnen het bedrag. De buurt helpt mee."
DAY = timedelta(days=1)


def propose(scene: Scene, *, prepared: float, proposed: float, opened: float, closed: float) -> ProjectBallot:
    """Prepared, with all projects proposed and judged, and opened; ``closed`` days ago is its last day."""
    said, today = scene.said["ballot"], timezone.localdate(scene.now)
    plan = preparing.Plan(
        **said,
        proposals_until=today - DAY * round(proposed),
        opens_on=today - DAY * round(opened),
        closes_on=today - DAY * round(closed),
    )
    ballot: ProjectBallot = scene.do(
        prepared, lambda: preparing.prepare(trajectory=scene.trajectory, plan=plan, by=scene.coordinator)
    )
    acts: list[Callable[[], Any]] = [partial(_propose, scene, ballot, each) for each in scene.said["project"]]
    scene.spread(acts, since=prepared - 1, until=proposed)
    for project in ballot.projects.filter(judgement=ProjectJudgement.WAITING):
        scene.do(proposed - 0.5, partial(_judge, scene, project))
    made: ProjectBallot = scene.do(opened, lambda: preparing.open_vote(ballot=ballot, by=scene.coordinator))
    return made


def _propose(scene: Scene, ballot: ProjectBallot, each: dict[str, Any]) -> None:
    wording = Wording(each["title"], each["text"], told.area(each.get("area", "")), each.get("cost"))
    if "who" not in each:
        proposing.enter(ballot=ballot, wording=wording, cost=each["cost"], by=scene.coordinator)
        return
    project = proposing.propose(ballot=ballot, wording=wording, by=scene.crowd.person(each["who"]))
    if not project.is_public:
        scene.publish(project)


def _judge(scene: Scene, project: BallotProject) -> None:
    each = next(one for one in scene.said["project"] if one["title"] == project.title)
    judged = Judgement(ProjectJudgement.FEASIBLE, FEASIBLE, each.get("cost"))
    if "reason" in each:
        judged = Judgement(ProjectJudgement.NOT_FEASIBLE, each["reason"])
    judging.judge(project=project, judged=judged, by=scene.official("behandelaar.polderwijk"))


def vote(
    scene: Scene, ballot: ProjectBallot, *, people: Iterable[int], since: float, until: float, papers: int = 0
) -> None:
    """By these people, and so many on paper."""
    likes = _likes(scene, ballot)
    acts: list[Callable[[], Any]] = [
        partial(_vote, scene, ballot, likes, scene.crowd.person(number)) for number in people
    ]
    acts += [partial(_type, scene, ballot, likes, number) for number in range(1, papers + 1)]
    scene.spread(acts, since=since, until=until)


def _likes(scene: Scene, ballot: ProjectBallot) -> list[tuple[BallotProject, int]]:
    parts = {each["title"]: each.get("likes", 0) for each in scene.said["project"]}
    return [(project, parts[project.title]) for project in ballot.projects.on_ballot()]


def _vote(
    scene: Scene, ballot: ProjectBallot, likes: list[tuple[BallotProject, int]], person: Participant
) -> None:
    """People like what is in their own neighbourhood twice as much."""
    home = {person.home_area_id, person.home_area.parent_id} if person.home_area else set()
    choices = [
        project.number
        for project, part in likes
        if scene.rng.randrange(100) < part * (2 if project.area_id and project.area_id in home else 1)
    ]
    voting.vote(ballot=ballot, choices=choices or [likes[0][0].number], by=person)


def _type(scene: Scene, ballot: ProjectBallot, likes: list[tuple[BallotProject, int]], paper: int) -> None:
    choices = [project.number for project, part in likes if scene.rng.randrange(100) < part]
    voting.type_paper(ballot=ballot, paper=paper, choices=choices, by=scene.coordinator)


def count(scene: Scene, ballot: ProjectBallot, *, days_ago: float) -> BallotResult:
    """Count it, and promise what won: those in the first half of the year are done by now."""
    result: BallotResult = scene.do(days_ago, lambda: results.count(ballot=ballot, by=scene.coordinator))
    won = [project for project in told_of(result).projects if project.won]
    for place, each in enumerate(won):
        project = ballot.projects.get(number=int(each.id))
        owner = scene.official("groen.polderwijk" if place % 2 else "behandelaar.polderwijk")
        deadline = timezone.localdate(scene.now) + timedelta(days=60 + 30 * place)
        text = f"Wij voeren uit: {project.title}."
        promised = partial(
            promising.promise,
            project=project,
            text=text,
            deadline=deadline,
            owner=owner,
            by=scene.coordinator,
        )
        commitment = scene.do(days_ago - 1, promised)
        if place == 0:
            text = "Het is klaar, en gisteren geopend door wie het bedacht."
            move = partial(moving.move, commitment=commitment, by=owner, text=text)
            scene.do(150, partial(move, status=CommitmentStatus.DONE))
    return result
