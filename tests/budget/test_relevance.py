"""Which programmes have to do with the chosen themes, by the money (budget/domain/choosing/relevance.py)."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from budget.domain.choosing import programmes, relevance
from budget.domain.choosing.refusals import ChoosingRefused
from budget.method import ANALYSE, CHOOSE_PROGRAMMES
from budget.models import ProgrammeChoice
from tests.factories.budget import BudgetFactory, BudgetTrajectoryFactory, ProgrammeFactory, ThemeFactory
from trajecten.domain.moderation import deciding as moderating

pytestmark = pytest.mark.usefixtures("english", "in_scope")


@pytest.fixture
def trajectory(in_scope: Any) -> Any:
    return BudgetTrajectoryFactory(act=CHOOSE_PROGRAMMES)


@pytest.fixture
def theme(trajectory: Any) -> Any:
    return ThemeFactory(
        trajectory=trajectory, task_fields=["6.3", "6.7"], is_chosen=True, choice_reason="Meeste stemmen"
    )


def test_a_programme_takes_its_part_of_each_task_field_of_the_theme(trajectory: Any, theme: Any) -> None:
    BudgetFactory(lines={"6.3": 68_750_000, "6.711": 10_000_000, "5.1": 3_000_000})
    most = ProgrammeFactory(code="1", shares={"6.3": Decimal("0.8"), "6.7": 1})
    rest = ProgrammeFactory(code="2", shares={"6.3": Decimal("0.2"), "5.1": 1})
    ProgrammeFactory(code="3", shares={"5.1": 1})

    (found,) = relevance.proposal(trajectory).themes

    assert found.amount == 78_750_000
    assert [(each.programme, each.amount) for each in found.programmes] == [
        (most, 65_000_000),
        (rest, 13_750_000),
    ]
    assert [(each.task_field, each.amount) for each in found.programmes[0].taken] == [
        ("6.3", 55_000_000),
        ("6.711", 10_000_000),
    ]
    assert found.programmes[0].part == pytest.approx(65 / 78.75)


def test_a_share_of_a_part_comes_on_top_of_one_of_the_whole() -> None:
    line = relevance.Line("6.711", "", 100)
    shares = {"6.7": Decimal("0.25"), "6.71": Decimal("0.5")}
    assert relevance.part_of(line, "1", shares) == Decimal("0.75")


def test_a_line_that_names_a_programme_is_its_alone() -> None:
    line = relevance.Line("6.3", "2", 100, is_named=True)
    assert relevance.part_of(line, "1", {"6.3": Decimal(1)}) == 0
    assert relevance.part_of(line, "2", {}) == 1


def test_without_figures_the_parts_are_told_without_amounts(
    trajectory: Any, theme: Any, client: Client
) -> None:
    programme = ProgrammeFactory(code="1", shares={"6.3": Decimal("0.8")})
    (found,) = relevance.proposal(trajectory).themes
    assert [(each.programme, each.amount, each.part) for each in found.programmes] == [
        (programme, None, None)
    ]

    shown = client.get(f"/polderwijk/begroting/traject/{trajectory.pk}/programmas/").content.decode()
    assert "Takes 80% of task field 6.3, Income support." in shown


def test_the_page_writes_the_reasons_out(trajectory: Any, theme: Any, client: Client) -> None:
    BudgetFactory(lines={"6.3": 68_750_000})
    ProgrammeFactory(code="1", shares={"6.3": Decimal("0.8")})
    shown = client.get(f"/polderwijk/begroting/traject/{trajectory.pk}/programmas/").content.decode()
    assert "Takes 80% of task field 6.3, Income support: €\N{NO-BREAK SPACE}55 million." in shown


def test_programmes_of_another_time_are_not_proposed(trajectory: Any, theme: Any) -> None:
    BudgetFactory(year=2026, lines={"6.3": 100})
    ProgrammeFactory(shares={"6.3": 1}, from_year=2027)
    ProgrammeFactory(shares={"6.3": 1}, from_year=2020, until_year=2025)
    assert relevance.proposal(trajectory).programmes == []


def test_the_choice_is_public_with_its_reason_and_can_be_changed(
    trajectory: Any, theme: Any, coordinator_client: Client, client: Client
) -> None:
    programme = ProgrammeFactory(code="1", name="Meedoen", shares={"6.3": 1})
    address = f"/polderwijk/begroting/werk/traject/{trajectory.pk}/programmas/{programme.pk}/"
    assert coordinator_client.post(address, {"is_chosen": "yes", "reason": ""}).status_code == 422
    coordinator_client.post(address, {"is_chosen": "no", "reason": "Te klein."})
    coordinator_client.post(address, {"is_chosen": "yes", "reason": "Hier gaat het om."})

    choice = ProgrammeChoice.objects.get()
    assert (choice.is_chosen, choice.reason, list(choice.themes.all())) == (
        True,
        "Hier gaat het om.",
        [theme],
    )
    shown = client.get(f"/polderwijk/begroting/traject/{trajectory.pk}/programmas/").content.decode()
    assert "Hier gaat het om." in shown


def test_a_theme_that_was_hidden_since_keeps_its_programmes_and_shows_no_words(
    trajectory: Any, theme: Any, coordinator: Any, client: Client
) -> None:
    other = ThemeFactory(trajectory=trajectory, is_chosen=True, choice_reason="Ook veel stemmen")
    programme = ProgrammeFactory(code="1", shares={"6.3": 1})
    programmes.choose(
        trajectory=trajectory,
        programme=programme,
        themes=[theme],
        is_chosen=True,
        reason="Hier.",
        by=coordinator,
    )
    pages = ("", "programmas/", f"programmas/{programme.pk}/")

    def shown() -> list[str]:
        address = f"/polderwijk/begroting/traject/{trajectory.pk}/"
        return [client.get(address + page).content.decode() for page in pages]

    assert all(theme.title in page for page in shown())
    moderating.hide(contribution=theme, by=coordinator, reason="personal")
    route, listed, own = shown()
    assert [theme.title in page for page in (route, listed, own)] == [False, False, False]
    assert other.title in route
    assert "A theme that was chosen" in listed
    assert "A theme that was chosen" in own
    assert relevance.proposal(trajectory).themes_of(programme) == [theme, other]


def test_programmes_are_chosen_in_their_step_only(coordinator: Any) -> None:
    with pytest.raises(ChoosingRefused):
        programmes.choose(
            trajectory=BudgetTrajectoryFactory(act=ANALYSE),
            programme=ProgrammeFactory(),
            themes=[],
            is_chosen=True,
            reason="Zo",
            by=coordinator,
        )


def test_as_many_queries_for_one_programme_as_for_thirty(
    trajectory: Any, theme: Any, django_assert_max_num_queries: Any
) -> None:
    BudgetFactory(lines={"6.3": 100})
    ProgrammeFactory(shares={"6.3": Decimal("0.01")})
    with django_assert_max_num_queries(7) as one:
        relevance.proposal(trajectory)
    for _number in range(29):
        ProgrammeFactory(shares={"6.3": Decimal("0.01")})
    with django_assert_max_num_queries(len(one)):
        assert len(relevance.proposal(trajectory).programmes) == 30
