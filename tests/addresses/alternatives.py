"""Alternative budgets: for everybody, for who makes one, and the rounds for officials."""

from django.utils import timezone

from budget.domain.alternatives import beginning
from tests.addresses.row import EVERYBODY, Keys, Row, Things
from tests.factories.budget import (
    AlternativeFactory,
    BudgetFactory,
    BudgetTrajectoryFactory,
    RoundFactory,
    YearSizeFactory,
)

LINES = {"6.3": (1000, 1000, 1200), "5.3": (500, 400, 600), "2.1": (800, 640, 960)}
CHANGES = {"5.3": 50, "2.1": -50}
STAFF = "L..+++..+"
CHANGERS = "L..x+x+.+"
ROUND = "L..++++.+"
RECKON = {"revision": "1", "act": "reckon"}
NEW = {
    "trajectory": "{alternatives_free}",
    "budget": "{alternatives_budget}",
    "title": "Ronde",
    "by": "fields",
    "percent": "20",
    "unit": "1000",
}
LINE = {
    "new-kind": "programme",
    "new-code": "X",
    "new-name": "Regel",
    "new-baseline": "10",
    "new-floor": "5",
    "new-cap": "15",
}

# fmt: off
PORTAL: list[Row] = []
MUNICIPALITY: list[Row] = [
    Row("budget:alternative-begin", EVERYBODY, of="alternatives_round"),
    Row("budget:alternative-begin", EVERYBODY, "POST", of="alternatives_round", body={"email": "an@example.org"}),
    Row("budget:alternative-confirm", EVERYBODY, of="alternatives_confirming"),
    Row("budget:alternative-confirm", EVERYBODY, "POST", of="alternatives_confirming"),
    Row("budget:alternative-shared", EVERYBODY, of="alternatives_shared"),
    Row("budget:alternative", EVERYBODY, of="alternatives_alternative"),
    Row("budget:alternative", EVERYBODY, "POST", of="alternatives_alternative", body=RECKON),
    *(Row(f"budget:alternative-{act}", EVERYBODY, of="alternatives_alternative")
      for act in ("keep", "finish", "reopen", "share", "withdraw")),
    Row("budget:alternative-keep", EVERYBODY, "POST", of="alternatives_alternative", body={"revision": "1"}),
    Row("budget:alternative-finish", EVERYBODY, "POST", of="alternatives_alternative"),
    Row("budget:alternative-reopen", EVERYBODY, "POST", of="alternatives_finished"),
    Row("budget:alternative-share", EVERYBODY, "POST", of="alternatives_finished", body={"share": "yes"}),
    Row("budget:rounds", STAFF),
    Row("budget:rounds", ROUND, query="?trajectory={alternatives_trajectory}"),
    Row("budget:round-new", "L..x+x..+"),
    Row("budget:round-new", CHANGERS, query="?trajectory={alternatives_trajectory}"),
    Row("budget:round-new", "L..x+x..+", "POST", body=NEW),
    Row("budget:round", ROUND, of="alternatives_round"),
    Row("budget:round-change", CHANGERS, of="alternatives_unopened"),
    Row("budget:round-change", CHANGERS, "POST", of="alternatives_unopened", body={"title": "Ronde"}),
    Row("budget:round-remove", CHANGERS, of="alternatives_to_remove"),
    Row("budget:round-remove", CHANGERS, "POST", of="alternatives_to_remove"),
    Row("budget:round-lines", CHANGERS, of="alternatives_unopened"),
    Row("budget:round-lines", CHANGERS, "POST", of="alternatives_bare"),
    Row("budget:round-line-add", CHANGERS, of="alternatives_unopened"),
    Row("budget:round-line-add", CHANGERS, "POST", of="alternatives_unopened", body=LINE),
    *(Row(f"budget:round-{act}", CHANGERS, of="alternatives_round") for act in ("open", "extend", "close")),
    Row("budget:round-open", CHANGERS, "POST", of="alternatives_unopened", body={"closes_on": "{tomorrow}"}),
    Row("budget:round-extend", CHANGERS, "POST", of="alternatives_round", body={"closes_on": "{tomorrow}"}),
    Row("budget:round-close", CHANGERS, "POST", of="alternatives_round"),
    Row("budget:round-paper-pdf", ROUND, of="alternatives_round"),
    Row("budget:round-paper", ROUND, of="alternatives_round"),
    Row("budget:round-alternative", ROUND, of="alternatives_counted"),
]
# fmt: on


def keys(things: Things) -> Keys:
    municipality = things.schouw.municipality
    people = {"municipality": municipality, "adviser": things.adviser, "coordinator": things.coordinator}
    budget = BudgetFactory(municipality=municipality, year=2024, lines={"6.3": 1_000_000, "5.3": 500_000})
    YearSizeFactory(municipality=municipality, year=2024)
    round_of = {"budget": budget, "lines": LINES, "closes_on": timezone.localdate()}
    found = RoundFactory(trajectory=BudgetTrajectoryFactory(**people), **round_of)
    unopened = RoundFactory(trajectory=BudgetTrajectoryFactory(**people), **round_of, opened_at=None)
    bare = RoundFactory(trajectory=BudgetTrajectoryFactory(**people), budget=budget, opened_at=None)
    free = BudgetTrajectoryFactory(**people)
    draft = AlternativeFactory(round=found, changes=CHANGES)
    done = AlternativeFactory(round=found, changes=CHANGES, finished=True, is_shared=True)
    begun = AlternativeFactory(round=found, author=None, confirmed_at=None)
    return {
        "alternatives_round": {"pk": found.pk},
        "alternatives_unopened": {"pk": unopened.pk},
        "alternatives_bare": {"pk": bare.pk},
        "alternatives_to_remove": {"pk": bare.trajectory_id, "round": bare.pk},
        "alternatives_free": {"pk": free.pk},
        "alternatives_budget": {"pk": budget.pk},
        "alternatives_alternative": {"token": draft.token},
        "alternatives_finished": {"token": done.token},
        "alternatives_shared": {"token": done.share_token},
        "alternatives_counted": {"pk": found.pk, "alternative": done.pk},
        "alternatives_confirming": {"signed": beginning.token(begun, things.supporter)},
        "alternatives_trajectory": {"pk": found.trajectory_id},
    }
