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
    schouw: Any, category: Any, me: Any, areas: list[Any]
) -> None:
    here, there = areas
    me.home_area = here
    promise = CommitmentFactory(trajectory=schouw.trajectory, area=here)
    CommitmentFactory(trajectory=schouw.trajectory, area=there)
    shown = ReportFactory(schouw=schouw, category=category, area=here)
    ReportFactory(schouw=schouw, category=category, area=here, hidden=True)
    ReportFactory(schouw=schouw, category=category, area=there)
    found = neighbourhood.of(me)
    assert found.promises == [promise]
    assert found.said[0].titles == ((shown.public_title, f"/polderwijk/meldingen/{shown.pk}/"),)
    assert found.trajectories == [schouw.trajectory]
    me.home_area = there
    assert neighbourhood.of(me).trajectories == []


def test_a_trajectory_of_the_district_is_one_of_its_neighbourhoods(
    schouw: Any, me: Any, areas: list[Any]
) -> None:
    me.home_area = AreaFactory(buurt=True, parent=areas[0])
    assert neighbourhood.of(me).trajectories == [schouw.trajectory]
    assert neighbourhood.of(me).promises == []


def test_what_one_follows_says_when_something_happened(report: Any, me: Any, resident_client: Client) -> None:
    FollowFactory(participant=me, target=report)
    assert "Last news on" not in resident_client.get(PAGE).content.decode()
    ActivityFactory(target=report, is_public=True)
    assert "Last news on" in resident_client.get(PAGE).content.decode()
