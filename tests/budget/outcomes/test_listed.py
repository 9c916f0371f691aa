"""What residents made is found and listed only as far as everybody, or officials, may read it."""

from typing import Any

import pytest
from django.test import Client

from budget.domain.outcomes.freezing import freeze
from budget.domain.rounds.opening import close
from tests.factories.budget import AlternativeFactory
from tests.factories.core import AreaFactory
from trajecten.domain.overview import neighbourhood
from trajecten.domain.searching import finding
from trajecten.domain.searching.kinds import Reader

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture
def made(opened: Any, municipality: Any) -> Any:
    """Finished, with words and an area, and shared by its link."""
    area = AreaFactory(municipality=municipality, name="West")
    return AlternativeFactory(
        round=opened,
        finished=True,
        area=area,
        text="Wandelpad",
        is_shared=True,
        changes={"5.1": -10, "6.1": 10},
    )


def found(municipality: Any, typed: str, *, is_staff: bool = False) -> set[str]:
    reader = Reader(municipality, is_staff=is_staff)
    groups = finding.preview(words=finding.words_of(typed), reader=reader)
    return {group.kind.key for group in groups if group.found}


def test_what_is_shared_by_a_link_is_found_by_the_link_only(made: Any, municipality: Any) -> None:
    assert found(municipality, "wandelpad") == set()
    assert found(municipality, "wandelpad", is_staff=True) == {"alternative"}
    said = neighbourhood.of(made.area).said
    assert [each.kind.model.__name__ for each in said] == []
    page = Client().get(f"/polderwijk/buurten/{made.area.code}/")
    assert (page.status_code, page.context is None) == (200, False)
    assert made.share_token not in page.content.decode()


def test_a_draft_is_found_by_nobody(made: Any, municipality: Any) -> None:
    made.state, made.finished_at = "draft", None
    made.save()
    assert found(municipality, "wandelpad", is_staff=True) == set()


def test_an_interim_count_is_found_by_officials_only(
    opened: Any, finish: Any, coordinator: Any, municipality: Any
) -> None:
    finish(5, changes={"5.1": -12, "6.1": 12})
    freeze(round=opened, by=coordinator)
    assert "outcome" not in found(municipality, opened.title)
    assert "outcome" in found(municipality, opened.title, is_staff=True)
    close(found=opened, by=coordinator)
    freeze(round=opened, by=coordinator)
    assert "outcome" in found(municipality, opened.title)
