"""Whatever stands in an address, no page fails."""

from typing import Any

import pytest
from django.test import Client

ODD = ["%00", "%ff", "9" * 40, "-1", "%F0%9F%98%80", "'%22%3E%3Cscript%3E", "a" * 3000, "1%0d%0aX-Y: z"]


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: odd[:12])
@pytest.mark.parametrize(
    "path",
    [
        "/{}/",
        "/polderwijk/schouw/{}/",
        "/polderwijk/schouw/{}/melden/",
        "/polderwijk/meldingen/{}/",
        "/polderwijk/volg/{}/",
        "/polderwijk/volg/x/oordeel/1/{}/",
        "/polderwijk/volg/x/oordeel/{}/no/",
        "/polderwijk/foto/{}/image.jpg",
        "/polderwijk/geen-mail/{}/",
        "/polderwijk/trajecten/{}/meedoen/",
        "/polderwijk/u/{}/",
        "/polderwijk/u/?code={}",
        "/polderwijk/deelname/{}/",
        "/polderwijk/werk/trajecten/{}/deelnemers/",
        "/polderwijk/werk/meldingen/{}/",
        "/polderwijk/werk/schouwen/{}/",
        "/polderwijk/werk/themas/{}/",
        "/polderwijk/meldingen/?status={0}&category={0}&area={0}&page={0}&weergave={0}",
        "/polderwijk/meldingen.geojson?status={0}&category={0}&area={0}&page={0}",
        "/polderwijk/werk/meldingen/?status={0}&category={0}&area={0}&schouw={0}&term={0}&order={0}&mine={0}",
        "/polderwijk/werk/meldingen/?words={0}&page={0}&view={0}",
        "/polderwijk/werk/meldingen.geojson?words={0}",
        "/polderwijk/adres-bij?lat={0}&lon={0}",
        "/polderwijk/adressen?q={0}",
        "/polderwijk/werk/aanvragen/?status={0}&page={0}",
        "/trajecten/{}/aanvragen/",
        "/trajecten/buurtschouw/aanvragen/?gemeente={0}",
        "/voorstel/{}/",
        "/account/login/?next={0}",
    ],
)
def test_no_page_fails(path: str, odd: str, schouw: Any, coordinator_client: Client, settings: Any) -> None:
    settings.GEOCODER_URL = "http://127.0.0.1:9/"
    coordinator_client.raise_request_exception = False
    assert coordinator_client.get(path.format(odd)).status_code in (200, 302, 400, 404, 422, 503)


@pytest.mark.parametrize("odd", ODD)
def test_no_filter_of_people_fails(odd: str, schouw: Any, coordinator_client: Client) -> None:
    coordinator_client.raise_request_exception = False
    path = f"/polderwijk/werk/trajecten/{schouw.trajectory_id}/deelnemers/"
    query = f"?status={odd}&role={odd}&origin={odd}&area={odd}&page={odd}"
    assert coordinator_client.get(path + query).status_code == 200


@pytest.mark.parametrize("odd", ODD[:4])
def test_no_walk_s_page_fails(odd: str, schouw: Any, coordinator_client: Client) -> None:
    coordinator_client.raise_request_exception = False
    path = f"/polderwijk/schouw/{schouw.pk}/in-de-buurt?lat={odd}&lon={odd}&category={odd}"
    assert coordinator_client.get(path).status_code in (200, 204)
