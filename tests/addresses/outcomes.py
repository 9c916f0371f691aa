"""The residents' alternative of a round, and the amendment that it becomes."""

from django.utils import timezone

from budget.domain.amendments import drafting, handing_in
from budget.domain.outcomes import reasons
from budget.domain.outcomes.freezing import freeze
from budget.domain.rounds import opening
from budget.method import PROPOSE
from budget.models import Budget, Outcome, Round
from tests.addresses.row import EVERYBODY, Keys, Row, Things
from tests.factories.budget import (
    AlternativeFactory,
    BudgetFactory,
    BudgetTrajectoryFactory,
    RoundFactory,
)

LINES = {"5.1": (100, 80, 120), "6.1": (200, 150, 250), "6.3": (300, 300, 300)}
WORDS = {"version": 1, "title": "Voor de buurt", "findings": "Zo is het.", "considerations": "Daarom."}

# fmt: off
PORTAL: list[Row] = []
MUNICIPALITY: list[Row] = [
    Row("budget:desk", "L..+++..+"),
    Row("budget:outcomes", EVERYBODY, of="counted_round"),
    Row("budget:outcome", EVERYBODY, of="outcome"),
    Row("budget:outcome-explained", EVERYBODY, of="outcome"),
    Row("budget:outcome-line", EVERYBODY, of="outcome_line"),
    Row("budget:outcome-file", EVERYBODY, of="outcome_file"),
    Row("budget:outcome-amendment", EVERYBODY, of="outcome"),
    Row("budget:outcome", "...++++.+", of="interim"),
    Row("budget:outcome-desk", "L..++++.+", of="counted_round"),
    *(Row("budget:outcome-freeze", "L..x+x+.+", method, of="uncounted_round") for method in ("GET", "POST")),
    Row("budget:outcome-summary", "L..++++.+", of="outcome_line"),
    Row("budget:outcome-summary", "L..++++.+", "POST", of="unproposed_line", body={"summary": "Ontmoeten."}),
    *(Row("budget:amendment-begin", "L..x+x+.+", method, of="unproposed") for method in ("GET", "POST")),
    Row("budget:amendment", "L..++++.+", of="amendment"),
    Row("budget:amendment", "L..x+x+.+", "POST", of="amendment_to_write", body=WORDS),
    Row("budget:amendment-hand-in", "L..x++x.+", of="amendment"),
    Row("budget:amendment-hand-in", "L..x++x.+", "POST", of="amendment_to_write",
        body={"version": 1, "submitted_on": timezone.localdate().isoformat()}),
    Row("budget:amendment-pdf", "L..++++.+", of="amendment"),
    Row("budget:amendment-word", "L..++++.+", of="amendment"),
]
# fmt: on


def keys(things: Things) -> Keys:
    handed_in, written, unproposed = (_outcome(things) for _ in range(3))
    for each in (handed_in, written):
        reasons.summarise(line=each.lines.exclude(mean=0)[0], by=things.coordinator, text="Daarom.")
    amendment = drafting.draft(outcome=handed_in, by=things.coordinator)
    day = timezone.localdate()
    handing_in.hand_in(amendment=amendment, by=things.coordinator, submitted_on=day, version=1)
    of_outcome = {"round": handed_in.round_id, "number": 1}
    other = {"round": unproposed.round_id, "number": 1}
    return {
        "counted_round": {"round": handed_in.round_id},
        "outcome": of_outcome,
        "outcome_line": {**of_outcome, "line": handed_in.lines.first().pk},
        "outcome_file": {**of_outcome, "name": "voorstellen"},
        "interim": {"round": freeze(round=_round(things), by=things.coordinator).round_id, "number": 1},
        "uncounted_round": {"round": _round(things).pk},
        "unproposed": other,
        "unproposed_line": {**other, "line": unproposed.lines.first().pk},
        "amendment": {"pk": amendment.pk},
        "amendment_to_write": {"pk": drafting.draft(outcome=written, by=things.coordinator).pk},
    }


def _outcome(things: Things) -> Outcome:
    counted = _round(things)
    opening.close(found=counted, by=things.coordinator)
    return freeze(round=counted, by=things.coordinator)


def _round(things: Things) -> Round:
    """A round in which five people finished the same alternative."""
    trajectory = BudgetTrajectoryFactory(
        municipality=things.schouw.municipality,
        coordinator=things.coordinator,
        adviser=things.adviser,
        act=PROPOSE,
    )
    here = {"municipality": trajectory.municipality, "year": 2025}
    budget = Budget.objects.filter(**here).first() or BudgetFactory(**here)
    opened = RoundFactory(trajectory=trajectory, budget=budget, lines=LINES)
    for _ in range(5):
        AlternativeFactory(round=opened, finished=True, changes={"5.1": -10, "6.1": 10})
    return opened
