"""What residents of Polderwijk put to council and college, in every state, and an imported agenda."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone, translation
from django_scopes import scope

from trajecten import registry
from trajecten.demo import people
from trajecten.demo.past import Past
from trajecten.domain.agenda import importing
from trajecten.domain.agenda.reading import Agenda, Meeting, Point
from trajecten.domain.council import deciding, items
from trajecten.domain.council.decisions import Decision, Judged, NewPromise
from trajecten.domain.council.items import Facts
from trajecten.domain.promises import moving
from trajecten.enums import CouncilBody, CouncilKind, CouncilStatus, LineDecision, Moderation
from trajecten.models import AgendaItem, CouncilItem, Municipality, Trajectory

COUNCIL, COMMITTEE = "Gemeenteraad", "Commissie Ruimte"
OLDER, NEWER = "Schouw De Linde", "Voorjaarsschouw Vogelweide"
# The meeting for which an agenda is imported, and the one for which an item has its date; in days from today.
COMING, AGENDA = 12, 19


@dataclass(frozen=True)
class Story:
    """One item: ``days`` ago it was submitted, and ``then`` are its further acts, each so many days ago.

    ``about`` are words of the reports behind it, ``reports`` how many of them at most.
    """

    title: str
    kind: str
    summary: str
    days: int
    lines: tuple[str, ...] = ()
    trajectory: str = OLDER
    body: str = CouncilBody.COUNCIL
    about: tuple[str, ...] = ()
    reports: int = 4
    then: tuple[tuple[int, Callable[[CouncilItem], Any]], ...] = field(default=(), repr=False)


def load() -> None:
    """Add what is not there yet; an item that is there already stays as it is."""
    municipality = people.municipality(people.POLDERWIJK)
    past = Past()
    with translation.override("nl"), scope(municipality=municipality):
        acts = [act for story in stories() if not _known(story) for act in _acts(municipality, story)]
        for moment, act in sorted(acts, key=lambda found: found[0]):
            with past.at(moment):
                act()
        if not AgendaItem.objects.exists():
            with past.at(_moment(3)):
                importing.take(municipality=municipality, agenda=agenda(), by=_clerk())
    past.forget_mail()


def _known(story: Story) -> bool:
    return CouncilItem.objects.filter(title=story.title).exists()


def _acts(municipality: Municipality, story: Story) -> Iterator[tuple[datetime, Callable[[], Any]]]:
    """Each act of a story with its moment. The item of the later ones is looked up when they are done."""
    yield _moment(story.days), lambda: _submit(municipality, story)
    for days, act in story.then:
        yield _moment(days), lambda act=act: act(CouncilItem.objects.get(title=story.title))


def _moment(days_ago: int) -> datetime:
    return datetime.combine(_day(-days_ago), time(10, 15), tzinfo=timezone.get_default_timezone())


def _day(days: int) -> date:
    return _today() + timedelta(days=days)


def _today() -> date:
    return timezone.localdate(datetime.now(tz=timezone.get_default_timezone()))


def _submit(municipality: Municipality, story: Story) -> None:
    trajectory = Trajectory.objects.filter(title=story.trajectory).first()
    facts = Facts(
        kind=story.kind,
        body=story.body,
        title=story.title,
        summary=story.summary,
        submitted_on=_day(-story.days),
        trajectory=trajectory,
    )
    items.submit(
        municipality=municipality,
        by=people.account("griffier.polderwijk"),
        facts=facts,
        lines=story.lines,
        origins=_behind(story),
    )


def _behind(story: Story) -> list[Any]:
    """Reports of walks that everybody may read, and that were there when it was submitted, with any of these words."""
    found = []
    for kind in registry.contribution_kinds():
        rows = kind.model.objects.filter(
            moderation=Moderation.PUBLISHED, created_at__date__lt=_day(-story.days)
        ).exclude(trajectory__method_key="budget")
        for word in story.about:
            found += list(rows.filter(text__icontains=word).order_by("pk")[: story.reports])
    return list({(type(row), row.pk): row for row in found}.values())[: story.reports]


# -- What a clerk does ---------------------------------------------------------------------------------------


def _schedule(days: int, meeting: str = COUNCIL) -> Callable[[CouncilItem], Any]:
    return lambda item: items.schedule(
        item=item, by=_clerk(), version=item.version, day=_day(days), meeting_name=meeting
    )


def _discuss(item: CouncilItem) -> None:
    items.discuss(item=item, by=_clerk(), version=item.version)


def _withdraw(reason: str) -> Callable[[CouncilItem], Any]:
    return lambda item: items.withdraw(item=item, by=_clerk(), version=item.version, reason=reason)


def _decide(days: int, **decision: Any) -> Callable[[CouncilItem], Any]:
    return lambda item: deciding.decide(
        item=item,
        by=_clerk(),
        version=item.version,
        decision=Decision(decided_on=_day(-days), **decision),
    )


def _clerk() -> Any:
    return people.account("griffier.polderwijk")


def _promise(text: str, owner: str, days: int) -> NewPromise:
    return NewPromise(text=text, owner=people.account(owner), deadline=_day(days))


def _crossing_decided(days: int) -> Callable[[CouncilItem], Any]:
    """Adopted in part, with two promises; one of them is being kept."""

    def decide(item: CouncilItem) -> None:
        lines = [
            Judged(
                1,
                LineDecision.ADOPTED,
                promise=_promise("Het zebrapad bij de school ligt er.", "verkeer.polderwijk", 120),
            ),
            Judged(
                2,
                LineDecision.CHANGED,
                changed_text="Rond de school wordt het 30 km per uur, eerst als proef van een jaar.",
                reason="De politie wil eerst weten of de bus genoeg ruimte houdt.",
                promise=_promise("De proef met 30 km per uur begint.", "verkeer.polderwijk", 60),
            ),
            Judged(
                3,
                LineDecision.REJECTED,
                reason="Twee verkeersregelaars kosten elk jaar 40 duizend euro. Dat geld is er niet.",
            ),
            Judged(4, LineDecision.ADOPTED),
        ]
        reason = "De raad vindt veilig naar school gaan belangrijk, en kiest voor wat blijvend helpt."
        _decide(days, lines=lines, reason=reason)(item)
        promise = item.lines.get(number=2).commitment
        assert promise is not None  # noqa: S101
        moving.move(commitment=promise, status="in_progress", by=people.account("verkeer.polderwijk"))

    return decide


def stories() -> tuple[Story, ...]:
    """An item in every state, of all kinds."""
    return (
        Story(
            "Veilig oversteken bij de school in De Linde",
            CouncilKind.AMENDMENT,
            "Bewoners van De Linde vragen om een veilige weg naar school. Kinderen steken nu over tussen "
            "auto's die hard rijden.",
            70,
            lines=(
                "Leg een zebrapad aan voor de ingang van de school.",
                "Maak van alle straten rond de school een zone van 30 km per uur.",
                "Zet elke ochtend twee verkeersregelaars bij de school.",
                "Kijk na een jaar met ouders en kinderen of het veiliger is.",
            ),
            about=("zebrapad", "oversteek is", "te hard"),
            then=((60, _schedule(-45)), (44, _crossing_decided(45))),
        ),
        Story(
            "Meer licht op het pad langs de vaart",
            CouncilKind.MOTION,
            "Op het pad langs de vaart is het 's avonds donker. Bewoners vragen om lampen die aangaan als "
            "iemand langskomt.",
            58,
            trajectory=NEWER,
            about=("lantaarn", "donker", "lamp"),
            then=(
                (50, _schedule(-31)),
                (
                    30,
                    _decide(
                        31,
                        outcome=CouncilStatus.ADOPTED,
                        promise=_promise("De lampen langs het pad branden.", "behandelaar.polderwijk", 75),
                    ),
                ),
            ),
        ),
        Story(
            "Een hondenveld midden in het park",
            CouncilKind.INITIATIVE,
            "Eigenaren van honden vragen om een veld met een hek, midden in het park.",
            80,
            about=("hond",),
            then=(
                (72, _schedule(-52)),
                (
                    51,
                    _decide(
                        52,
                        outcome=CouncilStatus.REJECTED,
                        reason="In het park spelen veel kinderen. De raad wil daar geen groot hek. Het college "
                        "zoekt een andere plek en vertelt daar in het voorjaar meer over.",
                    ),
                ),
            ),
        ),
        Story(
            "Prullenbakken vaker leeg bij de winkels",
            CouncilKind.LETTER,
            "Winkeliers schreven een brief: de prullenbakken zijn in het weekend altijd vol.",
            35,
            body=CouncilBody.COLLEGE,
            about=("prullenbak", "afval"),
            then=((28, _schedule(-14, "College van burgemeester en wethouders")), (13, _discuss)),
        ),
        Story(
            "Jongeren willen een overdekte plek",
            CouncilKind.MANIFESTO,
            "Jongeren uit drie wijken schreven samen op wat zij nodig hebben: een droge plek om elkaar te zien.",
            41,
            lines=(
                "Bouw een afdak met banken bij het sportveld.",
                "Laat jongeren zelf meebeslissen over hoe het eruitziet.",
            ),
            trajectory="",
        ),
        Story(
            "Schoon water in de sloten van Oostpolder",
            CouncilKind.INITIATIVE,
            "Bewoners van Oostpolder vragen om de sloten vaker schoon te maken, en om te laten zien hoe schoon "
            "het water is.",
            24,
            trajectory="Schouw Oostpolder",
            about=("sloot", "water", "kroos"),
            then=((10, _schedule(COMING)),),
        ),
        Story(
            "Speeltuin De Vogelweide ook voor kinderen in een rolstoel",
            CouncilKind.AMENDMENT,
            "Ouders vragen om toestellen waar elk kind op kan spelen.",
            33,
            trajectory=NEWER,
            about=("schommel", "glijbaan"),
            then=((20, _schedule(-5, COMMITTEE)),),
        ),
        Story(
            "Bankjes terug op het plein",
            CouncilKind.MOTION,
            "Oudere bewoners missen de bankjes die bij de verbouwing zijn weggehaald.",
            49,
            then=(
                (
                    37,
                    _withdraw("Het college heeft de bankjes al besteld. De motie is daarom niet meer nodig."),
                ),
            ),
        ),
        Story(
            "Meer bomen in het Havenkwartier",
            CouncilKind.MOTION,
            "Bewoners vragen om bomen langs de kade: voor schaduw in de zomer, en omdat het mooier is.",
            16,
            trajectory="Schouw Centrum en Havenkwartier",
            about=("boom", "bomen"),
        ),
    )


def agenda() -> Agenda:
    """The agenda of a meeting to come, of which one point looks like a motion that waits for a date."""
    titles = (
        ("1", "Opening en vaststellen van de agenda"),
        ("2", "Vragenuur"),
        ("3.1", "Vaststellen bestemmingsplan Buitengebied"),
        ("3.2", "Motie Meer bomen in het Havenkwartier (burgerinitiatief)"),
        ("4", "Sluiting"),
    )
    points = tuple(
        Point(external_id=f"99010{number}", number=place, title=title, url="")
        for number, (place, title) in enumerate(titles, start=1)
    )
    url = "https://polderwijk.example.org/raad/vergadering/990100"
    meeting = Meeting("990100", COUNCIL, _day(AGENDA), url, is_cancelled=False, points=points)
    return Agenda((meeting,), left_out=1)
