"""The order of a round that follows no route."""

from itertools import pairwise

from django.contrib.gis.geos import LineString, Point
from hypothesis import given
from hypothesis import strategies as st

from buurtschouw.domain import passing

PLACES = st.lists(
    st.builds(
        lambda x, y: Point(4.9 + x / 10_000, 52.5 + y / 10_000, srid=4326),
        st.integers(0, 400),
        st.integers(0, 200),
    ),
    max_size=25,
)


@given(PLACES, st.data())
def test_each_is_passed_once_from_where_one_begins(points: list[Point], data: st.DataObject) -> None:
    first = data.draw(st.integers(0, max(len(points) - 1, 0)))
    route = passing.order(points, first)
    assert sorted(route) == list(range(len(points)))
    assert route[:1] == ([first] if points else [])


@given(PLACES)
def test_no_two_parts_of_the_way_cross(points: list[Point]) -> None:
    """As long as a crossing can be taken out, the way can be made shorter."""
    route = [points[place] for place in passing.order(points)]
    legs = [LineString(one.coords, other.coords) for one, other in pairwise(route)]
    for n, leg in enumerate(legs):
        assert not any(leg.crosses(later) and _is_plain(leg, later) for later in legs[n + 2 :])


def _is_plain(one: LineString, other: LineString) -> bool:
    """They cross away from their ends, where turning the way around is more than a centimetre shorter."""
    here = one.intersection(other)
    return all(passing.metres(here, Point(end)) > 1 for end in (*one.coords, *other.coords))


def _length(route: list[int], points: list[Point]) -> float:
    return sum(passing.metres(points[one], points[other]) for one, other in pairwise(route))


def test_the_way_is_shorter_than_always_to_the_nearest() -> None:
    """The nearest is on the other side each time; in one sweep it is much shorter."""
    points = [Point(4.9 + x / 1000, 52.5, srid=4326) for x in (0, 1, -2, 5, -10)]
    route = passing.order(points, 0)
    greedy = [0, 1, 2, 3, 4]
    assert _length(route, points) < 0.8 * _length(greedy, points)
