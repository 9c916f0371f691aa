"""A small group chooses topics."""

import csv
import json
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.shared import METHODS, needs_methods
from trajecten.counting.phragmen import Topic, choose, equal_shares
from trajecten.refusals import Refused


def topics(*approvals):
    """``approvals`` is a word of one-letter topics for each person."""
    return [
        Topic(key, frozenset(person for person, word in enumerate(approvals) if key in word))
        for key in sorted(set("".join(approvals)))
    ]


def test_a_minority_gets_its_part():
    voted = topics(*["abcde"] * 9, *["xyz"] * 5)
    for outcome in choose(voted, persons=14, seats=5):
        assert Counter(key in "xyz" for key in outcome.chosen)[True] in (1, 2)


def test_every_outcome_of_a_tie_is_told():
    outcomes = choose(topics("ab", "ab"), persons=2, seats=1)
    assert [outcome.chosen for outcome in outcomes] == [("a",), ("b",)]


def test_what_equal_shares_leaves_is_completed():
    (outcome,) = choose(topics("ab", "a", "c"), persons=3, seats=2)
    assert outcome.by_shares == ("a",)
    assert outcome.completed == ("c",)


def test_no_more_is_chosen_than_somebody_wants():
    (outcome,) = choose(topics("a", "", "a"), persons=3, seats=5)
    assert outcome.chosen == ("a",)


@pytest.mark.parametrize(("persons", "seats"), [(0, 5), (3, 0)])
def test_nobody_and_nothing_are_refused(persons, seats):
    with pytest.raises(Refused):
        choose([], persons=persons, seats=seats)


def test_very_many_ties_are_refused():
    voted = [Topic(f"{number:02}", frozenset({number})) for number in range(14)]
    with pytest.raises(Refused, match="1000"):
        choose(voted, persons=14, seats=7)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text("abcdef", max_size=4), min_size=2, max_size=7), st.integers(1, 4))
def test_the_order_of_the_topics_changes_nothing(approvals, seats):
    voted = topics(*approvals)
    outcomes = choose(voted, persons=len(approvals), seats=seats)
    assert outcomes == choose(voted[::-1], persons=len(approvals), seats=seats)
    assert all(len(outcome.chosen) == min(seats, len(voted)) for outcome in outcomes)


@needs_methods
def test_the_right_answer_of_fourteen_young_people():
    with (METHODS / "youth" / "ballots.csv").open(newline="") as file:
        approvals = [set(row["approved_topics"].split()) for row in csv.DictReader(file)]
    right = json.loads((METHODS / "youth" / "expected.json").read_text())
    voted = [
        Topic(str(number), frozenset(p for p, chosen in enumerate(approvals) if str(number) in chosen))
        for number in range(right["topics"])
    ]
    sizes = {"persons": right["persons"], "seats": right["seats"]}
    by_shares = {state.chosen for state in equal_shares(voted, **sizes)}
    expected = right["all_tied_outcomes"]
    assert by_shares == _sets(expected["equal_shares_no_completion"])
    assert {frozenset(outcome.chosen) for outcome in choose(voted, **sizes)} == _sets(
        expected["equal_shares_phragmen_completion"]
    )


def _sets(outcomes):
    return {frozenset(map(str, outcome)) for outcome in outcomes}
