"""The demo's part about other systems: the water authority, with a report there, one that is done, one that came back.

Its system is made up and not in use, so nothing is ever sent: what would have been heard of it is written down here.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max, QuerySet
from django.db.models.functions import Greatest
from django.utils import timezone
from django_scopes import scope

from buurtschouw.domain.forwarding import destinations, ordering, polling, sending
from buurtschouw.domain.forwarding.answers import Receipt, Standing
from buurtschouw.domain.forwarding.ordering import Along
from buurtschouw.enums import ForwardState, Phase, System
from buurtschouw.method import FORWARD_PAUSES
from buurtschouw.models import Category, Destination, DestinationTheme, Forward, Report
from trajecten.demo import people
from trajecten.demo.past import Past
from trajecten.models import Municipality

NAME = "Waterschap Polderland"
URL = "https://waterschap.example.org/open311/v2"
THEME = "Sloten en vijvers"
HANDLER = "groen.polderwijk"
MESSAGE = "Dit water is van het waterschap. Wij hebben uw melding daarheen doorgestuurd, zonder uw naam."
WHY = "Hun server antwoordde niet op tijd."
OFFERED = (
    {"code": "sloot", "name": "Sloot of vijver", "group": "Water", "asks_more": False},
    {"code": "kroos", "name": "Kroos en waterplanten", "group": "Water", "asks_more": False},
    {"code": "oever", "name": "Oever of beschoeiing", "group": "Water", "asks_more": False},
    {"code": "duiker", "name": "Duiker of stuw", "group": "Water", "asks_more": True},
    {"code": "dier", "name": "Dode dieren", "group": "Water", "asks_more": False},
)
AT_MOST_AGO = timedelta(days=7)
# So long must nothing have been done with a report: what failed took all its tries, of what is there was news since.
FAILS_IN, NEWS_IN = timedelta(minutes=sum(FORWARD_PAUSES), hours=2), timedelta(hours=6)


@dataclass(frozen=True)
class News:
    """What the water authority told, after this share of the time since it was forwarded."""

    after: float
    status: str
    phase: Phase
    words: str


THERE = (News(0.5, "planned", Phase.OPEN, "De maaiboot komt volgende week langs."),)
DONE = (
    News(0.3, "in_progress", Phase.OPEN, "Onze ploeg is bezig."),
    News(0.9, "fixed", Phase.DONE, "Het water is schoon en loopt weer door."),
)


def load(past: Past) -> None:
    """Add it once, to reports about water that Polderwijk works on."""
    municipality = people.municipality(people.POLDERWIJK)
    with scope(municipality=municipality), transaction.atomic():
        if Destination.objects.exists():
            return
        waterschap = _made(municipality, past)
        for report in _about_water(FAILS_IN)[:1]:
            _fail(_forward(report, waterschap, past), past)
        for report, news in zip(list(_about_water(NEWS_IN)[:2]), (THERE, DONE), strict=False):
            _follow(_forward(report, waterschap, past), news, past)
        Destination.objects.filter(pk=waterschap.pk).update(is_active=False)


def _made(municipality: Municipality, past: Past) -> Destination:
    made = Destination.objects.create(
        municipality=municipality,
        name=NAME,
        system=System.OPEN311,
        url=URL,
        contact="Meldpunt van het waterschap, 06-00000000",
        offered=list(OFFERED),
        offered_at=timezone.now() - timedelta(days=30),
    )
    DestinationTheme.objects.create(
        municipality=municipality,
        destination=made,
        category=Category.objects.get(name=THEME),
        code=OFFERED[0]["code"],
        label=destinations.label_of({name: str(value) for name, value in OFFERED[0].items()}),
    )
    return made


def _about_water(quiet: timedelta) -> QuerySet[Report]:
    """Open ones with which nothing was done for so long, and that are not back already; the newest first."""
    before = timezone.now() - quiet
    rows = Report.objects.open().filter(category__name=THEME, point__isnull=False, returned_from="")
    rows = rows.annotate(done_at=Greatest("created_at", Max("answers__at"))).filter(done_at__lt=before)
    return rows.defer("search").order_by("-created_at")


def _forward(report: Report, destination: Destination, past: Past) -> Forward:
    """By the handler; marked as being sent at once, so that no worker has anything to do."""
    with past.at(max(timezone.now() - AT_MOST_AGO, report.done_at + timedelta(hours=1))):
        made = ordering.forward(
            report=report,
            by=people.account(HANDLER),
            version=report.version,
            destination=destination,
            message=MESSAGE,
            along=Along(photos=True),
        )
        Forward.objects.filter(pk=made.pk).update(state=ForwardState.SENDING, attempts=1)
        made.refresh_from_db()
    return made


def _follow(forward: Forward, news: tuple[News, ...], past: Past) -> None:
    number = f"WS-{20_000 + forward.report_id}"
    with past.at(forward.created_at + timedelta(minutes=1)):
        sending.note_arrival(forward, Receipt(reference=number, handle=number))
    for number_of_news, told in enumerate(news, start=1):
        at = forward.created_at + told.after * (timezone.now() - forward.created_at)
        with past.at(at):
            polling.hear(
                forward=forward,
                standing=Standing(
                    told.status, told.phase, told.words, at=at, update_id=f"{forward.pk}-{number_of_news}"
                ),
            )


def _fail(forward: Forward, past: Past) -> None:
    """After all its tries."""
    attempts = len(FORWARD_PAUSES) + 1
    Forward.objects.filter(pk=forward.pk).update(attempts=attempts)
    forward.attempts = attempts
    with past.at(_given_up(forward.created_at)):
        sending.note_failure(forward, state=ForwardState.FAILED, why=WHY)


def _given_up(begin: datetime) -> datetime:
    return begin + timedelta(minutes=sum(FORWARD_PAUSES))
