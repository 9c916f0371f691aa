"""Who is not at the table: counts against inhabitants, what is hidden, and how much it asks of the database."""

import csv
import io
import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories.buurtschouw import ReportFactory
from tests.factories.core import AreaFactory, ParticipantFactory, TrajectoryFactory
from tests.factories.enrolment import EnrolmentFactory
from trajecten.domain.dashboards import representation
from trajecten.models import Area, Trajectory

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def trajectory(in_scope: Any) -> Trajectory:
    return TrajectoryFactory()


@pytest.fixture
def town(in_scope: Any) -> dict[str, Area]:
    """De Linde (4,000 people), Oostpolder (2,000), Haven (1,000), and Bedrijvenpark where nobody is known to live."""
    AreaFactory(code="WK990103", name="Haven", inhabitants=1000)
    AreaFactory(code="WK990104", name="Bedrijvenpark", inhabitants=None)
    Area.objects.filter(code="WK990101").update(inhabitants=4000)
    Area.objects.filter(code="WK990102").update(inhabitants=2000)
    return {area.name: area for area in Area.objects.all()}


def join(trajectory: Trajectory, area: Area | None, count: int, **fields: Any) -> None:
    people = {f"participant__{name}": value for name, value in fields.items()}
    EnrolmentFactory.create_batch(count, trajectory=trajectory, participant__home_area=area, **people)


def shares(found: representation.Representation) -> dict[str, tuple[Any, ...]]:
    return {
        area.name: (area.people, area.index if area.index is None else round(area.index, 2), area.tone)
        for area in found.areas
    }


def test_areas_are_compared_with_who_lives_there(trajectory: Trajectory, town: Any) -> None:
    join(trajectory, town["De Linde"], 40)
    join(trajectory, town["Oostpolder"], 5)
    join(trajectory, town["Haven"], 25)
    join(trajectory, None, 6)
    found = representation.of_trajectory(trajectory)
    assert (found.total, found.unplaced, found.placed) == (76, 6, 70)
    assert round(found.per_1000 or 0, 2) == 10.0
    assert shares(found) == {
        "Oostpolder": (5, 0.25, "hardly"),
        "De Linde": (40, 1.0, "even"),
        "Haven": (25, 2.5, "more"),
        "Bedrijvenpark": (0, None, "unknown"),
    }
    assert [area.name for area in found.missing] == ["Oostpolder"]
    assert found.areas[0].per_1000 == 2.5


def test_nobody_from_an_area_is_shown(trajectory: Trajectory, town: Any) -> None:
    join(trajectory, town["De Linde"], 9)
    assert shares(representation.of_trajectory(trajectory))["Oostpolder"] == (0, 0.0, "hardly")


def test_an_area_from_which_nobody_could_be_expected_is_not_called_missing(
    trajectory: Trajectory, town: Any
) -> None:
    Area.objects.filter(code="WK990103").update(inhabitants=100)
    join(trajectory, town["De Linde"], 9)
    found = representation.of_trajectory(trajectory)
    assert shares(found)["Haven"] == (0, 0.0, "tiny")
    assert [area.name for area in found.missing] == ["Oostpolder"]


def test_small_numbers_and_one_more_are_hidden(trajectory: Trajectory, town: Any) -> None:
    join(trajectory, town["De Linde"], 40)
    join(trajectory, town["Oostpolder"], 3)
    join(trajectory, town["Haven"], 12)
    found = representation.of_trajectory(trajectory)
    hidden = (None, None, "hidden")
    assert (shares(found)["Oostpolder"], shares(found)["Haven"]) == (hidden, hidden)
    assert shares(found)["De Linde"][0] == 40


def test_from_what_is_shown_beside_it_a_hidden_number_does_not_follow(
    trajectory: Trajectory, town: Any
) -> None:
    """The base of the index leaves out who lives nowhere only where that number is shown."""
    join(trajectory, town["De Linde"], 40)
    join(trajectory, town["Haven"], 7)
    join(trajectory, None, 3)
    found = representation.of_trajectory(trajectory)
    assert (found.unplaced, found.total, found.placed) == (None, 50, 50)
    assert found.per_1000 == pytest.approx(1000 * 50 / 7000)


def test_with_too_few_people_nothing_is_shown(trajectory: Trajectory, town: Any) -> None:
    join(trajectory, town["De Linde"], 4)
    found = representation.of_trajectory(trajectory)
    assert (found.total, found.per_1000) == (None, None)
    assert {people for people, *_rest in shares(found).values()} == {None}
    assert {kind.people for kind in found.kinds} == {None}


def test_kinds_and_ages_are_counted(trajectory: Trajectory, town: Any) -> None:
    join(trajectory, town["De Linde"], 6, kind="entrepreneur")
    join(trajectory, town["De Linde"], 14, age_band="14-15")
    found = representation.of_trajectory(trajectory)
    kinds = {kind.label: (kind.people, kind.percent) for kind in found.kinds}
    assert (kinds["entrepreneur"], kinds["resident"], kinds["councillor"]) == ((6, 30), (14, 70), (0, 0))
    assert {age.label: age.people for age in found.ages}["14 or 15 years"] == 14


def test_without_ages_there_is_no_table_of_them(trajectory: Trajectory, town: Any) -> None:
    join(trajectory, town["De Linde"], 6)
    assert representation.of_trajectory(trajectory).ages == []


def test_who_lives_in_a_buurt_or_gave_an_older_area_counts_in_the_wijk(
    trajectory: Trajectory, town: Any
) -> None:
    buurt = AreaFactory(buurt=True, code="BU99010200", parent=town["Oostpolder"])
    older = AreaFactory(code="WK990102", year=2019)
    join(trajectory, buurt, 6)
    join(trajectory, older, 5)
    join(trajectory, AreaFactory(code="WK990177", year=2019), 7)
    found = representation.of_trajectory(trajectory)
    assert (shares(found)["Oostpolder"][0], found.unplaced) == (11, 7)


def test_who_left_or_waits_does_not_count(trajectory: Trajectory, town: Any) -> None:
    join(trajectory, town["Haven"], 5)
    EnrolmentFactory.create_batch(5, trajectory=trajectory, waiting=True)
    EnrolmentFactory.create_batch(5, trajectory=trajectory, left=True)
    EnrolmentFactory.create_batch(5)
    assert representation.of_trajectory(trajectory).total == 5


def test_of_the_municipality_everybody_counts_once(town: Any, other_municipality: Any) -> None:
    both = ParticipantFactory.create_batch(5, home_area=town["Haven"])
    for participant in both:
        ReportFactory(author=participant)
        EnrolmentFactory(participant=participant)
    for participant in ParticipantFactory.create_batch(6, home_area=town["De Linde"]):
        ReportFactory(author=participant)
    ParticipantFactory.create_batch(3)
    EnrolmentFactory.create_batch(5, trajectory__municipality=other_municipality)
    found = representation.of_municipality()
    assert (found.total, shares(found)["Haven"][0], shares(found)["De Linde"][0]) == (11, 5, 6)


def test_a_municipality_without_areas_has_no_table(trajectory: Trajectory) -> None:
    Area.objects.all().delete()
    join(trajectory, None, 8)
    found = representation.of_trajectory(trajectory)
    assert (found.areas, found.total, found.per_1000) == ([], 8, None)


def test_a_trajectory_for_some_areas_is_compared_within_those(trajectory: Trajectory, town: Any) -> None:
    """Who lives elsewhere takes part all the same, and nobody of the other areas is missed."""
    trajectory.areas.set([town["De Linde"], town["Haven"]])
    join(trajectory, town["De Linde"], 30)
    join(trajectory, town["Haven"], 10)
    join(trajectory, town["Oostpolder"], 7)
    join(trajectory, None, 6)
    found = representation.of_trajectory(trajectory)
    assert shares(found) == {"De Linde": (30, 0.94, "even"), "Haven": (10, 1.25, "even")}
    assert (found.is_part, found.outside, found.unplaced) == (True, 7, 6)
    assert (found.placed, found.per_1000) == (40, 8.0)


def test_a_trajectory_for_one_wijk_is_compared_by_its_buurten(trajectory: Trajectory, town: Any) -> None:
    linde = town["De Linde"]
    trajectory.areas.set([linde])
    garden = AreaFactory(buurt=True, code="BU99010100", parent=linde, name="Kruidenhof", inhabitants=1000)
    AreaFactory(buurt=True, code="BU99010101", parent=linde, name="Bloemenbuurt", inhabitants=3000)
    AreaFactory(buurt=True, code="BU99010200", parent=town["Oostpolder"], inhabitants=500)
    join(trajectory, garden, 12)
    join(trajectory, linde, 5)
    join(trajectory, town["Oostpolder"], 8)
    found = representation.of_trajectory(trajectory)
    assert shares(found) == {"Bloemenbuurt": (0, 0.0, "hardly"), "Kruidenhof": (12, 4.0, "more")}
    assert (found.unplaced, found.outside) == (5, 8)


def test_one_area_alone_has_nothing_to_be_compared_with(trajectory: Trajectory, town: Any) -> None:
    trajectory.areas.set([town["Haven"]])
    join(trajectory, town["Haven"], 9)
    found = representation.of_trajectory(trajectory)
    assert shares(found) == {"Haven": (9, None, "alone")}
    assert found.per_1000 == 9.0


def test_all_areas_of_the_municipality_are_no_part_of_it(trajectory: Trajectory, town: Any) -> None:
    trajectory.areas.set(town.values())
    join(trajectory, town["Haven"], 9)
    assert not representation.of_trajectory(trajectory).is_part


# -- The pages ------------------------------------------------------------------------------------------------


def test_page_map_and_files_say_the_same(
    coordinator_client: Client, trajectory: Trajectory, town: Any
) -> None:
    join(trajectory, town["De Linde"], 40)
    join(trajectory, town["Oostpolder"], 6)
    join(trajectory, town["Haven"], 10)
    url = f"/polderwijk/werk/trajecten/{trajectory.pk}/wie-ontbreekt"
    page = " ".join(coordinator_client.get(f"{url}/").content.decode().split())
    assert "Oostpolder</strong>: 3.0 in 1,000 inhabitants; whole municipality: 8.0" in page
    assert "56 people take part. That is 8.0 in 1,000 inhabitants." in page
    assert "2,000" in page
    features = json.loads(coordinator_client.get(f"{url}.geojson").content)["features"]
    east = next(one["properties"] for one in features if one["properties"]["name"] == "Oostpolder")
    assert east == {
        "name": "Oostpolder",
        "tone": "hardly",
        "words": "3.0 in 1,000 inhabitants; whole municipality: 8.0",
        "state": "hardly heard",
    }
    text = b"".join(coordinator_client.get(f"{url}.csv")).decode()
    assert list(csv.reader(io.StringIO(text)))[1] == [
        "WK990102", "Oostpolder", "2000", "6", "3.0", "0.38", "hardly heard",
    ]  # fmt: skip
    assert b"".join(coordinator_client.get(f"{url}.xlsx"))[:2] == b"PK"


def test_the_page_says_of_how_many_the_share_is(
    coordinator_client: Client, trajectory: Trajectory, town: Any
) -> None:
    """The share is of those whose neighbourhood is known, so the page does not give it to all who take part."""
    join(trajectory, town["De Linde"], 7)
    join(trajectory, None, 63)
    url = f"/polderwijk/werk/trajecten/{trajectory.pk}/wie-ontbreekt/"
    page = " ".join(coordinator_client.get(url).content.decode().split())
    assert "70 people take part. Of 7 we know the neighbourhood: 1.0 in 1,000 inhabitants." in page
    assert "Numbers from 1 to 4 are not shown" in page


def test_the_page_of_some_areas_warns_of_no_other(
    coordinator_client: Client, trajectory: Trajectory, town: Any
) -> None:
    trajectory.areas.set([town["De Linde"], town["Haven"]])
    join(trajectory, town["De Linde"], 30)
    join(trajectory, town["Oostpolder"], 5)
    url = f"/polderwijk/werk/trajecten/{trajectory.pk}/wie-ontbreekt"
    page = " ".join(coordinator_client.get(f"{url}/").content.decode().split())
    assert "30 of them live in these neighbourhoods: 6.0 in 1,000 inhabitants." in page
    assert "Haven</strong>: 0.0 in 1,000 inhabitants; these neighbourhoods together: 6.0" in page
    assert "Oostpolder" not in page
    features = json.loads(coordinator_client.get(f"{url}.geojson").content)["features"]
    assert {one["properties"]["name"] for one in features} == {"De Linde", "Haven"}


@pytest.mark.parametrize("page", ["trajectory", "municipality"])
def test_the_page_asks_the_database_as_often_for_thirty(
    coordinator_client: Client, trajectory: Trajectory, town: Any, page: str
) -> None:
    addresses = {
        "trajectory": f"/polderwijk/werk/trajecten/{trajectory.pk}/wie-ontbreekt/",
        "municipality": "/polderwijk/werk/wie-ontbreekt/",
    }

    def statements() -> int:
        with CaptureQueriesContext(connection) as found:
            assert coordinator_client.get(addresses[page]).status_code == 200
        return len(found)

    join(trajectory, town["Haven"], 1)
    statements()
    with_one = statements()
    for area in town.values():
        join(trajectory, area, 8)
    for number in range(10, 40):
        AreaFactory(code=f"WK9901{number}")
    assert statements() == with_one
    assert with_one < 20
