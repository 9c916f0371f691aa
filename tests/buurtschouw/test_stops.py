"""Stops: their order, what may not go any more, and taking them over from an earlier walk."""

from datetime import timedelta

import pytest
from django.contrib.gis.geos import LineString, Point
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from buurtschouw.domain.preparing import earlier, stops
from buurtschouw.domain.preparing.refusals import PreparationRefused
from buurtschouw.method import MOST_STOPS
from buurtschouw.models import Stop
from tests.factories.buurtschouw import CategoryFactory, SchouwFactory
from tests.factories.core import AreaFactory
from tests.factories.preparing import ScoreFactory, StatementFactory, StopFactory
from trajecten.models import Activity

pytestmark = pytest.mark.usefixtures("english", "in_scope")

HERE = Point(4.915, 52.51, srid=4326)


def names(schouw):
    return [(stop.position, stop.name) for stop in stops.of(schouw)]


@pytest.fixture
def three(schouw):
    return [StopFactory(schouw=schouw, name=name) for name in "ABC"]


def test_stops_come_one_behind_the_other(schouw, coordinator, category):
    for name in ("School", " Park "):
        stops.add(schouw=schouw, by=coordinator, name=name, point=HERE, themes=[category])
    assert names(schouw) == [(1, "School"), (2, "Park")]
    assert list(Stop.objects.first().themes.all()) == [category]


def test_a_stop_elsewhere_and_one_too_many_are_refused(schouw, coordinator):
    with pytest.raises(PreparationRefused, match="outside Polderwijk"):
        stops.add(schouw=schouw, by=coordinator, name="Ver weg", point=Point(5.5, 52, srid=4326))
    StopFactory.create_batch(MOST_STOPS, schouw=schouw)
    with pytest.raises(PreparationRefused, match="that is the most"):
        stops.add(schouw=schouw, by=coordinator, name="Nog een", point=HERE)


@pytest.mark.parametrize(
    ("which", "to", "order"),
    [(2, 1, "CAB"), (0, 2, "BAC"), (0, 99, "BCA"), (2, 0, "CAB"), (1, 2, "ABC")],
)
def test_a_stop_gets_another_place_and_twice_is_once(schouw, coordinator, three, which, to, order):
    for _again in range(2):
        stops.place(stop=three[which], position=to, by=coordinator)
    assert names(schouw) == list(enumerate(order, start=1))
    moved = 0 if order == "ABC" else 1
    assert Activity.objects.filter(verb="stop_moved").count() == moved


def test_those_after_a_removed_stop_move_up(schouw, coordinator, three):
    for _again in range(2):
        stops.remove(stop=three[0], by=coordinator)
    assert names(schouw) == [(1, "B"), (2, "C")]
    assert Activity.objects.filter(verb="stop_removed").count() == 1


def test_where_somebody_scored_the_stop_stays_where_it_is(coordinator, three, category):
    ScoreFactory(stop=three[1])
    with pytest.raises(PreparationRefused, match="scored there"):
        stops.remove(stop=three[1], by=coordinator)
    given = {"by": coordinator, "name": "Beter", "remark": "", "themes": [category]}
    with pytest.raises(PreparationRefused, match="can't be moved"):
        stops.change(stop=three[1], point=Point(4.916, 52.51, srid=4326), **given)
    assert stops.change(stop=three[1], point=three[1].point, **given).name == "Beter"


def test_the_database_has_each_position_once(schouw, three):
    with pytest.raises(IntegrityError, match="stop_position_once"):
        _put_at(three[0], 2)


@transaction.atomic
def _put_at(stop, position):
    Stop.objects.filter(pk=stop.pk).update(position=position)
    connection.check_constraints()


# -- From an earlier walk -------------------------------------------------------------------------------------


@pytest.fixture
def walks(areas):
    """A walk of last year in De Linde with two stops, and the next one there."""
    theme = CategoryFactory()
    before = SchouwFactory(
        trajectory__areas=[areas[0]],
        walk_at=timezone.now() - timedelta(days=300),
        route=LineString((4.91, 52.51), (4.915, 52.51), srid=4326),
        route_remarks="Smalle stoep.",
    )
    for name in "AB":
        StopFactory(schouw=before, name=name).themes.set([theme])
    before.statements.set([StatementFactory(), StatementFactory(is_active=False)])
    now = SchouwFactory(
        trajectory__areas=[areas[0]], step="preparation", walk_at=timezone.now() + timedelta(days=20)
    )
    return before, now


def test_route_stops_and_statements_are_taken_over_once(walks, coordinator):
    before, now = walks
    assert earlier.take_over(schouw=now, earlier=before, by=coordinator) == 2
    assert earlier.take_over(schouw=now, earlier=before, by=coordinator) == 0
    now.refresh_from_db()
    assert (now.route.coords, now.route_remarks) == (before.route.coords, "Smalle stoep.")
    taken = list(stops.of(now))
    assert [(stop.name, stop.same_as.name, stop.themes.count()) for stop in taken] == [
        ("A", "A", 1),
        ("B", "B", 1),
    ]
    assert [statement.is_active for statement in now.statements.all()] == [True]


def test_what_was_made_already_stays(walks, coordinator):
    before, now = walks
    now.route = LineString((4.92, 52.51), (4.925, 52.51), srid=4326)
    now.save()
    StopFactory(schouw=now, name="Eigen")
    earlier.take_over(schouw=now, earlier=before, by=coordinator)
    now.refresh_from_db()
    assert now.route.coords[0] == (4.92, 52.51)
    assert names(now) == [(1, "Eigen"), (2, "A"), (3, "B")]


def test_only_earlier_walks_of_the_same_neighbourhood_are_offered(walks, areas, coordinator):
    before, now = walks
    elsewhere = SchouwFactory(trajectory__areas=[areas[1]], walk_at=before.walk_at, route=before.route)
    SchouwFactory(trajectory__areas=[areas[0]], walk_at=before.walk_at)  # with nothing to take over
    buurt = AreaFactory(buurt=True, parent=areas[0])
    within = SchouwFactory(trajectory__areas=[buurt], walk_at=timezone.now(), route=before.route)
    assert list(earlier.walks_before(now)) == [within, before]
    assert list(earlier.walks_before(before)) == []
    assert list(earlier.walks_before(within)) == [before]
    with pytest.raises(PreparationRefused, match="not an earlier walk"):
        earlier.take_over(schouw=now, earlier=elsewhere, by=coordinator)
