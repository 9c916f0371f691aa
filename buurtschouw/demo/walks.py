"""The walks of the demo and their dates, counted from the day on which it is loaded. Pure data."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random

from django.utils import timezone

from buurtschouw.demo import moments
from trajecten.demo.people import POLDERWIJK, VEENRADE

# A theme without a team: what keeps the preparation of one walk from being closed.
UNOWNED = "Toegankelijkheid"


@dataclass(frozen=True)
class Walk:
    """A schouw to come, going on, or over.

    ``areas`` are codes of wijken and buurten; ``around`` is where its reports are. ``made_at`` is when its
    preparation begins, ``closings`` when each step is closed. ``reports`` is how many there are, apart
    from the scripted ones; ``moment`` draws when one comes in, and says whether its reporter walked along.
    """

    key: str
    title: str
    summary: str
    municipality: str
    coordinator: str
    adviser: str
    areas: tuple[str, ...]
    around: str
    walk_at: datetime
    meeting_point: str
    made_at: datetime
    closings: tuple[tuple[datetime, str], ...] = ()
    keeps_reporting_open: bool = False
    service_level_days: int = 5
    themes: tuple[str, ...] = ()  # by name; none means all with a team
    route: str = ""  # whose route it is, where that is not its own
    reports: int = 0
    moment: Callable[[Random], tuple[datetime, bool]] | None = None

    @property
    def planned(self) -> tuple[tuple[str, date], ...]:
        """The day on which each step is to be ready: two weeks before the walk, twelve days and ten weeks after it."""
        day = timezone.localdate(self.walk_at)
        return (
            ("preparation", day - timedelta(days=14)),
            ("walk", day + timedelta(days=12)),
            ("feedback", day + timedelta(days=75)),
        )


def walks(now: datetime) -> tuple[Walk, ...]:
    today = timezone.localdate(now)
    return (
        _last_spring(moments.last_spring(today, days_ago=100)),
        _in_feedback(moments.saturday_before(today - timedelta(days=35))),
        _coming(moments.saturday_after(today), now),
        _in_preparation(moments.saturday_after(today + timedelta(days=28)), today),
        _of_the_neighbour(moments.saturday_after(today + timedelta(days=14)), now),
        _a_year_before(moments.last_spring(today, days_ago=100)),
    )


def _held(day: date) -> Callable[[Random], tuple[datetime, bool]]:
    """Most reports are made while walking, some at home in the days around it."""

    def moment(rng: Random) -> tuple[datetime, bool]:
        luck = rng.random()
        if luck < 0.5:
            return moments.at(day, 10, 10) + timedelta(seconds=rng.randrange(9_000)), True
        around = rng.randint(0, 7) if luck < 0.75 else -rng.randint(1, 13)
        return moments.in_spare_time(day + timedelta(days=around), rng), False

    return moment


def _lately(now: datetime, days: int) -> Callable[[Random], tuple[datetime, bool]]:
    """All the time, and more and more as the walk comes nearer."""
    today = timezone.localdate(now)

    def moment(rng: Random) -> tuple[datetime, bool]:
        luck, minutes = rng.random(), rng.randrange(20, 540)
        if luck < 0.05:
            return now - timedelta(minutes=minutes), False
        far = (
            rng.randint(1, 6) if luck < 0.25 else rng.randint(7, 28) if luck < 0.66 else rng.randint(29, days)
        )
        return moments.in_spare_time(today - timedelta(days=far), rng), False

    return moment


def _steps(day: date) -> tuple[tuple[datetime, str], ...]:
    """Preparation closed two weeks before the walk, the walk ten days after it."""
    return (
        (moments.at(day - timedelta(days=14), 9), "preparation"),
        (moments.at(day + timedelta(days=10), 16, 30), "walk"),
    )


def _last_spring(day: date) -> Walk:
    return Walk(
        key="vogelweide",
        title="Voorjaarsschouw Vogelweide",
        summary="Met 23 bewoners, twee kinderen van de kinderraad en de wijkagent door de Vogelweide. "
        "Alle meldingen zijn beantwoord en samen besproken in Buurtkamer De Specht.",
        municipality=POLDERWIJK,
        coordinator="coordinator.polderwijk",
        adviser="adviseur2",
        areas=("BU99010300",),
        around="BU99010300",
        walk_at=moments.at(day, 10),
        meeting_point="Buurtkamer De Specht",
        made_at=moments.at(day - timedelta(days=40), 10, 15),
        closings=(*_steps(day), (moments.at(day + timedelta(days=75), 15), "feedback")),
        reports=46,
        moment=_held(day),
    )


def _a_year_before(day: date) -> Walk:
    """The walk that the one of last spring is compared with: the same route, on the Saturday a year earlier."""
    before = day - timedelta(days=364)
    return replace(
        _last_spring(before),
        key="vogelweide-eerder",
        title=f"Voorjaarsschouw Vogelweide {before.year}",
        summary="De eerste schouw door de Vogelweide, met 14 bewoners. Een jaar later lopen wij de ronde opnieuw.",
        reports=16,
        moment=_held(before),
        route="vogelweide",
    )


def _in_feedback(day: date) -> Walk:
    return replace(
        _last_spring(day),
        key="linde",
        title="Schouw De Linde",
        summary="Wij liepen met bewoners, de woningcorporatie en de gemeente door De Linde, de Bloemenbuurt en "
        "Kruidenhof. Nu hoort iedereen wat er met zijn of haar melding gebeurt.",
        adviser="adviseur",
        areas=("WK990101",),
        around="WK990101",
        meeting_point="Buurthuis De Linde",
        closings=_steps(day),
        reports=96,
    )


def _coming(day: date, now: datetime) -> Walk:
    today = timezone.localdate(now)
    return Walk(
        key="oostpolder",
        title="Schouw Oostpolder",
        summary="Loop mee door de Oostpolder, de Schepenbuurt en het Sterrenkwartier. Ziet u nu al iets? "
        "U hoeft niet te wachten tot de wandeling: meld het meteen.",
        municipality=POLDERWIJK,
        coordinator="coordinator.polderwijk",
        adviser="adviseur",
        areas=("WK990102",),
        around="WK990102",
        walk_at=moments.at(day, 10),
        meeting_point="Wijkcentrum De Dukdalf",
        made_at=moments.at(today - timedelta(days=91), 11),
        closings=((moments.at(today - timedelta(days=12), 14), "preparation"),),
        keeps_reporting_open=True,
        reports=98,
        moment=_lately(now, 88),
    )


def _in_preparation(day: date, today: date) -> Walk:
    return Walk(
        key="centrum",
        title="Schouw Centrum en Havenkwartier",
        summary="Samen met ondernemers, bewoners en mensen met een beperking kijken wij hoe toegankelijk de "
        "binnenstad is. De kerngroep kiest nu de route en de thema’s.",
        municipality=POLDERWIJK,
        coordinator="coordinator.polderwijk",
        adviser="adviseur",
        areas=("BU99010000", "BU99010001"),
        around="WK990100",
        walk_at=moments.at(day, 13, 30),
        meeting_point="Bibliotheek De Waag",
        made_at=moments.at(today - timedelta(days=11), 13),
        themes=("Stoep en straat", "Verlichting", "Afval", "Verkeer en parkeren", UNOWNED),
    )


def _of_the_neighbour(day: date, now: datetime) -> Walk:
    """Its areas have not been loaded, so its preparation can't be closed."""
    return Walk(
        key="veenrade",
        title="Schouw Dorpsstraat",
        summary="Een ronde door het dorp, van de Dorpsstraat naar de Lange Kade.",
        municipality=VEENRADE,
        coordinator="coordinator.veenrade",
        adviser="adviseur",
        areas=(),
        around="GM9902",
        walk_at=moments.at(day, 10, 30),
        meeting_point="Dorpshuis van Veenrade",
        made_at=moments.at(timezone.localdate(now) - timedelta(days=45), 9, 30),
        keeps_reporting_open=True,
        service_level_days=8,
        themes=("Stoep en straat", "Verlichting", "Afval", "Verkeer en parkeren"),
        reports=9,
        moment=_lately(now, 40),
    )
