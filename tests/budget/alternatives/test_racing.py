"""Several at once: nothing counts twice, nothing that was finished is lost, nothing counts after closing."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from time import sleep
from typing import Any

import pytest
from django.db import connection
from django_scopes import scope

from budget.domain.alternatives import beginning, finishing, judging, making
from budget.domain.alternatives.finishing import About
from budget.domain.alternatives.judging import Change
from budget.domain.alternatives.refusals import AlternativeConflict, AlternativeRefused
from budget.domain.rounds import counting, opening
from budget.models import Alternative, Round
from tests.factories.budget import AlternativeFactory
from tests.factories.core import ParticipantFactory
from trajecten.domain import activities

pytestmark = pytest.mark.django_db(transaction=True)

CHANGES = {"5.3": 50, "2.1": -50}


def at_once(municipality: Any, acts: list[Callable[[], Any]]) -> list[Any]:
    """What each gives, or the refusal."""

    def once(act: Callable[[], Any]) -> Any:
        try:
            with scope(municipality=municipality):
                return act()
        except (AlternativeRefused, AlternativeConflict) as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [each.result() for each in [pool.submit(once, act) for act in acts]]


def done(mine: Alternative) -> Callable[[], Any]:
    return lambda: finishing.finish(alternative=mine, expected=mine.revision, about=About())


def test_one_person_in_several_windows_begins_one(found: Any, in_scope: Any) -> None:
    person = ParticipantFactory(municipality=in_scope)
    made = at_once(in_scope, [lambda: beginning.begin(found=found, by=person)] * 4)
    assert len({each.pk for each in made}) == 1 == Alternative.objects.count()


def test_finishing_the_same_twice_at_once_is_once(found: Any, in_scope: Any) -> None:
    mine = AlternativeFactory(round=found, changes=CHANGES)
    made = at_once(in_scope, [done(mine)] * 4)
    assert len({each.finished_at for each in made}) == 1


def test_of_two_who_keep_at_once_one_is_told(found: Any, in_scope: Any, by_code: Any) -> None:
    mine = AlternativeFactory(round=found)
    key = by_code["5.3"].pk
    acts = [
        lambda n=n: making.keep(alternative=mine, given={key: Change(n)}, expected=1) for n in range(1, 5)
    ]
    made = at_once(in_scope, acts)
    assert sum(isinstance(each, AlternativeConflict) for each in made) == 3
    (winner,) = (n for n, each in enumerate(made, 1) if isinstance(each, Alternative))
    assert judging.of(Alternative.objects.get()) == {key: Change(winner)}


def test_what_was_finished_before_closing_counts_and_nothing_else(
    found: Any, in_scope: Any, coordinator: Any
) -> None:
    rows = [AlternativeFactory(round=found, changes=CHANGES) for _ in range(8)]
    acts = [done(row) for row in rows]
    acts.insert(4, lambda: opening.close(found=found, by=coordinator))
    made = at_once(in_scope, acts)
    closed_at = Round.objects.get(pk=found.pk).closed_at
    counted = set(counting.counted(found))
    said = {each for each in made if isinstance(each, Alternative)}
    assert counted == said
    assert all(each.finished_at <= closed_at for each in counted)
    refused = [each for each in made if isinstance(each, AlternativeRefused)]
    assert len(counted) + len(refused) == 8


def test_reopening_while_it_closes_never_loses_what_was_finished_without_saying_so(
    found: Any, in_scope: Any, coordinator: Any
) -> None:
    mine = AlternativeFactory(round=found, finished=True, changes=CHANGES)
    reopened, _closed = at_once(
        in_scope,
        [
            lambda: finishing.reopen(alternative=mine, by=None),
            lambda: opening.close(found=found, by=coordinator),
        ],
    )
    assert counting.counted(found).exists() is isinstance(reopened, AlternativeRefused)


def test_confirming_from_two_mails_at_once_leaves_one(found: Any, in_scope: Any) -> None:
    person = ParticipantFactory(municipality=in_scope)
    drafts = [beginning.begin_as_guest(found=found, email="an@example.org", language="nl") for _ in range(3)]
    acts = [
        lambda draft=draft: beginning.confirm(alternative=draft, by=person, replaces=True) for draft in drafts
    ]
    at_once(in_scope, acts)
    assert Alternative.objects.filter(author=person).count() == 1
    assert Alternative.objects.count() == 1


def test_confirming_while_the_same_person_begins_leaves_one(
    found: Any, in_scope: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = ParticipantFactory(municipality=in_scope)
    draft = beginning.begin_as_guest(found=found, email="an@example.org", language="nl")
    is_made, record = Event(), activities.record

    def slowly(**act: Any) -> Any:
        if act["verb"] == "alternative_begun":
            is_made.set()
            sleep(0.5)
        return record(**act)

    def confirm() -> Alternative:
        assert is_made.wait(5)
        return beginning.confirm(alternative=draft, by=person)

    monkeypatch.setattr(activities, "record", slowly)
    made = at_once(in_scope, [lambda: beginning.begin(found=found, by=person), confirm])
    assert made == [Alternative.objects.get(), Alternative.objects.get()]
