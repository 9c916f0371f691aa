"""An open round of three lines in Polderwijk, in thousands of euros."""

from typing import Any

import pytest

from budget.domain.alternatives.judging import Change
from budget.models import RoundLine
from tests.factories.budget import BudgetFactory, BudgetTrajectoryFactory, RoundFactory, YearSizeFactory

# In the budget, at least, at most. Income support can't go down.
LINES = {"6.3": (1000, 1000, 1200), "5.3": (500, 400, 600), "2.1": (800, 640, 960)}


@pytest.fixture
def trajectory(in_scope: Any) -> Any:
    return BudgetTrajectoryFactory(municipality=in_scope)


@pytest.fixture
def budget(in_scope: Any) -> Any:
    lines = {"6.3": 1_000_400, "5.3": 500_000, "2.1": 799_600, "0.10": 50_000, "0.4": 300}
    return BudgetFactory(municipality=in_scope, lines=lines)


@pytest.fixture
def found(trajectory: Any, budget: Any) -> Any:
    """The open round."""
    YearSizeFactory(municipality=trajectory.municipality)
    return RoundFactory(trajectory=trajectory, budget=budget, lines=LINES)


@pytest.fixture
def by_code(found: Any) -> dict[str, RoundLine]:
    return {line.code: line for line in found.lines.all()}


@pytest.fixture
def given(by_code: Any) -> Any:
    """Changes by the codes of lines."""

    def make(**changes: Any) -> dict[int, Change]:
        return {
            by_code[code.replace("_", ".").lstrip("c")].pk: Change(*value)
            if isinstance(value, tuple)
            else Change(value)
            for code, value in changes.items()
        }

    return make


@pytest.fixture
def even(given: Any) -> Any:
    """Changes that balance: culture gets what traffic gives."""
    return given(c5_3=(50, "Voor het theater"), c2_1=-50)
