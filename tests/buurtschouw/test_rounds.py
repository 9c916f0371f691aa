"""The round of an official: collecting, ordering by route or by nearness, sharing, and on paper."""

from typing import Any

import pytest
from django.contrib.gis.geos import LineString, Point

from buurtschouw.domain import rounds
from buurtschouw.domain.sketch import sketch
from buurtschouw.models import Report, Shortlist, ShortlistItem, Stop
from tests.factories.buurtschouw import ReportFactory
from tests.factories.core import AttachmentFactory, TeamFactory
from tests.factories.handling import ShortlistFactory, ShortlistItemFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english", "in_scope")]

ROUND = "/polderwijk/werk/rondje/"
# West to east, in steps of about 70 metres.
PLACES = [Point(4.910 + n / 1000, 52.51, srid=4326) for n in range(5)]


@pytest.fixture
def make(schouw: Any, category: Any) -> Any:
    def made(place: Point | None, **fields: Any) -> Report:
        where = {"point": place} if place else {"placeless": True}
        return ReportFactory(schouw=schouw, category=category, **where, **fields)

    return made


@pytest.fixture
def shortlist(municipality: Any, handler: Any) -> Shortlist:
    return rounds.of(municipality=municipality, official=handler)


def numbers(shortlist: Shortlist) -> list[int]:
    return [item.report_id for item in rounds.items(shortlist)]


def test_reports_are_added_once_and_at_the_end(handler_client: Any, shortlist: Any, make: Any) -> None:
    first, second = make(PLACES[0]), make(PLACES[1])
    handler_client.post(f"{ROUND}erbij/", {"numbers": [second.pk]})
    handler_client.post(f"{ROUND}erbij/", {"numbers": [first.pk, second.pk, 99999]})
    assert numbers(shortlist) == [second.pk, first.pk]
    assert Shortlist.objects.count() == 1


def test_what_is_in_it_already_is_said_to_be(handler_client: Any, shortlist: Any, make: Any) -> None:
    report = make(PLACES[0])
    rounds.add(shortlist=shortlist, reports=[report])
    answer = handler_client.post(f"{ROUND}erbij/", {"numbers": [report.pk]}, follow=True)
    assert "What you chose was in your round already." in answer.content.decode()
    nothing = handler_client.post(f"{ROUND}erbij/", {"numbers": [99999]}, follow=True)
    assert "What you chose was in your round already." not in nothing.content.decode()


def test_there_is_a_most(shortlist: Any, make: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(rounds, "MAX_REPORTS", 1)
    with pytest.raises(rounds.RoundRefused):
        rounds.add(shortlist=shortlist, reports=[make(PLACES[0]), make(PLACES[1])])
    assert not ShortlistItem.objects.exists()


def test_buttons_change_the_order(handler_client: Any, shortlist: Any, make: Any) -> None:
    a, b, c = (make(place) for place in PLACES[:3])
    rounds.add(shortlist=shortlist, reports=[a, b, c])
    for act, report, expected in (
        ("up", c, [a, c, b]),
        ("up", a, [a, c, b]),
        ("down", a, [c, a, b]),
        ("down", b, [c, a, b]),
        ("off", a, [c, b]),
        ("off", a, [c, b]),
        ("empty", None, []),
    ):
        handler_client.post(f"{ROUND}anders/", {"act": act, "report": report.pk if report else ""})
        assert numbers(shortlist) == [row.pk for row in expected]


@pytest.mark.parametrize("begin", [0, 2])
def test_without_a_route_always_to_the_nearest_that_is_left(shortlist: Any, make: Any, begin: int) -> None:
    reports = {place: make(PLACES[place]) for place in (4, 0, 3, 1, 2)}
    nowhere = make(None)
    rounds.add(shortlist=shortlist, reports=[nowhere, *reports.values()])
    rounds.order(shortlist=shortlist, start=reports[begin])
    expected = {
        0: [0, 1, 2, 3, 4],
        2: [2, 1, 0, 3, 4],
    }[begin]
    found = numbers(shortlist)
    assert found[-1] == nowhere.pk
    if begin == 0:
        assert found[:-1] == [reports[place].pk for place in expected]
    else:
        assert found[0] == reports[2].pk
        assert set(found[1:3]) in ({reports[1].pk, reports[0].pk}, {reports[3].pk, reports[4].pk})


def test_of_one_walk_it_is_the_order_of_the_route(shortlist: Any, make: Any, schouw: Any) -> None:
    schouw.route = LineString([PLACES[4].coords, PLACES[0].coords], srid=4326)
    schouw.save()
    west, middle, east = make(PLACES[0]), make(PLACES[2]), make(PLACES[4])
    rounds.add(shortlist=shortlist, reports=[west, east, middle])
    rounds.order(shortlist=shortlist, start=west)
    assert numbers(shortlist) == [east.pk, middle.pk, west.pk]


def test_where_all_were_seen_at_stops_these_say_the_order(shortlist: Any, make: Any, schouw: Any) -> None:
    """A route that comes back through the same street passes its last stop first."""
    schouw.route = LineString([PLACES[0].coords, PLACES[4].coords], srid=4326)
    schouw.save()
    stops = [
        Stop.objects.create(
            municipality=schouw.municipality, schouw=schouw, position=n, name=str(n), point=PLACES[0]
        )
        for n in (1, 2)
    ]
    last, first = make(PLACES[0], stop=stops[1]), make(PLACES[3], stop=stops[0])
    rounds.add(shortlist=shortlist, reports=[last, first])
    rounds.order(shortlist=shortlist)
    assert numbers(shortlist) == [first.pk, last.pk]


# -- Sharing


def test_a_round_is_seen_by_colleagues_of_a_team_when_it_is_shared(
    handler_client: Any, coordinator_client: Any, handler: Any, coordinator: Any, shortlist: Any, make: Any
) -> None:
    rounds.add(shortlist=shortlist, reports=[make(PLACES[0])])
    team = TeamFactory()
    address = f"{ROUND}{shortlist.pk}/"
    team.members.add(handler, coordinator)
    assert coordinator_client.get(address).status_code == 404
    handler_client.post(f"{ROUND}anders/", {"act": "share"})
    page = coordinator_client.get(address)
    assert (page.status_code, page.context["is_own"]) == (200, False)
    assert coordinator_client.get(f"{address}rondje.pdf").status_code == 200
    coordinator_client.post(f"{ROUND}anders/", {"act": "empty"})
    assert len(numbers(shortlist)) == 1
    team.members.remove(coordinator)
    assert coordinator_client.get(address).status_code == 404


# -- The page and the paper


def test_the_page_takes_as_many_queries_for_many(
    handler_client: Any, shortlist: Any, make: Any, django_assert_max_num_queries: Any
) -> None:
    for rows in (1, 29):
        rounds.add(shortlist=shortlist, reports=[make(PLACES[n % 5]) for n in range(rows)])
        with django_assert_max_num_queries(16):
            assert handler_client.get(ROUND).status_code == 200


def test_the_paper_has_every_report_with_its_photo(handler_client: Any, shortlist: Any, make: Any) -> None:
    reports = [make(place) for place in (PLACES[0], PLACES[3], None)]
    AttachmentFactory(target=reports[0])
    rounds.add(shortlist=shortlist, reports=reports)
    made = handler_client.get(f"{ROUND}{shortlist.pk}/rondje.pdf")
    assert (made.headers["Content-Type"], made.content[:5]) == ("application/pdf", b"%PDF-")


def test_an_empty_round_is_a_paper_too(handler_client: Any, shortlist: Any) -> None:
    assert handler_client.get(f"{ROUND}{shortlist.pk}/rondje.pdf").status_code == 200


def test_the_sketch_has_north_up_and_the_same_scale_both_ways() -> None:
    dots = sketch([Point(4.0, 52.0), None, Point(4.0, 52.1), Point(4.05, 52.0)])
    assert [dot.number for dot in dots] == [1, 3, 4]
    south, north, east = dots
    assert north.y < south.y == east.y
    assert east.x > south.x == north.x
    assert abs((east.x - south.x) / (south.y - north.y) - 0.308) < 0.01
    assert sketch([Point(4.0, 52.0), None]) == []
    assert len(sketch([Point(4.0, 52.0)] * 2)) == 2


def test_two_lists_of_one_official_can_t_be(shortlist: Any, handler: Any) -> None:
    assert rounds.of(municipality=shortlist.municipality, official=handler) == shortlist
    assert ShortlistItemFactory(shortlist=ShortlistFactory()).position >= 0
