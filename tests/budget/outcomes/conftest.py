"""An open round of three lines, and what residents come to in it together."""

from collections.abc import Callable
from typing import Any

import pytest

from budget.domain.amendments.drafting import draft
from budget.domain.outcomes.freezing import freeze
from budget.domain.outcomes.reasons import summarise
from budget.domain.rounds.opening import close
from budget.method import PROPOSE
from budget.models import Amendment, Outcome
from tests.factories.budget import AlternativeFactory, RoundFactory, step_that_allows

LINES = {"5.1": (100, 80, 120), "6.1": (200, 150, 250), "6.3": (300, 300, 300)}


@pytest.fixture
def opened(in_scope: Any, municipality: Any, coordinator: Any) -> Any:
    return RoundFactory(
        municipality=municipality,
        trajectory__municipality=municipality,
        trajectory__coordinator=coordinator,
        lines=LINES,
    )


@pytest.fixture
def finish(opened: Any) -> Callable[..., list[Any]]:
    """Finishes alternatives of so many people."""

    def finished(people: int, **changes: Any) -> list[Any]:
        made = {"finished": True, "round": opened, **changes}
        return [AlternativeFactory(**made) for _ in range(people)]

    return finished


@pytest.fixture
def outcome(opened: Any, finish: Any, coordinator: Any) -> Outcome:
    """Six people together move 10 from sports to living together; it is frozen, and may be proposed."""
    finish(5, changes={"5.1": -12, "6.1": 12})
    finish(1)
    close(found=opened, by=coordinator)
    made = freeze(round=opened, by=coordinator)
    opened.trajectory.current_step = step_that_allows(PROPOSE)
    opened.trajectory.save()
    return made


@pytest.fixture
def amendment(outcome: Outcome, coordinator: Any) -> Amendment:
    summarise(line=outcome.lines.get(line__code="6.1"), by=coordinator, text="Ontmoeten.")
    return draft(outcome=outcome, by=coordinator)
