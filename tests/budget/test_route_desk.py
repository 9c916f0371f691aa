"""The route as officials see it: what the open step needs, and why an earlier one was closed without it."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.budget import BudgetTrajectoryFactory
from trajecten.domain import steps

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

REASON = "De raad koos het thema al."


@pytest.fixture
def trajectory(in_scope: Any, coordinator: Any) -> Any:
    """Its first step was closed by force; the second is open."""
    made = BudgetTrajectoryFactory(municipality=in_scope, coordinator=coordinator, current_step="themes")
    return steps.close(trajectory=made, step="themes", by=coordinator, override_reason=REASON)


def page(client: Client, name: str, trajectory: Any) -> str:
    url = reverse(f"budget:{name}", kwargs={"gemeente": trajectory.municipality.slug, "pk": trajectory.pk})
    return client.get(url).content.decode()


def test_officials_read_why_a_step_was_closed_with_something_missing(
    trajectory: Any, coordinator_client: Client
) -> None:
    shown = page(coordinator_client, "route-desk", trajectory)
    (record,) = [one for one in steps.history(trajectory=trajectory) if one.overridden]
    assert REASON in shown
    assert all(missing in shown for missing in record.overridden)


def test_officials_see_what_the_open_step_needs(trajectory: Any, coordinator_client: Client) -> None:
    shown = page(coordinator_client, "route-desk", trajectory)
    (missing,) = steps.unmet(trajectory=trajectory)
    assert str(missing) in shown


def test_residents_read_neither(trajectory: Any, client: Client) -> None:
    shown = page(client, "route", trajectory)
    assert trajectory.title in shown
    assert REASON not in shown
    assert all(str(missing) not in shown for missing in steps.unmet(trajectory=trajectory))


def test_what_was_opened_again_says_no_reason_of_before(trajectory: Any, coordinator_client: Client) -> None:
    steps.reopen(trajectory=trajectory, step="themes", by=trajectory.coordinator, reason="Toch samen kiezen.")
    assert REASON not in page(coordinator_client, "route-desk", trajectory)


def test_a_sheet_of_paper_is_entered_while_themes_are_chosen(
    trajectory: Any, coordinator_client: Client
) -> None:
    paper = reverse("budget:themes-paper", kwargs={"gemeente": "polderwijk", "pk": trajectory.pk})
    assert paper not in page(coordinator_client, "route-desk", trajectory)
    steps.reopen(trajectory=trajectory, step="themes", by=trajectory.coordinator, reason="Toch samen kiezen.")
    assert paper in page(coordinator_client, "route-desk", trajectory)
