"""What residents choose, note and ask about the budget."""

import factory
from django.utils import timezone

from budget.enums import Aspect
from budget.method import ANALYSE, CHOOSE_THEMES
from budget.models import (
    BudgetQuestion,
    ProgrammeChoice,
    ProgrammeNote,
    Theme,
    ThemeBallot,
    ThemeVote,
    UnconfirmedQuestion,
)
from tests.factories.budget import BudgetTrajectoryFactory, ProgrammeFactory
from tests.factories.core import ParticipantFactory, ScopedFactory
from trajecten.enums import Moderation


class BallotFactory(ScopedFactory):
    """A vote that counts; ``themes=[…]`` are those that were chosen, ``waiting`` one that is not confirmed."""

    class Meta:
        model = ThemeBallot
        skip_postgeneration_save = True

    class Params:
        waiting = factory.Trait(confirmed_at=None)

    trajectory = factory.SubFactory(BudgetTrajectoryFactory, act=CHOOSE_THEMES)
    municipality = factory.SelfAttribute("trajectory.municipality")
    participant = factory.SubFactory(ParticipantFactory, municipality=factory.SelfAttribute("..municipality"))
    confirmed_at = factory.LazyFunction(timezone.now)

    @factory.post_generation
    def themes(self, create: bool, extracted: list[Theme] | None, **_kwargs: object) -> None:
        for theme in extracted or []:
            ThemeVote.objects.create(municipality=self.municipality, ballot=self, theme=theme)


class ChoiceFactory(ScopedFactory):
    """A programme that is looked at further."""

    class Meta:
        model = ProgrammeChoice

    trajectory = factory.SubFactory(BudgetTrajectoryFactory, act=ANALYSE)
    municipality = factory.SelfAttribute("trajectory.municipality")
    programme = factory.SubFactory(ProgrammeFactory, municipality=factory.SelfAttribute("..municipality"))
    reason = "Hier gaat het meeste geld heen"


class NoteFactory(ScopedFactory):
    """A public note of a resident."""

    class Meta:
        model = ProgrammeNote

    trajectory = factory.SubFactory(BudgetTrajectoryFactory, act=ANALYSE)
    municipality = factory.SelfAttribute("trajectory.municipality")
    programme = factory.SubFactory(ProgrammeFactory, municipality=factory.SelfAttribute("..municipality"))
    author = factory.SubFactory(ParticipantFactory, municipality=factory.SelfAttribute("..municipality"))
    aspect = Aspect.REACH
    text = "Werkende armen worden niet bereikt"
    source = "Gesprek met de voedselbank"
    moderation = Moderation.PUBLISHED


class QuestionFactory(ScopedFactory):
    """A public question without a promise; ``unread`` one that nobody read."""

    class Meta:
        model = BudgetQuestion

    class Params:
        unread = factory.Trait(moderation=Moderation.PENDING)
        answered = factory.Trait(answer="Door de huren.", answered_at=factory.LazyFunction(timezone.now))

    trajectory = factory.SubFactory(BudgetTrajectoryFactory, act=ANALYSE)
    municipality = factory.SelfAttribute("trajectory.municipality")
    author = factory.SubFactory(ParticipantFactory, municipality=factory.SelfAttribute("..municipality"))
    text = factory.Sequence(lambda n: f"Waarom kost dit meer dan vorig jaar? {n}")
    moderation = Moderation.PUBLISHED


class UnconfirmedQuestionFactory(ScopedFactory):
    class Meta:
        model = UnconfirmedQuestion

    trajectory = factory.SubFactory(BudgetTrajectoryFactory, act=ANALYSE)
    municipality = factory.SelfAttribute("trajectory.municipality")
    participant = factory.SubFactory(ParticipantFactory, municipality=factory.SelfAttribute("..municipality"))
    text = "Wat kost een schuldhulpverlener?"
