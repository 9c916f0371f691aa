"""The preparation of the walk to come, as far as it is now: tasks, roles, who comes, and who was told."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone, translation
from django_scopes import scope

from buurtschouw.demo import moments
from buurtschouw.domain.preparing import announcing, gathering, inviting_words, roles, tasks
from buurtschouw.domain.preparing.tasks import NOBODY, Owner
from buurtschouw.models import Schouw, WalkTask
from trajecten.demo import people
from trajecten.demo.past import Past
from trajecten.domain.enrolment import joining
from trajecten.domain.enrolment.joining import Introduction
from trajecten.domain.meetings import answering, attending
from trajecten.enums import Answer
from trajecten.models import Enrolment, Participant, User

COMING, HELD = "Schouw Oostpolder", ("Schouw De Linde", "Voorjaarsschouw Vogelweide")
# Who walk along for the municipality; both came in on paper.
IN_OFFICE = (("Raadslid Mieke Zuiderent", "councillor"), ("Fenna Rambaran", "official"))
DUTIES = (
    ("leads", "Saida Brinkhorst"),
    ("notes", "Jannes Veldhoen"),
    ("photos", "Sefa Kromhout"),
    ("time", "Wijkwerker Roos"),
)
ANSWERS = {
    Answer.YES: (
        "Saida Brinkhorst", "Jannes Veldhoen", "Sefa Kromhout", "Wijkwerker Roos", "Piet", "Loes", "Fenna Rambaran",
        "Raadslid Mieke Zuiderent",
    ),
    Answer.MAYBE: ("Amina",),
    Answer.NO: ("Karin",),
}  # fmt: skip
INVITATION = (
    "Loop anderhalf uur mee en wijs ons waar het goed is en waar het beter kan. Onderweg is er een pauze in het "
    "Oosterpark, en na afloop soep in De Dukdalf. De hele route kan met een rolstoel of rollator."
)
CONTACT = "Saida Brinkhorst van de kerngroep, gemeente.polderwijk@example.org"
WALK_INS = ("Buurman van nummer 12", "Vrijwilliger van de speeltuin", "Oma van Lotte")


@dataclass(frozen=True)
class Task:
    """Something to do: by an account (its address without domain) or by the name of who takes part. ``due`` is in days
    from today, ``done`` how many days ago it was done."""

    text: str
    official: str = ""
    name: str = ""
    due: int | None = None
    done: int | None = None


TASKS = (
    Task("De route proeflopen met een rolstoel", name="Jannes Veldhoen", due=-9, done=10),
    Task("Wijkagent en raadslid vragen om mee te lopen", official="coordinator.polderwijk", due=-8, done=8),
    Task("Posters ophangen bij de supermarkt en in de portieken", name="Saida Brinkhorst", due=-5, done=4),
    Task("Soep en koffie bestellen bij De Dukdalf", name="Sefa Kromhout", due=-2),
    Task("Hesjes en prikstokken ophalen bij de gemeentewerf", official="behandelaar.polderwijk", due=-1),
    Task("Vragen of de sluis in het winkelcentrum open kan voor rolstoelen", name="Wijkwerker Roos", due=0),
    Task("De brief bezorgen in de Schepenbuurt", due=1),
    Task("Telefoons opladen voor wie er zelf geen heeft", official="coordinator.polderwijk", due=2),
)


def load() -> None:
    """Add what is not there yet; a walk with tasks stays as it is."""
    past = Past()
    with translation.override("nl"), scope(municipality=people.municipality(people.POLDERWIJK)):
        coming = _walk(COMING)
        if not WalkTask.objects.filter(schouw=coming).exists():
            _prepare(past, coming)
            for title in HELD:
                _hold(past, _walk(title))
    past.forget_mail()


def _walk(title: str) -> Schouw:
    rows = Schouw.objects.select_related("trajectory", "municipality", "meeting")
    found: Schouw = rows.get(trajectory__title=title)
    return found


def _prepare(past: Past, schouw: Schouw) -> None:
    by, now = people.account("coordinator.polderwijk"), timezone.now()
    with past.at(now - timedelta(days=11)):
        for name, kind in IN_OFFICE:
            _on_paper(schouw, name, kind, by)
    with past.at(now - timedelta(days=10, hours=2)):
        inviting_words.keep(schouw=schouw, by=by, invitation=INVITATION, contact=CONTACT)
        for duty, name in DUTIES:
            roles.give(schouw=schouw, participant=_walker(schouw, name), duty=duty, by=by)
        made = [_add(schouw, task, by, timezone.localdate(now)) for task in TASKS]
    for task, row in zip(TASKS, made, strict=True):
        if task.done is not None:
            with past.at(now - timedelta(days=task.done, hours=1)):
                tasks.mark(task=row, is_done=True, by=row.owner_participant or row.owner or by)
    _ask(past, schouw, by, now)


def _on_paper(schouw: Schouw, name: str, kind: str, by: User) -> None:
    joining.register_on_paper(
        trajectory=schouw.trajectory,
        key=uuid.uuid4(),
        email="",
        about=Introduction(name, kind),
        role="observer",
        by=by,
    )


def _walker(schouw: Schouw, name: str) -> Participant:
    rows = Enrolment.objects.filter(trajectory=schouw.trajectory, participant__display_name=name)
    return rows.active().select_related("participant").get().participant


def _add(schouw: Schouw, task: Task, by: User, today: date) -> WalkTask:
    owner = NOBODY
    if task.official:
        owner = Owner(user=people.account(task.official))
    elif task.name:
        owner = Owner(participant=_walker(schouw, task.name))
    due = None if task.due is None else today + timedelta(days=task.due)
    return tasks.add(schouw=schouw, by=by, text=task.text, owner=owner, due_on=due)


def _ask(past: Past, schouw: Schouw, by: User, now: datetime) -> None:
    """Invited nine days ago, the neighbourhood told the day after, and answered since."""
    with past.at(now - timedelta(days=9)):
        gathering.invite_everybody(schouw=schouw, by=by)
    with past.at(now - timedelta(days=8)):
        announcing.tell(schouw=schouw, by=by)
    meeting = _walk(COMING).meeting
    with past.at(now - timedelta(days=4)):
        for answer, names in ANSWERS.items():
            for name in names:
                answering.answer(meeting=meeting, participant=_walker(schouw, name), answer=answer)


def _hold(past: Past, schouw: Schouw) -> None:
    """A walk that has been: who took part was there, and so were some who just came along."""
    assert schouw.meeting is not None and schouw.walk_at is not None  # noqa: S101, PT018
    by = people.account("coordinator.polderwijk")
    with past.at(moments.at(timezone.localdate(schouw.walk_at), 9)):
        gathering.invite_everybody(schouw=schouw, by=by)
    with past.at(schouw.walk_at + timedelta(hours=3)):
        there = [row.pk for row in attending.rows_of(schouw.meeting) if row.known_name]
        attending.register(meeting=schouw.meeting, present=there, walk_ins=WALK_INS, by=by)
