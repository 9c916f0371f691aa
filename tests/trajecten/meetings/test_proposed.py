"""What becomes of the gatherings of a proposal that is accepted."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories.proposals import (
    ProposalFactory,
    ProposalLineFactory,
    ProposalSessionFactory,
    TrajectoryRequestFactory,
)
from trajecten.domain.meetings import proposed
from trajecten.domain.proposals import deciding, sending
from trajecten.models import Attendance, Meeting, Notification, Trajectory

pytestmark = pytest.mark.usefixtures("english", "in_scope")

DAY = date(2027, 1, 14)
EVENING = time(19, 30)


@pytest.fixture
def agreed(adviser: Any, coordinator: Any) -> Trajectory:
    """By a proposal with one gathering that has all, and others that miss something."""
    asked = TrajectoryRequestFactory(taken_up=True, adviser=adviser)
    made = ProposalFactory(request=asked, valid_until=timezone.localdate() + timedelta(days=10))
    ProposalSessionFactory(proposal=made, title="Startavond", day=DAY, begins=EVENING)
    ProposalSessionFactory(proposal=made, title="Zonder tijd", day=DAY)
    ProposalSessionFactory(proposal=made, title="Zonder dag")
    ProposalSessionFactory(proposal=made, title="Nergens", day=DAY, begins=EVENING, place="")
    ProposalSessionFactory(proposal=made, title="Geweest", day=date(2026, 1, 14), begins=EVENING)
    ProposalSessionFactory(proposal=made, title="Zomertijd", day=date(2027, 3, 28), begins=time(2, 30))
    ProposalLineFactory(proposal=made)
    sent = sending.send(proposal=made, by=adviser)
    Notification.objects.all().delete()
    return deciding.accept(proposal=sent, by=coordinator, name="B. Leid")


def page(trajectory: Trajectory) -> str:
    return f"/polderwijk/werk/trajecten/{trajectory.pk}/"


def test_a_gathering_with_day_time_and_place_becomes_a_meeting_without_anybody_invited(
    agreed: Trajectory, coordinator: Any
) -> None:
    meeting = Meeting.objects.get(trajectory=agreed)
    begins = datetime.combine(DAY, EVENING, tzinfo=timezone.get_default_timezone())
    assert (meeting.title, meeting.starts_at, meeting.ends_at) == (
        "Startavond",
        begins,
        begins + timedelta(hours=2),
    )
    assert (meeting.status, meeting.is_public, meeting.place) == ("planned", False, "Buurthuis De Linde")
    assert not Attendance.objects.exists()
    assert not Notification.objects.filter(key__contains="meeting").exists()


def test_what_misses_something_waits_on_the_page_of_the_trajectory(
    agreed: Trajectory, coordinator_client: Client, handler_client: Client
) -> None:
    waiting = list(proposed.to_plan(agreed))
    assert {session.title for session in waiting} == {
        "Geweest",
        "Nergens",
        "Zomertijd",
        "Zonder dag",
        "Zonder tijd",
    }
    shown = coordinator_client.get(page(agreed)).content.decode()
    assert "Planned in the proposal" in shown
    for session in waiting:
        assert f"bijeenkomsten/nieuw/?bijeenkomst={session.pk}" in shown
    assert "nieuw/?bijeenkomst=" not in handler_client.get(page(agreed)).content.decode()


def test_the_form_is_filled_in_with_what_the_proposal_has_and_the_gathering_waits_no_longer(
    agreed: Trajectory, coordinator_client: Client
) -> None:
    session = proposed.to_plan(agreed).get(title="Zonder tijd")
    address = f"{page(agreed)}bijeenkomsten/nieuw/?bijeenkomst={session.pk}"
    form = coordinator_client.get(address).context["form"]
    assert (form["title"].value(), form["day"].value(), form["place"].value(), form["begins"].value()) == (
        "Zonder tijd",
        DAY,
        "Buurthuis De Linde",
        None,
    )
    data = {"title": "Eerste avond", "day": DAY, "begins": "20:00", "ends": "21:00", "place": "Zaal 2"}
    assert coordinator_client.post(address, data).status_code == 302
    assert Meeting.objects.get(session=session).title == "Eerste avond"
    assert not proposed.to_plan(agreed).filter(pk=session.pk).exists()
    made = Meeting.objects.count()
    for _again in range(2):
        assert coordinator_client.post(address, data).status_code == 302
    assert Meeting.objects.count() == made


@pytest.mark.parametrize("asked", ["0", "x", "99999999999999999999999", "%00"])
def test_a_gathering_that_is_not_of_this_trajectory_fills_in_nothing(
    agreed: Trajectory, coordinator_client: Client, asked: str
) -> None:
    answer = coordinator_client.get(f"{page(agreed)}bijeenkomsten/nieuw/?bijeenkomst={asked}")
    assert (answer.status_code, answer.context["form"]["title"].value()) == (200, None)
