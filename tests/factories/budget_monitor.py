"""The residents' alternative at the council, adopted, and what is followed of it."""

from typing import Any

import factory
from django.utils import timezone

from budget.enums import Basis, BudgetKind, LineKind, Period, Seen, Signal
from budget.method import MONITOR
from budget.models import (
    Alert,
    Amendment,
    AmendmentLine,
    CalendarDate,
    Observation,
    Outcome,
    OutcomeLine,
    RoundLine,
    SpendingReport,
)
from tests.factories.budget import BudgetFactory, BudgetTrajectoryFactory, RoundFactory
from tests.factories.core import (
    CommitmentFactory,
    CouncilItemFactory,
    MunicipalityFactory,
    ParticipantFactory,
    ScopedFactory,
)
from trajecten.enums import CouncilStatus, LineDecision, Moderation
from trajecten.models import CouncilLine


class OutcomeFactory(ScopedFactory):
    """A frozen residents' alternative of a round about the budget of 2026, in a trajectory that follows the money.

    That round was about an older version of the budget, so that a test makes the figures that count itself.
    """

    class Meta:
        model = Outcome

    round = factory.SubFactory(
        RoundFactory,
        unit=1,
        trajectory=factory.SubFactory(BudgetTrajectoryFactory, act=MONITOR),
        budget=factory.SubFactory(
            BudgetFactory,
            municipality=factory.SelfAttribute("..municipality"),
            number=factory.Sequence(lambda n: n + 100),
            is_current=False,
        ),
        closed_at=factory.LazyFunction(timezone.now),
    )
    municipality = factory.SelfAttribute("round.municipality")
    trajectory = factory.SelfAttribute("round.trajectory")
    text = "De begroting van bewoners"
    moderation = Moderation.PUBLISHED
    number = 1
    residents = 40
    file = "resident,line,change_keur\n"
    lines_file = "line,name,baseline_keur,floor_keur,cap_keur\n"
    was_open = False
    sha256 = "0" * 64


class AmendmentFactory(ScopedFactory):
    """An amendment that was handed in and decided on."""

    class Meta:
        model = Amendment

    outcome = factory.SubFactory(OutcomeFactory)
    municipality = factory.SelfAttribute("outcome.municipality")
    title = "Meer hulp dichtbij"
    findings = "Bewoners willen hulp dichtbij."
    considerations = "Dat kan binnen de begroting."
    council_item = factory.SubFactory(
        CouncilItemFactory,
        municipality=factory.SelfAttribute("..municipality"),
        trajectory=factory.SelfAttribute("..outcome.round.trajectory"),
        title="Amendement: meer hulp dichtbij",
        status=CouncilStatus.ADOPTED,
        decided_on=factory.LazyFunction(timezone.localdate),
    )
    handed_in_at = factory.LazyFunction(timezone.now)


class AmendmentLineFactory(ScopedFactory):
    """A line that the council adopted, with its promise; ``adopted`` what of the ``asked`` euro, None where it has not
    decided, ``code`` its task field or programme, as ``kind`` says. ``promise=None`` is one without."""

    class Meta:
        model = AmendmentLine

    class Params:
        code = "6.3"
        kind = LineKind.FIELD
        asked = 50_000
        adopted: Any = 50_000
        promise: Any = factory.SubFactory(
            CommitmentFactory,
            trajectory=factory.SelfAttribute("..amendment.outcome.round.trajectory"),
            text="Er komt een inlooppunt in de wijk.",
        )

    amendment = factory.SubFactory(AmendmentFactory)
    municipality = factory.SelfAttribute("amendment.municipality")
    outcome_line = factory.LazyAttribute(
        lambda made: outcome_line(made.amendment.outcome, made.code, made.asked, made.kind)
    )
    council_line = factory.LazyAttribute(lambda made: council_line(made))


def outcome_line(outcome: Outcome, code: str, asked: int, kind: LineKind = LineKind.FIELD) -> OutcomeLine:
    """A line of this outcome, on a new line of its round; a code that the round has already gets a number behind it."""
    place = RoundLine._base_manager.filter(round=outcome.round).count()
    taken = RoundLine._base_manager.filter(round=outcome.round, code=code).exists()
    line = RoundLine._base_manager.create(
        municipality=outcome.municipality,
        round=outcome.round,
        position=place,
        kind=kind,
        code=f"P{place}" if taken else code,
        name=f"Regel {code}",
        baseline=500_000,
        floor=0,
        cap=1_000_000,
    )
    return OutcomeLine._base_manager.create(
        municipality=outcome.municipality,
        outcome=outcome,
        line=line,
        total=asked * outcome.residents,
        mean=asked,
        raised_by=30,
        lowered_by=5,
        unchanged_by=5,
        median=asked,
        common_rank=asked,
    )


def council_line(made: Any) -> CouncilLine:
    """The point of the council item, as it was decided."""
    decision = LineDecision.ADOPTED if made.adopted == made.asked else LineDecision.CHANGED
    if made.adopted is None:
        decision = LineDecision.PENDING
    if made.adopted == 0:
        decision = LineDecision.REJECTED
    item = made.amendment.council_item
    return CouncilLine._base_manager.create(
        municipality=made.municipality,
        item=item,
        number=CouncilLine._base_manager.filter(item=item).count() + 1,
        text=f"Regel {made.code}: {made.asked:+} euro",
        changed_text=f"{made.adopted} euro" if decision == LineDecision.CHANGED else "",
        decision=decision,
        reason=""
        if decision in {LineDecision.ADOPTED, LineDecision.PENDING}
        else "De raad heeft minder geld.",
        amount=made.asked,
        adopted_amount=made.adopted,
        commitment=made.promise if made.adopted else None,
    )


class SpendingReportFactory(ScopedFactory):
    class Meta:
        model = SpendingReport

    line = factory.SubFactory(AmendmentLineFactory)
    municipality = factory.SelfAttribute("line.municipality")
    year = 2026
    period = Period.QUARTER_2
    spent = 12_000
    text = "Het inlooppunt is twee dagen in de week open."


class ObservationFactory(ScopedFactory):
    """Of somebody who confirmed it, with words that all may read."""

    class Meta:
        model = Observation

    line = factory.SubFactory(AmendmentLineFactory)
    municipality = factory.SelfAttribute("line.municipality")
    trajectory = factory.SelfAttribute("line.amendment.outcome.round.trajectory")
    author = factory.SubFactory(ParticipantFactory, municipality=factory.SelfAttribute("..municipality"))
    sees = Seen.LITTLE
    text = "Het inlooppunt is vaak dicht."
    moderation = Moderation.PUBLISHED
    confirmed_at = factory.LazyFunction(timezone.now)


class AlertFactory(ScopedFactory):
    class Meta:
        model = Alert

    line = factory.SubFactory(AmendmentLineFactory)
    municipality = factory.SelfAttribute("line.municipality")
    year = 2026
    period = Period.QUARTER_2
    signal = Signal.UNDER
    basis = Basis.OWN
    deviation = -26_000


class CalendarDateFactory(ScopedFactory):
    class Meta:
        model = CalendarDate

    municipality = factory.SubFactory(MunicipalityFactory)
    year = 2027


def figures(municipality: Any, year: int, **lines: Any) -> None:
    """The budget and what was spent: ``plan={"6.3": 100}``, ``q2={"6.3": 40}``, ``accounts={"6.3": 90}``."""
    periods = {"q1": 1, "q2": 2, "q3": 3, "q4": 4, "accounts": 5}
    for name, given in lines.items():
        kind = {"plan": BudgetKind.PRIMITIVE, "amended": BudgetKind.AMENDED}.get(name, BudgetKind.REALISED)
        period = Period(periods.get(name, 0))
        BudgetFactory(municipality=municipality, year=year, kind=kind, period=period, lines=given)
