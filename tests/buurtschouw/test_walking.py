"""Coming in to walk along, and what a walker saw."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.gis.geos import Point
from django.utils import timezone

from buurtschouw.domain import answering, intake, report_photos, walking
from buurtschouw.enums import ReportOrigin
from buurtschouw.method import LATE_SENDING_DAYS
from buurtschouw.models import Report
from tests.factories.buurtschouw import SchouwFactory
from tests.factories.core import ParticipantFactory
from tests.factories.enrolment import EnrolmentFactory
from trajecten.domain.enrolment import leaving
from trajecten.domain.enrolment.refusals import EnrolmentRefused
from trajecten.enums import EnrolmentStatus, ParticipantKind
from trajecten.models import Enrolment, Notification, Participant

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_scope", "english")]


def guest(schouw: Any, name: str = "Ria", email: str = "", key: Any = None) -> Enrolment:
    given = {"key": key or uuid.uuid4(), "name": name, "email": email, "language": "nl"}
    return walking.join_as_guest(schouw=schouw, **given)


def seen(walker: Enrolment, schouw: Any, category: Any, **changes: Any) -> intake.Received:
    given = {
        "key": uuid.uuid4(),
        "kind": "problem",
        "category": category,
        "text": "De tegels liggen los.",
        "observed_at": timezone.now() - timedelta(minutes=5),
        "point": Point(4.915, 52.51, srid=4326),
    }
    return walking.observe(walker=walker, schouw=schouw, **{**given, **changes})


# -- Coming in ------------------------------------------------------------------------------------------------


def test_who_turns_up_gives_a_name_and_is_in(schouw: Any) -> None:
    mine = guest(schouw)
    assert (mine.status, mine.participant.display_name, mine.participant.email) == ("active", "Ria", None)
    assert not Notification.objects.exists()


def test_the_same_form_twice_is_one_walker(schouw: Any) -> None:
    key = uuid.uuid4()
    assert guest(schouw, key=key) == guest(schouw, key=key)
    assert guest(schouw, name="Sjoerd", key=key) != guest(schouw, key=key)
    assert Enrolment.objects.count() == 2


def test_with_an_address_one_is_mailed(schouw: Any) -> None:
    mine = guest(schouw, email="ria@example.org")
    assert mine.participant.email == "ria@example.org"
    assert Notification.objects.get().key == "trajecten.joined"


def test_an_address_that_somebody_has_opens_nothing_of_theirs(schouw: Any) -> None:
    theirs = EnrolmentFactory(trajectory=schouw.trajectory, participant__email="ria@example.org")
    key = uuid.uuid4()
    mine = guest(schouw, email="ria@example.org", key=key)
    assert mine.participant != theirs.participant
    assert mine.token != theirs.token
    assert mine.participant.email is None
    assert guest(schouw, email="ria@example.org", key=key) == mine
    told = Notification.objects.get()
    assert (told.key, told.participant, told.about) == ("trajecten.joined", theirs.participant, theirs)


def test_who_has_an_account_comes_in_as_themselves_once(schouw: Any, resident: Any) -> None:
    mine = walking.join(schouw=schouw, user=resident)
    assert walking.join(schouw=schouw, user=resident) == mine
    assert (mine.participant.user, mine.participant.kind) == (resident, ParticipantKind.RESIDENT)


def test_an_official_walks_along_as_an_official(schouw: Any, handler: Any) -> None:
    assert walking.join(schouw=schouw, user=handler).participant.kind == ParticipantKind.OFFICIAL


@pytest.mark.parametrize(("step", "says"), [("preparation", "not begun"), ("feedback", "over")])
def test_outside_the_walk_nobody_new_comes_in_and_hears_why(
    municipality: Any, resident: Any, step: str, says: str
) -> None:
    schouw = SchouwFactory(step=step)
    known = EnrolmentFactory(trajectory=schouw.trajectory, participant__user=resident)
    with pytest.raises(EnrolmentRefused, match=says):
        guest(schouw)
    assert walking.join(schouw=schouw, user=resident) == known
    assert Participant.objects.count() == 1


def test_a_walk_to_come_that_takes_reports_already_is_not_called_over(in_scope: Any) -> None:
    assert "not begun" in walking.why_nobody_joins(
        SchouwFactory(
            step="preparation", keeps_reporting_open=True, walk_at=timezone.now() + timedelta(days=9)
        )
    )


# -- What was seen --------------------------------------------------------------------------------------------


def test_the_walker_is_the_author_and_is_mailed_once_a_day(schouw: Any, category: Any) -> None:
    mine = guest(schouw, email="ria@example.org")
    Notification.objects.all().delete()
    made = [seen(mine, schouw, category, text=text).report for text in ("Een.", "Twee.", "Drie.")]
    assert {report.author for report in made} == {mine.participant}
    assert {report.origin for report in made} == {ReportOrigin.WALK}
    told = Notification.objects.get()
    assert (told.key, told.about, told.participant) == (
        "buurtschouw.walk_received",
        made[0],
        mine.participant,
    )


def test_what_was_seen_before_somebody_stopped_is_taken_and_what_after_it_not(
    schouw: Any, category: Any
) -> None:
    mine = guest(schouw)
    leaving.leave(enrolment=mine, by=mine.participant)
    mine.refresh_from_db()
    assert mine.status == EnrolmentStatus.LEFT
    key = uuid.uuid4()
    assert seen(mine, schouw, category, key=key).is_new
    later = timezone.now() + timedelta(minutes=1)
    with pytest.raises(intake.IntakeRefused, match="any more"):
        seen(mine, schouw, category, observed_at=later)
    assert Report.objects.count() == 1


def test_photos_of_a_walk_come_late_and_after_an_answer_on_the_spot(
    schouw: Any, category: Any, handler: Any
) -> None:
    report = seen(guest(schouw), schouw, category).report
    answering.answer(report=report, by=handler, version=1, status="done", message="Meteen gedaan.")
    report.refresh_from_db()
    assert report_photos.refusal(report) == ""
    long_ago = timezone.now() - timedelta(days=LATE_SENDING_DAYS, minutes=1)
    Report.objects.filter(pk=report.pk).update(created_at=long_ago)
    report.refresh_from_db()
    assert "finished" in report_photos.refusal(report)


def test_nobody_else_becomes_the_author(schouw: Any, category: Any, handler: Any) -> None:
    mine = EnrolmentFactory(trajectory=schouw.trajectory, participant=ParticipantFactory())
    received = seen(mine, schouw, category, handed_in_by=handler)
    assert received.report.author == mine.participant
