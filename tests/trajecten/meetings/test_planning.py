"""Planning meetings, asking people, and what they answer."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from tests.factories.core import MunicipalityFactory, ParticipantFactory, TrajectoryFactory, UserFactory
from tests.factories.enrolment import EnrolmentFactory
from tests.factories.meetings import AttendanceFactory, MaterialFactory, MeetingFactory, invited
from tests.mails import composed
from trajecten import registry
from trajecten.domain import materials, participants
from trajecten.domain.enrolment import joining, leaving
from trajecten.domain.links import NoSuchLink
from trajecten.domain.meetings import answering, attending, finding, inviting, planning
from trajecten.domain.meetings.planning import Plan
from trajecten.domain.meetings.refusals import MeetingRefused
from trajecten.enums import Answer, MeetingStatus
from trajecten.models import Activity, Attendance, Meeting, Notification, Participant, Trajectory
from trajecten.transitions import TransitionRefused

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def meeting(in_scope: Any) -> Meeting:
    return MeetingFactory()


def at(hour: int, minute: int, *, spring: bool = True) -> datetime:
    """On the day that summer time begins, or ends."""
    month, day = (3, 28) if spring else (10, 31)
    return datetime(2027, month, day, hour, minute, tzinfo=timezone.get_default_timezone())


def a_plan(**fields: Any) -> Plan:
    begin = timezone.now() + timedelta(days=14)
    given = {
        "title": "Startavond",
        "starts_at": begin,
        "ends_at": begin + timedelta(hours=2),
        "place": "Zaal 1",
    }
    return Plan(**(given | fields))


def plan_of(meeting: Meeting, **fields: Any) -> Plan:
    names = ("title", "starts_at", "ends_at", "place", "link", "agenda", "is_public")
    return Plan(**({name: getattr(meeting, name) for name in names} | fields))


def owed(key: str) -> list[str]:
    rows = Notification.objects.filter(key=f"trajecten.{key}").order_by("participant__email")
    return [row.participant.email for row in rows.select_related("participant")]


def test_a_meeting_is_planned_with_its_log(in_scope: Any, coordinator: Any) -> None:
    made = planning.plan(trajectory=TrajectoryFactory(), plan=a_plan(), by=coordinator)

    assert (made.status, made.sequence, made.title) == ("planned", 0, "Startavond")
    assert Activity.objects.get(verb="meeting_planned").target == made


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"ends_at": datetime(2026, 1, 1, tzinfo=timezone.get_default_timezone())}, "ends"),
        ({"ends_at": timezone.now() + timedelta(days=60)}, "ends"),
        ({"place": "  "}, "place"),
        ({"starts_at": at(1, 45), "ends_at": at(2, 30)}, "ends"),
        ({"starts_at": at(2, 30), "ends_at": at(3, 30)}, "begins"),
        ({"starts_at": at(2, 30, spring=False), "ends_at": at(2, 30, spring=False)}, "ends"),
    ],
)
def test_an_impossible_plan_is_refused(in_scope: Any, fields: Any, field: str) -> None:
    with pytest.raises(MeetingRefused) as refused:
        planning.plan(trajectory=TrajectoryFactory(), plan=a_plan(**fields), by=UserFactory())
    assert (refused.value.field, Meeting.objects.count()) == (field, 0)


def test_an_hour_that_the_clock_skips_is_named(in_scope: Any) -> None:
    with pytest.raises(MeetingRefused) as refused:
        a_plan(starts_at=at(2, 30), ends_at=at(3, 30)).check()
    assert refused.value.message == (
        "02:30 does not exist on 28 March 2027: summer time begins, and the clock goes from 02:00 to 03:00. "
        "Choose another time."
    )
    a_plan(starts_at=at(1, 30), ends_at=at(3, 30)).check()


def test_inviting_twice_mails_once(meeting: Meeting, coordinator: Any) -> None:
    people = [ParticipantFactory(email="a@example.org"), ParticipantFactory(email=None)]

    assert inviting.invite(meeting=meeting, participants=people, by=coordinator) == 2
    assert inviting.invite(meeting=meeting, participants=[*people, ParticipantFactory()], by=coordinator) == 1
    assert (inviting.invited(meeting).count(), len(owed("meeting_invited"))) == (3, 2)


def test_people_of_another_municipality_can_t_be_invited(meeting: Meeting, coordinator: Any) -> None:
    stranger = ParticipantFactory(municipality=MunicipalityFactory(other=True))

    with pytest.raises(MeetingRefused):
        inviting.invite(meeting=meeting, participants=[stranger], by=coordinator)
    assert not Attendance.objects.exists()


def test_a_meeting_that_has_begun_invites_nobody(in_scope: Any, coordinator: Any) -> None:
    with pytest.raises(MeetingRefused):
        inviting.invite(
            meeting=MeetingFactory(past=True), participants=[ParticipantFactory()], by=coordinator
        )


def test_an_answer_can_be_changed_and_counts_once(meeting: Meeting) -> None:
    participant = invited(meeting)
    for value in (Answer.YES, Answer.YES, Answer.NO):
        given = answering.answer(meeting=meeting, participant=participant, answer=value, name="Anna")

    assert (given.answer, given.name, Attendance.objects.count()) == ("no", "Anna", 1)
    assert Activity.objects.filter(verb="meeting_answered").count() == 2
    assert finding.coming(meeting) == finding.Coming(yes=0, maybe=0, no=1, asked=1, present=0)


def test_everybody_may_say_to_come_to_a_public_meeting_only(meeting: Meeting) -> None:
    answering.answer(meeting=meeting, participant=ParticipantFactory(), answer=Answer.YES)
    assert finding.coming(meeting).yes == 1
    closed = MeetingFactory(is_public=False)
    with pytest.raises(MeetingRefused):
        answering.answer(meeting=closed, participant=ParticipantFactory(), answer=Answer.YES)


@pytest.mark.parametrize("fields", [{"past": True}, {"status": "cancelled", "reason": "Storm"}])
def test_no_answer_after_it_began_or_was_cancelled(in_scope: Any, fields: Any) -> None:
    meeting = MeetingFactory(**fields)
    with pytest.raises(MeetingRefused):
        answering.answer(meeting=meeting, participant=invited(meeting), answer=Answer.YES)
    assert Attendance.objects.get().answer == ""


def test_moving_it_tells_who_comes_once_and_who_said_no_nothing(meeting: Meeting, coordinator: Any) -> None:
    for name, answer in {"ja": "yes", "stil": "", "nee": "no"}.items():
        AttendanceFactory(meeting=meeting, answer=answer, participant__email=f"{name}@example.org")

    planning.change(meeting=meeting, plan=plan_of(meeting, title="Anders"), by=coordinator)
    assert owed("meeting_changed") == []
    moved = planning.change(meeting=meeting, plan=plan_of(meeting, place="Zaal 2"), by=coordinator)

    assert (moved.sequence, owed("meeting_changed")) == (2, ["ja@example.org", "stil@example.org"])


def test_a_meeting_is_cancelled_once_with_a_reason(meeting: Meeting, coordinator: Any) -> None:
    invited(meeting, participant__email="a@example.org")
    with pytest.raises(MeetingRefused):
        planning.cancel(meeting=meeting, reason=" ", by=coordinator)
    cancelled = planning.cancel(meeting=meeting, reason="Storm", by=coordinator)
    with pytest.raises(TransitionRefused):
        planning.cancel(meeting=meeting, reason="Storm", by=coordinator)

    assert (cancelled.status, cancelled.sequence, owed("meeting_cancelled")) == (
        "cancelled",
        1,
        ["a@example.org"],
    )
    with pytest.raises(MeetingRefused):
        planning.change(meeting=meeting, plan=a_plan(), by=coordinator)


def test_the_secret_link_is_of_one_person_and_one_meeting(meeting: Meeting) -> None:
    participant, other = invited(meeting), MeetingFactory()
    token = answering.token(meeting=meeting, participant=participant)

    assert answering.read(token=token, meeting=meeting) == participant
    for wrong, of in ((token, other), (token[:-1] + "_", meeting), ("x", meeting)):
        with pytest.raises(NoSuchLink):
            answering.read(token=wrong, meeting=of)


def test_the_link_of_a_guest_stays_good_when_they_make_an_account(meeting: Meeting, resident: Any) -> None:
    mine = participants.of_user(municipality=meeting.municipality, user=resident)
    Participant.objects.filter(pk=mine.pk).update(email="anders@example.org")
    guest = invited(meeting, participant__email="gast@example.org", answer="yes")
    token = answering.token(meeting=meeting, participant=guest)
    participants.adopt_guests(user=resident, email="gast@example.org")

    assert answering.read(token=token, meeting=meeting) == mine
    assert finding.coming(meeting).yes == 1


# -- Who takes part in the trajectory ------------------------------------------------------------------------------


def members_of(meeting: Meeting) -> set[str]:
    return set(inviting.invited(meeting).values_list("email", flat=True))


def test_everybody_who_takes_part_is_invited_and_not_who_left(meeting: Meeting, coordinator: Any) -> None:
    for name, kind in {"in": {}, "weg": {"left": True}, "wacht": {"waiting": True}}.items():
        EnrolmentFactory(trajectory=meeting.trajectory, participant__email=f"{name}@example.org", **kind)
    earlier = MeetingFactory(trajectory=meeting.trajectory, past=True)
    for member in Participant.objects.filter(email="weg@example.org"):
        AttendanceFactory(meeting=earlier, participant=member)
    invited(earlier, participant__email="gast@example.org")

    assert inviting.invite_everybody(meeting=meeting, by=coordinator) == 2
    assert members_of(meeting) == {"in@example.org", "gast@example.org"}


def test_who_comes_in_later_gets_the_coming_meetings_for_everybody_in_one_mail(
    meeting: Meeting, coordinator: Any
) -> None:
    trajectory = meeting.trajectory
    Trajectory.objects.update(is_open_for_enrolment=True)
    second = MeetingFactory(trajectory=trajectory, title="Tweede avond")
    MeetingFactory(trajectory=trajectory, title="Alleen voor wie gevraagd is")
    for each in (meeting, second):
        inviting.invite_everybody(meeting=each, by=coordinator)
    MeetingFactory(trajectory=trajectory, past=True, invites_everybody=True)

    joining.sign_up_as_guest(
        trajectory=trajectory, email="eva@example.org", language="en", about=joining.Introduction()
    )

    assert members_of(meeting) == members_of(second) == {"eva@example.org"}
    assert Attendance.objects.count() == 2
    mail = composed(Notification.objects.get())
    for text in (mail.body, mail.alternatives[0].content):
        assert text.count("/antwoord/") == 2
        assert (meeting.title in text, "Tweede avond" in text, "Alleen voor" in text) == (True, True, False)
    assert inviting.invite_everybody(meeting=meeting, by=coordinator) == 0


def test_who_moves_up_from_the_waiting_list_gets_them_then(meeting: Meeting, coordinator: Any) -> None:
    Trajectory.objects.update(max_members=1)
    inside = EnrolmentFactory(trajectory=meeting.trajectory)
    waiting = EnrolmentFactory(
        trajectory=meeting.trajectory, waiting=True, participant__email="w@example.org"
    )
    inviting.invite_everybody(meeting=meeting, by=coordinator)
    assert not inviting.invited(meeting).filter(pk=waiting.participant_id).exists()

    leaving.leave(enrolment=inside, by=inside.participant)

    assert members_of(meeting) == {"w@example.org"}
    told = Notification.objects.get(key="trajecten.moved_up")
    assert meeting.title in composed(told).body


def test_who_leaves_is_off_the_lists_and_reads_no_more_than_everybody(
    meeting: Meeting, coordinator: Any
) -> None:
    mine = EnrolmentFactory(trajectory=meeting.trajectory, participant__email="eva@example.org")
    earlier = MeetingFactory(trajectory=meeting.trajectory, past=True, is_public=False)
    for each in (meeting, earlier):
        AttendanceFactory(meeting=each, participant=mine.participant)
        MaterialFactory(meeting=each, is_public=False)
    elsewhere = AttendanceFactory(participant=mine.participant)
    token = answering.token(meeting=earlier, participant=mine.participant)
    assert materials.visible_to(mine.participant).count() == 2

    leaving.leave(enrolment=mine, by=mine.participant)

    assert set(Attendance.objects.values_list("meeting", flat=True)) == {earlier.pk, elsewhere.meeting_id}
    assert not materials.visible_to(mine.participant).exists()
    assert not finding.visible_to(mine.participant).filter(pk=earlier.pk).exists()
    with pytest.raises(NoSuchLink):
        answering.read(token=token, meeting=earlier)
    inviting.invite(meeting=meeting, participants=[mine.participant], by=coordinator)
    assert [row.meeting for row in materials.visible_to(mine.participant)] == [meeting]


# -- What was there --------------------------------------------------------------------------------------------


def test_noting_who_is_there_holds_the_meeting(in_scope: Any, coordinator: Any) -> None:
    meeting = MeetingFactory(starts_at=timezone.now() - timedelta(minutes=5))
    here, away = AttendanceFactory(meeting=meeting), AttendanceFactory(meeting=meeting)

    there = attending.register(
        meeting=meeting, present=[here.pk], walk_ins=["Joke  de V", "Joke de V"], by=coordinator
    )
    again = attending.register(meeting=meeting, present=[here.pk], walk_ins=["Joke de V"], by=coordinator)

    away.refresh_from_db()
    meeting.refresh_from_db()
    assert (there, again, away.was_present, meeting.status) == (2, 2, False, MeetingStatus.HELD)
    assert Attendance.objects.count() == 3


def test_nobody_is_there_before_the_day(meeting: Meeting, coordinator: Any) -> None:
    with pytest.raises(MeetingRefused):
        attending.register(meeting=meeting, present=[], walk_ins=[], by=coordinator)


def test_rows_of_another_meeting_are_not_touched(in_scope: Any, coordinator: Any) -> None:
    meeting, other = MeetingFactory(past=True), AttendanceFactory()
    attending.register(meeting=meeting, present=[other.pk], walk_ins=[], by=coordinator)
    other.refresh_from_db()
    assert other.was_present is None


def test_minutes_are_told_once_to_who_was_there(in_scope: Any, coordinator: Any) -> None:
    meeting = MeetingFactory(past=True)
    AttendanceFactory(meeting=meeting, was_present=True, participant__email="daar@example.org")
    AttendanceFactory(meeting=meeting, was_present=False, answer="yes", participant__email="weg@example.org")
    with pytest.raises(MeetingRefused):
        attending.write_minutes(meeting=meeting, minutes="", publish=True, by=coordinator)
    attending.write_minutes(meeting=meeting, minutes="Eerste versie", publish=False, by=coordinator)
    assert owed("meeting_minutes") == []
    for text in ("Wij spraken af", "Wij spraken af dat"):
        kept = attending.write_minutes(meeting=meeting, minutes=text, publish=True, by=coordinator)

    assert (kept.minutes, owed("meeting_minutes")) == ("Wij spraken af dat", ["daar@example.org"])


def test_no_minutes_before_it_begins(meeting: Meeting, coordinator: Any) -> None:
    with pytest.raises(MeetingRefused):
        attending.write_minutes(meeting=meeting, minutes="Al klaar", publish=False, by=coordinator)


@pytest.mark.parametrize(
    "fields",
    [
        {"ends_at": timezone.now()},
        {"status": "cancelled"},
        {"minutes_published_at": timezone.now()},
    ],
)
def test_the_database_holds_what_must_hold(in_scope: Any, fields: Any) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        MeetingFactory(**fields)


# -- Mails -----------------------------------------------------------------------------------------------------


def compose(key: str, meeting: Meeting, participant: Any) -> Any:
    participant.language = "en"
    participant.save()
    row = Notification(
        key=f"trajecten.{key}", participant=participant, municipality=meeting.municipality, about=meeting
    )
    return composed(row)


@pytest.mark.parametrize(
    "key", ["meeting_invited", "meeting_changed", "meeting_reminder", "meeting_cancelled", "meeting_minutes"]
)
def test_each_mail_can_be_made(meeting: Meeting, key: str) -> None:
    meeting.title, meeting.agenda, meeting.link = "Praten & doen", "Punt 1\nPunt 2", "https://example.org/v"
    meeting.save()
    mail = compose(key, meeting, invited(meeting))

    assert "Praten & doen" in mail.subject
    assert "Praten & doen" in mail.body
    assert "Praten &amp; doen" in mail.alternatives[0].content
    assert "/antwoord/" in mail.body or "?t=" in mail.body


def test_an_invitation_leads_who_takes_part_to_their_own_page(meeting: Meeting) -> None:
    participant = invited(meeting)
    assert "/deelname/" not in compose("meeting_invited", meeting, participant).body
    own = EnrolmentFactory(trajectory=meeting.trajectory, participant=participant).token
    mail = compose("meeting_invited", meeting, participant)
    assert own in mail.body
    assert own in mail.alternatives[0].content


@pytest.mark.parametrize("key", ["meeting_invited", "meeting_reminder"])
def test_who_walks_along_finds_the_app_for_the_day_itself_in_the_mail(meeting: Meeting, key: str) -> None:
    participant = invited(meeting)
    words = "Open the app of the walk"
    assert words not in compose(key, meeting, participant).body
    own = EnrolmentFactory(trajectory=meeting.trajectory, participant=participant).token
    mail = compose(key, meeting, participant)
    assert f"{words}: http" in mail.body
    app = reverse("buurtschouw:walk", kwargs={"gemeente": meeting.municipality.slug, "token": own})
    assert app in mail.body
    assert app in mail.alternatives[0].content


def test_a_meeting_to_come_is_not_moved_to_the_past_while_people_are_invited(
    meeting: Meeting, coordinator: Any
) -> None:
    long_ago = {
        name: timezone.now() - timedelta(days=days) for name, days in (("starts_at", 2), ("ends_at", 1))
    }
    nobody = invited(meeting, answer="no")
    mine = invited(meeting)
    with pytest.raises(MeetingRefused, match="They would hear nothing") as refused:
        planning.change(meeting=meeting, plan=plan_of(meeting, **long_ago), by=coordinator)
    assert refused.value.field == "begins"
    Attendance.objects.filter(participant=mine).update(answer="no")
    assert nobody.pk != mine.pk
    moved = planning.change(meeting=meeting, plan=plan_of(meeting, **long_ago), by=coordinator)
    assert moved.starts_at == long_ago["starts_at"]


def test_the_date_of_what_has_begun_can_be_put_right(meeting: Meeting, coordinator: Any) -> None:
    invited(meeting)
    Meeting.objects.update(starts_at=timezone.now() - timedelta(hours=1))
    earlier = {
        name: timezone.now() - timedelta(days=days) for name, days in (("starts_at", 2), ("ends_at", 1))
    }
    moved = planning.change(meeting=meeting, plan=plan_of(meeting, **earlier), by=coordinator)
    assert moved.starts_at == earlier["starts_at"]


def test_a_reminder_has_nothing_to_say_to_who_said_no(meeting: Meeting) -> None:
    participant = invited(meeting, answer="no")
    with pytest.raises(registry.NothingToSay):
        compose("meeting_reminder", meeting, participant)


def test_an_invitation_has_nothing_to_say_once_it_is_cancelled(meeting: Meeting, coordinator: Any) -> None:
    participant = invited(meeting)
    planning.cancel(meeting=meeting, reason="Storm", by=coordinator)
    meeting.refresh_from_db()
    with pytest.raises(registry.NothingToSay):
        compose("meeting_invited", meeting, participant)
