"""Boundaries and addresses for maps and address fields, as the page asks for them."""

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from tests.factories.core import AreaFactory
from trajecten.demo.locatieserver import Locatieserver
from trajecten.demo.town import Door
from trajecten.views import areas

pytestmark = pytest.mark.django_db

DOORS = (Door("Dorpsweg", 7, "1999CC", "Polderwijk", 4.935, 52.515, "BU99010001"),)


@pytest.fixture
def server(settings: Any) -> Iterator[Locatieserver]:
    with Locatieserver(DOORS) as running:
        settings.GEOCODER_URL = running.url
        yield running


@pytest.mark.parametrize(
    ("path", "nothing"),
    [
        ("adressen?q=Dorpsweg", {"addresses": []}),
        ("adres-bij?lat=52.515&lon=4.935", {"label": ""}),
    ],
)
def test_who_looks_up_more_than_a_person_types_gets_nothing_for_a_while(
    municipality: Any, server: Any, monkeypatch: pytest.MonkeyPatch, path: str, nothing: dict[str, Any]
) -> None:
    monkeypatch.setattr(areas, "LOOKUPS_PER_MINUTE", 2)
    sender = {"REMOTE_ADDR": f"10.8.{uuid.uuid4().int % 250}.{uuid.uuid4().int % 250}"}
    answers = [Client(**sender).get(f"/polderwijk/{path}") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert nothing.items() <= answers[-1].json().items()
    assert answers[-1].headers["Retry-After"] == "60"
    assert Client(REMOTE_ADDR="10.9.0.1").get(f"/polderwijk/{path}").status_code == 200


@pytest.mark.parametrize(
    "path",
    ["meldingen/", "meldingen.geojson", "gebieden.geojson", "adressen?q=x", "adres-bij?lat=52&lon=4.9"],
)
def test_head_asks_the_same_as_get(municipality: Any, server: Any, path: str) -> None:
    address = f"/polderwijk/{path}"
    assert Client().head(address).status_code == Client().get(address).status_code == 200


def test_the_map_has_the_latest_of_each_kind_though_they_are_of_different_years(areas: list[Any]) -> None:
    AreaFactory(code=areas[0].code, name="De Linde", year=2025)
    AreaFactory(code=areas[1].code, name="Oostpolder", year=2025)
    AreaFactory(buurt=True, code="BU99010101", name="Kruidenhof", year=2024)
    features = Client().get("/polderwijk/gebieden.geojson").json()["features"]
    shown = [(feature["properties"]["kind"], feature["properties"]["name"]) for feature in features]
    assert shown == [
        ("gemeente", "Polderwijk"),
        ("buurt", "Kruidenhof"),
        ("wijk", "De Linde"),
        ("wijk", "Oostpolder"),
    ]
