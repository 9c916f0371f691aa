"""What a walker scores: once each, the newest stands, however and how often it comes."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from django_scopes import scope
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from buurtschouw.domain import scoring
from buurtschouw.domain.scoring import Mark
from buurtschouw.models import Score
from tests.factories.buurtschouw import SchouwFactory
from tests.factories.core import ParticipantFactory
from tests.factories.walking import StatementFactory, StopFactory
from trajecten.domain import participants
from trajecten.domain.my_data import erasing
from trajecten.enums import ErasedWords
from trajecten.models import Activity

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_scope", "english")]

THEN = datetime(2026, 5, 9, 10, 0, tzinfo=UTC)


@pytest.fixture
def stop(schouw: Any) -> Any:
    return StopFactory(schouw=schouw)


@pytest.fixture
def statement(schouw: Any, category: Any) -> Any:
    made = StatementFactory(category=category)
    schouw.statements.add(made)
    return made


@pytest.fixture
def walker(schouw: Any) -> Any:
    return ParticipantFactory(municipality=schouw.municipality)


@pytest.fixture
def mark(stop: Any, statement: Any) -> Any:
    def made(value: int, minutes: float = 0) -> Mark:
        return Mark(stop.pk, statement.pk, value, THEN + timedelta(minutes=minutes))

    return made


def values() -> list[tuple[int, datetime]]:
    return list(Score.objects.values_list("value", "scored_at"))


def test_a_score_is_kept_and_changed(schouw: Any, walker: Any, mark: Any) -> None:
    scoring.record(schouw=schouw, walker=walker, marks=[mark(2)])
    scoring.record(schouw=schouw, walker=walker, marks=[mark(5, 1)])
    assert values() == [(5, THEN + timedelta(minutes=1))]


def test_in_whatever_order_and_however_often_they_come_the_newest_stands(
    schouw: Any, walker: Any, mark: Any
) -> None:
    marks = [mark(1), mark(4, 2), mark(3, 1), mark(2, 2)]
    for order in permutations(marks):
        Score.objects.all().delete()
        for each in (*order, order[0]):
            scoring.record(schouw=schouw, walker=walker, marks=[each])
        assert values() == [(4, THEN + timedelta(minutes=2))]


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(given_marks=st.lists(st.tuples(st.integers(1, 5), st.integers(0, 3)), min_size=1, max_size=6))
def test_all_at_once_is_the_same_as_one_by_one(
    schouw: Any, walker: Any, mark: Any, given_marks: list[tuple[int, int]]
) -> None:
    Score.objects.all().delete()
    marks = [mark(value, minutes) for value, minutes in given_marks]
    scoring.record(schouw=schouw, walker=walker, marks=marks)
    newest = max(marks, key=lambda each: (each.scored_at, each.value))
    assert values() == [(newest.value, newest.scored_at)]


def test_the_log_says_it_when_something_changed_only(schouw: Any, walker: Any, mark: Any) -> None:
    for _ in range(3):
        scoring.record(schouw=schouw, walker=walker, marks=[mark(4)])
    logged = Activity.objects.get(verb="scored")
    assert (logged.actor_participant, logged.details) == (walker, {"scores": 1})


def test_each_that_can_t_be_kept_says_why_and_the_rest_is_kept(
    schouw: Any, walker: Any, mark: Any, stop: Any, statement: Any, category: Any
) -> None:
    elsewhere = StopFactory(schouw=SchouwFactory(municipality=schouw.municipality, categories=[category]))
    not_asked = StatementFactory(category=category)
    wrong = [
        Mark(elsewhere.pk, statement.pk, 3, THEN),
        Mark(stop.pk, not_asked.pk, 3, THEN),
        Mark(stop.pk, statement.pk, 6, THEN),
    ]
    recorded = scoring.record(schouw=schouw, walker=walker, marks=[*wrong, mark(3)])
    assert recorded.kept == (mark(3),)
    assert [each for each, _why in recorded.refused] == wrong
    assert ["no longer on the route" in recorded.refused[0][1], "list" in recorded.refused[1][1]] == [
        True
    ] * 2
    assert "1 to 5" in recorded.refused[2][1]
    assert len(values()) == 1


def test_a_clock_that_is_ahead_counts_as_now(schouw: Any, walker: Any, stop: Any, statement: Any) -> None:
    ahead = timezone.now() + timedelta(days=400)
    scoring.record(schouw=schouw, walker=walker, marks=[Mark(stop.pk, statement.pk, 2, ahead)])
    scoring.record(schouw=schouw, walker=walker, marks=[Mark(stop.pk, statement.pk, 5, ahead)])
    ((value, at),) = values()
    assert value == 5
    assert at <= timezone.now()


def test_what_was_scored_after_somebody_stopped_is_refused(schouw: Any, walker: Any, mark: Any) -> None:
    recorded = scoring.record(schouw=schouw, walker=walker, marks=[mark(3, 5), mark(2)], left_at=THEN)
    assert (len(recorded.kept), len(recorded.refused)) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_two_phones_of_one_walker_at_once_never_hold_each_other_up(
    schouw: Any, walker: Any, category: Any
) -> None:
    places = []
    for _ in range(6):
        made = StatementFactory(category=category)
        schouw.statements.add(made)
        places.append((StopFactory(schouw=schouw).pk, made.pk))

    def send(number: int) -> None:
        try:
            with scope(municipality=schouw.municipality):
                order = places if number % 2 else places[::-1]
                at = THEN + timedelta(minutes=number)
                marks = [Mark(stop, statement, number % 5 + 1, at) for stop, statement in order]
                scoring.record(schouw=schouw, walker=walker, marks=marks)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(send, range(16)))
    assert set(values()) == {(1, THEN + timedelta(minutes=15))}
    assert Score.objects.count() == 6


def test_a_guest_who_becomes_an_account_has_the_newest_of_both(schouw: Any, resident: Any, mark: Any) -> None:
    account = participants.of_user(municipality=schouw.municipality, user=resident)
    guest = ParticipantFactory(municipality=schouw.municipality, email="gast@example.org")
    scoring.record(schouw=schouw, walker=account, marks=[mark(1)])
    scoring.record(schouw=schouw, walker=guest, marks=[mark(4, 1)])
    participants.adopt_guests(user=resident, email="gast@example.org")
    assert list(Score.objects.values_list("walker", "value")) == [(account.pk, 4)]


def test_who_is_erased_goes_on_counting_without_a_name(schouw: Any, walker: Any, mark: Any) -> None:
    scoring.record(schouw=schouw, walker=walker, marks=[mark(4)])
    erasing.erase(participant=walker, words=ErasedWords.NONE)
    assert list(Score.objects.values_list("walker", "value")) == [(None, 4)]
