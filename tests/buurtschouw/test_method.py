"""The three steps of a buurtschouw and what keeps each of them open."""

import pytest

from buurtschouw.method import (
    METHOD,
    PREPARE,
    QUESTIONS,
    REPORT,
    Facts,
    planned,
    questions_for,
    themes_have_owners,
    walked,
)

READY = Facts(
    has_date=True,
    has_area=True,
    categories=2,
    themes_without_team=(),
    walk_has_begun=True,
    reports_unanswered=0,
    is_evaluated=True,
)


def changed(**facts: object) -> Facts:
    return Facts(**{**READY.__dict__, **facts})


def test_the_steps_are_those_of_the_brochure_in_its_order() -> None:
    assert [step.key for step in METHOD.steps] == ["preparation", "walk", "feedback"]


def test_reports_are_taken_during_the_walk_only() -> None:
    assert [REPORT in step.allows for step in METHOD.steps] == [False, True, False]
    assert PREPARE in METHOD.steps[0].allows


@pytest.mark.parametrize("step", METHOD.steps, ids=lambda step: step.key)
def test_when_all_is_there_no_gate_keeps_a_step_open(step: object) -> None:
    assert [unmet for gate in step.gates for unmet in gate(READY)] == []  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("gate", "facts", "keys"),
    [
        (planned, {"has_date": False}, ["date"]),
        (planned, {"has_area": False}, ["area"]),
        (planned, {"has_date": False, "has_area": False}, ["date", "area"]),
        (themes_have_owners, {"categories": 0}, ["themes"]),
        (themes_have_owners, {"themes_without_team": ("Groen",)}, ["team"]),
    ],
)
def test_a_gate_says_what_is_missing(gate: object, facts: dict, keys: list[str]) -> None:
    found = list(gate(changed(**facts)))  # type: ignore[operator]
    assert [unmet.key for unmet in found] == keys
    assert all(str(unmet) for unmet in found)


def test_the_themes_without_a_team_are_named() -> None:
    for names, told in ((("Groen",), "Groen"), (("Groen", "Water"), "Groen, Water")):
        (unmet,) = themes_have_owners(changed(themes_without_team=names))
        assert told in str(unmet)


def test_a_walk_that_has_not_begun_is_not_over() -> None:
    assert len(list(walked(changed(walk_has_begun=False)))) == 1


def test_unanswered_reports_keep_the_feedback_open() -> None:
    last = METHOD.steps[-1]
    assert [unmet for gate in last.gates for unmet in gate(changed(reports_unanswered=3))]


def test_feedback_stays_open_until_walkers_were_asked_what_they_thought() -> None:
    last = METHOD.steps[-1]
    found = [
        unmet for gate in last.gates for unmet in gate(changed(is_evaluated=False, reports_unanswered=2))
    ]
    assert [unmet.key for unmet in found] == ["answers", "evaluation"]


@pytest.mark.parametrize("group", ["walker", "official"])
def test_each_group_is_asked_closed_questions_and_one_in_its_own_words(group: str) -> None:
    kinds = {question.kind for question in questions_for(group)}
    assert kinds == {"score", "choice", "words"}
    assert len({question.key for question in QUESTIONS}) == len(QUESTIONS)
