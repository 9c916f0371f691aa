"""Meetings of Polderwijk's walk, from the evening that began it to the one that is still to come."""

from datetime import datetime, time, timedelta

from django.utils import timezone, translation
from django_scopes import scope

from trajecten.demo import people
from trajecten.demo.past import Past
from trajecten.domain import materials, participants
from trajecten.domain.meetings import answering, attending, inviting, planning
from trajecten.domain.meetings.planning import Plan
from trajecten.enums import Answer, TrajectoryStatus
from trajecten.models import Meeting, Municipality, Participant, ShelfItem, Trajectory, User

FIRST = "Startavond van de buurtschouw"
COMING = "Terugkomavond: wat is er gedaan?"
GUESTS = ("wijkbewoner.een", "wijkbewoner.twee", "wijkbewoner.drie", "wijkbewoner.vier")

FIRST_AGENDA = """Welkom en kennismaken
Wat is een digitale buurtschouw?
Welke straten lopen wij?
Wie doet wat op de dag zelf?"""
COMING_AGENDA = """Wat is er gemeld?
Wat heeft de gemeente beloofd, en wat is er gedaan?
Wat vindt u daarvan?
Hoe gaan wij verder?"""
MINUTES = """Er waren bewoners, een ondernemer, de coördinator en de adviseur.

Wij lopen vanaf het buurthuis, in twee groepen. Wij kijken vooral naar stoepen, verlichting en het groen.

Afgesproken:
- De gemeente zorgt voor hesjes en een kaart van de route.
- Wie niet mee kan lopen, meldt zelf via de telefoon.
- Na drie weken komen wij terug om te zien wat er gedaan is."""
SHELF = (
    ("preparation", "Draaiboek voor de startavond", "https://example.org/draaiboek-startavond"),
    ("walk", "Kijkwijzer voor onderweg", "https://example.org/kijkwijzer"),
)


def load() -> None:
    """Add what is not there yet; without a running walk in Polderwijk there is nothing to add to."""
    municipality = people.municipality(people.POLDERWIJK)
    adviser = people.account("adviseur")
    _fill_shelf(adviser)
    past = Past()
    with translation.override("nl"), scope(municipality=municipality):
        trajectory = Trajectory.objects.filter(status=TrajectoryStatus.RUNNING).order_by("pk").first()
        if trajectory and not Meeting.objects.filter(title=FIRST).exists():
            _first(trajectory, municipality, past)
            _coming(trajectory, municipality, past)
    past.forget_mail()


def _fill_shelf(adviser: User) -> None:
    for step, title, link in SHELF:
        if not ShelfItem.objects.filter(adviser=adviser, title=title).exists():
            materials.put_on_shelf(
                adviser=adviser, method_key="buurtschouw", step=step, title=title, link=link
            )


def _evening(days: int) -> datetime:
    """Half past seven in the evening, so many days from today."""
    day = timezone.localdate() + timedelta(days=days)
    return timezone.make_aware(datetime.combine(day, time(19, 30)))


def _guests(municipality: Municipality) -> list[Participant]:
    asked = [f"{name}@{people.DOMAIN}" for name in GUESTS]
    residents = [
        participants.of_user(municipality=municipality, user=people.account(name))
        for name in ("bewoner", "bewoner2")
    ]
    return residents + inviting.guests(municipality=municipality, addresses=asked, language="nl")


def _first(trajectory: Trajectory, municipality: Municipality, past: Past) -> None:
    """The evening that began it: planned, answered, held, with minutes that everybody can read."""
    by = people.account("coordinator.polderwijk")
    begins = _evening(-45)
    with past.at(begins - timedelta(days=20)):
        plan = Plan(FIRST, begins, begins + timedelta(hours=2), "Buurthuis De Linde", agenda=FIRST_AGENDA)
        meeting = planning.plan(trajectory=trajectory, plan=plan, by=by)
        guests = _guests(municipality)
        inviting.invite(meeting=meeting, participants=guests, by=by)
    with past.at(begins - timedelta(days=6)):
        for guest, answer in zip(
            guests, (Answer.YES, Answer.YES, Answer.YES, Answer.MAYBE, Answer.NO), strict=False
        ):
            answering.answer(meeting=meeting, participant=guest, answer=answer)
    with past.at(begins + timedelta(minutes=10)):
        rows = attending.rows_of(meeting).filter(answer=Answer.YES)
        attending.register(
            meeting=meeting,
            present=list(rows.values_list("pk", flat=True)),
            walk_ins=["Buurvrouw van de hoek", "Vrijwilliger van de speeltuin"],
            by=by,
        )
    with past.at(begins + timedelta(days=2)):
        attending.write_minutes(meeting=meeting, minutes=MINUTES, publish=True, by=by)


def _coming(trajectory: Trajectory, municipality: Municipality, past: Past) -> None:
    """The evening to come, to which a resident who signs in has not answered yet."""
    by = people.account("coordinator.polderwijk")
    begins = _evening(12)
    with past.at(timezone.now() - timedelta(days=3)):
        plan = Plan(COMING, begins, begins + timedelta(hours=2), "Buurthuis De Linde", agenda=COMING_AGENDA)
        meeting = planning.plan(trajectory=trajectory, plan=plan, by=by)
        guests = _guests(municipality)
        inviting.invite(meeting=meeting, participants=guests, by=by)
        materials.add(
            trajectory=trajectory,
            meeting=meeting,
            title="Lijst van alle meldingen",
            link="https://example.org/meldingen",
            is_public=True,
            by=by,
        )
    with past.at(timezone.now() - timedelta(days=1)):
        for guest, answer in zip(guests[2:], (Answer.YES, Answer.MAYBE), strict=False):
            answering.answer(meeting=meeting, participant=guest, answer=answer)
