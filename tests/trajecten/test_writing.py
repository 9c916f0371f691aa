"""Rows that belong together, in one statement."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.gis.geos import Point
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from buurtschouw.models import Report
from tests.factories.buurtschouw import ReportFactory
from trajecten.domain import activities, participants, writing
from trajecten.domain.telling import notify, waking
from trajecten.models import Activity, Consent, Notification, Participant


def _report(like: Report, **changed: Any) -> Report:
    """A report that is not stored yet, with the required columns of another."""
    names = (
        "municipality",
        "trajectory",
        "schouw",
        "category",
        "text",
        "fingerprint",
        "answer_by",
        "due_on",
        "point",
    )
    return Report(**{name: getattr(like, name) for name in names}, **changed)


@pytest.fixture
def stored(schouw: Any, category: Any) -> Report:
    return ReportFactory(schouw=schouw, category=category)


def test_rows_get_their_keys_and_point_at_each_other(stored: Report) -> None:
    guest = participants.new_guest(municipality=stored.municipality, email="Nieuw@Example.org", language="nl")
    report = _report(stored, author=guest.row, key="6a1f4a0e-5cde-4f5c-9c2d-3f6c1c0a9b11")
    log = activities.activity(verb="reported", target=report, by=guest.row, is_public=True)

    with CaptureQueriesContext(connection) as captured:
        writing.insert(guest, participants.contact_consent(participant=guest.row), writing.New(report), log)

    assert len(captured) == 1
    read = Report.objects.get(pk=report.pk)
    assert read.author == Participant.objects.get(email="nieuw@example.org")
    assert Consent.objects.get(participant=read.author).municipality == stored.municipality
    assert Activity.objects.get(pk=log.row.pk).target == read
    assert (log.row.object_id, log.row.actor_participant_id) == (report.pk, read.author_id)


def test_a_row_is_what_the_orm_would_have_stored(stored: Report) -> None:
    by_orm = _report(stored, key="6a1f4a0e-5cde-4f5c-9c2d-3f6c1c0a9b12", accuracy=8, address="Dijk 1")
    by_orm.save()
    by_us = _report(stored, key="6a1f4a0e-5cde-4f5c-9c2d-3f6c1c0a9b13", accuracy=8, address="Dijk 1")
    writing.insert(writing.New(by_us))

    same = {"id", "key", "token", "created_at"}
    one, other = (Report.objects.filter(pk=row.pk).values().get() for row in (by_orm, by_us))
    assert {k: v for k, v in one.items() if k not in same} == {
        k: v for k, v in other.items() if k not in same
    }
    assert timezone.now() - other["created_at"] < timedelta(minutes=1)


def test_a_row_without_place_is_stored_too(stored: Report) -> None:
    placeless = _report(stored, key="6a1f4a0e-5cde-4f5c-9c2d-3f6c1c0a9b14", address="Bij de brug")
    placeless.point = None
    writing.insert(writing.New(placeless))
    assert Report.objects.get(pk=placeless.pk).point is None


def test_a_known_guest_is_found_again(in_scope: Any) -> None:
    first = participants.guest(municipality=in_scope, email="bewoner@example.org", language="nl")
    again = participants.guest(municipality=in_scope, email="BEWONER@example.org ", language="en")
    assert (again.pk, Participant.objects.count()) == (first.pk, 1)


def test_a_row_that_a_conflict_leaves_out_has_no_key(in_scope: Any) -> None:
    guest = participants.guest(municipality=in_scope, email="bewoner@example.org", language="nl")
    participants.allow_contact(participant=guest)
    again = participants.contact_consent(participant=guest)
    writing.insert(again)
    assert (again.row.pk, Consent.objects.count()) == (None, 1)


def test_one_row_that_is_refused_keeps_all_of_them_out(stored: Report) -> None:
    guest = participants.new_guest(municipality=stored.municipality, email="x@example.org", language="nl")
    twice = _report(stored, key=stored.key, author=guest.row)
    with pytest.raises(IntegrityError), transaction.atomic():
        writing.insert(guest, writing.New(twice))
    assert not Participant.objects.filter(email="x@example.org").exists()


def test_what_visitors_type_is_never_sql(stored: Report) -> None:
    typed = "%s'); DROP TABLE buurtschouw_report; --"
    report = _report(stored, key="6a1f4a0e-5cde-4f5c-9c2d-3f6c1c0a9b15")
    report.text = typed
    report.point = Point(4.9, 52.5, srid=4326)
    writing.insert(writing.New(report))
    assert Report.objects.get(pk=report.pk).text == typed


def test_an_owed_message_is_in_the_same_statement(
    stored: Report, django_capture_on_commit_callbacks: Any
) -> None:
    guest = participants.new_guest(municipality=stored.municipality, email="x@example.org", language="nl")
    with django_capture_on_commit_callbacks() as after:
        owed = notify.owed(
            key="buurtschouw.report_received",
            to=guest.row,
            municipality=stored.municipality,
            about=stored,
            delivery_key="once",
        )
        writing.insert(guest, owed)
    assert Notification.objects.get(delivery_key="once").participant_id == guest.row.pk
    assert after == [waking.wake]
