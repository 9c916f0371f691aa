"""The scores of the demo: of walks that were held, where there is something to score, once."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.gis.geos import Point
from django.utils import timezone
from django_scopes import scope

from buurtschouw.demo import scoring
from buurtschouw.domain import scores
from buurtschouw.models import Score
from tests.factories.buurtschouw import CategoryFactory, SchouwFactory
from tests.factories.core import MunicipalityFactory, UserFactory
from tests.factories.walking import StatementFactory, StopFactory
from trajecten.demo.past import Past
from trajecten.demo.people import POLDERWIJK

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Any:
    made = MunicipalityFactory(code=POLDERWIJK)
    with scope(municipality=made):
        yield made


def walk(town: Any, *, stops: int, **fields: Any) -> Any:
    category = CategoryFactory(municipality=town)
    made = SchouwFactory(
        municipality=town, categories=[category], trajectory__coordinator=UserFactory(), **fields
    )
    made.statements.set(StatementFactory(category=category) for _ in range(3))
    for position in range(1, stops + 1):
        StopFactory(schouw=made, position=position, point=Point(4.9, 52.5, srid=4326))
    return made


def test_walks_that_were_held_have_scores_and_others_none(town: Any) -> None:
    days = timedelta(days=40)
    held = walk(town, stops=4, walk_at=timezone.now() - days)
    walk(town, stops=4, walk_at=timezone.now() + days)
    walk(town, stops=0, walk_at=timezone.now() - days)
    scoring.load(Past())
    assert {score.stop.schouw for score in Score.objects.select_related("stop__schouw")} == {held}
    assert len(scores.by_stop(held)) == 12
    assert scores.walkers(held) >= 6
    before = Score.objects.count()
    scoring.load(Past())
    assert Score.objects.count() == before
