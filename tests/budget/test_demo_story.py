"""The story of the demo: four trajectories at four moments of the route, each with enough to look at."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from django.db.models import Sum
from django.test import Client, override_settings
from django.utils import timezone
from django_scopes import scope, scopes_disabled

from budget.demo import loading
from budget.demo.loading import CARE, LINDE, POVERTY, YOUTH
from budget.domain.figures import areas, totals, versions
from budget.domain.rounds import counting
from budget.enums import AlternativeState, BallotRule
from budget.models import (
    Alert,
    Alternative,
    AmendmentLine,
    BallotProject,
    BallotResult,
    BudgetQuestion,
    LineFeedback,
    Observation,
    Outcome,
    Programme,
    ProgrammeNote,
    ProjectBallot,
    ProjectVote,
    Round,
    Theme,
    ThemeBallot,
)
from trajecten.demo import people, trajectories
from trajecten.enums import Moderation, NotificationState
from trajecten.models import Commitment, Municipality, Notification, Trajectory, Verdict

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[None]:
    """The people of the core's demo, and all of budgetmonitoring; loaded once."""
    media = tmp_path_factory.mktemp("budget-demo")
    with django_db_blocker.unblock(), transaction.atomic(), override_settings(DEMO=True, MEDIA_ROOT=media):
        people.load()
        trajectories.load()
        loading.load()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def polderwijk(loaded: None) -> Iterator[Municipality]:
    municipality = people.municipality(people.POLDERWIJK)
    with transaction.atomic(), scope(municipality=municipality):
        yield municipality
        transaction.set_rollback(True)


def rows() -> dict[str, int]:
    models = [model for app in ("trajecten", "budget") for model in apps.get_app_config(app).get_models()]
    with scopes_disabled():
        return {model._meta.label: model._base_manager.count() for model in models}


def step_of(title: str) -> str:
    return Trajectory.objects.get(title=title).current_step


def test_loading_again_changes_nothing(polderwijk: Municipality) -> None:
    before = rows()
    loading.load()
    assert rows() == before


def test_the_trajectories_are_at_four_moments(polderwijk: Municipality) -> None:
    titles = (CARE, POVERTY, YOUTH, LINDE)
    assert [step_of(title) for title in titles] == ["themes", "alternative", "monitor", "ballot"]


def test_themes_are_chosen_now(polderwijk: Municipality) -> None:
    assert ThemeBallot.objects.filter(trajectory__title=CARE, confirmed_at__isnull=False).count() == 37
    suggested = Theme.objects.filter(trajectory__title=CARE, is_suggested=True)
    assert suggested.filter(moderation=Moderation.PUBLISHED).count() == 2
    assert suggested.filter(moderation=Moderation.PENDING).count() == 2


def test_themes_and_programmes_were_chosen(polderwijk: Municipality) -> None:
    ballots = ThemeBallot.objects.filter(trajectory__title=POVERTY)
    assert ballots.count() == 91
    assert ballots.filter(participant=None).count() == 10  # on paper
    assert Programme.objects.count() == 7
    assert ProgrammeNote.objects.filter(trajectory__title=POVERTY, area__isnull=False).count() >= 4


def test_questions_are_answered_wait_and_are_overdue(polderwijk: Municipality) -> None:
    asked = BudgetQuestion.objects.filter(trajectory__title=POVERTY)
    assert asked.filter(answered_at__isnull=False).count() == 5
    assert asked.filter(moderation=Moderation.PENDING).count() == 1
    deadlines = asked.filter(answered_at=None).values_list("commitment__deadline", flat=True)
    assert sorted(day < timezone.localdate() for day in deadlines if day) == [False, True]


def test_a_round_is_open_with_alternatives_that_balance(polderwijk: Municipality) -> None:
    found = Round.objects.get(trajectory__title=POVERTY)
    assert found.is_open
    assert 15 <= found.lines.count() <= 22
    finished = Alternative.objects.filter(round=found, state=AlternativeState.FINISHED)
    assert finished.count() == 46
    assert Alternative.objects.filter(round=found, state=AlternativeState.DRAFT).count() == 11
    assert set(finished.annotate(left=Sum("changes__change")).values_list("left", flat=True)) == {0}
    assert counting.counts(found).finished == 46


def test_people_lean(polderwijk: Municipality) -> None:
    together = Alternative.objects.filter(
        round__trajectory__title=POVERTY, state=AlternativeState.FINISHED
    ).values_list("changes__line__code")
    moved = dict(together.annotate(all=Sum("changes__change")))
    assert all(moved[code] > 0 for code in ("6.1", "6.2", "6.3"))
    assert all(moved[code] < 0 for code in ("0.4", "5.5"))


def test_the_council_decided_line_by_line(polderwijk: Municipality) -> None:
    outcome = Outcome.objects.get()
    assert outcome.residents == 62
    assert sum(outcome.lines.values_list("mean", flat=True)) == 0
    points = [row.council_line for row in AmendmentLine.objects.select_related("council_line")]
    assert {point.decision for point in points} == {"adopted", "changed", "rejected"}
    assert all(point.reason for point in points if point.decision != "adopted")
    assert sum(point.adopted_amount or 0 for point in points) == 0
    assert all(bool(point.commitment_id) == bool(point.adopted_amount) for point in points)


def test_the_money_is_followed(polderwijk: Municipality) -> None:
    assert Alert.objects.filter(ended_at=None).exists()
    assert Observation.objects.filter(confirmed_at__isnull=False).count() >= 35
    done = Commitment.objects.get(trajectory__title=YOUTH, status="done", text__icontains="sportbeleid")
    assert Verdict.objects.filter(object_id=done.pk).count() == 4


def test_one_vote_is_counted_and_one_is_open(polderwijk: Municipality) -> None:
    result = BallotResult.objects.get()
    assert result.rule == BallotRule.EQUAL_SHARES
    assert result.outcome["voters"] == 142
    assert len(result.outcome["winners"]) >= 4
    ballot = ProjectBallot.objects.get(trajectory__title=LINDE)
    assert ballot.takes_votes
    assert BallotProject.objects.filter(ballot=ballot).on_ballot().count() == 8
    assert ProjectVote.objects.filter(ballot=ballot).count() == 55


@pytest.mark.parametrize(
    ("title", "address"),
    [
        (CARE, "/themas/"),
        (POVERTY, "/polderwijk/begroting/alternatief/"),
        (YOUTH, "/polderwijk/begroting/bewonersbegroting/"),
        (YOUTH, "/polderwijk/raad/"),
        (YOUTH, "/polderwijk/begroting/volgen/"),
        (YOUTH, "/uitslag/"),
        (LINDE, "/polderwijk/begroting/projecten/"),
    ],
)
def test_the_route_leads_to_what_goes_on(
    polderwijk: Municipality, client: Client, title: str, address: str
) -> None:
    trajectory = Trajectory.objects.get(title=title)
    page = client.get(f"/polderwijk/begroting/traject/{trajectory.pk}/").content.decode()
    ways = [part.split('"')[0] for part in page.split('class="portal-action" href="')[1:]]
    assert any(address in way for way in ways)


def test_officials_have_the_way_to_all_of_it(polderwijk: Municipality, client: Client, settings: Any) -> None:
    settings.STAFF_SECOND_FACTOR = False
    client.force_login(people.account("coordinator.polderwijk"))
    page = client.get("/polderwijk/begroting/werk/")
    assert page.status_code == 200
    names = {each.name for each, _url in page.context["work"]}
    assert {"questions-desk", "monitor-desk", "deliveries", "area-keys"} <= names
    client.force_login(people.account("griffier.polderwijk"))
    names = {each.name for each, _url in client.get("/polderwijk/begroting/werk/").context["work"]}
    assert "monitor-desk" in names
    assert "deliveries" not in names


def test_lines_are_talked_about_and_divided_over_areas(polderwijk: Municipality) -> None:
    assert 55 <= LineFeedback.objects.count() <= 65
    assert LineFeedback.objects.values("task_field").distinct().count() == 12
    budget = versions.versions().of(2025, "realised")
    assert budget is not None
    for code, kind in (("6.3", "own"), ("5.7", "bookings")):
        divided = areas.divided(budget, totals.totals(budget), code)
        assert divided is not None
        assert kind in [part.key.kind for part in divided.keys]
        assert len(divided.shares) == 5


def test_nobody_gets_the_mail_of_months_at_once(polderwijk: Municipality) -> None:
    waiting = Notification.objects.filter(state=NotificationState.QUEUED)
    assert not waiting.exists()
