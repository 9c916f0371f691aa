"""Loading the demo of budgetmonitoring: the figures, and four trajectories at four moments of the route."""

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone, translation
from django_scopes import scope

from budget.demo import alternatives, analysing, ballots, choosing, council, figures, following, ground
from budget.demo.crowd import Crowd
from budget.demo.figures import BASE, LAST
from budget.demo.scene import Scene
from budget.models import ProjectBallot, Round, ThemeBallot
from trajecten.demo import people
from trajecten.demo.past import Past
from trajecten.models import Trajectory

POVERTY, YOUTH, LINDE = "Volg het geld: armoede", "Jeugd aan zet met het geld", "Buurtbudget De Linde"
CARE = "Zorg en hulp dichtbij"


def load() -> None:
    """Add what is not there yet. A trajectory in which something happened already stays as it is."""
    figures.load()
    past, municipality = Past(), people.municipality(people.POLDERWIJK)
    with translation.override("nl"), scope(municipality=municipality):
        crowd = Crowd(municipality)
        ground.load(crowd, past)
        for name, title, play in STORIES:
            if not _has_begun(title):
                play(Scene(name, title, crowd, past))
    past.forget_mail()


def _has_begun(title: str) -> bool:
    """Also when there is no such trajectory (any more)."""
    trajectory = Trajectory.objects.filter(title=title).first()
    if trajectory is None:
        return True
    return any(
        model._default_manager.filter(trajectory=trajectory).exists()
        for model in (ThemeBallot, Round, ProjectBallot)
    )


def _youth(scene: Scene) -> None:
    """Over a year ago: the whole route, and now its money is followed."""
    scene.enrol(499)
    choosing.themes(scene, first=61, voters=74, since=497, until=480)
    scene.close("themes", 476)
    choosing.choose_programmes(scene, days_ago=466)
    scene.close("programmes", 460)
    analysing.ask(scene, after=460)
    analysing.write_notes(scene, since=458, until=444)
    scene.close("analysis", 440)
    closes_on = timezone.localdate(scene.now) - timedelta(days=415)
    found = alternatives.open_round(scene, year=BASE, prepared=439, opened=438, closes_on=closes_on)
    alternatives.make(scene, found, people=range(61, 123), since=437, until=416)
    outcome = council.count(scene, found, days_ago=414)
    scene.close("alternative", 412)
    ballot = ballots.propose(scene, prepared=411, proposed=406, opened=404, closed=395)
    ballots.vote(scene, ballot, people=range(61, 189), since=403, until=396, papers=14)
    ballots.count(scene, ballot, days_ago=394)
    scene.close("ballot", 392)
    item = council.hand_in(scene, outcome, days_ago=388)
    council.decide(scene, item, days_ago=380)
    scene.close("council", 378)
    following.report(scene, BASE)
    following.observe(scene, first=61, since=160, until=2)
    following.keep_promise(scene)


def _poverty(scene: Scene) -> None:
    """In the middle of it: people make their own budget now."""
    scene.enrol(119)
    choosing.themes(scene, first=1, voters=91, since=117, until=98)
    scene.close("themes", 94)
    choosing.choose_programmes(scene, days_ago=82)
    scene.close("programmes", 72)
    analysing.ask(scene, after=72, until=28)
    analysing.write_notes(scene, since=69, until=30)
    scene.close("analysis", 27)
    analysing.ask(scene, after=27)
    closes_on = timezone.localdate(scene.now) + timedelta(days=12)
    found = alternatives.open_round(scene, year=LAST, prepared=20, opened=16, closes_on=closes_on)
    alternatives.make(scene, found, people=range(1, 58), since=15, until=0, drafts=11)


def _linde(scene: Scene) -> None:
    """A vote that is open: eight projects in one neighbourhood."""
    ballot = ballots.propose(scene, prepared=39, proposed=15, opened=12, closed=-9)
    ballots.vote(scene, ballot, people=range(100, 155), since=11, until=0)


def _care(scene: Scene) -> None:
    """At its beginning: residents choose themes now."""
    scene.enrol(9)
    choosing.vote(scene, first=120, voters=37, since=7, until=0)


STORIES: tuple[tuple[str, str, Callable[[Scene], None]], ...] = (
    ("youth", YOUTH, _youth),
    ("poverty", POVERTY, _poverty),
    ("linde", LINDE, _linde),
    ("care", CARE, _care),
)
