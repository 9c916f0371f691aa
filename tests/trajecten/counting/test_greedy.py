"""Most votes first, what is added, and the reasons."""

from fractions import Fraction

import pytest

from tests.trajecten.counting.elections import election
from trajecten.counting import explaining, greedy
from trajecten.counting.explaining import Preferred
from trajecten.counting.outcomes import Rule, work_out
from trajecten.counting.tally import tally

VOTES = ["ab", "ab", "ac", "c", "d"]
COSTS = {"a": 50, "b": 60, "c": 40, "d": 10, "e": 1}


def test_most_votes_first_skipping_what_does_not_fit():
    counted = tally(election(COSTS, VOTES, 100))
    assert [counted.ids[project] for project in greedy.most_votes(counted)] == ["a", "c", "d"]


def test_as_many_votes_go_by_id_as_text():
    counted = tally(election({"9": 10, "10": 10}, [["9", "10"]], 10))
    assert [counted.ids[project] for project in greedy.most_votes(counted)] == ["10"]


def test_what_nobody_wants_is_never_chosen_though_it_fits():
    outcome = work_out(tally(election(COSTS, VOTES, 1000)), Rule.GREEDY)
    assert outcome.winners == ("a", "b", "c", "d")
    assert outcome.filled == ()


def test_filling_is_told_apart_from_the_winners():
    outcome = work_out(tally(election(COSTS, VOTES, 100)), Rule.EQUAL_SHARES_PLAIN)
    assert outcome.winners == ("a", "d")
    assert outcome.cost == 60
    assert outcome.filled == ("c",)


def test_each_project_tells_what_was_paid_and_what_was_missing():
    outcome = work_out(tally(election(COSTS, VOTES, 100)), Rule.EQUAL_SHARES_PLAIN)
    told = {project.id: (project.selected, project.paid, project.missing) for project in outcome.projects}
    left = 20 - Fraction(50, 3)
    assert told == {
        "a": (True, 50, 0),
        "b": (False, 0, 60 - 2 * left),
        "c": (False, 0, 40 - left - 20),
        "d": (True, 10, 0),
        "e": (False, 0, 1),
    }


def test_by_most_votes_the_budget_is_what_is_missing_when_its_turn_comes():
    """After a 45 is left, so b has 15 too little; what c takes after b doesn't matter to b."""
    outcome = work_out(tally(election(COSTS, VOTES, 95)), Rule.GREEDY)
    told = {project.id: project.missing for project in outcome.projects}
    assert outcome.winners == ("a", "c")
    assert (told["a"], told["b"], told["c"], told["d"]) == (0, 15, 0, 5)


def test_what_nobody_wants_has_no_turn_and_is_held_against_what_is_left_in_the_end():
    outcome = work_out(tally(election({"a": 60, "b": 50}, ["a"], 100)), Rule.GREEDY)
    assert [project.missing for project in outcome.projects] == [0, 10]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [([0], [2], Preferred(3, 1, 1)), ([0, 3], None, Preferred(0, 2, 3)), ([], [], Preferred(0, 0, 5))],
)
def test_how_many_prefer_which_outcome(first, second, expected):
    assert explaining.preferred(tally(election(COSTS, VOTES, 100)), first, second) == expected
