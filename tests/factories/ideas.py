"""Ideas with who joins and pulls them, and what officials judged."""

import factory
from django.utils import timezone

from buurtschouw.domain.ideas import power
from buurtschouw.enums import Feasibility, JoiningRole, ReportKind
from buurtschouw.models import Joining, Judgement
from tests.factories.buurtschouw import ReportFactory
from tests.factories.core import ParticipantFactory, ScopedFactory, UserFactory


class IdeaReportFactory(ReportFactory):
    """A public idea with the row of its power. ``idea__pullers=1`` and the like set what is counted of it."""

    class Meta:
        skip_postgeneration_save = True

    kind = ReportKind.IDEA
    text = "Een ruilkast voor boeken op het plein"
    public = True

    @factory.post_generation
    def idea(self, create: bool, extracted: object, **counted: object) -> None:
        if create:
            row = power.new_idea(self)
            for name, value in counted.items():
                setattr(row, name, value)
            row.joiners = max(row.joiners, row.pullers)
            power.keep(row)


class JoiningFactory(ScopedFactory):
    """Somebody who joins since now; ``pulling`` who pulls it, ``unconfirmed`` an address that did not confirm yet.

    What is counted of the idea does not follow: call ``power.renew`` where that matters.
    """

    class Meta:
        model = Joining

    class Params:
        pulling = factory.Trait(role=JoiningRole.PULLS, pulls_since=factory.LazyFunction(timezone.now))
        unconfirmed = factory.Trait(confirmed_at=None)

    report = factory.SubFactory(IdeaReportFactory)
    municipality = factory.SelfAttribute("report.municipality")
    participant = factory.SubFactory(ParticipantFactory, municipality=factory.SelfAttribute("..municipality"))
    hours = 4
    can_do = "Timmeren"
    confirmed_at = factory.LazyFunction(timezone.now)


class JudgementFactory(ScopedFactory):
    class Meta:
        model = Judgement

    report = factory.SubFactory(IdeaReportFactory)
    municipality = factory.SelfAttribute("report.municipality")
    by = factory.SubFactory(UserFactory)
    level = Feasibility.POSSIBLE
    reason = "Er is plek, en een vergunning is niet nodig."
