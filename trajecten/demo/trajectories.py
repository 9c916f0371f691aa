"""Trajectories of Polderwijk in the methods without a demo of their own: what was planned, and how it went.

Days are counted from the day on which the demo is loaded. The walks of the buurtschouw are in ``buurtschouw.demo``.
"""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from django.utils import timezone, translation
from django_scopes import scope

from trajecten.demo import people
from trajecten.demo.past import Past
from trajecten.domain import activities, steps
from trajecten.domain.steps import tailoring
from trajecten.enums import TrajectoryStatus
from trajecten.models import Area, Municipality, Trajectory, User


@dataclass(frozen=True)
class Act:
    """A step that was left, so many days ago. ``skipped`` is without doing it; ``reason`` says why."""

    days_ago: int
    step: str
    reason: str = ""
    skipped: bool = False


@dataclass(frozen=True)
class Course:
    """One trajectory: agreed on a fortnight before it begins, planned step after step from that day on.

    ``begins`` is in days from today, negative for the past; ``areas`` are codes of wijken and buurten; ``without``
    are steps that were left out beforehand; ``texts`` are the municipality's own words with a step, ``days`` how long
    one is to take where that is not as usual.
    """

    method: str
    title: str
    summary: str
    adviser: str
    begins: int
    areas: tuple[str, ...] = ()
    without: frozenset[str] = frozenset()
    texts: dict[str, str] = field(default_factory=dict)
    days: dict[str, int] = field(default_factory=dict)
    acts: tuple[Act, ...] = ()


COURSES = (
    Course(
        method="visie",
        title="Samen aan zet in Polderwijk",
        summary=(
            "Inwoners, raad en ambtenaren maken samen een visie: wie praat waar over mee, en wie beslist?"
        ),
        adviser="adviseur",
        begins=-125,
        without=frozenset({"second_scan"}),
        texts={
            "dialogue": "Vier avonden in de wijken en een gesprek online, met 140 inwoners en alle fracties."
        },
        acts=(
            Act(98, "exploring"),
            Act(90, "scan", "De cultuurmeting van vorig jaar is nog goed te gebruiken.", skipped=True),
            Act(12, "dialogue"),
        ),
    ),
    Course(
        method="budget",
        title="Volg het geld: armoede",
        summary=(
            "Bewoners zoeken uit waar het geld voor armoedebeleid heen gaat, en maken zelf een begroting die "
            "klopt."
        ),
        adviser="adviseur2",
        begins=-120,
        areas=("WK990100", "WK990101", "WK990102", "WK990103", "WK990104"),
        texts={"alternative": "Thuis achter de computer, of op woensdagmiddag met hulp in de bibliotheek."},
        days={"alternative": 48},
    ),
    Course(
        method="budget",
        title="Jeugd aan zet met het geld",
        summary=(
            "Jongeren en ouders verdeelden het geld voor de jeugd opnieuw. De raad nam er veel van over, en nu "
            "volgen zij of het gebeurt."
        ),
        adviser="adviseur",
        begins=-500,
        areas=("WK990100", "WK990101", "WK990102", "WK990103", "WK990104"),
    ),
    Course(
        method="budget",
        title="Buurtbudget De Linde",
        summary="Bewoners van De Linde kiezen samen waar vijftienduizend euro voor de buurt heen gaat.",
        adviser="adviseur2",
        begins=-45,
        areas=("WK990101",),
        texts={
            "themes": (
                "Deze stap slaan wij over. De raad gaf dit geld al een doel: De Linde groener en gezelliger maken."
            ),
            "programmes": (
                "Deze stap slaan wij over. Het geld komt uit één programma: Wonen, groen en straten."
            ),
            "analysis": "Deze stap slaan wij over. Wat een plan kost, staat bij elk plan.",
            "alternative": (
                "Deze stap slaan wij over. Bewoners schuiven hier niet met geld. Zij kiezen zelf de plannen."
            ),
        },
        days={"themes": 1, "programmes": 1, "analysis": 1, "alternative": 1, "ballot": 56},
        acts=(
            Act(44, "themes", "De raad koos het thema zelf, toen hij het geld voor De Linde vrijmaakte."),
            Act(44, "programmes", "Al het geld komt uit programma 6. Er valt dus niets te kiezen."),
            Act(43, "analysis"),
            Act(
                43,
                "alternative",
                "De raad vroeg om een stemming over plannen, niet om een andere begroting voor de wijk.",
            ),
        ),
    ),
    Course(
        method="budget",
        title="Zorg en hulp dichtbij",
        summary="Bewoners kiezen nu wat zij het belangrijkst vinden in de zorg en hulp van de gemeente.",
        adviser="adviseur",
        begins=-10,
        areas=("WK990100", "WK990101", "WK990102", "WK990103", "WK990104"),
        texts={"themes": "Op de site, of op papier bij de balie van elk buurthuis."},
        days={"themes": 35},
    ),
    Course(
        method="stuur",
        title="Een veilig Stationsplein",
        summary=(
            "Bewoners en winkeliers van de Stationsbuurt willen dat iedereen zich 's avonds veilig voelt op "
            "het plein."
        ),
        adviser="adviseur",
        begins=-110,
        areas=("BU99010003",),
        acts=(Act(80, "signals"), Act(24, "goals")),
    ),
    Course(
        method="stuur",
        title="Buurttuin Kruidenhof",
        summary="Een tuin van en voor de buurt, waar mensen elkaar leren kennen.",
        adviser="adviseur2",
        begins=-150,
        areas=("BU99010102",),
        acts=(Act(118, "signals"), Act(96, "goals")),
    ),
    Course(
        method="youth",
        title="Jongeren van Polderwijk aan het woord",
        summary="Jongeren uit Oostpolder en Westerkoog maken een manifest voor de gemeenteraad.",
        adviser="adviseur",
        begins=18,
        areas=("WK990102", "WK990103"),
        texts={"group": "Via het jongerenwerk en twee scholen zoeken wij 12 tot 16 jongeren."},
    ),
)


def load() -> None:
    """Let happen what has not happened yet. A trajectory that is there already stays as it is."""
    polderwijk, today, past = people.municipality(people.POLDERWIJK), timezone.localdate(), Past()
    with translation.override("nl"), scope(municipality=polderwijk):
        for course in COURSES:
            if not Trajectory.objects.filter(title=course.title).exists():
                _play(course, polderwijk, today, past)
    past.forget_mail()


def _play(course: Course, municipality: Municipality, today: date, past: Past) -> None:
    by = people.account("coordinator.polderwijk")
    begins_on = today + timedelta(days=course.begins)
    agreed_on = min(begins_on - timedelta(days=14), today - timedelta(days=3))
    with past.at(_at(agreed_on)):
        trajectory = _agree(course, municipality, by=by)
        _plan(trajectory, course, begins_on, by=by)
    if course.begins <= 0:
        with past.at(_at(begins_on)):
            trajectory = steps.start(trajectory=trajectory, by=by)
    for act in course.acts:
        with past.at(_at(today - timedelta(days=act.days_ago))):
            trajectory = _leave(act, trajectory, by=by)


def _at(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(10, 15)))


def _agree(course: Course, municipality: Municipality, *, by: User) -> Trajectory:
    made = Trajectory.objects.create(
        municipality=municipality,
        method_key=course.method,
        title=course.title,
        summary=course.summary,
        coordinator=by,
        adviser=people.account(course.adviser),
        status=TrajectoryStatus.AGREED,
    )
    made.areas.set(Area.objects.filter(code__in=course.areas))
    activities.record(verb="trajectory_agreed", target=made, by=by, is_public=True)
    return made


def _plan(trajectory: Trajectory, course: Course, begins_on: date, *, by: User) -> None:
    planned = []
    for own in tailoring.suggested(method=trajectory.method, begins_on=begins_on):
        days = course.days.get(own.key) or (own.ends_on - own.starts_on).days + 1
        ends_on = begins_on + timedelta(days=days - 1)
        is_on, text = own.key not in course.without, course.texts.get(own.key, "")
        planned.append(replace(own, on=is_on, starts_on=begins_on, ends_on=ends_on, text=text))
        begins_on = ends_on + timedelta(days=1)
    steps.plan(trajectory=trajectory, by=by, steps=planned)


def _leave(act: Act, trajectory: Trajectory, *, by: User) -> Trajectory:
    if act.skipped:
        return steps.skip(trajectory=trajectory, step=act.step, by=by, reason=act.reason)
    return steps.close(trajectory=trajectory, step=act.step, by=by, override_reason=act.reason)
