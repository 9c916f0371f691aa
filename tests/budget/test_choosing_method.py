"""What has to hold before themes and programmes are left (budget/method.py, budget/domain/standing.py)."""

from dataclasses import replace
from typing import Any

import pytest

from budget.method import CHOOSE_PROGRAMMES, CHOOSE_THEMES, METHOD, Facts
from tests.factories.budget import BudgetTrajectoryFactory, ThemeFactory
from tests.factories.choosing import ChoiceFactory
from tests.factories.core import AreaFactory
from trajecten import registry
from trajecten.domain import steps
from trajecten.domain.steps import StepRefused

NOTHING = Facts(has_area=False, promises_open=0)


def unmet(step: str, facts: Facts) -> list[str]:
    return [str(reason) for reason in METHOD.step(step).unmet(facts)]


@pytest.mark.usefixtures("english")
def test_themes_are_left_with_a_chosen_theme() -> None:
    assert unmet("themes", NOTHING) == ["No theme has been chosen yet. Say which ones, and why."]
    assert unmet("themes", replace(NOTHING, themes_chosen=1)) == []


@pytest.mark.usefixtures("english")
def test_programmes_are_left_with_a_chosen_programme() -> None:
    assert unmet("programmes", NOTHING) == ["No programme has been chosen yet. Say which ones, and why."]
    assert unmet("programmes", replace(NOTHING, programmes_chosen=2)) == []


def test_what_was_chosen_is_counted_for_each_trajectory_apart(in_scope: Any, areas: list[Any]) -> None:
    first, second = BudgetTrajectoryFactory(areas=areas), BudgetTrajectoryFactory()
    ThemeFactory(trajectory=first, is_chosen=True, choice_reason="De meeste stemmen")
    ThemeFactory(trajectory=first)
    ChoiceFactory(trajectory=first)
    ChoiceFactory(trajectory=first, is_chosen=False)

    found = registry.standings("budget", [first, second])

    assert found[first.pk].facts == Facts(True, 0, themes_chosen=1, programmes_chosen=1)
    assert found[second.pk].facts == Facts(False, 0)


def test_a_step_without_a_choice_is_closed_with_a_reason_only(in_scope: Any, coordinator: Any) -> None:
    trajectory = BudgetTrajectoryFactory(act=CHOOSE_THEMES)
    with pytest.raises(StepRefused):
        steps.close(trajectory=trajectory, step="themes", by=coordinator)
    ThemeFactory(trajectory=trajectory, is_chosen=True, choice_reason="De meeste stemmen")

    closed = steps.close(trajectory=trajectory, step="themes", by=coordinator)

    assert closed.allows(CHOOSE_PROGRAMMES)


def test_its_pages_are_named(in_scope: Any) -> None:
    AreaFactory()
    trajectory = BudgetTrajectoryFactory()
    found = registry.standings("budget", [trajectory])[trajectory.pk]

    assert found.url == f"/polderwijk/begroting/werk/traject/{trajectory.pk}/"
    assert [path for _words, path in found.public_links] == [
        f"/polderwijk/begroting/traject/{trajectory.pk}/",
        f"/polderwijk/begroting/kalender/{trajectory.pk}/",
    ]
