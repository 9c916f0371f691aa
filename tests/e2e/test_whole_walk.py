"""One walk from its preparation to its evaluation, through pages only, each role at its own screen."""

from typing import Any

import pytest

from tests.e2e.conftest import RunningPortal
from tests.e2e.walking import PhoneOf
from tests.e2e.whole_walk.forwarding import forward
from tests.e2e.whole_walk.handling import handle
from tests.e2e.whole_walk.judging import judge_all
from tests.e2e.whole_walk.looking_back import evaluate, read_the_results
from tests.e2e.whole_walk.preparing import prepare
from tests.e2e.whole_walk.town import Walk, gather
from tests.e2e.whole_walk.walking_along import walk_along

pytestmark = [pytest.mark.e2e, pytest.mark.usefixtures("database")]


@pytest.fixture
def walk(portal: RunningPortal, new_context: Any) -> Walk:
    return gather(portal, new_context)


def test_a_whole_walk(walk: Walk, phone: PhoneOf) -> None:
    """Prepared, walked without a network, handled, forwarded, judged and evaluated; all of it is in the results."""
    prepare(walk)
    walk_along(walk, phone)
    handle(walk)
    forward(walk)
    judge_all(walk)
    evaluate(walk)
    read_the_results(walk)
