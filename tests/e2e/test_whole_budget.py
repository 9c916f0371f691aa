"""One route along the budget from its figures to its verdict, through pages only, each role at its own screen."""

from pathlib import Path
from typing import Any

import pytest

from tests.e2e.conftest import RunningPortal
from tests.e2e.whole_budget.alternatives import make_alternatives
from tests.e2e.whole_budget.asking import ask
from tests.e2e.whole_budget.choosing import choose
from tests.e2e.whole_budget.council import propose
from tests.e2e.whole_budget.counting import count
from tests.e2e.whole_budget.figures import deliver
from tests.e2e.whole_budget.following import follow
from tests.e2e.whole_budget.town import Tour, gather

pytestmark = [pytest.mark.e2e, pytest.mark.usefixtures("database")]


@pytest.fixture
def tour(portal: RunningPortal, new_context: Any) -> Tour:
    return gather(portal, new_context)


def test_a_whole_route(tour: Tour, tmp_path: Path) -> None:
    """Figures, themes, a question, five alternatives, the council's decision and the money that follows it."""
    deliver(tour)
    choose(tour)
    ask(tour)
    make_alternatives(tour)
    count(tour, tmp_path)
    propose(tour)
    follow(tour)
