"""Promises of Polderwijk beside those on reports: made in answer to several residents, kept, broken and taken back."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import reduce
from itertools import islice
from operator import or_
from typing import Any

from django.db.models import F, Q
from django.utils import timezone, translation
from django_scopes import scope

from trajecten import registry
from trajecten.demo import people
from trajecten.demo.past import Past
from trajecten.domain import participants
from trajecten.domain.promises import changing, finding, judging, making, moving
from trajecten.domain.promises import people as promise_people
from trajecten.enums import Moderation
from trajecten.models import Area, Commitment, Contribution, Participant, Team, Trajectory, User

MOST = 100
GROUP = "Bewonersgroep De Linde"
HANDLER, GREEN, TRAFFIC = "behandelaar.polderwijk", "groen.polderwijk", "verkeer.polderwijk"
RESIDENT = "bewoner"


@dataclass(frozen=True)
class Act:
    """What an official did so many days ago: a move, other words or another date, or news."""

    days_ago: int
    by: str
    status: str = ""
    words: str = ""
    reason: str = ""
    new_date_in: int | None = None


@dataclass(frozen=True)
class Story:
    """One promise. ``owner`` is an official or a resident by address, or a group by its name.

    ``due_in`` counts from today. ``origins`` is how many contributions it answers, ``said`` how many of those behind
    it say yes, partly and no after the last act. ``walk`` counts the trajectories, the oldest first;
    ``about`` are words of which one stands in what it answers.
    """

    text: str
    days_ago: int
    due_in: int
    owner: str
    team: str
    by: str = "coordinator.polderwijk"
    area: str = ""
    walk: int = 0
    origins: int = 2
    about: tuple[str, ...] = ()
    acts: tuple[Act, ...] = ()
    said: tuple[int, int, int] = (0, 0, 0)
    group: bool = False


STORIES = (
    Story(
        "Wij leggen bij de school een zebrapad aan, met een lantaarn erbij.",
        80, -20, TRAFFIC, "Verkeer", area="WK990102", origins=3,
        about=("overste", "auto", "hard"),
        acts=(
            Act(52, TRAFFIC, "in_progress", "De aannemer is gekozen. Het werk begint over drie weken."),
            Act(22, TRAFFIC, "done", "Het zebrapad ligt er. De lantaarn brandt sinds gisteren."),
        ),
        said=(3, 1, 0),
    ),
    Story(
        "Wij planten twaalf bomen langs de Molenweg.",
        95, -9, GREEN, "Groen", area="WK990101", walk=1,
        about=("boom", "bomen"),
        acts=(
            Act(60, GREEN, "in_progress", "De bomen zijn besteld. Planten kan pas als de grond niet bevroren is."),
            Act(12, GREEN, "partly", "Zeven van de twaalf bomen staan. De andere vijf komen in het voorjaar."),
        ),
        said=(1, 2, 0),
    ),
    Story(
        "Wij maken de speelplek bij de flat weer veilig.",
        70, -15, HANDLER, "Openbare ruimte", area="WK990101", walk=1,
        about=("speel", "glijbaan", "schommel"),
        acts=(
            Act(33, HANDLER, "done", "Het klimtoestel is hersteld en gekeurd."),
        ),
        said=(2, 0, 1),
    ),
    Story(
        "Wij openen de buurtkamer ook op zaterdag.",
        110, -35, HANDLER, "Wijkteam", walk=1,
        about=("jeugd", "hang", "nachts"),
        acts=(
            Act(30, HANDLER, "broken", reason="Wij vonden geen beheerder voor de zaterdag. "
                "Daarom is het niet gelukt. In maart kijken wij er opnieuw naar."),
        ),
    ),
    Story(
        "Wij zetten een bankje bij de bushalte.",
        60, -5, HANDLER, "Openbare ruimte",
        about=("bank",),
        acts=(
            Act(20, HANDLER, "withdrawn", reason="De bushalte wordt dit jaar verplaatst. "
                "Op de nieuwe plek komt een bankje van het vervoerbedrijf."),
        ),
    ),
    Story(
        "Wij houden elke maand een spreekuur in de wijk.",
        50, 25, "coordinator.polderwijk", "Wijkteam", origins=1,
        about=("wijk", "buurt"),
        acts=(Act(18, "coordinator.polderwijk", "in_progress", "Het eerste spreekuur was druk bezocht."),),
    ),
    Story(
        "Wij meten een week lang hoe hard er op de Dijkweg gereden wordt.",
        40, -12, TRAFFIC, "Verkeer", origins=3,
        about=("hard", "racen", "rijd"),
        acts=(Act(15, TRAFFIC, words="De meetkast staat er nog niet. Hij is uitgeleend aan Veenrade."),),
    ),
    Story(
        "Wij vegen de goten voortaan voor de herfst.",
        45, 4, GREEN, "Groen", area="WK990102",
        about=("blad", "put", "plas", "water"),
        acts=(
            Act(
                25, GREEN, words="", reason="De veegwagen is tot november in reparatie.", new_date_in=4,
            ),
        ),
    ),
    Story(
        "Wij vragen het waterschap om de sloot achter de tuinen te baggeren.",
        75, -40, HANDLER, "Openbare ruimte", walk=1,
        about=("sloot", "water", "eend"),
        acts=(Act(48, HANDLER, "done", "Het waterschap heeft de sloot gebaggerd."),),
        said=(2, 0, 0),
    ),
    Story(
        "De bewonersgroep onderhoudt de plantenbakken op het plein.",
        65, 60, GROUP, "Groen", area="WK990101", group=True,
        about=("groen", "haag", "plant", "bloem"),
        acts=(Act(30, GREEN, "in_progress", "De gemeente heeft grond en planten gebracht."),),
    ),
    Story(
        "Ik geef twee keer in de week water aan de jonge bomen in onze straat.",
        55, 30, RESIDENT, "Groen", origins=1,
        about=("boom", "bomen"),
        acts=(Act(41, GREEN, "in_progress", "De sleutel van de waterkraan is overhandigd."),),
    ),
    Story(
        "Wij laten bewoners meekiezen welke lantaarns er komen.",
        30, 45, TRAFFIC, "Openbare ruimte", origins=2,
        about=("lantaarn", "lamp", "donker"),
    ),
    Story(
        "Wij maken de stoep bij het zorgcentrum vlak voor rolstoelen.",
        64, -50, HANDLER, "Openbare ruimte", walk=1, origins=3,
        about=("stoep", "tegel", "rolstoel"),
        acts=(
            Act(58, HANDLER, "done", "De stoep is opnieuw gelegd."),
        ),
        said=(3, 1, 0),
    ),
    Story(
        "Wij plaatsen drie extra afvalbakken in het park.",
        60, -28, GREEN, "Groen", walk=1,
        about=("afval", "container", "prullenbak"),
        acts=(Act(31, GREEN, "partly", "Er staan twee bakken. Voor de derde is geen vergunning gegeven."),),
        said=(0, 2, 0),
    ),
    Story(
        "Wij schrijven alle omwonenden een brief over de werkzaamheden.",
        20, 3, "coordinator.polderwijk", "Wijkteam", origins=1,
        about=("werk", "steiger", "lawaai"),
    ),
    Story(
        "Wij herstellen de verlichting in het fietstunneltje.",
        58, -40, TRAFFIC, "Verkeer", origins=2,
        about=("donker", "lamp", "lantaarn", "licht"),
        acts=(
            Act(44, TRAFFIC, "done", "Alle lampen branden weer."),
        ),
        said=(0, 0, 1),
    ),
)  # fmt: skip


def load() -> None:
    """Add the promises that are not there yet, each with everything that happened to it."""
    polderwijk, past = people.municipality(people.POLDERWIJK), Past()
    with translation.override("nl"), scope(municipality=polderwijk):
        trajectories = list(
            Trajectory.objects.exclude(method_key="budget").order_by(
                "created_at", "pk"
            )  # these promise themselves
        )
        if not trajectories:
            return
        for story in STORIES:
            if not Commitment.objects.filter(text=story.text).exists():
                _play(story, trajectories, past)
    past.forget_mail()


def _play(story: Story, trajectories: list[Trajectory], past: Past) -> None:
    origins, trajectory = _origins(story, trajectories)
    deadline = _date(story.due_in)
    with past.at(_day(story.days_ago)):
        made = making.promise_for(
            trajectory=trajectory,
            origins=origins,
            text=story.text,
            deadline=deadline,
            by=people.account(story.by),
            area=Area.objects.filter(code=story.area).order_by("-year").first(),
            team=Team.objects.filter(name=story.team).first(),
            **_owner(story),
        )
    for act in story.acts:
        new_date = None if act.new_date_in is None else _date(act.new_date_in)
        with past.at(_day(act.days_ago)):
            _act(made, act, story, new_date)
    if any(story.said):
        _judge(made, story, past)


def _day(days_ago: int) -> datetime:
    """In the afternoon of that day."""
    day = timezone.localtime(timezone.now()) - timedelta(days=days_ago)
    return day.replace(hour=14, minute=(days_ago * 7) % 60)


def _date(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def _owner(story: Story) -> dict[str, Any]:
    if story.group:
        return {"owner_group": story.owner}
    user = people.account(story.owner)
    if story.owner == RESIDENT:
        return {
            "owner_participant": participants.of_user(
                municipality=people.municipality(people.POLDERWIJK), user=user
            )
        }
    return {"owner": user}


def _origins(story: Story, trajectories: list[Trajectory]) -> tuple[list[Contribution], Trajectory]:
    """Public contributions that no promise answers yet, older than it, all of one trajectory, with authors first."""
    for words in (story.about, ()):
        for trajectory in (*trajectories[story.walk :], *trajectories):
            found = list(islice(_free(trajectory, story, words), story.origins))
            if found:
                return found, trajectory
    return [], trajectories[0]


def _free(trajectory: Trajectory, story: Story, words: tuple[str, ...]) -> Iterator[Contribution]:
    for kind in registry.contribution_kinds():
        rows = kind.model.objects.filter(trajectory=trajectory, moderation=Moderation.PUBLISHED)
        about = reduce(or_, (Q(text__icontains=word) for word in words), Q())
        earlier = rows.filter(about, created_at__lt=_day(story.days_ago))
        for row in earlier.order_by(F("author").asc(nulls_last=True), "-supports", "pk")[:MOST]:
            if kind.can_be_promised(row) and not finding.of(row).exists():
                yield row


def _act(made: Commitment, act: Act, story: Story, new_date: date | None) -> None:
    by: User = people.account(act.by)
    if new_date is not None:
        changing.change(
            commitment=made,
            text=made.text,
            deadline=new_date,
            by=by,
            reason=act.reason,
            **_owner(story),
        )
    elif act.status:
        moving.move(commitment=made, status=act.status, by=by, text=act.words, reason=act.reason)
    else:
        moving.update(commitment=made, by=by, words=act.words)


def _judge(made: Commitment, story: Story, past: Past) -> None:
    """Supporters first; a "no" at the end may be an author's, and opens it again."""
    commitment = Commitment.objects.get(pk=made.pk)
    behind = list(promise_people.behind(commitment).order_by("-pk"))
    values = ["yes"] * story.said[0] + ["partly"] * story.said[1] + ["no"] * story.said[2]
    for number, (person, value) in enumerate(zip(behind, values, strict=False)):
        with past.at(_day(max(1, story.acts[-1].days_ago - 2 - number))):
            _say(commitment, person, value)


def _say(commitment: Commitment, person: Participant, value: str) -> None:
    words = {"no": "Het is nog steeds niet goed. Kom alstublieft nog eens kijken."}.get(value, "")
    judging.judge(
        commitment=commitment, participant=person, value=value, words=words, round_number=commitment.round
    )
