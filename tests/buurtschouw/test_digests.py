"""Mail for handlers: what is new in their themes, at most once an hour."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from buurtschouw.domain import digests
from buurtschouw.models import Report
from tests.factories.buurtschouw import CategoryFactory, ReportFactory
from tests.factories.core import TeamFactory
from trajecten.domain import notify
from trajecten.models import Notification

pytestmark = pytest.mark.django_db


@pytest.fixture
def theme(in_scope: Any, handler: Any) -> Any:
    return CategoryFactory(name="Van mij", team=TeamFactory(name="Straat", members=[handler]))


def owed(handler: Any) -> list[Notification]:
    return list(Notification.objects.filter(user=handler, key=digests.DIGEST).order_by("id"))


def test_new_reports_in_their_themes_make_one_digest(schouw: Any, theme: Any, handler: Any) -> None:
    for _ in range(3):
        ReportFactory(schouw=schouw, category=theme)
    assert digests.owe_digests() == 1
    mail = notify.compose(owed(handler)[0])
    assert mail.to == [handler.email]
    assert "3" in mail.subject
    assert mail.body.count("/werk/meldingen/") >= 3


def test_other_people_s_themes_make_none(schouw: Any, theme: Any, handler: Any) -> None:
    ReportFactory(schouw=schouw, category=CategoryFactory(name="Van anderen"))
    assert digests.owe_digests() == 0
    assert owed(handler) == []


def test_nothing_new_makes_none(schouw: Any, theme: Any, handler: Any) -> None:
    assert digests.owe_digests() == 0


def test_within_the_hour_there_is_no_second_one(schouw: Any, theme: Any, handler: Any) -> None:
    ReportFactory(schouw=schouw, category=theme)
    digests.owe_digests()
    with time_machine.travel(timezone.now() + timedelta(minutes=59), tick=False):
        ReportFactory(schouw=schouw, category=theme)
        assert digests.owe_digests() == 0
    assert len(owed(handler)) == 1


def test_the_next_begins_where_the_last_ended(schouw: Any, theme: Any, handler: Any) -> None:
    ReportFactory(schouw=schouw, category=theme)
    digests.owe_digests()
    with time_machine.travel(timezone.now() + timedelta(minutes=61), tick=False):
        late = ReportFactory(schouw=schouw, category=theme)
        assert digests.owe_digests() == 1
        first, second = owed(handler)
        assert second.context["since"] == first.context["until"]
        body = notify.compose(second).body
    assert f"/werk/meldingen/{late.pk}/" in body
    assert body.count("/werk/meldingen/") <= 2


def test_running_twice_at_the_same_moment_owes_one(schouw: Any, theme: Any, handler: Any) -> None:
    ReportFactory(schouw=schouw, category=theme)
    with time_machine.travel(timezone.now() + timedelta(seconds=1), tick=False):
        digests.owe_digests()
        digests.owe_digests()
    assert len(owed(handler)) == 1


def test_the_first_digest_looks_back_one_day(schouw: Any, theme: Any, handler: Any) -> None:
    report = ReportFactory(schouw=schouw, category=theme)
    Report.objects.filter(pk=report.pk).update(created_at=timezone.now() - timedelta(days=2))
    assert digests.owe_digests() == 0
