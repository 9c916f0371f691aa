"""What municipalities of the demo asked for: a new request, one taken up, one in its second version, one accepted."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.utils import timezone, translation
from django_scopes import scope, scopes_disabled

from trajecten.demo import people
from trajecten.demo.past import Past
from trajecten.domain.proposals import asking, deciding, drafting, sending
from trajecten.domain.steps import PlannedStep
from trajecten.enums import VatRate
from trajecten.models import Municipality, Proposal, TrajectoryRequest, User

METHOD = "buurtschouw"


@dataclass(frozen=True)
class Asked:
    """A request as its contact wrote it, so many days ago. ``key`` knows it again when the demo is loaded twice."""

    key: str
    municipality: str
    days_ago: int
    contact: str
    role: str
    address: str
    question: str
    places: str
    wishes: str = ""
    period: str = ""


NEW = Asked(
    "nieuw",
    people.VEENRADE,
    2,
    "Jorrit Waterland",
    "beleidsadviseur leefbaarheid",
    "leefbaarheid.veenrade",
    "In de dorpskern klagen bewoners over donkere paden en losse stoepen. Wij willen met hen gaan kijken, en laten "
    "zien wat wij ermee doen.",
    "De dorpskern en het pad langs de vaart",
    "Graag een keer in de avond, want het gaat vooral om het licht.",
    "In februari of maart",
)
TAKEN_UP = Asked(
    "opgepakt",
    people.POLDERWIJK,
    9,
    "Ilham Tervoort",
    "coördinator participatie",
    "coordinator.polderwijk",
    "Na de schouw in De Linde vragen andere wijken er ook om. Hoe houden wij dat vol met een klein team?",
    "Alle wijken, om te beginnen met die rond het station",
    "Bewoners leiden de wandeling zelf; wij ondersteunen.",
    "Heel volgend jaar, een wijk per kwartaal",
)
SECOND_VERSION = Asked(
    "tweede-versie",
    people.POLDERWIJK,
    31,
    "Ilham Tervoort",
    "coördinator participatie",
    "coordinator.polderwijk",
    "Ouders en scholen maken zich zorgen over de routes naar school. Wij willen met kinderen en ouders gaan kijken.",
    "De straten rond de scholen",
    "Een schouw die ook voor kinderen van groep 7 en 8 werkt.",
    "Voor de zomervakantie",
)
ACCEPTED = Asked(
    "akkoord",
    people.VEENRADE,
    58,
    "Tjitske Overbeke",
    "coördinator",
    "coordinator.veenrade",
    "De sportclub, de school en de buurt gebruiken hetzelfde terrein. Wie onderhoudt wat, en wat moet er beter?",
    "Het sportpark en de straten eromheen",
    period="Dit voorjaar",
)


def load() -> None:
    """Add what is not there yet."""
    past = Past()
    with translation.override("nl"):
        for asked, tell in (
            (ACCEPTED, _accept),
            (SECOND_VERSION, _revise),
            (TAKEN_UP, _take_up),
            (NEW, _wait),
        ):
            where = people.municipality(asked.municipality)
            with scopes_disabled():
                is_known = TrajectoryRequest.objects.filter(key=_key(asked)).exists()
            if not is_known:
                with scope(municipality=where):
                    tell(past, _ask(past, asked, where))
    past.forget_mail()


def _key(asked: Asked) -> uuid.UUID:
    return uuid.uuid5(uuid.NAMESPACE_URL, f"https://example.org/aanvraag/{asked.key}")


def _days_ago(days: int, hour: int = 10) -> datetime:
    day = timezone.localdate() - timedelta(days=days)
    return timezone.make_aware(datetime.combine(day, time(hour, 15)))


def _ask(past: Past, asked: Asked, where: Municipality) -> TrajectoryRequest:
    with past.at(_days_ago(asked.days_ago, hour=9)):
        return asking.receive(
            municipality=where,
            by=None,
            key=_key(asked),
            method_key=METHOD,
            contact_name=asked.contact,
            contact_role=asked.role,
            email=f"{asked.address}@{people.DOMAIN}",
            language="nl",
            question=asked.question,
            places=asked.places,
            wishes=asked.wishes,
            period=asked.period,
        ).request


def _wait(past: Past, request: TrajectoryRequest) -> None:
    """Nobody has taken it up yet."""


def _take_up(past: Past, request: TrajectoryRequest) -> None:
    with past.at(_days_ago(7)):
        asking.take_up(request=request, by=people.account("adviseur"))


def _revise(past: Past, request: TrajectoryRequest) -> None:
    """A first version that was too dear, and a second one that can be accepted for a few days more."""
    adviser, coordinator = people.account("adviseur"), people.account("coordinator.polderwijk")
    with past.at(_days_ago(29)):
        asking.take_up(request=request, by=adviser)
    with past.at(_days_ago(22)):
        first = _propose(request, adviser, title="Schouw van de schoolroutes", walks=3)
    with past.at(_days_ago(17)):
        deciding.ask_changes(
            proposal=first,
            by=coordinator,
            name=coordinator.name,
            wanted="Drie wandelingen is te veel voor de scholen. Kan het met twee, en kunnen wij zelf uitnodigen?",
        )
    with past.at(_days_ago(14)):
        _propose(
            request,
            adviser,
            title="Schouw van de schoolroutes",
            walks=2,
            changed="Twee wandelingen in plaats van drie, en de gemeente nodigt zelf uit.",
            valid_days=20,
        )


def _accept(past: Past, request: TrajectoryRequest) -> None:
    adviser, coordinator = people.account("adviseur2"), people.account("coordinator.veenrade")
    with past.at(_days_ago(56)):
        asking.take_up(request=request, by=adviser)
    with past.at(_days_ago(50)):
        proposal = _propose(request, adviser, title="Schouw rond het sportpark", walks=1)
    with past.at(_days_ago(45)):
        deciding.accept(proposal=proposal, by=coordinator, name=coordinator.name)


def _propose(
    request: TrajectoryRequest,
    adviser: User,
    *,
    title: str,
    walks: int,
    changed: str = "",
    valid_days: int = 30,
) -> Proposal:
    """Write a version as the adviser does, and send it."""
    request.refresh_from_db()
    today = timezone.localdate()
    concept = drafting.draft(request=request, by=adviser)
    kept = drafting.keep(
        proposal=concept,
        by=adviser,
        title=title,
        introduction=(
            "U wilt dat bewoners zelf laten zien waar het wringt. Daarom lopen wij samen, noteren wij onderweg wat "
            "wij zien, en hoort iedereen daarna wat ermee gebeurt."
        ),
        changed=changed,
        areas=request.areas.all(),
        steps=_steps(request, today + timedelta(days=60)),
        sessions=[
            drafting.PlannedSession(
                "Startbijeenkomst", today + timedelta(days=63), time(19, 30), "Gemeentehuis", adviser.name
            ),
            *(
                drafting.PlannedSession(
                    f"Wandeling {number}",
                    today + timedelta(days=80 + 7 * number),
                    time(10, 0),
                    request.places[:160],
                    "Bewoners, met de adviseur",
                )
                for number in range(1, walks + 1)
            ),
        ],
        duties=[
            drafting.Duty("Gemeente", "Nodigt bewoners uit en geeft binnen de afgesproken termijn antwoord."),
            drafting.Duty("Bewoners", "Kiezen de route en leiden de wandeling."),
            drafting.Duty(adviser.name, "Bereidt voor, begeleidt en evalueert met de kerngroep."),
        ],
        lines=[
            drafting.PriceLine(
                "Voorbereiding met de kerngroep, per dagdeel", Decimal(2), Decimal(495), VatRate.HIGH
            ),
            drafting.PriceLine("Begeleiding van een wandeling", Decimal(walks), Decimal(780), VatRate.HIGH),
            drafting.PriceLine(
                "Broodjes en koffie, per persoon", Decimal(25 * walks), Decimal("9.75"), VatRate.LOW
            ),
        ],
        valid_until=today + timedelta(days=valid_days),
        contact_may_decide=True,
    )
    return sending.send(proposal=kept, by=adviser)


def _steps(request: TrajectoryRequest, begins: date) -> list[PlannedStep]:
    """The steps one after another, four weeks each."""
    weeks = timedelta(weeks=4)
    return [
        PlannedStep(
            step.key,
            starts_on=begins + number * weeks,
            ends_on=begins + (number + 1) * weeks - timedelta(days=1),
        )
        for number, step in enumerate(request.method.steps)
    ]
