"""The walk as a meeting: in step with the plan, from both sides, and the neighbourhood that is told."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from buurtschouw.domain import schouwen
from buurtschouw.domain.preparing import announcing, gathering
from buurtschouw.domain.preparing.refusals import PreparationRefused
from buurtschouw.models import Announcement, Schouw
from tests.factories.buurtschouw import SchouwFactory
from tests.factories.core import AreaFactory, FollowFactory, ParticipantFactory
from tests.factories.enrolment import EnrolmentFactory
from tests.factories.meetings import AttendanceFactory
from tests.factories.preparing import StopFactory
from tests.mails import composed
from trajecten.domain.meetings import attending, planning
from trajecten.domain.telling import fanning_out
from trajecten.models import Attendance, FanOut, Meeting, Notification
from trajecten.registry import NothingToSay

pytestmark = pytest.mark.usefixtures("english", "in_scope")

SOON = timedelta(days=20)


def plan(schouw, coordinator, **fields):
    given = {
        "title": "Schouw De Linde",
        "summary": "",
        "areas": schouw.trajectory.areas.all(),
        "walk_at": timezone.now() + SOON,
        "meeting_point": "Buurthuis De Linde",
        "categories": schouw.categories.all(),
        "service_level_days": 5,
        "keeps_reporting_open": False,
    }
    fresh = Schouw.objects.select_related("trajectory").get(pk=schouw.pk)
    return schouwen.plan(schouw=fresh, by=coordinator, **{**given, **fields})


@pytest.fixture
def coming(areas):
    return SchouwFactory(step="preparation", walk_at=None, trajectory__areas=[areas[0]])


@pytest.fixture
def planned(coming, coordinator):
    return plan(coming, coordinator)


def owed(key):
    return [row.participant.email for row in Notification.objects.filter(key=key).order_by("pk")]


# -- In step with the plan ------------------------------------------------------------------------------------


def test_a_date_and_a_place_make_a_meeting_that_followers_hear_of(coming, coordinator):
    FollowFactory(target=coming.trajectory)
    plan(coming, coordinator, meeting_point="")
    assert not Meeting.objects.exists()
    made = plan(coming, coordinator)
    meeting = Meeting.objects.get()
    assert (made.meeting, meeting.trajectory, meeting.title) == (meeting, made.trajectory, "Schouw De Linde")
    assert (meeting.starts_at, meeting.place) == (made.walk_at, "Buurthuis De Linde")
    assert meeting.ends_at - meeting.starts_at == timedelta(hours=2)
    assert FanOut.objects.filter(key="trajecten.followed_meeting").count() == 1
    plan(coming, coordinator, walk_at=made.walk_at)
    assert Meeting.objects.get().sequence == 0


def test_a_new_walk_has_its_meeting_at_once(municipality, coordinator, areas):
    made = schouwen.make(
        municipality=municipality,
        by=coordinator,
        title="Schouw",
        summary="",
        areas=areas,
        walk_at=timezone.now() + SOON,
        meeting_point="Plein",
        categories=[],
        service_level_days=5,
        keeps_reporting_open=False,
    )
    made.refresh_from_db()
    assert made.meeting.place == "Plein"


def test_who_is_invited_hears_of_another_date_and_of_nothing_else(planned, coordinator):
    AttendanceFactory(meeting=planned.meeting, participant__email="wel@example.org")
    AttendanceFactory(meeting=planned.meeting, participant__email="niet@example.org", answer="no")
    plan(planned, coordinator, walk_at=planned.walk_at, title="Andere titel")
    assert owed("trajecten.meeting_changed") == []
    moved = plan(planned, coordinator, walk_at=planned.walk_at + timedelta(days=7))
    assert owed("trajecten.meeting_changed") == ["wel@example.org"]
    assert Meeting.objects.get().starts_at == moved.walk_at


def test_without_a_date_it_is_cancelled_and_a_new_date_asks_the_same_people(planned, coordinator):
    AttendanceFactory(meeting=planned.meeting, participant__email="wel@example.org", answer="yes")
    gone = plan(planned, coordinator, walk_at=None)
    assert gone.meeting.status == "planned"  # as it was loaded
    assert Meeting.objects.get().status == "cancelled"
    assert owed("trajecten.meeting_cancelled") == ["wel@example.org"]
    again = plan(planned, coordinator)
    assert again.meeting.status == "planned"
    assert Meeting.objects.count() == 2
    assert owed("trajecten.meeting_invited") == ["wel@example.org"]
    assert [row.answer for row in Attendance.objects.filter(meeting=again.meeting)] == [""]


def test_a_place_that_is_taken_away_stays_what_people_were_told(planned, coordinator):
    plan(planned, coordinator, walk_at=planned.walk_at, meeting_point="")
    assert Meeting.objects.get().place == "Buurthuis De Linde"


def test_what_was_held_stays_as_it_was(planned, coordinator):
    Meeting.objects.update(starts_at=timezone.now() - timedelta(hours=1))
    attending.register(meeting=planned.meeting, present=[], walk_ins=[], by=coordinator)
    plan(planned, coordinator, walk_at=None)
    assert Meeting.objects.get().status == "held"


def test_a_time_that_the_clock_skips_is_refused_with_nothing_changed(planned, coordinator):
    skipped = datetime(2027, 3, 28, 2, 30, tzinfo=timezone.get_default_timezone())
    with pytest.raises(schouwen.PlanRefused, match="summer time"):
        plan(planned, coordinator, walk_at=skipped, title="Anders")
    assert Schouw.objects.get(pk=planned.pk).trajectory.title == "Schouw De Linde"


def test_a_walk_to_come_gets_no_date_in_the_past_while_people_are_invited(planned, coordinator):
    AttendanceFactory(meeting=planned.meeting)
    yesterday = timezone.now() - timedelta(days=1)
    with pytest.raises(schouwen.PlanRefused, match="call the meeting off"):
        plan(planned, coordinator, walk_at=yesterday)
    assert Schouw.objects.get(pk=planned.pk).walk_at == planned.walk_at
    Attendance.objects.all().delete()
    assert plan(planned, coordinator, walk_at=yesterday).walk_at == yesterday


def test_two_who_plan_at_once_make_one_meeting(coming, coordinator):
    stale = Schouw.objects.select_related("trajectory", "meeting").get(pk=coming.pk)
    made = plan(coming, coordinator)
    fields = {"summary": "", "areas": [], "categories": [], "service_level_days": 5}
    schouwen.plan(
        schouw=stale,
        by=coordinator,
        title="Schouw De Linde",
        walk_at=made.walk_at,
        meeting_point="Plein",
        keeps_reporting_open=False,
        **fields,
    )
    assert Meeting.objects.get().place == "Plein"


def test_planning_leaves_the_route_that_somebody_else_drew(coming, coordinator):
    stale = Schouw.objects.select_related("trajectory").get(pk=coming.pk)
    Schouw.objects.filter(pk=coming.pk).update(route_remarks="Smalle stoep.")
    plan(stale, coordinator)
    assert Schouw.objects.get(pk=coming.pk).route_remarks == "Smalle stoep."


# -- From the page of the meeting -----------------------------------------------------------------------------


def test_the_walk_follows_its_meeting(planned, coordinator):
    starts = datetime(2027, 5, 1, 8, tzinfo=UTC)
    change = planning.Plan("Schouw", starts, starts + timedelta(hours=3), "Plein")
    planning.change(meeting=planned.meeting, plan=change, by=coordinator)
    planned.refresh_from_db()
    assert (planned.walk_at, planned.meeting_point) == (starts, "Plein")
    plan(planned, coordinator, walk_at=starts + timedelta(days=1), meeting_point="Plein")
    meeting = Meeting.objects.get()
    assert meeting.ends_at - meeting.starts_at == timedelta(hours=3)


def test_a_walk_that_is_called_off_has_no_date(planned, coordinator):
    planning.cancel(meeting=planned.meeting, reason="Storm.", by=coordinator)
    planned.refresh_from_db()
    assert planned.walk_at is None


# -- Inviting -------------------------------------------------------------------------------------------------


def test_everybody_is_invited_once_also_to_a_walk_that_was_no_meeting_yet(coming, coordinator):
    Schouw.objects.filter(pk=coming.pk).update(walk_at=timezone.now() + SOON)
    EnrolmentFactory(trajectory=coming.trajectory, participant__email="kern@example.org", role="core_group")
    assert gathering.invite_everybody(schouw=coming, by=coordinator) == 1
    assert gathering.invite_everybody(schouw=coming, by=coordinator) == 0
    assert owed("trajecten.meeting_invited") == ["kern@example.org"]
    assert Meeting.objects.get().invites_everybody
    with pytest.raises(PreparationRefused, match="once the date"):
        gathering.invite_everybody(schouw=SchouwFactory(walk_at=None), by=coordinator)


# -- Telling the neighbourhood --------------------------------------------------------------------------------


def told():
    fanning_out.fan_out_due()
    return sorted(owed("buurtschouw.walk_announced"))


def test_followers_of_the_neighbourhood_the_wijk_around_and_within_are_told_once(areas, coordinator):
    buurt = AreaFactory(buurt=True, parent=areas[0])
    walk = SchouwFactory(walk_at=timezone.now() + SOON, trajectory__areas=[areas[0]])
    both = ParticipantFactory(email="beide@example.org")
    for area in (areas[0], buurt):
        FollowFactory(target=area, participant=both)
    FollowFactory(target=areas[1], participant__email="elders@example.org")
    FollowFactory(target=buurt, participant__email="buurt@example.org")
    assert announcing.audience(walk) == 2
    for _again in range(2):
        announcing.tell(schouw=walk, by=coordinator)
    assert told() == ["beide@example.org", "buurt@example.org"]
    assert announcing.is_told(walk)

    of_buurt = SchouwFactory(walk_at=timezone.now() + SOON, trajectory__areas=[buurt])
    FollowFactory(target=areas[0], participant__email="wijk@example.org")
    assert announcing.audience(of_buurt) == 3


def test_who_heard_of_the_walk_already_is_not_told_again(planned, areas, coordinator):
    follower = ParticipantFactory(email="volgt.beide@example.org")
    FollowFactory(target=areas[0], participant=follower)
    FollowFactory(target=areas[0], participant__email="buurt@example.org")
    FollowFactory(target=planned.trajectory, participant=follower)
    Meeting.objects.all().delete()
    walk = plan(planned, coordinator)
    announcing.tell(schouw=walk, by=coordinator)
    assert told() == ["buurt@example.org"]
    assert owed("trajecten.followed_meeting") == ["volgt.beide@example.org"]


def test_a_moved_date_can_be_told_but_not_to_who_heard_of_it(planned, areas, coordinator):
    invited = ParticipantFactory(email="komt@example.org")
    for participant in (invited, ParticipantFactory(email="buurt@example.org")):
        FollowFactory(target=areas[0], participant=participant)
    announcing.tell(schouw=planned, by=coordinator)
    assert told() == ["buurt@example.org", "komt@example.org"]
    AttendanceFactory(meeting=planned.meeting, participant=invited)
    moved = plan(planned, coordinator, walk_at=planned.walk_at + timedelta(days=7))
    assert not announcing.is_told(moved)
    announcing.tell(schouw=moved, by=coordinator)
    assert told() == ["buurt@example.org", "buurt@example.org", "komt@example.org"]


@pytest.mark.parametrize(
    ("walk_at", "has_area", "says"),
    [
        (None, True, "not known yet"),
        (timedelta(hours=-1), True, "has been"),
        (SOON, False, "which neighbourhood"),
    ],
)
def test_nothing_to_tell_is_refused(areas, coordinator, walk_at, has_area, says):
    moment = timezone.now() + walk_at if walk_at else None
    walk = SchouwFactory(walk_at=moment, trajectory__areas=areas if has_area else [])
    with pytest.raises(PreparationRefused, match=says):
        announcing.tell(schouw=walk, by=coordinator)
    assert not Announcement.objects.exists()


def test_the_database_has_one_announcement_a_date(planned, coordinator):
    made = announcing.tell(schouw=planned, by=coordinator)
    with pytest.raises(IntegrityError, match="announcement_once_a_date"), transaction.atomic():
        Announcement.objects.create(municipality=made.municipality, schouw=planned, walk_at=planned.walk_at)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_mail_says_when_where_and_what(planned, areas, coordinator, category, language):
    Schouw.objects.filter(pk=planned.pk).update(
        route="SRID=4326;LINESTRING(4.91 52.51, 4.93 52.51)", invitation="Er is <soep>."
    )
    StopFactory(schouw=planned)
    FollowFactory(target=areas[0], participant__email="buurt@example.org", participant__language=language)
    announcing.tell(schouw=planned, by=coordinator)
    fanning_out.fan_out_due()
    mail = composed(Notification.objects.get(key="buurtschouw.walk_announced"))
    assert "Schouw De Linde" in mail.subject
    for text in (mail.body, mail.alternatives[0][0]):
        assert "Buurthuis De Linde" in text
        assert f"/polderwijk/schouw/{planned.pk}/" in text
        assert planned.categories.get().name in text
        assert "1,4 km" in text if language == "nl" else "1.4 km" in text
    assert "Er is <soep>." in mail.body
    assert "Er is &lt;soep&gt;." in mail.alternatives[0][0]


def test_the_mail_is_dropped_when_the_date_was_moved_meanwhile(planned, areas, coordinator):
    FollowFactory(target=areas[0], participant__email="buurt@example.org")
    announcing.tell(schouw=planned, by=coordinator)
    fanning_out.fan_out_due()
    plan(planned, coordinator, walk_at=planned.walk_at + timedelta(days=7))
    with pytest.raises(NothingToSay, match="overtaken"):
        composed(Notification.objects.get(key="buurtschouw.walk_announced"))
