"""Stops along the route of a walk, statements to score there, and scores."""

import factory
from django.contrib.gis.geos import Point
from django.utils import timezone

from buurtschouw.models import Score, Statement, StatementSet, Stop
from tests.factories.buurtschouw import CategoryFactory, SchouwFactory
from tests.factories.core import MunicipalityFactory, ParticipantFactory, ScopedFactory


class StopFactory(ScopedFactory):
    class Meta:
        model = Stop

    schouw = factory.SubFactory(SchouwFactory)
    municipality = factory.SelfAttribute("schouw.municipality")
    position = factory.Sequence(lambda n: n + 1)
    name = factory.Sequence(lambda n: f"Halte {n:02}")
    point = factory.LazyFunction(lambda: Point(4.915, 52.51, srid=4326))


class StatementSetFactory(ScopedFactory):
    class Meta:
        model = StatementSet

    municipality = factory.SubFactory(MunicipalityFactory)
    name = factory.Sequence(lambda n: f"Lijst {n:02}")


class StatementFactory(ScopedFactory):
    """A statement in a set of its own, of the municipality of its theme."""

    class Meta:
        model = Statement

    category = factory.SubFactory(CategoryFactory)
    municipality = factory.SelfAttribute("category.municipality")
    set = factory.SubFactory(StatementSetFactory, municipality=factory.SelfAttribute("..municipality"))
    text = factory.Sequence(lambda n: f"Stelling {n:02} klopt hier.")


class ScoreFactory(ScopedFactory):
    class Meta:
        model = Score

    stop = factory.SubFactory(StopFactory)
    municipality = factory.SelfAttribute("stop.municipality")
    statement = factory.SubFactory(StatementFactory)
    walker = factory.SubFactory(ParticipantFactory, municipality=factory.SelfAttribute("..municipality"))
    value = 3
    scored_at = factory.LazyFunction(timezone.now)
