"""Choosing themes and programmes in a trajectory of the demo."""

import uuid
from collections.abc import Callable
from functools import partial
from typing import Any

from budget.demo.scene import PAPERS, Scene
from budget.domain.choosing import cards, deciding, programmes, suggesting, voting
from budget.domain.choosing.voting import Choice
from budget.models import Programme, Theme
from trajecten.models import Participant

ON_PAPER = 9


def themes(scene: Scene, *, first: int, voters: int, since: float, until: float) -> None:
    """Prepared, voted on from ``since`` to ``until`` days ago, and chosen."""
    vote(scene, first=first, voters=voters, since=since, until=until)
    scene.do(until - 1, partial(_choose, scene))


def vote(scene: Scene, *, first: int, voters: int, since: float, until: float) -> None:
    """Prepared, and voted on from ``since`` to ``until`` days ago. What nobody has read yet came last."""
    scene.do(since + 1, lambda: cards.begin(trajectory=scene.trajectory, by=scene.coordinator))
    for each in scene.said.get("suggestion", ()):
        _suggest(scene, each, since)
    likes = _likes(scene)
    acts: list[Callable[[], Any]] = [
        partial(_vote, scene, scene.crowd.person(number), likes, number)
        for number in range(first, first + voters)
    ]
    scene.spread(acts, since=since, until=until)
    for each in scene.said.get("unread", ()):
        _suggest(scene, each, until, is_read=False)


def _suggest(scene: Scene, each: dict[str, Any], days_ago: float, *, is_read: bool = True) -> None:
    with scene.past.at(scene.moment(days_ago)):
        theme = suggesting.suggest(
            trajectory=scene.trajectory,
            by=scene.crowd.person(each["who"]),
            title=each["title"],
            text=each["text"],
        )
        if is_read:
            scene.publish(theme)


def _likes(scene: Scene) -> list[tuple[Theme, int]]:
    """Each theme with how many of a hundred people find it important."""
    by_title = {each["title"]: each["votes"] for each in scene.said.get("suggestion", ())}
    found = cards.shown(scene.trajectory)
    return [(theme, by_title.get(theme.title, scene.said["likes"].get(theme.icon, 0))) for theme in found]


def _vote(scene: Scene, person: Participant, likes: list[tuple[Theme, int]], number: int) -> None:
    wanted = [theme for theme, part in likes if scene.rng.randrange(100) < part]
    choice = Choice(tuple(wanted or [likes[0][0]]), person.home_area, person.kind)
    if number % ON_PAPER == 0:
        key = uuid.uuid5(PAPERS, f"{scene.trajectory.title} {number}")
        voting.enter_paper(trajectory=scene.trajectory, key=key, choice=choice, by=scene.coordinator)
    else:
        voting.vote(trajectory=scene.trajectory, by=person, choice=choice)


def _choose(scene: Scene) -> None:
    chosen = scene.said["chosen"]
    rows = Theme.objects.filter(trajectory=scene.trajectory, is_suggested=False, icon__in=chosen)
    reasons = {theme.pk: chosen[theme.icon] for theme in rows}
    deciding.choose(trajectory=scene.trajectory, reasons=reasons, by=scene.coordinator)


def choose_programmes(scene: Scene, *, days_ago: float) -> None:
    """Each with the themes for which it is relevant, and the reason."""
    for each in scene.said["programme"]:
        own = Theme.objects.filter(trajectory=scene.trajectory, is_suggested=False, icon__in=each["themes"])
        scene.do(
            days_ago,
            partial(
                programmes.choose,
                trajectory=scene.trajectory,
                programme=Programme.objects.get(code=each["code"]),
                themes=list(own),
                is_chosen=each["is_chosen"],
                reason=each["reason"],
                by=scene.coordinator,
            ),
        )
