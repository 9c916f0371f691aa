"""Who looked at a page that shows who residents are, or what they said to officials only."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories.buurtschouw import ReportFactory
from tests.factories.core import (
    CommitmentFactory,
    CommitmentOriginFactory,
    ParticipantFactory,
    TrajectoryFactory,
    VerdictFactory,
)
from tests.factories.enrolment import EnrolmentFactory
from tests.factories.meetings import AttendanceFactory, MeetingFactory
from trajecten.demo.past import Past
from trajecten.domain import lookups
from trajecten.domain.dashboards import trajectory_health
from trajecten.models import Activity

pytestmark = pytest.mark.usefixtures("english", "in_scope")

STAFF = "/polderwijk/werk"


def looked_at() -> list[Any]:
    return [act.target for act in Activity.objects.filter(verb=lookups.LOOKED_UP).order_by("pk")]


@pytest.mark.parametrize("page", ["deelnemers/", "deelnemers.csv"])
def test_the_people_of_a_trajectory(page: str, coordinator_client: Client) -> None:
    enrolment = EnrolmentFactory(participant__display_name="Saar")
    for _time in range(2):
        coordinator_client.get(f"{STAFF}/trajecten/{enrolment.trajectory_id}/{page}")
    assert looked_at() == [enrolment.trajectory]


@pytest.mark.parametrize("page", ["", "aanwezig/"])
def test_who_comes_to_a_meeting(page: str, coordinator_client: Client) -> None:
    row = AttendanceFactory(meeting=MeetingFactory(past=True))
    path = f"{STAFF}/trajecten/{row.meeting.trajectory_id}/bijeenkomsten/{row.meeting_id}/{page}"
    assert coordinator_client.get(path).status_code == 200
    assert looked_at() == [row.meeting]


def test_what_people_say_of_a_promise_and_who_keeps_it(coordinator_client: Client, schouw: Any) -> None:
    judged, kept, answers = (CommitmentFactory(trajectory=schouw.trajectory) for _ in range(3))
    VerdictFactory(target=judged, words="Er ligt nog zand.")
    kept.owner, kept.owner_participant = None, ParticipantFactory()
    kept.save()
    CommitmentOriginFactory(commitment=answers, contribution=ReportFactory(schouw=schouw))
    for promise in (judged, kept, answers):
        coordinator_client.get(f"{STAFF}/toezeggingen/{promise.pk}/")
    assert looked_at() == [judged, kept, answers]


def test_a_page_that_shows_nobody_is_not_in_it(coordinator_client: Client) -> None:
    trajectory, meeting, promise = TrajectoryFactory(), MeetingFactory(), CommitmentFactory()
    coordinator_client.get(f"{STAFF}/trajecten/{trajectory.pk}/deelnemers/")
    coordinator_client.get(f"{STAFF}/trajecten/{meeting.trajectory_id}/bijeenkomsten/{meeting.pk}/")
    coordinator_client.get(f"{STAFF}/toezeggingen/{promise.pk}/")
    assert looked_at() == []


def test_the_log_names_what_was_looked_at_and_leads_there(coordinator_client: Client, handler: Any) -> None:
    meeting = MeetingFactory(title="Avond in De Linde")
    lookups.record(target=meeting, by=handler)
    (line,) = coordinator_client.get(f"{STAFF}/logboek/").context["lines"]
    assert line.what == "Meeting Avond in De Linde"
    assert line.url == f"{STAFF}/trajecten/{meeting.trajectory_id}/bijeenkomsten/{meeting.pk}/"


def test_looking_does_not_make_a_trajectory_go_on(handler: Any) -> None:
    with Past().at(timezone.now() - trajectory_health.STALLED_AFTER * 2):
        trajectory = TrajectoryFactory(status="running")
    before = trajectory_health.of([trajectory])[trajectory.pk]
    lookups.record(target=trajectory, by=handler)
    assert trajectory_health.of([trajectory])[trajectory.pk] == before
