"""What the walkers of the demo's walks scored. Where a walk has no stops or no statements there is nothing to score."""

from datetime import datetime, timedelta
from random import Random

from django.utils import timezone
from django_scopes import scope

from buurtschouw.domain import checklist, scoring
from buurtschouw.domain.checklist import StopList
from buurtschouw.domain.scoring import Mark
from buurtschouw.method import SCORES
from buurtschouw.models import Schouw, Score
from trajecten.demo import people
from trajecten.demo.past import Past
from trajecten.demo.people import POLDERWIJK
from trajecten.models import Municipality, Participant

SEED = 4127
WALKERS = ("Ria", "Sjoerd", "Fatma", "Wim", "Anneke", "Dewi", "Mo", "Truus", "Bas")
# Not everybody scores everything: some walk on, some have no opinion.
SCORED = 0.85
STARTS = timedelta(minutes=10)
A_STOP = timedelta(minutes=12)
# What was bad is a little better when the same neighbourhood is walked again.
BETTER = 0.6


def load(past: Past) -> None:
    """Add the scores of each walk of Polderwijk that has been held, once."""
    municipality = people.municipality(POLDERWIJK)
    with scope(municipality=municipality):
        held = Schouw.objects.filter(walk_at__lt=timezone.now() - timedelta(hours=3)).order_by("walk_at")
        for turn, schouw in enumerate(held.select_related("trajectory__coordinator")):
            stops = checklist.checklist(schouw)
            is_new = not Score.objects.filter(stop__schouw=schouw).exists()
            if is_new and any(each.statements for each in stops):
                _score(past, municipality, schouw, stops, turn)


def _score(past: Past, municipality: Municipality, schouw: Schouw, stops: list[StopList], turn: int) -> None:
    rng = Random(f"{SEED}{schouw.trajectory.title}")  # noqa: S311
    assert schouw.walk_at is not None  # noqa: S101  it has been held
    found = {
        (each.stop.pk, statement.pk): rng.uniform(1.6, 4.2) + BETTER * turn
        for each in stops
        for statement in each.statements
    }
    for name in WALKERS[: rng.randint(6, len(WALKERS))]:
        with past.at(schouw.walk_at + STARTS + A_STOP * len(stops)):
            marks = list(_marks(rng, stops, found, schouw.walk_at + STARTS))
            # Somebody who turned up with no more than a name; the coordinator typed in their form.
            walker = Participant.objects.create(municipality=municipality, display_name=name)
            scoring.record(schouw=schouw, walker=walker, marks=marks, by=schouw.trajectory.coordinator)


def _marks(
    rng: Random, stops: list[StopList], found: dict[tuple[int, int], float], begun: datetime
) -> list[Mark]:
    """What one walker gives: the group's opinion, a little up or down, and now and then something else altogether."""
    strict = rng.uniform(-0.5, 0.5)
    marks = []
    for place, each in enumerate(stops):
        for statement in each.statements:
            if rng.random() > SCORED:
                continue
            value = round(found[each.stop.pk, statement.pk] + strict + rng.gauss(0, 0.7))
            kept = min(max(value, SCORES[0]), SCORES[-1])
            marks.append(Mark(each.stop.pk, statement.pk, kept, begun + A_STOP * place))
    return marks
