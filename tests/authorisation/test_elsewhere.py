"""What is of another municipality, named in a form or a filter."""

import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.addresses import Row, Things
from tests.addresses.buurtschouw import THEME, WALK
from tests.addresses.row import Keys
from tests.authorisation.marks import kept
from tests.authorisation.town import Town
from tests.factories.buurtschouw import CategoryFactory, ReportFactory, SchouwFactory
from tests.factories.core import AreaFactory, TeamFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def elsewhere(town: Town) -> dict[str, Any]:
    """The keys of what there is in Duinstad."""
    walk = SchouwFactory(municipality=town.other_municipality)
    return {
        "area": AreaFactory(municipality=town.other_municipality).pk,
        "category": CategoryFactory(municipality=town.other_municipality).pk,
        "official": town.other_official.pk,
        "schouw": walk.pk,
        "team": TeamFactory(municipality=town.other_municipality).pk,
        "report": ReportFactory(schouw=walk, public=True).pk,
    }


@pytest.mark.parametrize(
    ("row", "part", "thing", "form"),
    [
        (Row("buurtschouw:category-new", "", body=THEME), "team", "team", "form"),
        (Row("buurtschouw:schouw-new", "", body=WALK), "areas", "area", "form"),
        (Row("buurtschouw:schouw-new", "", body=WALK), "categories", "category", "form"),
        (Row("buurtschouw:assign", "", of="report"), "to", "official", "assign_form"),
    ],
)
def test_a_form_takes_nothing_of_another_municipality(
    row: Row, part: str, thing: str, form: str, keys: Keys, elsewhere: Any, town: Town
) -> None:
    before = kept()
    address = reverse(row.name, kwargs={**keys[row.of], "gemeente": "polderwijk"})
    refused = town.browser("coordinator").post(address, {**row.body, part: elsewhere[thing]})
    assert (refused.status_code, list(refused.context[form].errors)) == (422, [part])
    assert kept() == before


def test_a_resident_s_report_takes_no_theme_of_another_municipality(things: Things, elsewhere: Any) -> None:
    before = kept()
    report = {
        "key": str(uuid.uuid4()),
        "text": "Gat.",
        "address": "Dijk 1",
        "category": elsewhere["category"],
    }
    address = reverse("buurtschouw:intake", kwargs={"gemeente": "polderwijk", "pk": things.schouw.pk})
    refused = Client().post(
        address, report, content_type="application/json", headers={"Idempotency-Key": report["key"]}
    )
    assert (refused.status_code, list(refused.json()["errors"])) == (422, ["category"])
    assert kept() == before


@pytest.mark.parametrize("name", ["buurtschouw:queue-geojson", "buurtschouw:reports-geojson"])
@pytest.mark.parametrize("part", ["schouw", "category", "area"])
def test_a_filter_shows_nothing_of_another_municipality(
    name: str, part: str, town: Town, elsewhere: Any
) -> None:
    address = reverse(name, kwargs={"gemeente": "polderwijk"})
    features = town.browser("coordinator").get(address, {part: elsewhere[part]}).json()["features"]
    assert [feature["properties"]["number"] for feature in features] == [town.things.report.pk]
