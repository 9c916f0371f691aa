"""What is prepared of a walk: stops, statements and their scores, tasks and roles."""

import factory
from django.contrib.gis.geos import Point
from django.utils import timezone

from buurtschouw.enums import Duty
from buurtschouw.models import Announcement, Score, Statement, StatementSet, Stop, WalkRole, WalkTask
from tests.factories.buurtschouw import CategoryFactory, SchouwFactory
from tests.factories.core import MunicipalityFactory, ParticipantFactory, ScopedFactory, UserFactory


class StopFactory(ScopedFactory):
    """A stop behind those that its walk has, in the middle of Polderwijk."""

    class Meta:
        model = Stop

    schouw = factory.SubFactory(SchouwFactory)
    municipality = factory.SelfAttribute("schouw.municipality")
    position = factory.LazyAttribute(lambda made: Stop._base_manager.filter(schouw=made.schouw).count() + 1)
    name = factory.Sequence(lambda n: f"Stop bij nummer {n:02}")
    point = factory.LazyFunction(lambda: Point(4.915, 52.51, srid=4326))


class StatementSetFactory(ScopedFactory):
    class Meta:
        model = StatementSet

    municipality = factory.SubFactory(MunicipalityFactory)
    name = factory.Sequence(lambda n: f"Set {n:02}")


class StatementFactory(ScopedFactory):
    class Meta:
        model = Statement

    set = factory.SubFactory(StatementSetFactory)
    municipality = factory.SelfAttribute("set.municipality")
    category = factory.SubFactory(CategoryFactory, municipality=factory.SelfAttribute("..municipality"))

    class Params:
        pictured = factory.Trait(picture=factory.django.ImageField(width=40, height=30, format="JPEG"))

    text = factory.Sequence(lambda n: f"De stoep is vlak en breed ({n:02}).")
    explanation = "Kijk naar losse tegels."


class ScoreFactory(ScopedFactory):
    class Meta:
        model = Score

    stop = factory.SubFactory(StopFactory)
    municipality = factory.SelfAttribute("stop.municipality")
    statement = factory.SubFactory(
        StatementFactory, set__municipality=factory.SelfAttribute("...municipality")
    )
    walker = factory.SubFactory(ParticipantFactory, municipality=factory.SelfAttribute("..municipality"))
    value = 4
    scored_at = factory.LazyFunction(timezone.now)


class WalkTaskFactory(ScopedFactory):
    class Meta:
        model = WalkTask

    schouw = factory.SubFactory(SchouwFactory)
    municipality = factory.SelfAttribute("schouw.municipality")
    text = factory.Sequence(lambda n: f"Hesjes ophalen ({n:02})")


class WalkRoleFactory(ScopedFactory):
    class Meta:
        model = WalkRole

    schouw = factory.SubFactory(SchouwFactory)
    municipality = factory.SelfAttribute("schouw.municipality")
    participant = factory.SubFactory(ParticipantFactory, municipality=factory.SelfAttribute("..municipality"))
    duty = Duty.LEADS


class AnnouncementFactory(ScopedFactory):
    class Meta:
        model = Announcement

    schouw = factory.SubFactory(SchouwFactory)
    municipality = factory.SelfAttribute("schouw.municipality")
    walk_at = factory.SelfAttribute("schouw.walk_at")
    by = factory.SubFactory(UserFactory)
