"""Where somebody lives, and what they see of it."""

from typing import Any

import pytest
from django.test import Client

from tests.factories.buurtschouw import ReportFactory
from tests.factories.core import (
    ActivityFactory,
    AreaFactory,
    CommitmentFactory,
    FollowFactory,
    ParticipantFactory,
)
from trajecten.domain.overview import neighbourhood
from trajecten.models import Activity

pytestmark = pytest.mark.usefixtures("english")
PAGE, FORM = "/polderwijk/overzicht/", "/polderwijk/overzicht/buurt/"


@pytest.fixture
def me(in_scope: Any, resident: Any) -> Any:
    return ParticipantFactory(user=resident, email=resident.email)


def test_one_chooses_where_one_lives_and_takes_it_back(
    me: Any, areas: list[Any], resident_client: Client
) -> None:
    assert "Choose your neighbourhood" in resident_client.get(PAGE).content.decode()
    assert "Others do not see where you live" in resident_client.get(FORM).content.decode()
    assert resident_client.post(FORM, {"area": areas[0].pk}).headers["Location"] == PAGE
    me.refresh_from_db()
    assert me.home_area == areas[0]
    assert "My neighbourhood: De Linde" in resident_client.get(PAGE).content.decode()
    resident_client.post(FORM, {"area": ""})
    me.refresh_from_db()
    assert me.home_area is None
    acts = Activity.objects.filter(verb="home_area_chosen")
    assert [act.details for act in acts] == [{}, {}]


def test_a_place_that_is_not_here_is_refused(
    me: Any, other_municipality: Any, resident_client: Client
) -> None:
    elsewhere = AreaFactory(municipality=other_municipality)
    answer = resident_client.post(FORM, {"area": elsewhere.pk})
    assert answer.status_code == 422
    assert "Choose a neighbourhood of this list." in answer.content.decode()
    with pytest.raises(neighbourhood.NeighbourhoodRefused):
        neighbourhood.choose(participant=me, area=elsewhere, by=me)


def test_it_shows_what_is_promised_said_and_going_on_there(
    schouw: Any, category: Any, areas: list[Any]
) -> None:
    here, there = areas
    promise = CommitmentFactory(trajectory=schouw.trajectory, area=here)
    CommitmentFactory(trajectory=schouw.trajectory, area=there)
    shown = ReportFactory(schouw=schouw, category=category, area=here)
    ReportFactory(schouw=schouw, category=category, area=here, hidden=True)
    ReportFactory(schouw=schouw, category=category, area=there)
    found = neighbourhood.of(here)
    assert found.promises == [promise]
    assert found.said[0].titles == ((shown.public_title, f"/polderwijk/meldingen/{shown.pk}/"),)
    assert found.trajectories == [schouw.trajectory]
    assert neighbourhood.of(there).trajectories == []


def test_a_trajectory_of_the_district_is_one_of_its_neighbourhoods(schouw: Any, areas: list[Any]) -> None:
    buurt = AreaFactory(buurt=True, parent=areas[0])
    assert neighbourhood.of(buurt).trajectories == [schouw.trajectory]
    assert neighbourhood.of(buurt).promises == []


def test_what_one_follows_says_when_something_happened(report: Any, me: Any, resident_client: Client) -> None:
    def newest() -> str:
        return resident_client.get("/polderwijk/volgen/", headers={"HX-Request": "true"}).content.decode()

    FollowFactory(participant=me, target=report)
    assert "Last news on" not in newest()
    ActivityFactory(target=report, is_public=True)
    assert "Last news on" in newest()
    assert "<html" not in newest()
    assert 'hx-get="/polderwijk/volgen/"' in resident_client.get(PAGE).content.decode()


# -- The page of an area ----------------------------------------------------------------------------------------


def test_every_area_has_a_page_with_what_goes_on_and_the_way_to_follow_it(
    schouw: Any, category: Any, areas: list[Any], client: Client, resident_client: Client, me: Any
) -> None:
    here = areas[0]
    shown = ReportFactory(schouw=schouw, category=category, area=here)
    part = AreaFactory(buurt=True, parent=here, municipality=here.municipality, year=here.year)
    url = f"/polderwijk/buurten/{here.code}/"
    page = client.get(url).content.decode()
    assert f"/polderwijk/meldingen/{shown.pk}/" in page
    assert f"/polderwijk/buurten/{part.code}/" in page
    assert "Sign in to follow this" in page
    target = {"kind": "trajecten.area", "number": here.pk, "follow": "on", "next": url}
    assert resident_client.post("/polderwijk/volgen/", target).headers["Location"] == url
    assert "You follow this." in resident_client.get(url).content.decode()
    assert url in resident_client.get("/polderwijk/volgen/").content.decode()


def test_an_area_of_another_municipality_or_unknown_has_no_page(
    other_municipality: Any, areas: list[Any], client: Client
) -> None:
    elsewhere = AreaFactory(municipality=other_municipality, code="WK999988")
    assert client.get(f"/polderwijk/buurten/{elsewhere.code}/").status_code == 404
    assert client.get("/polderwijk/buurten/WK000000/").status_code == 404


def test_my_overview_fetches_only_what_goes_on_there(areas: list[Any], client: Client) -> None:
    answer = client.get(f"/polderwijk/buurten/{areas[0].code}/", headers={"HX-Request": "true"})
    assert "HX-Request" in answer.headers["Vary"]
    assert "<html" not in answer.content.decode()
    assert "Nothing goes on here yet" in answer.content.decode()


def test_the_list_has_every_district_with_its_parts(areas: list[Any], client: Client) -> None:
    part = AreaFactory(buurt=True, parent=areas[0], municipality=areas[0].municipality, year=areas[0].year)
    page = client.get("/polderwijk/buurten/").content.decode()
    for area in (*areas, part):
        assert f'href="/polderwijk/buurten/{area.code}/"' in page
