"""The colour of a report on the maps: what is late and what came back stand out, for officials and in public."""

from typing import Any

import pytest
from django.test import Client

from tests.factories.buurtschouw import ReportFactory

PUBLIC = "/polderwijk/meldingen.geojson"
QUEUE = "/polderwijk/werk/meldingen.geojson?status=all"


def tone(client: Client, url: str) -> str:
    (feature,) = client.get(url).json()["features"]
    return feature["properties"]["tone"]


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ({}, "new"),
        ({"acknowledged": True}, "open"),
        ({"overdue": True}, "late"),
        ({"acknowledged": True, "overdue": True}, "late"),
        ({"done": True}, "good"),
        ({"done": True, "overdue": True}, "good"),
        ({"done": True, "status": "not_done"}, "bad"),
    ],
)
def test_what_everybody_sees(
    state: dict[str, Any], expected: str, client: Client, schouw: Any, category: Any
) -> None:
    ReportFactory(schouw=schouw, category=category, **state)

    assert tone(client, PUBLIC) == expected


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ({}, "new"),
        ({"overdue": True}, "late"),
        ({"planned": True}, "good"),
        ({"returned": True}, "bad"),
        ({"returned": True, "overdue": True}, "bad"),
        ({"done": True}, "good"),
    ],
)
def test_what_officials_see(
    state: dict[str, Any], expected: str, handler_client: Client, schouw: Any, category: Any
) -> None:
    ReportFactory(schouw=schouw, category=category, **state)

    assert tone(handler_client, QUEUE) == expected
