"""Making up the stories of a walk: who reports what, where and when, and how it goes on. Pure data.

Luck is drawn from a fixed seed and never depends on the day, so the demo is the same town every time; what
lies in the future on the day of loading has not happened yet and is left out.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from buurtschouw.demo import moments, spots, words
from buurtschouw.demo.courses import Handling, in_words
from buurtschouw.demo.spots import Spot
from buurtschouw.demo.stories import (
    Act,
    Answered,
    Assigned,
    Judged,
    Moderated,
    Noted,
    Story,
    Supported,
)
from buurtschouw.demo.walks import Walk
from buurtschouw.enums import CLOSED, ReportKind
from trajecten.demo.people import DOMAIN, PEOPLE, TEAMS, VEENRADE

SEED = 9901
GUESTS = 80
SAME_AGAIN = 0.09  # of the reports are about what somebody else reported nearby
WITH_ADDRESS, LOCATED, WITH_PHOTO = 0.6, 0.55, 0.15
SUPPORTED = 0.24
SUPPORTS = (1, 1, 1, 2, 2, 3, 4, 6, 9)


def team_of(theme: words.Theme, municipality: str) -> str:
    """The team that answers a theme; the neighbour has one team for everything."""
    return theme.team if municipality != VEENRADE else TEAMS[VEENRADE][0]


def handler_of(theme: words.Theme, municipality: str) -> str:
    """The address of who answers a theme."""
    team = team_of(theme, municipality)
    return next(person.address for person in PEOPLE if team in person.teams)


class Deck:
    """The texts of all issues, dealt so that none of an issue comes back before all were used."""

    def __init__(self) -> None:
        self.rng = Random(SEED)  # noqa: S311
        self._shuffled: dict[str, list[str]] = {}
        self._dealt: Counter[str] = Counter()

    def deal(self, issue: words.Issue, *, walking: bool) -> str:
        """A text, of those who walked along first when the reporter did."""
        if walking and self._dealt[f"{issue.key} walk"] < len(issue.walk_texts):
            return issue.walk_texts[self._next(f"{issue.key} walk")]
        if issue.key not in self._shuffled:
            self._shuffled[issue.key] = self.rng.sample(issue.texts, len(issue.texts))
        return self._shuffled[issue.key][self._next(issue.key) % len(issue.texts)]

    def _next(self, pile: str) -> int:
        self._dealt[pile] += 1
        return self._dealt[pile] - 1

    def is_fresh(self, issue: words.Issue) -> bool:
        """Whether there are texts left that nobody used yet."""
        return self._dealt[issue.key] < len(issue.texts)

    def weight(self, issue: words.Issue) -> float:
        """How often an issue is told: seldom once all its texts have been used."""
        return issue.weight if self.is_fresh(issue) else issue.weight / 8


class Teller:
    """Tells the stories of one walk."""

    def __init__(self, walk: Walk, deck: Deck) -> None:
        self.walk, self.deck = walk, deck
        self.rng = Random(f"{SEED}{walk.key}")  # noqa: S311
        self.offered = [
            (theme, issue)
            for theme in words.themes()
            if not walk.themes or theme.name in walk.themes
            for issue in theme.issues
            if spots.has(issue.where, walk.around)
        ]

    def tell(self) -> list[Story]:
        told: list[Story] = []
        for number in range(self.walk.reports):
            common = [story for story in told if self._is_common(story)]
            earlier = self.rng.choice(common) if common and self.rng.random() < SAME_AGAIN else None
            told.append(self._story(number, earlier))
        return told

    def _is_common(self, story: Story) -> bool:
        """Whether others can say they saw the same in words that nobody used yet."""
        return any(story.issue == issue.key and self.deck.is_fresh(issue) for _theme, issue in self.offered)

    def _story(self, number: int, earlier: Story | None) -> Story:
        rng = self.rng
        theme, issue = self._subject(earlier)
        assert self.walk.moment  # noqa: S101  a walk with reports has one
        at, walking = self.walk.moment(rng)
        spot = spots.somewhere(issue.where, self.walk.around, rng)
        if earlier:
            days, minutes = rng.choice((0, 0, 1, 2)), rng.randrange(7, 90)
            at, walking = earlier.at + timedelta(days=days, minutes=minutes), False
            spot = earlier.spot.near(rng, 20)
        text = self.deck.deal(issue, walking=walking).format(straat=spot.street, nr=spot.number)
        story = Story(
            name=f"{self.walk.key}-{number}",
            at=at,
            theme=theme.name,
            issue=issue.key,
            text=text,
            spot=spot,
            **self._reporter(),
            extra=self._extra(issue),
            photo=issue.photo if rng.random() < WITH_PHOTO else "",
            kind=ReportKind.COMPLIMENT if issue.course == "thanks" else ReportKind.PROBLEM,
        )
        return replace(story, acts=(*self._handled(story, theme, issue), *self._supports(story)))

    def _subject(self, earlier: Story | None) -> tuple[words.Theme, words.Issue]:
        weights = [self.deck.weight(issue) for _theme, issue in self.offered]
        drawn = self.rng.choices(self.offered, weights)[0]
        if earlier is None:
            return drawn
        return next(pair for pair in self.offered if pair[1].key == earlier.issue)

    def _reporter(self) -> dict[str, object]:
        """Whether an address was left, and how the place was given."""
        guest = self.rng.randrange(GUESTS)
        has_address, is_located = self.rng.random() < WITH_ADDRESS, self.rng.random() < LOCATED
        metres = self.rng.randint(4, 38)
        return {
            "email": f"buurtgenoot{guest}.{self.walk.municipality.lower()}@{DOMAIN}" if has_address else "",
            "accuracy": metres if is_located else None,
        }

    def _extra(self, issue: words.Issue) -> str:
        answers = (*issue.words.get("extra", ()), "", "")
        return self.rng.choice(answers)

    def _handled(self, story: Story, theme: words.Theme, issue: words.Issue) -> tuple[Act, ...]:
        handler = handler_of(theme, self.walk.municipality)
        return Handling(issue=issue, team=theme.team, handler=handler, at=story.at, rng=self.rng).run()

    def _supports(self, story: Story) -> list[Act]:
        """Others who see the same in the weeks after, some of whom leave an address to hear of it."""
        count = self.rng.choice(SUPPORTS) if self.rng.random() < SUPPORTED else 0
        return [
            supported(
                story.name, number, story.at + timedelta(minutes=self.rng.randrange(60, 30_000)), self.walk
            )
            for number in range(count)
        ]


def supported(story: str, number: int, at: datetime, walk: Walk) -> Supported:
    """Every other supporter is a guest with an address."""
    if number % 2:
        return Supported(at, email=f"steun{number}.{walk.municipality.lower()}@{DOMAIN}")
    return Supported(at, device=hashlib.sha256(f"{story}{number}".encode()).hexdigest())


def scripted(walk: Walk, now: datetime) -> list[Story]:
    """The written stories of this walk (``data/stories.toml``)."""
    return [_scripted(read, walk, now) for read in words.scripted() if read["walk"] == walk.key]


def _scripted(read: dict, walk: Walk, now: datetime) -> Story:
    theme = next(theme for theme in words.themes() if theme.name == read["theme"])
    rng = Random(f"{SEED}{read['name']}")  # noqa: S311
    place = read.get("place", {})
    spot = spots.somewhere(place.get("kind", theme.issue(read["issue"]).where), walk.around, rng)
    if "beside" in place:
        other = next(story for story in words.scripted() if story["name"] == place["beside"])
        spot = _scripted(other, walk, now).spot.near(rng, 15)
    if "words" in place:
        spot = Spot(0, 0, place["words"])
    handler = handler_of(theme, walk.municipality)
    first = moments.ago(read["ago"], now)
    acts = [act for said in read.get("acts", ()) for act in _acts(said, handler, now)]
    last = next((act.at for act in acts if isinstance(act, Answered) and act.status in CLOSED), now)
    supports = [
        supported(read["name"], number, first + (last - first) * (number + 1) / (read["supports"] + 1), walk)
        for number in range(read.get("supports", 0))
    ]
    return Story(
        name=f"scripted-{read['name']}",
        at=first,
        theme=theme.name,
        issue=read["issue"],
        text=read["text"],
        spot=spot,
        located="words" not in place,
        accuracy=read.get("accuracy"),
        extra=read.get("extra", ""),
        account=read.get("account", ""),
        email=f"{read['guest']}@{DOMAIN}" if "guest" in read else "",
        photo=read.get("photo", ""),
        mail_waits=read.get("mail_waits", False),
        acts=(*acts, *supports),
    )


def _acts(said: dict, handler: str, now: datetime) -> Iterable[Act]:
    at, waits = moments.ago(said["ago"], now), said.get("mail_waits", False)
    by = said.get("by", handler)
    match said["do"]:
        case "assign":
            yield Assigned(at, waits, by=by, to=said.get("to", by))
        case "note":
            yield Noted(at, waits, by=by, text=said["text"])
        case "moderate":
            yield Moderated(at, waits, by=by, moderation=said["to"])
        case "judge":
            yield Judged(at, waits, value=said["value"], words=said.get("words", ""))
        case status:
            planned = moments.workday_near(now, said["in_days"]) if "in_days" in said else None
            yield Answered(
                at,
                waits,
                by=by,
                status=status,
                message=said["text"].format(dag=in_words(planned) if planned else ""),
                planned_for=planned,
                forwarded_to=said.get("to", ""),
            )


def until(stories: Iterable[Story], now: datetime) -> list[Story]:
    """The stories as far as they have happened."""
    begun = [story for story in stories if story.at < now]
    return [replace(story, acts=tuple(act for act in story.acts if act.at < now)) for story in begun]
