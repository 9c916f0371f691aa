"""The made-up country that is measured with (trajecten/scale)."""

from collections import Counter
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db.models import F
from django.test import Client
from django_scopes import scopes_disabled

from buurtschouw.enums import ReportStatus
from buurtschouw.models import Report
from trajecten import registry
from trajecten.enums import CommitmentStatus
from trajecten.models import (
    Attendance,
    Commitment,
    CommitmentOrigin,
    CouncilItem,
    CouncilLine,
    Enrolment,
    Follow,
    Meeting,
    Municipality,
    Participant,
    Trajectory,
)
from trajecten.scale import country, together

SMALL = {"municipalities": 3, "participants": 100, "contributions": 401, "promises": 37}


def load() -> str:
    said = StringIO()
    call_command("load_scale", stdout=said, stderr=StringIO(), **SMALL)
    return said.getvalue()


@pytest.fixture
def loaded(db: None) -> str:
    return load()


def counted() -> dict[str, int]:
    with scopes_disabled():
        return {
            "municipalities": Municipality.objects.count(),
            "participants": Participant.objects.count(),
            "contributions": Report.objects.count(),
            "promises": Commitment.objects.count(),
        }


def test_there_is_exactly_what_was_asked_for(loaded: str) -> None:
    assert counted() == SMALL
    assert loaded.startswith("3 municipalities loaded in")


def test_the_first_municipality_is_the_largest(loaded: str) -> None:
    with scopes_disabled():
        sizes = Counter(Report.objects.values_list("municipality__slug", flat=True))
    assert [sizes[country.slug(n)] for n in (1, 2, 3)] == [145, 133, 123]


def test_loading_again_changes_nothing(loaded: str) -> None:
    assert load().startswith("0 municipalities loaded")
    assert counted() == SMALL


def test_a_run_that_was_broken_off_goes_on_where_it_was(db: None, monkeypatch: Any) -> None:
    class BrokenOff(Exception):
        pass

    def stop(done: int, of: int) -> None:
        if done == 2:
            raise BrokenOff

    with pytest.raises(BrokenOff):
        country.load(country.Sizes(**SMALL), stop)
    assert counted()["municipalities"] == 2
    assert load().startswith("1 municipalities loaded")
    assert counted() == SMALL


def test_every_method_has_a_trajectory_in_every_municipality(loaded: str) -> None:
    with scopes_disabled():
        found = Counter(Trajectory.objects.values_list("method_key", flat=True))
    assert found == {method.key: 3 for method in registry.methods()}


def test_reports_and_promises_are_in_many_states_and_each_promise_answers_a_report(loaded: str) -> None:
    with scopes_disabled():
        reports = set(Report.objects.values_list("status", flat=True))
        promises = set(Commitment.objects.values_list("status", flat=True))
        origins = CommitmentOrigin.objects.all()
        assert len({origin.commitment_id for origin in origins}) == SMALL["promises"]
        assert all(origin.contribution.municipality_id == origin.municipality_id for origin in origins)
    assert reports == set(ReportStatus) - {ReportStatus.WAITING, ReportStatus.MERGED}
    assert promises == set(CommitmentStatus) - {CommitmentStatus.WITHDRAWN}


def test_people_take_part_meet_follow_and_put_things_to_the_council(loaded: str) -> None:
    with scopes_disabled():
        asked = Attendance.objects.filter(participant__enrolments__trajectory=F("meeting__trajectory"))
        assert asked.count() == Attendance.objects.count() > 0
        groups = Enrolment.objects.filter(trajectory__method_key="youth").in_places()
        assert 0 < groups.filter(trajectory=Trajectory.objects.filter(method_key="youth")[0]).count() <= 16
        assert Meeting.objects.count() == 3 * len(registry.methods()) * together.MEETINGS
        assert {row.municipality_id for row in Follow.objects.all()} == {
            row.pk for row in Municipality.objects.all()
        }
        assert CouncilLine.objects.count() == CouncilItem.objects.count() * together.POINTS > 0


def test_its_pages_open(loaded: str) -> None:
    for path in ("", "meldingen/"):
        assert Client().get(f"/{country.slug(1)}/{path}").status_code == 200


def test_it_is_refused_where_others_use_the_portal(municipality: Any, settings: Any) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match="a database of its own"):
        load()
    assert counted()["municipalities"] == 1


def test_beside_the_demo_it_may(municipality: Any, settings: Any) -> None:
    settings.DEMO = True
    load()
    assert counted()["municipalities"] == 4
