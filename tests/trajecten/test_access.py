"""What is kept by browsers and search engines of pages that are not for everybody."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from trajecten.domain.telling import unsubscribing

STAFF_PAGES = ["queue", "queue-geojson", "schouwen", "categories"]


@pytest.mark.parametrize("name", [f"buurtschouw:{page}" for page in STAFF_PAGES] + ["my-overview"])
def test_nothing_of_a_page_of_one_s_own_stays_in_the_browser(
    name: str, schouw: Any, coordinator_client: Client
) -> None:
    answer = coordinator_client.get(reverse(name, kwargs={"gemeente": "polderwijk"}))
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]


def test_nor_of_the_trajectories_of_an_adviser(adviser: Any, sign_in: Any) -> None:
    assert "no-store" in sign_in(adviser).get("/advies/").headers["Cache-Control"]


def test_search_engines_show_no_page_that_has_a_secret_link(client: Client, report: Any) -> None:
    follow = reverse("buurtschouw:track", kwargs={"gemeente": "polderwijk", "token": report.token})
    stop = unsubscribing.url(
        participant=report.author, municipality=report.municipality, category="my-supports"
    )
    for address in (follow, f"{follow}oordeel/1/yes/", f"/polderwijk/{stop.partition('/polderwijk/')[2]}"):
        assert client.get(address).headers["X-Robots-Tag"] == "noindex, nofollow", address
    assert "X-Robots-Tag" not in client.get("/polderwijk/").headers


def test_search_engines_are_told_what_to_leave_alone(client: Client) -> None:
    answer = client.get("/robots.txt")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    told = answer.content.decode().splitlines()
    assert told[0] == "User-agent: *"
    assert {
        "Disallow: /account/",
        "Disallow: /*/volg/",
        "Disallow: /*/werk/",
        "Disallow: /voorstel/",
        "Disallow: /*/geen-mail/",
    } <= set(told)
