"""The one state mechanism, and the core's tables."""

from typing import Any

import pytest
from django.db import models

from trajecten.enums import (
    COMMITMENT_TRANSITIONS,
    TRAJECTORY_TRANSITIONS,
    CommitmentStatus,
    TrajectoryStatus,
)
from trajecten.transitions import TransitionRefused, allowed_labels, check

pytestmark = pytest.mark.usefixtures("english")


class Light(models.TextChoices):
    RED = "red", "Red"
    GREEN = "green", "Green"
    OFF = "off", "Off"


TABLE: dict[str, frozenset[str]] = {
    "red": frozenset({"off", "green"}),
    "green": frozenset({"red"}),
    "off": frozenset(),
}


def test_what_the_table_has_passes() -> None:
    check(Light, TABLE, "red", "green")


def test_a_refusal_says_what_is_allowed_in_the_order_of_the_choices() -> None:
    with pytest.raises(TransitionRefused) as refused:
        check(Light, TABLE, "red", "red")
    assert refused.value.allowed == ("Green", "Off")
    assert refused.value.message == "This is “Red” and can't become “Red”. What can: Green, Off."


def test_a_refusal_at_the_end_says_that_it_stays() -> None:
    with pytest.raises(TransitionRefused) as refused:
        check(Light, TABLE, "off", "red")
    assert (refused.value.allowed, refused.value.message) == ((), "This is “Off” and stays so.")


def test_names_of_what_may_follow() -> None:
    assert allowed_labels(Light, TABLE, "green") == ("Red",)


@pytest.mark.parametrize(
    ("choices", "table"),
    [(CommitmentStatus, COMMITMENT_TRANSITIONS), (TrajectoryStatus, TRAJECTORY_TRANSITIONS)],
)
def test_a_table_has_every_status_and_no_other(choices: Any, table: dict[str, frozenset[str]]) -> None:
    assert set(table) == set(choices.values)
    assert set().union(*table.values()) <= set(choices.values)


def test_what_is_withdrawn_or_archived_stays_so() -> None:
    assert COMMITMENT_TRANSITIONS["withdrawn"] == TRAJECTORY_TRANSITIONS["archived"] == frozenset()
