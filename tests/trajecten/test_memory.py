"""What a process remembers for a moment."""

from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from trajecten.domain import memory


@pytest.fixture
def remembering(settings: Any) -> Any:
    """A memory that holds on, as outside the tests."""
    settings.CACHES = {**settings.CACHES, "memory": {**settings.CACHES["memory"], "TIMEOUT": 60}}
    caches["memory"].clear()
    yield caches["memory"]
    caches["memory"].clear()


def test_it_is_made_once_and_each_gets_a_copy(remembering: Any) -> None:
    made: list[int] = []

    def make() -> dict[str, int]:
        made.append(1)
        return {"number": 1}

    first = memory.recall("thing", make)
    first["number"] = 2
    assert memory.recall("thing", make) == {"number": 1}
    assert len(made) == 1


def test_nothing_is_not_remembered(remembering: Any) -> None:
    assert memory.recall("thing", lambda: None) is None
    assert memory.recall("thing", lambda: 1) == 1


def test_without_seconds_nothing_is_remembered(settings: Any) -> None:
    settings.CACHES = {**settings.CACHES, "memory": {**settings.CACHES["memory"], "TIMEOUT": 0}}
    memory.recall("thing", lambda: 1)
    assert memory.recall("thing", lambda: 2) == 2


def test_a_visitor_s_municipality_is_remembered_and_an_official_s_is_not(
    remembering: Any, municipality: Any, handler_client: Client
) -> None:
    def asks_for_it(browser: Client) -> bool:
        with CaptureQueriesContext(connection) as captured:
            browser.get("/polderwijk/thema.css")
        return any('WHERE ("trajecten_municipality"."is_participating"' in query["sql"] for query in captured)

    visitor = Client()
    assert [asks_for_it(visitor), asks_for_it(visitor)] == [True, False]
    assert [asks_for_it(handler_client), asks_for_it(handler_client)] == [True, True]


def test_what_does_not_exist_is_asked_again(remembering: Any, municipality: Any) -> None:
    assert Client().get("/duinstad/").status_code == 404
    municipality.slug = "duinstad"
    municipality.save()
    assert Client().get("/duinstad/").status_code == 200
