"""Where one lands after signing in."""

from typing import Any

import pytest

from tests.factories.core import MunicipalityFactory, ParticipantFactory, StaffRoleFactory
from trajecten.domain.overview import pages
from trajecten.enums import Role
from trajecten.models import Municipality, User

QUEUE, DASHBOARD = "/polderwijk/werk/meldingen/", "/polderwijk/werk/overzicht/"


@pytest.mark.parametrize(
    ("who", "page"),
    [
        ("handler", QUEUE),
        ("clerk", "/polderwijk/werk/raad/"),
        ("coordinator", DASHBOARD),
        ("adviser", "/advies/"),
        ("resident", "/"),
        ("superuser", "/"),
    ],
)
def test_each_begins_where_their_work_lies(
    who: str, page: str, municipality: Any, request: pytest.FixtureRequest
) -> None:
    assert pages.first_page(request.getfixturevalue(who)) == page


def test_a_coordinator_who_answers_too_begins_at_the_dashboard(municipality: Any, coordinator: User) -> None:
    StaffRoleFactory(user=coordinator, municipality=municipality, role=Role.HANDLER)
    assert pages.first_page(coordinator) == DASHBOARD


def test_who_works_for_two_municipalities_chooses(handler: User, other_municipality: Any) -> None:
    StaffRoleFactory(user=handler, municipality=other_municipality)
    assert pages.first_page(handler) == "/"


def test_a_municipality_that_takes_no_part_is_no_place_to_begin(handler: User, resident: User) -> None:
    ParticipantFactory(user=resident)
    Municipality.objects.update(is_participating=False)
    assert [pages.first_page(user) for user in (handler, resident)] == ["/", "/"]


def test_who_takes_part_somewhere_sees_what_they_said_there(resident: User, municipality: Any) -> None:
    ParticipantFactory(user=resident)
    assert pages.first_page(resident) == "/polderwijk/overzicht/"
    ParticipantFactory(user=resident, municipality=MunicipalityFactory(other=True))
    assert pages.first_page(resident) == "/"
