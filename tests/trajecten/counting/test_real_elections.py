"""Real elections of Pabulib with their right outcomes, among them the official ones of Assen 2024 and Świecie 2023."""

import json

import pytest

from tests.shared import METHODS, needs_methods
from trajecten.counting.ballots import Utility
from trajecten.counting.outcomes import Rule, work_out
from trajecten.counting.pabulib.reading import read
from trajecten.counting.tally import tally

pytestmark = needs_methods
EXPECTED = METHODS / "pb" / "expected.json"
CASES = json.loads(EXPECTED.read_text()) if EXPECTED.exists() else []


def outcome(case, rule):
    path = METHODS / "pb" / case["file"]
    election = read(path.read_bytes(), file=path.name).election
    return work_out(tally(election, Utility(case["utility"])), rule)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["file"])
def test_all_rules_give_the_right_winners(case):
    plain, completed, greedy = (outcome(case, rule) for rule in _RULES)
    assert list(plain.winners) == case["mes_plain"]
    assert list(completed.winners) == case["mes_add1_until_overspend"]
    assert list(greedy.winners) == case["greedy_most_votes_skip"]
    assert sorted(completed.winners + completed.filled) == case["mes_add1_then_most_votes"]
    costs = case["cost"]
    assert [plain.cost, completed.cost, greedy.cost] == list(costs.values())


@pytest.mark.parametrize(("place", "number"), [("Assen", 9), ("Swiecie", 17)])
def test_the_official_winners_win(place, number):
    (case,) = [case for case in CASES if place in case["file"]]
    winners = outcome(case, Rule.EQUAL_SHARES).winners
    assert len(winners) == number
    assert list(winners) == case["official_winners"]


_RULES = (Rule.EQUAL_SHARES_PLAIN, Rule.EQUAL_SHARES, Rule.GREEDY)
