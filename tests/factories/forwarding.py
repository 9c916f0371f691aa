"""Rows of forwarding: other systems, themes that go there, and reports on their way or there."""

import factory
from django.utils import timezone

from buurtschouw.enums import ForwardState, System
from buurtschouw.models import Destination, DestinationTheme, Forward, ForwardUpdate
from tests.factories.buurtschouw import CategoryFactory, ReportFactory
from tests.factories.core import MunicipalityFactory, ScopedFactory


class DestinationFactory(ScopedFactory):
    class Meta:
        model = Destination

    municipality = factory.SubFactory(MunicipalityFactory)
    name = factory.Sequence(lambda n: f"Provincie {n:02}")
    system = System.SIGNALEN
    url = "https://meldingen.example.org"


class DestinationThemeFactory(ScopedFactory):
    class Meta:
        model = DestinationTheme

    destination = factory.SubFactory(DestinationFactory)
    municipality = factory.SelfAttribute("destination.municipality")
    category = factory.SubFactory(CategoryFactory, municipality=factory.SelfAttribute("..municipality"))
    code = "grofvuil"
    label = "Afval › Grofvuil"


class ForwardFactory(ScopedFactory):
    """A report that waits to be sent; ``accepted`` is there, ``failed`` came back."""

    class Meta:
        model = Forward

    class Params:
        accepted = factory.Trait(
            state=ForwardState.ACCEPTED,
            next_try_at=None,
            accepted_at=factory.LazyFunction(timezone.now),
            poll_at=factory.LazyFunction(timezone.now),
            reference=factory.Sequence(lambda n: f"SIG-{n}"),
            handle=factory.Faker("uuid4"),
        )
        failed = factory.Trait(
            state=ForwardState.FAILED,
            next_try_at=None,
            finished_at=factory.LazyFunction(timezone.now),
            last_error="Hun server antwoordde niet op tijd.",
        )

    destination = factory.SubFactory(DestinationFactory)
    municipality = factory.SelfAttribute("destination.municipality")
    report = factory.Maybe(
        "failed",
        factory.SubFactory(
            ReportFactory, returned=True, returned_from=factory.SelfAttribute("..destination.name")
        ),
        factory.SubFactory(
            ReportFactory, forwarded=True, handed_to=factory.SelfAttribute("..destination.name")
        ),
    )
    code = "grofvuil"
    label = "Afval › Grofvuil"
    next_try_at = factory.LazyFunction(timezone.now)


class ForwardUpdateFactory(ScopedFactory):
    class Meta:
        model = ForwardUpdate

    forward = factory.SubFactory(ForwardFactory, accepted=True)
    municipality = factory.SelfAttribute("forward.municipality")
    status = "b"
    phase = "open"
    at = factory.LazyFunction(timezone.now)
