"""What waits for somebody: what is in it, for how long, and in which order."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from buurtschouw.domain import following as reports
from tests.factories.buurtschouw import ReportFactory, SupportFactory
from tests.factories.core import (
    CommitmentFactory,
    FollowFactory,
    ModerationDecisionFactory,
    NotificationFactory,
    ObjectionFactory,
    ParticipantFactory,
    VerdictFactory,
)
from tests.factories.enrolment import EnrolmentFactory, InvitationFactory
from tests.factories.meetings import AttendanceFactory
from trajecten.domain.moderation import objecting
from trajecten.domain.overview import waiting
from trajecten.domain.overview.mine import Mine
from trajecten.domain.promises import judging, making, moving
from trajecten.enums import EnrolmentStatus, MeetingStatus
from trajecten.models import Enrolment, Invitation, Notification, Objection

pytestmark = pytest.mark.usefixtures("english")
PAGE = "/polderwijk/overzicht/"
LATER = timezone.localdate() + timedelta(days=30)


@pytest.fixture
def me(in_scope: Any, resident: Any) -> Any:
    return ParticipantFactory(user=resident, email=resident.email)


def waits(me: Any) -> list[str]:
    return [wait.action for wait in waiting.of(Mine(me.municipality, me))]


def promise(report: Any, handler: Any, asked_by: Any = None) -> Any:
    """A promise on this report that is called done, by itself or as the report is closed (``asked_by``)."""
    made = making.promise_for(
        trajectory=report.trajectory,
        origins=[report],
        text="Een bank.",
        deadline=LATER,
        owner=handler,
        by=handler,
    )
    return moving.move(commitment=made, status="done", by=handler, text="Zij staat er.", asked_by=asked_by)


def invited(me: Any, trajectory: Any, **fields: Any) -> Any:
    EnrolmentFactory(trajectory=trajectory, participant=me, status=EnrolmentStatus.INVITED)
    return InvitationFactory(mail=True, trajectory=trajectory, participant=me, **fields)


def objected(me: Any, schouw: Any, **fields: Any) -> Any:
    """My report is hidden, I did not agree, and somebody answered."""
    hidden = ReportFactory(schouw=schouw, author=me, hidden=True)
    given = {"outcome": "refused", "answer": "Nee.", "answered_at": timezone.now(), **fields}
    return ObjectionFactory(decision=ModerationDecisionFactory(target=hidden), **given)


def test_nothing_waits_for_who_did_nothing(me: Any, resident_client: Client) -> None:
    assert waits(me) == []
    assert "Nothing waits for you now." in resident_client.get(PAGE).content.decode()


def test_a_report_waits_until_its_author_judged(schouw: Any, me: Any) -> None:
    mine = ReportFactory(schouw=schouw, author=me, done=True)
    ReportFactory(schouw=schouw, author=me)
    ReportFactory(schouw=schouw, done=True)
    assert waits(me) == ["Say whether it is solved"]
    reports.judge(report=mine, value="no")
    assert waits(me) == []


def test_a_promise_waits_for_who_was_asked_about_its_last_round(report: Any, handler: Any, me: Any) -> None:
    SupportFactory(report=report, participant=me)
    made = promise(report, handler)
    assert waits(me) == ["Say whether it was kept"]
    assert waits(ParticipantFactory()) == []
    judging.judge(commitment=made, participant=me, value="yes", round_number=1)
    assert waits(me) == []
    moving.reopen(commitment=made, by=None)
    assert waits(me) == []
    moving.move(commitment=made, status="done", by=handler, text="Nu wel.")
    assert waits(me) == ["Say whether it was kept"]


def test_who_judges_the_report_itself_is_not_asked_twice(report: Any, handler: Any, me: Any) -> None:
    report.author = me
    report.save()
    promise(report, handler, asked_by=report)
    assert waits(me) == []


def test_a_meeting_waits_until_it_is_answered_cancelled_or_begun(me: Any) -> None:
    row = AttendanceFactory(participant=me)
    AttendanceFactory(participant=me, answer="yes")
    AttendanceFactory(participant=me, meeting__past=True)
    AttendanceFactory(participant=me, meeting__status=MeetingStatus.CANCELLED, meeting__reason="Storm")
    assert waits(me) == ["Say whether you come"]
    row.answer = "no"
    row.save()
    assert waits(me) == []


def test_an_invitation_waits_while_it_is_valid(schouw: Any, me: Any) -> None:
    invited(me, schouw.trajectory)
    assert waits(me) == ["Say whether you take part"]
    Invitation.objects.update(expires_at=timezone.now())
    assert waits(me) == []
    Invitation.objects.update(expires_at=timezone.now() + timedelta(days=1))
    Enrolment.objects.update(status=EnrolmentStatus.ACTIVE)
    assert waits(me) == []


def test_an_answer_to_an_objection_waits_a_while(schouw: Any, me: Any) -> None:
    objected(me, schouw)
    assert waits(me) == ["Read the answer"]
    Objection.objects.update(answered_at=timezone.now() - timedelta(days=31))
    assert waits(me) == []


def test_an_answer_that_was_opened_from_the_inbox_waits_no_more(
    schouw: Any, me: Any, resident: Any, resident_client: Client
) -> None:
    message = NotificationFactory(
        in_app=True, user=resident, key=objecting.ANSWERED, about=objected(me, schouw), path=PAGE
    )
    (wait,) = waiting.of(Mine(me.municipality, me))
    assert wait.url == f"/polderwijk/berichten/{message.pk}/"
    resident_client.get(wait.url)
    assert Notification.objects.get(pk=message.pk).read_at
    assert waits(me) == []


def test_what_ends_soonest_comes_first_then_what_waits_longest(schouw: Any, me: Any) -> None:
    ReportFactory(schouw=schouw, author=me, done=True)
    objected(me, schouw)
    AttendanceFactory(participant=me)
    invited(me, schouw.trajectory, expires_at=timezone.now() + timedelta(days=2))
    Objection.objects.update(answered_at=timezone.now() - timedelta(days=20))
    assert waits(me) == [
        "Say whether you take part",
        "Say whether you come",
        "Read the answer",
        "Say whether it is solved",
    ]


def test_thirty_of_everything_take_as_many_statements_as_one(
    schouw: Any, handler: Any, me: Any, areas: list[Any], resident_client: Client
) -> None:
    me.home_area = areas[0]
    me.save()

    def more() -> None:
        report = ReportFactory(schouw=schouw, author=me, area=areas[0], done=True)
        VerdictFactory(target=report, participant=me)
        FollowFactory(participant=me, target=report)
        ReportFactory(schouw=schouw, author=me, area=areas[0], done=True)
        promise(ReportFactory(schouw=schouw, author=me, area=areas[0]), handler)
        meeting = AttendanceFactory(participant=me).meeting
        AttendanceFactory(participant=me, meeting__trajectory=meeting.trajectory, answer="yes")
        invited(me, meeting.trajectory)
        objected(me, schouw)
        CommitmentFactory(trajectory=schouw.trajectory, owner=None, owner_participant=me, area=areas[0])

    def statements() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert resident_client.get(PAGE).status_code == 200
        return len(asked)

    more()
    statements()
    one = statements()
    for _ in range(30):
        more()
    assert statements() == one
    assert one < 30
