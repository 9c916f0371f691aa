"""In which area a point lies. Polderwijk is 4.90 to 4.94 east; Duinstad 5.10 to 5.14."""

from typing import Any

import pytest
from django.contrib.gis.geos import Point

from tests.factories.core import EAST, MIDDLE, NORTH, SOUTH, WEST, AreaFactory, rectangle
from trajecten.domain import places
from trajecten.domain.places import OutsideMunicipality
from trajecten.models import Area

LAT = 52.51
IN_THE_WEST = 4.91
IN_DUINSTAD = 5.12
IN_THE_SEA = 4.0


def found(municipality: Any, lon: float, lat: float = LAT) -> str:
    """The code of the area where the point lies, or nothing."""
    pk = places.area_of(municipality=municipality, point=Point(lon, lat, srid=4326))
    return Area.objects.get(pk=pk).code if pk else ""


@pytest.mark.parametrize(("lon", "code"), [(IN_THE_WEST, "WK990101"), (4.93, "WK990102")])
def test_a_point_lies_in_its_area(in_scope: Any, lon: float, code: str) -> None:
    assert found(in_scope, lon) == code


def test_a_point_on_the_line_between_two_areas_lies_in_one_of_them(in_scope: Any) -> None:
    assert found(in_scope, MIDDLE) == "WK990101"


@pytest.mark.parametrize(("lon", "lat"), [(WEST, LAT), (EAST, LAT), (WEST, SOUTH), (EAST, NORTH)])
def test_a_point_on_the_edge_lies_inside(in_scope: Any, lon: float, lat: float) -> None:
    assert found(in_scope, lon, lat)


def test_a_buurt_goes_before_the_wijk_around_it(in_scope: Any) -> None:
    AreaFactory(buurt=True, code="BU99010101", geometry=rectangle(4.90, 52.50, 4.915, 52.52))
    assert found(in_scope, IN_THE_WEST) == "BU99010101"
    assert found(in_scope, 4.918) == "WK990101"


def test_the_latest_division_goes_before_an_older_one(in_scope: Any) -> None:
    AreaFactory(buurt=True, code="BU99010101", year=2020)
    AreaFactory(code="WK990109", year=2025)
    assert found(in_scope, IN_THE_WEST) == "WK990109"


def test_inside_the_municipality_but_in_no_area_is_no_area(in_scope: Any) -> None:
    Area.objects.filter(code="WK990102").delete()
    assert found(in_scope, 4.93) == ""


def test_a_point_in_the_neighbour_is_refused_with_whose_it_is(in_scope: Any, other_municipality: Any) -> None:
    with pytest.raises(OutsideMunicipality) as outside:
        found(in_scope, IN_DUINSTAD)
    assert outside.value.elsewhere == other_municipality


def test_a_point_in_nobody_s_is_refused_too(in_scope: Any, other_municipality: Any) -> None:
    with pytest.raises(OutsideMunicipality) as outside:
        found(in_scope, IN_THE_SEA)
    assert outside.value.elsewhere is None


def test_an_area_of_the_neighbour_is_never_found(in_scope: Any, other_municipality: Any) -> None:
    AreaFactory(municipality=other_municipality, code="WK990201")
    assert found(in_scope, IN_THE_WEST) == "WK990101"


def test_longitude_and_latitude_that_changed_places_are_refused(in_scope: Any) -> None:
    with pytest.raises(OutsideMunicipality):
        found(in_scope, LAT, IN_THE_WEST)


def test_a_municipality_without_boundary_and_areas_refuses_nothing(in_scope: Any) -> None:
    Area.objects.all().delete()
    in_scope.boundary = None
    in_scope.save()
    assert found(in_scope, IN_THE_SEA) == ""


def test_without_boundary_the_areas_are_what_is_known(in_scope: Any) -> None:
    in_scope.boundary = None
    in_scope.save()
    assert found(in_scope, IN_THE_WEST) == "WK990101"
    with pytest.raises(OutsideMunicipality):
        found(in_scope, IN_THE_SEA)
