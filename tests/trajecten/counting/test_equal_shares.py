"""Equal Shares, without and with completion."""

from fractions import Fraction
from itertools import combinations
from unittest import mock

import numpy as np
import pytest
from hypothesis import given, settings

from tests.trajecten.counting.elections import election, elections, one_by_one, simply, supporters
from trajecten.counting import add_one as completing
from trajecten.counting import equal_shares, steadiness
from trajecten.counting.add_one import add_one
from trajecten.counting.ballots import Utility
from trajecten.counting.tally import tally
from trajecten.refusals import Refused


def ids(counted):
    return sorted(counted.ledger.tally.ids[project] for project in counted.chosen)


def test_each_group_decides_on_its_part_of_the_budget():
    votes = ["ab"] * 6 + ["c"] * 4
    counted = equal_shares.plain(tally(election({"a": 50, "b": 50, "c": 40}, votes, 100)))
    assert ids(counted) == ["a", "c"]
    assert counted.ledger.share == 10
    assert counted.ledger.money(counted.ledger.tally.supporters[1]) == 10  # 6 x 10 less 50


@pytest.mark.parametrize("names", ["ab", "ba"])
def test_a_tie_goes_to_the_lowest_id_as_text(names):
    votes = [names] * 3
    counted = equal_shares.plain(tally(election(dict.fromkeys(names, 60), votes, 60)))
    assert ids(counted) == ["a"]
    costs = {"9": 60, "10": 60}
    both = election(costs, [["9", "10"]] * 3, 60)
    assert ids(equal_shares.plain(tally(both))) == ["10"]


def test_supporters_with_exactly_enough_can_buy_it():
    """A third of a hundred is no whole number of cents, and no float."""
    counted = equal_shares.plain(tally(election({"a": 100, "b": 1}, ["a", "a", "a"], 100)))
    assert ids(counted) == ["a"]
    assert counted.ledger.price(0) * 100 == Fraction(100, 3)


def test_one_cent_short_is_not_enough():
    assert ids(equal_shares.plain(tally(election({"a": "100.000001"}, ["a", "a", "a"], 100)))) == []


def test_who_can_not_pay_as_much_gives_all_and_others_pay_the_rest():
    votes = ["ab", "ab", "a", "a", "a", "b"]
    counted = equal_shares.plain(tally(election({"a": 10, "b": 25}, votes, 60)))
    assert ids(counted) == ["a", "b"]
    paid = counted.ledger.paid(1)
    assert (paid.in_full, paid.gave_all, paid.least_each, paid.most_each) == (1, 2, 9, 9)


def test_who_gives_more_points_pays_more():
    counted = equal_shares.plain(tally(election({"a": 90}, ["a", "a"], 120, [[1], [2]])))
    paid = counted.ledger.paid(0)
    assert (paid.in_full, paid.gave_all, paid.least_each, paid.most_each) == (2, 0, 30, 60)


def test_what_costs_nothing_is_chosen_when_somebody_wants_it():
    counted = equal_shares.plain(tally(election({"a": 0, "b": 0, "c": 5}, ["ac"], 5)))
    assert ids(counted) == ["a", "c"]
    assert counted.free == (0,)


def test_an_empty_ballot_keeps_its_part_of_the_budget():
    counted = equal_shares.plain(tally(election({"a": 60}, ["a", ""], 100)))
    assert ids(counted) == []
    assert counted.ledger.share == 50


def test_points_weigh_where_ballots_give_them_and_zero_points_are_no_support():
    given_points = election({"a": 30, "b": 30}, ["ab", "ab", "ab"], 30, [[1, 4], [1, 4], [5, 0]])
    assert ids(equal_shares.plain(tally(given_points))) == ["a"]
    costs = tally(given_points, Utility.COST)
    assert [costs.votes(0), costs.votes(1)] == [3, 2]


def test_points_can_not_weigh_where_ballots_give_none():
    with pytest.raises(Refused, match=r"punten|points"):
        tally(election({"a": 30}, ["a"], 30), Utility.POINTS)


def test_numbers_that_do_not_fit_in_64_bits_are_refused():
    with pytest.raises(Refused):
        tally(election({"a": "1.00000000000000000001", "b": 10**15}, ["ab"], 30))


def test_without_ballots_nothing_is_chosen():
    assert ids(add_one(tally(election({"a": 30}, [], 30)))) == []


def test_completion_takes_the_last_outcome_that_does_not_overspend():
    given_votes = election({"a": 40, "b": 40, "c": 40}, ["a", "a", "b", "c"], 100)
    assert ids(equal_shares.plain(tally(given_votes))) == ["a"]
    # With 40 each b and c come together, which is too much: nobody gets more than 39.
    completed = add_one(tally(given_votes))
    assert ids(completed) == ["a"]
    assert completed.ledger.share == 39


def test_completion_ends_where_everything_supported_fits():
    completed = add_one(tally(election({"a": 40, "b": 50, "c": 1}, ["a", "b"], 95)))
    assert ids(completed) == ["a", "b"]


def test_completion_is_quick_with_few_voters_and_much_money():
    """Half a million steps, of which next to none changes anything."""
    given_votes = election(
        {"a": 400_000, "b": 300_000, "c": 900_000, "d": 700_000}, ["ab", "bc", "cd", "da"], 1_900_000
    )
    completed = add_one(tally(given_votes))
    assert completed.ledger.share > 475_000
    assert ids(completed) == simply(given_votes, completed.ledger.share)[0]


@settings(max_examples=300, deadline=None)
@given(elections())
def test_it_is_what_the_definition_says(given_votes):
    share = given_votes.budget / len(given_votes.ballots)
    counted = equal_shares.plain(tally(given_votes))
    won, money = simply(given_votes, share)
    assert ids(counted) == won
    for number, key in enumerate(counted.ledger.tally.ids):
        left = sum(money[voter] for voter in supporters(given_votes)[key])
        assert counted.ledger.money(counted.ledger.tally.supporters[number]) == left


@settings(max_examples=150, deadline=None)
@given(elections())
def test_completion_is_what_trying_every_step_gives(given_votes):
    assert ids(add_one(tally(given_votes))) == one_by_one(given_votes)


@settings(max_examples=150, deadline=None)
@given(elections())
def test_prices_that_fractions_tell_apart_give_the_same(given_votes):
    """With a band so wide that fractions are asked often, and asked after every step."""
    with mock.patch.multiple(steadiness, CLOSE=0.3), mock.patch.object(completing, "CELLS_A_STEP", 10**9):
        assert ids(add_one(tally(given_votes))) == one_by_one(given_votes)


def test_prices_that_floats_can_not_tell_apart_still_tell_how_long_that_holds():
    """The first gives a all she has, so with a larger share the second pays less for it; b costs 1 more than what he
    pays, in fourteen digits. Floats could not promise a single step there."""
    much = 10**13
    votes = election({"a": 3 * much, "b": much + 1}, ["a", "a", "b"], 6 * much, [[4], [1], [1]])
    counted = equal_shares.count(tally(votes), Fraction(2 * much))
    assert counted.bought == (0, 1)
    assert steadiness.steady_for(counted) > much // 10


@settings(max_examples=100, deadline=None)
@given(elections())
def test_it_never_spends_more_than_there_is_and_no_voter_more_than_their_share(given_votes):
    for counted in (equal_shares.plain(tally(given_votes)), add_one(tally(given_votes))):
        assert counted.ledger.tally.cost(counted.chosen) <= given_votes.budget
        for voter in range(len(given_votes.ballots)):
            assert 0 <= counted.ledger.money(np.array([voter])) <= counted.ledger.share


@settings(max_examples=100, deadline=None)
@given(elections())
def test_a_group_that_can_pay_what_it_all_wants_is_never_left_with_nothing(given_votes):
    """Justified representation: of a group that agrees on a project it could pay itself, somebody gets something."""
    counted = equal_shares.plain(tally(given_votes))
    share = given_votes.budget / len(given_votes.ballots)
    won = set(ids(counted))
    costs = {project.id: project.cost for project in given_votes.projects}
    for key, worth in supporters(given_votes).items():
        for size in range(1, len(worth) + 1):
            if share * size < costs[key]:
                continue
            for group in combinations(worth, size):
                assert any(won & set(given_votes.ballots[voter].supported()) for voter in group)
