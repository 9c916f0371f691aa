"""What the database itself refuses: changing or removing what was recorded."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django_scopes import ScopeError

from tests.factories.core import (
    ActivityFactory,
    ParticipantFactory,
    StepRecordFactory,
    TrajectoryFactory,
    UserFactory,
)
from trajecten.models import Activity, Municipality, StepRecord


@pytest.fixture
def record(in_scope: Any) -> Any:
    return StepRecordFactory(by=UserFactory())


@pytest.fixture
def activity(in_scope: Any) -> Any:
    return ActivityFactory(
        target=TrajectoryFactory(),
        actor_user=UserFactory(),
        actor_participant=ParticipantFactory(),
        details={"n": 1},
    )


def refused(act: Any) -> None:
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        act()


@pytest.mark.parametrize(
    "change", [{"reason": "Anders."}, {"event": "closed"}, {"by": None}, {"step": "walk"}]
)
def test_a_step_record_does_not_change(record: Any, change: dict[str, Any]) -> None:
    before = StepRecord.objects.values().get()
    refused(lambda: StepRecord.objects.update(**change))
    assert StepRecord.objects.values().get() == before


def test_a_step_record_does_not_go(record: Any) -> None:
    refused(lambda: StepRecord.objects.filter(pk=record.pk)._raw_delete("default"))
    assert StepRecord.objects.filter(pk=record.pk).exists()


@pytest.mark.parametrize(
    "change", [{"verb": "noticed"}, {"details": {}}, {"is_public": True}, {"object_id": 7}]
)
def test_an_activity_does_not_change(activity: Any, change: dict[str, Any]) -> None:
    refused(lambda: Activity.objects.update(**change))
    activity.refresh_from_db()
    assert (activity.verb, activity.details, activity.is_public) == ("noted", {"n": 1}, False)


def test_an_activity_does_not_go(activity: Any) -> None:
    refused(lambda: Activity.objects.filter(pk=activity.pk)._raw_delete("default"))
    assert Activity.objects.filter(pk=activity.pk).exists()


@pytest.mark.parametrize("actor", ["actor_user", "actor_participant"])
def test_who_leaves_becomes_nobody_in_the_log(activity: Any, actor: str) -> None:
    getattr(activity, actor).delete()
    activity.refresh_from_db()
    assert (getattr(activity, actor), activity.verb) == (None, "noted")


@pytest.mark.parametrize(
    ("actor", "factory"), [("actor_user", UserFactory), ("actor_participant", ParticipantFactory)]
)
def test_an_act_is_not_put_in_another_s_name(activity: Any, actor: str, factory: Any) -> None:
    other = factory()
    refused(lambda: Activity.objects.update(**{actor: other}))


def test_raw_sql_is_refused_as_well(activity: Any) -> None:
    def change() -> None:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE trajecten_activity SET at = now() - interval '1 day'")

    refused(change)


def test_without_a_municipality_no_row_of_one_is_read(municipality: Municipality) -> None:
    with pytest.raises(ScopeError):
        list(Activity.objects.all())
