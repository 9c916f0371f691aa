"""Why a project won or lost, in words that are true of every kind of ballot. Without a database."""

from typing import Any

import pytest
from django.utils.translation import override

from budget.domain.ballots import counting, explaining
from budget.domain.ballots.outcome import Outcome, told
from budget.models import BallotResult
from tests.trajecten.counting.elections import election

POINTS = [[1], [2]]


@pytest.fixture(autouse=True)
def _english() -> Any:
    with override("en"):
        yield


def outcome(costs: dict[str, int], votes: list[str], budget: int, rule: str, points: Any = None) -> Outcome:
    kept = counting.counted(election(costs, votes, budget, points), rule)
    return told(BallotResult(rule=rule, outcome=kept))


def why(found: Outcome, key: str) -> str:
    (project,) = [project for project in found.projects if project.id == key]
    return " ".join(explaining.why(project, found)).replace("\N{NO-BREAK SPACE}", "")


def test_who_give_points_do_not_all_pay_as_much() -> None:
    found = outcome({"a": 90}, ["a", "a"], 120, "equal-shares", POINTS)
    assert "Together they paid €90 of their shares. 2 of them paid €30 to €60 each" in why(found, "a")


def test_who_give_as_many_points_pay_as_much() -> None:
    found = outcome({"a": 90}, ["a", "a"], 90, "equal-shares", [[2], [2]])
    assert "2 of them paid €45 each." in why(found, "a")


def test_an_outcome_that_was_kept_before_shows_what_one_paid_at_most() -> None:
    kept = counting.counted(election({"a": 90}, ["a", "a"], 90), "equal-shares")
    del kept["share"], kept["projects"][0]["least_each"]
    assert "2 of them paid €45 each." in why(told(BallotResult(rule="equal-shares", outcome=kept)), "a")


@pytest.mark.parametrize("rule", ["equal-shares", "equal-shares-plain", "greedy"])
def test_what_costs_more_than_there_is_could_not_win(rule: str) -> None:
    found = outcome({"a": 250, "b": 60}, ["ab", "a"], 100, rule)
    assert why(found, "a") == "2 people chose this project. It costs more than the whole amount of €100."


def test_shares_that_were_raised_are_named_beside_what_was_left() -> None:
    """Everybody begins with 50. With 60 each group would pay its own, together more than there is: so 59 counts."""
    found = outcome({"a": 60, "b": 51, "c": 1}, ["a", "bc"], 100, "equal-shares")
    assert why(found, "a").endswith(
        "In the end everybody's share was €59. Together they had €59 left. So €1 was missing."
    )


def test_shares_that_were_not_raised_are_not_named() -> None:
    found = outcome({"a": 60, "b": 50}, ["a", "b"], 100, "equal-shares-plain")
    assert why(found, "a").endswith("this project. Together they had €50 left. So €10 was missing.")


def test_by_most_votes_only_what_went_before_counts() -> None:
    votes = ["ab"] * 8 + ["ac", "b", *["a"], *["c"] * 7]
    found = outcome({"a": 60, "b": 50, "c": 40}, votes, 100, "greedy")
    assert why(found, "b").endswith("Projects with more votes went first. After that €10 was missing.")
    assert why(found, "c").endswith("there was enough money for it.")
