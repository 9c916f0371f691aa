"""Budgets with their lines, programmes, themes, and alternative budgets."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import factory
from django.utils import timezone

from budget.enums import (
    AlternativeState,
    BudgetKind,
    DeliveryFormat,
    DeliverySource,
    DeliveryState,
    Enough,
    Side,
    Understood,
)
from budget.iv3 import codes
from budget.method import BOOKKEEPING, MAKE_ALTERNATIVE, METHOD
from budget.models import (
    Alternative,
    AlternativeChange,
    Budget,
    BudgetLine,
    Delivery,
    LineFeedback,
    Programme,
    ProgrammeShare,
    Round,
    RoundLine,
    Theme,
    YearSize,
)
from tests.factories.core import MunicipalityFactory, ParticipantFactory, ScopedFactory, TrajectoryFactory
from trajecten.enums import Moderation


def step_that_allows(act: str) -> str:
    """The key of the step of budgetmonitoring that allows this act."""
    return next(step.key for step in METHOD.steps if act in step.allows)


class BudgetTrajectoryFactory(TrajectoryFactory):
    """A running trajectory of budgetmonitoring; ``act`` opens the step that allows it."""

    class Params:
        act = MAKE_ALTERNATIVE

    method_key = "budget"
    title = factory.Sequence(lambda n: f"Volg het geld {n:02}")
    current_step = factory.LazyAttribute(lambda made: step_that_allows(made.act))


class DeliveryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Delivery

    name = "begroting.csv"
    format = DeliveryFormat.CSV
    source = DeliverySource.COMMAND
    state = DeliveryState.DONE
    ended_at = factory.LazyFunction(timezone.now)


class BudgetFactory(ScopedFactory):
    """A budget with its rows and lines: ``lines={"6.3": (68875000, 1000)}`` gives expenditure and income in euro."""

    class Meta:
        model = Budget
        skip_postgeneration_save = True

    municipality = factory.SubFactory(MunicipalityFactory)
    year = 2026
    kind = BudgetKind.PRIMITIVE
    delivery = factory.SubFactory(DeliveryFactory)
    digest = factory.Sequence(lambda n: f"{n:064}")
    row_count = 0
    expenditure = 0
    income = 0

    @factory.post_generation
    def lines(self, create: bool, extracted: dict[str, Any] | None, **_kwargs: Any) -> None:
        for code, amounts in (extracted or {}).items():
            expenditure, income = amounts if isinstance(amounts, tuple) else (amounts, 0)
            for side, amount in ((Side.EXPENDITURE, expenditure), (Side.INCOME, income)):
                if amount:
                    self.row_count += 1
                    add_row(self, self.row_count + 1, side, code, amount)
            BudgetLine.objects.get_or_create(budget=self, task_field=code, defaults=_above(code))
            self.expenditure += expenditure
            self.income += income
        self.save()


def _above(code: str) -> dict[str, str]:
    return {"group": codes.comparable(code), "main": codes.main(code)}


def add_row(budget: Budget, place: int, side: str, code: str, amount: int, *, category: str = "") -> None:
    """A row more in a budget, on its line; the line is made where it is not there."""
    line, _made = BudgetLine.objects.get_or_create(budget=budget, task_field=code, defaults=_above(code))
    name = "expenditure" if side == Side.EXPENDITURE else "income"
    name = f"moved_{name}" if category in BOOKKEEPING else name
    setattr(line, name, getattr(line, name) + amount)
    line.rows = ";".join(filter(None, [line.rows, f"{Side(side).value} {category} {amount}"]))
    line.places = f"{line.places} {place}".strip()
    line.save()


class YearSizeFactory(ScopedFactory):
    class Meta:
        model = YearSize

    municipality = factory.SubFactory(MunicipalityFactory)
    year = 2026
    inhabitants = 40000
    households = 18000


class ProgrammeFactory(ScopedFactory):
    """A programme; ``shares={"6.3": 1}`` are the parts of task fields that fall under it."""

    class Meta:
        model = Programme
        skip_postgeneration_save = True

    municipality = factory.SubFactory(MunicipalityFactory)
    code = factory.Sequence(lambda n: str(n + 1))
    name = factory.Sequence(lambda n: f"Programma {n:02}")
    from_year = 2024
    goal = "Iedereen kan meedoen"

    @factory.post_generation
    def shares(self, create: bool, extracted: dict[str, Any] | None, **_kwargs: Any) -> None:
        for code, share in (extracted or {}).items():
            own = {"municipality": self.municipality, "task_field": code, "share": share}
            ProgrammeShare.objects.create(programme=self, **own)


class LineFeedbackFactory(ScopedFactory):
    """What somebody without an account said of a line."""

    class Meta:
        model = LineFeedback

    municipality = factory.SubFactory(MunicipalityFactory)
    year = 2026
    task_field = "5.7"
    guest_key = factory.LazyFunction(uuid4)
    understood = Understood.YES
    enough = Enough.TOO_LITTLE


class ThemeFactory(ScopedFactory):
    class Meta:
        model = Theme

    trajectory = factory.SubFactory(BudgetTrajectoryFactory)
    municipality = factory.SelfAttribute("trajectory.municipality")
    title = factory.Sequence(lambda n: f"Thema {n:02}")
    text = "Rondkomen als je weinig geld hebt"
    moderation = Moderation.PUBLISHED
    task_fields = ["6.3"]


class RoundFactory(ScopedFactory):
    """An open round, for two weeks; ``lines={"6.3": (100, 90, 110)}`` gives in the budget, at least and at most."""

    class Meta:
        model = Round
        skip_postgeneration_save = True

    trajectory = factory.SubFactory(BudgetTrajectoryFactory)
    municipality = factory.SelfAttribute("trajectory.municipality")
    budget = factory.SubFactory(BudgetFactory, municipality=factory.SelfAttribute("..municipality"))
    title = "De begroting van bewoners"
    opened_at = factory.LazyFunction(timezone.now)
    closes_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=14))

    @factory.post_generation
    def lines(self, create: bool, extracted: dict[str, Any] | None, **_kwargs: Any) -> None:
        for position, (code, (baseline, floor, cap)) in enumerate((extracted or {}).items()):
            RoundLine.objects.create(
                municipality=self.municipality,
                round=self,
                position=position,
                code=code,
                name=f"Regel {code}",
                baseline=baseline,
                floor=floor,
                cap=cap,
            )


class AlternativeFactory(ScopedFactory):
    """A confirmed draft of one person; ``finished`` a finished one; ``changes={"6.3": 10, "5.1": -10}`` its changes."""

    class Meta:
        model = Alternative
        skip_postgeneration_save = True

    class Params:
        finished = factory.Trait(
            state=AlternativeState.FINISHED, finished_at=factory.LazyFunction(timezone.now)
        )

    round = factory.SubFactory(RoundFactory)
    trajectory = factory.SelfAttribute("round.trajectory")
    municipality = factory.SelfAttribute("round.municipality")
    author = factory.SubFactory(ParticipantFactory, municipality=factory.SelfAttribute("..municipality"))
    text = "Meer voor de buurt"
    moderation = Moderation.PUBLISHED
    confirmed_at = factory.LazyFunction(timezone.now)

    @factory.post_generation
    def changes(self, create: bool, extracted: dict[str, int] | None, **_kwargs: Any) -> None:
        lines = {line.code: line for line in self.round.lines.all()}
        for code, change in (extracted or {}).items():
            own = {"municipality": self.municipality, "line": lines[code], "change": change}
            AlternativeChange.objects.create(alternative=self, **own)
