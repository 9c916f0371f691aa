"""Loading the buurtschouw's part of the demo: themes, walks, some 260 reports with what became of them, and ideas."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.utils import timezone, translation
from django_scopes import scope

from buurtschouw.demo import desk, forwarding, ideas, open311, rights, scoring, telling, words
from buurtschouw.demo.playing import Cue, Play
from buurtschouw.demo.stories import Story
from buurtschouw.demo.walks import UNOWNED, Walk, walks
from buurtschouw.domain.ideas import power
from buurtschouw.domain.statistics import keeping
from buurtschouw.enums import Icon
from buurtschouw.models import Category, Option, Question, Schouw
from trajecten.demo import people, sizes
from trajecten.demo.past import Past
from trajecten.models import Municipality, Team

# After so many acts the tables are so much larger that PostgreSQL has to know.
LARGER = (50, 200, 800)


def load() -> None:
    """Add what is not there yet. A walk that is there already stays as it is, with its reports."""
    past = Past()
    with translation.override("nl"):
        now = timezone.now()
        plays = [Play(walk, stories, _opened(walk)) for walk, stories in told(now)]
        cues = sorted([*_cues(plays), *ideas.cues(now)], key=lambda found: found[1].at)
        for number, (whose, cue) in enumerate(cues):
            if number in LARGER:
                sizes.tell()
            with scope(municipality=whose.municipality), past.at(cue.at, mail_waits=cue.mail_waits):
                cue.do()
        rights.load(past)
        scoring.load(past)
        open311.load()
        desk.load(past)
        forwarding.load(past)
        power.reckon_due()
        keeping.bring_up_to_date()
    past.forget_mail()


def told(now: datetime) -> Iterator[tuple[Walk, list[Story]]]:
    """The walks with their stories as far as they have happened."""
    deck = telling.Deck()
    for walk in walks(now):
        stories = [*telling.Teller(walk, deck).tell(), *telling.scripted(walk, now)]
        yield walk, telling.until(stories, now)


def _opened(walk: Walk) -> Municipality:
    """The municipality of a walk, with the themes of that walk."""
    municipality = people.municipality(walk.municipality)
    with scope(municipality=municipality):
        for theme in words.themes():
            if not walk.themes or theme.name in walk.themes:
                _make_theme(theme, municipality)
        if UNOWNED in walk.themes:
            own = {"icon": Icon.OTHER, "position": 200}
            Category.objects.get_or_create(municipality=municipality, name=UNOWNED, defaults=own)
    return municipality


def _make_theme(theme: words.Theme, municipality: Municipality) -> None:
    own = {
        "icon": theme.icon,
        "team": Team.objects.get(name=telling.team_of(theme, municipality.code)),
        "position": theme.position,
    }
    category, _made = Category.objects.get_or_create(municipality=municipality, name=theme.name, defaults=own)
    for position, asked in enumerate(theme.questions, start=1):
        _make_question(category, dict(asked), 10 * position)


def _make_question(category: Category, asked: dict[str, Any], position: int) -> None:
    names = asked.pop("options", [])
    options = [Option(key=f"keuze_{number}", name=name) for number, name in enumerate(names, start=1)]
    own = {**asked, "options": options, "position": position, "municipality": category.municipality}
    Question.objects.get_or_create(category=category, code=own.pop("code"), defaults=own)


def _cues(plays: Iterable[Play]) -> Iterator[tuple[Play, Cue]]:
    for play in plays:
        with scope(municipality=play.municipality):
            known = Schouw.objects.filter(trajectory__title=play.walk.title).exists()
        if not known:
            yield from ((play, cue) for cue in play.cues())
