"""The catalogue, and how trajectories of the methods stand that have nothing of their own yet."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories.core import CommitmentFactory, TrajectoryFactory
from trajecten import registry
from trajecten.enums import CommitmentStatus
from trajecten.method import Step

pytestmark = [pytest.mark.usefixtures("english"), pytest.mark.django_db]

FIVE = ["visie", "stuur", "youth", "budget", "buurtschouw"]
# A statement for all trajectories together; of the budget one more, for the money that is followed.
STATEMENTS = {"budget": 2}


def test_the_catalogue_has_the_five_ways() -> None:
    assert [method.key for method, _offer in registry.offers()] == FIVE
    page = Client().get("/trajecten/").content.decode()
    for key in FIVE:
        assert f'href="/trajecten/{key}/"' in page
        assert f'href="/trajecten/{key}/aanvragen/"' in page


@pytest.mark.parametrize("key", FIVE)
def test_an_offer_tells_all_that_a_municipality_wants_to_know(key: str) -> None:
    page = Client().get(f"/trajecten/{key}/").content.decode()
    method, offer = next(pair for pair in registry.offers() if pair[0].key == key)
    lines = [offer.question, offer.lead, offer.group_size, offer.form, offer.duration]
    lines += [*offer.for_whom, *offer.asks, *offer.yields]
    lines += [line for example in offer.examples for line in (example.where, example.text)]
    lines += [line for step in method.steps for line in (step.name, step.summary)]
    for line in lines:
        assert str(line).replace("'", "&#x27;") in page
    assert "On request" in page
    assert page.count(f'href="/trajecten/{key}/aanvragen/"') == 2


def test_what_is_not_in_the_catalogue_is_not_found() -> None:
    assert Client().get("/trajecten/unheard-of/").status_code == 404


@pytest.mark.parametrize(("key", "number"), [("visie", 9), ("stuur", 8), ("youth", 9), ("budget", 7)])
def test_the_steps_of_the_brochure_are_there(key: str, number: int) -> None:
    assert len(registry.method(key).steps) == number


def gated(key: str) -> list[tuple[str, str]]:
    """Steps with the names of their gates."""
    return [(step.key, gate.__name__) for step in registry.method(key).steps for gate in step.gates]


@pytest.mark.parametrize(
    ("key", "gates"),
    [
        ("visie", [("evaluation", "promises_have_ended")]),
        ("stuur", [("signals", "has_neighbourhood")]),
        ("youth", [("follow_up", "promises_have_ended")]),
        (
            "budget",
            [
                ("themes", "a_theme_is_chosen"),
                ("programmes", "a_programme_is_chosen"),
                ("analysis", "has_neighbourhood"),
                ("alternative", "an_outcome_is_frozen"),
                ("council", "the_council_has_decided"),
                ("monitor", "promises_have_ended"),
            ],
        ),
    ],
)
def test_gates_look_at_what_is_known(key: str, gates: list[tuple[str, str]]) -> None:
    assert gated(key) == gates


def unmet(step: Step, facts: Any) -> list[str]:
    return [reason.key for reason in step.unmet(facts)]


@pytest.mark.parametrize("key", ["visie", "youth", "budget"])
def test_a_promise_that_waits_keeps_the_last_step_open(key: str, in_scope: Any) -> None:
    trajectory = TrajectoryFactory(method_key=key)
    last = registry.method(key).steps[-1]
    assert unmet(last, registry.facts(key, trajectory)) == []
    CommitmentFactory(trajectory=trajectory)
    CommitmentFactory(trajectory=trajectory, status=CommitmentStatus.BROKEN)
    (reason,) = last.unmet(registry.facts(key, trajectory))
    assert str(reason).startswith("1 promise is still open")


@pytest.mark.parametrize(("key", "step"), [("stuur", "signals"), ("budget", "analysis")])
def test_a_neighbourhood_has_to_be_known(key: str, step: str, in_scope: Any, areas: list[Any]) -> None:
    trajectory = TrajectoryFactory(method_key=key)
    asked = registry.method(key).step(step)
    assert unmet(asked, registry.facts(key, trajectory)) == ["area"]
    trajectory.areas.set(areas)
    assert unmet(asked, registry.facts(key, trajectory)) == []


@pytest.mark.parametrize("key", ["visie", "stuur", "youth", "budget"])
def test_many_stand_by_few_statements_and_count_late_promises(
    key: str, in_scope: Any, django_assert_num_queries: Any
) -> None:
    trajectories = [TrajectoryFactory(method_key=key) for _ in range(3)]
    CommitmentFactory(trajectory=trajectories[1], deadline=timezone.localdate() - timedelta(1))
    CommitmentFactory(trajectory=trajectories[1], deadline=timezone.localdate())
    with django_assert_num_queries(STATEMENTS.get(key, 1)):
        found = registry.standings(key, trajectories)
    assert [found[trajectory.pk].overdue for trajectory in trajectories] == [0, 1, 0]
    own = {"budget": "begroting/werk/traject"}.get(key, "werk/trajecten")
    assert found[trajectories[0].pk].url == f"/polderwijk/{own}/{trajectories[0].pk}/"


def test_promises_over_their_term_lead_to_the_list_of_them(in_scope: Any, coordinator_client: Client) -> None:
    trajectory = TrajectoryFactory(method_key="visie")
    late = CommitmentFactory(trajectory=trajectory, deadline=timezone.localdate() - timedelta(1))
    CommitmentFactory(trajectory=trajectory)
    CommitmentFactory(deadline=timezone.localdate() - timedelta(1))
    address = registry.standings("visie", [trajectory])[trajectory.pk].overdue_url
    assert [row.promise for row in coordinator_client.get(address).context["rows"]] == [late]
