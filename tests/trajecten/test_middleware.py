"""The language and the municipality of a request."""

from typing import Any

import pytest
from django.test import Client

from tests.factories.buurtschouw import ReportFactory, SchouwFactory


def language(client: Client, **headers: str) -> str:
    answer = client.get("/privacy/", headers=headers)
    assert f'<html lang="{answer.headers["Content-Language"]}"' in answer.content.decode()
    return answer.headers["Content-Language"]


def test_dutch_whatever_the_browser_prefers(client: Client, db: None) -> None:
    assert language(client, **{"Accept-Language": "en-GB,en;q=0.9"}) == "nl"


def test_the_language_that_was_chosen_stays(client: Client, db: None) -> None:
    client.post("/taal/setlang/", {"language": "en", "next": "/privacy/"})
    assert language(client, **{"Accept-Language": "nl"}) == "en"


@pytest.mark.parametrize("odd", ["xx", "de", "", "../nl", "nl,en"])
def test_a_language_that_there_is_not_is_dutch(odd: str, client: Client, db: None) -> None:
    client.cookies["django_language"] = odd
    assert language(client) == "nl"


def test_choosing_a_language_leads_to_no_other_site(client: Client, db: None) -> None:
    answer = client.post("/taal/setlang/", {"language": "en", "next": "https://elders.example.com/"})
    assert "elders" not in answer.headers["Location"]


def test_a_municipality_shows_only_what_is_its_own(
    client: Client, report: Any, other_municipality: Any
) -> None:
    elsewhere = ReportFactory(schouw=SchouwFactory(municipality=other_municipality), public=True)
    for slug, own in (("polderwijk", report), ("duinstad", elsewhere)):
        features = client.get(f"/{slug}/meldingen.geojson").json()["features"]
        assert [feature["properties"]["number"] for feature in features] == [own.pk]


def test_one_request_leaves_nothing_for_the_next(
    client: Client, report: Any, other_municipality: Any
) -> None:
    assert client.get(f"/polderwijk/meldingen/{report.pk}/").status_code == 200
    assert client.get(f"/duinstad/meldingen/{report.pk}/").status_code == 404
    assert client.get("/privacy/").context["request"].municipality is None


def test_an_error_leaves_nothing_for_the_next_either(
    client: Client, report: Any, other_municipality: Any
) -> None:
    assert client.get("/polderwijk/meldingen/999999/").status_code == 404
    assert client.get(f"/duinstad/meldingen/{report.pk}/").status_code == 404


@pytest.mark.parametrize("slug", ["alkmaar", "POLDERWIJK", "polderwijk2"])
def test_another_name_is_not_found(slug: str, client: Client, municipality: Any) -> None:
    assert client.get(f"/{slug}/").status_code == 404
