"""What a report of a walk has beyond one of the page: its kind, its stop, when it was seen and who saw it."""

import uuid
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from django.contrib.gis.geos import Point

from buurtschouw.domain import intake, questions
from buurtschouw.enums import ReportKind, ReportOrigin
from buurtschouw.models import Report
from tests.factories.core import ParticipantFactory, UserFactory
from tests.factories.walking import StopFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_scope", "english")]

SEEN = datetime(2026, 5, 9, 10, 30, tzinfo=timezone(timedelta(hours=2)))


@pytest.fixture
def seen(schouw: Any, category: Any, areas: Any) -> dict[str, Any]:
    """As a phone sends it for the second time or the first."""
    return {
        "schouw": schouw,
        "key": uuid.uuid4(),
        "category": category,
        "text": "De bank staat in de zon.",
        "point": Point(4.915, 52.51, srid=4326),
        "kind": ReportKind.COMPLIMENT,
        "origin": ReportOrigin.WALK,
        "stop": StopFactory(schouw=schouw),
        "observed_at": SEEN,
        "author": ParticipantFactory(municipality=schouw.municipality, display_name="Loper"),
    }


def test_it_is_kept_with_all_its_facts(seen: Any) -> None:
    intake.receive(**seen)
    kept = Report.objects.get()
    for name in ("kind", "origin", "stop", "observed_at", "author"):
        assert getattr(kept, name) == seen[name]


@pytest.mark.parametrize(
    "change",
    [{"kind": ReportKind.IDEA}, {"stop": None}, {"observed_at": SEEN + timedelta(seconds=1)}],
)
def test_another_kind_stop_or_moment_under_the_same_key_is_another_report(seen: Any, change: Any) -> None:
    intake.receive(**seen)
    with pytest.raises(intake.KeyConflict):
        intake.receive(**{**seen, **change})


def test_the_same_by_another_way_or_in_another_zone_of_time_is_the_same_report(seen: Any) -> None:
    first = intake.receive(**seen)
    london = SEEN.astimezone(timezone(timedelta(hours=1)))
    again = intake.receive(**{**seen, "origin": ReportOrigin.PAPER, "observed_at": london})
    assert (again.report, again.is_new) == (first.report, False)


def test_who_knows_no_kinds_keeps_the_mark_that_was_made_before_there_were_kinds(
    schouw: Any, category: Any
) -> None:
    """The mark of a report that came in before this code, computed by that code for these values."""
    schouw.pk, category.pk = 1, 2
    mark = intake._fingerprint(
        schouw=schouw,
        category=category.pk,
        text="Kuil",
        point=None,
        address="bij de brug",
        said=questions.NOTHING,
        email="A@example.org",
        kind=ReportKind.PROBLEM,
        stop=None,
        observed_at=None,
    )
    assert mark == "776b4d975064bcb822a268a27ce2a81591bd9d9daa1cfaea32f611bf7d12c3b0"


def test_a_phone_whose_clock_is_ahead_saw_it_now(seen: Any) -> None:
    ahead = datetime.now(tz=UTC) + timedelta(days=3)
    first = intake.receive(**{**seen, "observed_at": ahead})
    assert first.report.observed_at < ahead - timedelta(days=2)
    assert not intake.receive(**{**seen, "observed_at": ahead}).is_new


def test_the_walker_is_the_author_also_when_an_official_hands_it_in(seen: Any) -> None:
    received = intake.receive(**seen, by=UserFactory())
    assert received.report.author == seen["author"]


def test_it_is_found_again_by_what_was_sent(seen: Any) -> None:
    received = intake.receive(**seen)
    sent = {name: seen[name] for name in ("schouw", "key", "text", "point", "kind", "observed_at")}
    again = intake.received_before(
        **sent,
        category=seen["category"].pk,
        stop=seen["stop"].pk,
        address="",
        said=questions.NOTHING,
        email="",
    )
    assert again == intake.Received(received.report, is_new=False)
