"""Promises complete: owners, origins, changes with a reason, their history, and two officials at once."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests.factories.buurtschouw import ReportFactory
from tests.factories.core import CommitmentFactory, ParticipantFactory, TeamFactory, TrajectoryFactory
from trajecten.domain.promises import changing, finding, making, moving, turns
from trajecten.domain.promises.refusals import CommitmentChanged, PromiseRefused
from trajecten.enums import CommitmentStatus
from trajecten.models import Activity, Commitment, CommitmentUpdate
from trajecten.transitions import TransitionRefused

TODAY = timezone.localdate()
LATER = TODAY + timedelta(days=30)


@pytest.fixture
def promise_for(report: Any, handler: Any) -> Any:
    def promise_for(**given: Any) -> Commitment:
        asked = {"text": "Wij leggen een zebrapad aan.", "deadline": LATER, "by": handler, **given}
        if not {"owner", "owner_participant", "owner_group"} & given.keys():
            asked["owner"] = handler
        return making.promise_for(**{"trajectory": report.trajectory, "origins": [report], **asked})

    return promise_for


def test_it_answers_several_contributions(promise_for: Any, report: Any, areas: Any) -> None:
    other = ReportFactory(schouw=report.schouw, category=report.category)
    team = TeamFactory()
    made = promise_for(origins=[report, other, report], area=areas[0], team=team)
    assert list(finding.of(report)) == list(finding.of(other)) == [made]
    assert (made.area, made.team) == (areas[0], team)
    first = turns.of(made).get()
    assert (first.is_first, first.status_to, first.deadline_to) == (True, "promised", LATER)


def test_a_resident_or_a_group_can_be_the_owner(promise_for: Any) -> None:
    resident = ParticipantFactory()
    assert promise_for(owner_participant=resident).owner_participant == resident
    assert promise_for(owner_group=" Bewonersgroep De Linde ").owner_group == "Bewonersgroep De Linde"


@pytest.mark.parametrize("count", [0, 2, 3])
def test_there_is_exactly_one_owner(promise_for: Any, handler: Any, count: int) -> None:
    given = {"owner": handler, "owner_group": "Groep", "owner_participant": ParticipantFactory()}
    owners = dict(list(given.items())[:count]) if count else {"owner_group": "  "}
    with pytest.raises(PromiseRefused) as refused:
        promise_for(**owners)
    assert refused.value.field == "owner"


def test_the_database_holds_that_too(in_scope: Any) -> None:
    for owners in ({"owner": None}, {"owner_group": "Groep"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            CommitmentFactory(**owners)


def test_without_words_nothing_is_promised(promise_for: Any) -> None:
    with pytest.raises(PromiseRefused):
        promise_for(text=" ")


def test_what_is_of_another_municipality_is_no_origin(promise_for: Any, other_municipality: Any) -> None:
    elsewhere = TrajectoryFactory(municipality=other_municipality)
    with pytest.raises(PromiseRefused):
        promise_for(origins=[elsewhere])
    assert not Commitment.objects.exists()


def test_an_origin_is_added_once(promise_for: Any, report: Any, handler: Any) -> None:
    made = promise_for(origins=[])
    assert making.add_origin(commitment=made, origin=report, by=handler)
    assert not making.add_origin(commitment=made, origin=report, by=handler)
    assert made.origins.count() == 1


def test_another_date_or_other_words_need_a_reason_and_stay_in_the_history(
    promise_for: Any, handler: Any
) -> None:
    made = promise_for()
    same = {"commitment": made, "by": handler, "owner": handler, "text": made.text, "deadline": made.deadline}
    for changes in ({"text": "Wij leggen een drempel aan."}, {"deadline": LATER + timedelta(days=1)}):
        with pytest.raises(PromiseRefused) as refused:
            changing.change(**{**same, **changes, "reason": " "})
        assert refused.value.field == "reason"
    changed = changing.change(
        **{**same, "text": "Wij leggen een drempel aan.", "deadline": LATER + timedelta(days=1)},
        reason="De weg wordt later opengebroken.",
    )
    turn = turns.of(made).last()
    assert (turn.text_before, turn.deadline_from, turn.deadline_to, turn.reason) == (
        "Wij leggen een zebrapad aan.",
        LATER,
        LATER + timedelta(days=1),
        "De weg wordt later opengebroken.",
    )
    assert changed.version == 2


def test_another_owner_needs_no_reason(promise_for: Any, handler: Any, coordinator: Any) -> None:
    made = promise_for()
    changed = changing.change(
        commitment=made, by=handler, owner=coordinator, text=made.text, deadline=LATER, reason=""
    )
    assert changed.owner == coordinator


def test_what_is_closed_can_t_be_changed(promise_for: Any, handler: Any) -> None:
    made = promise_for()
    moving.move(commitment=made, status="done", by=handler)
    with pytest.raises(PromiseRefused):
        changing.change(
            commitment=made, by=handler, owner=handler, text="Iets anders", deadline=LATER, reason="x"
        )


@pytest.mark.parametrize("status", ["broken", "withdrawn"])
def test_breaking_and_withdrawing_need_a_reason(promise_for: Any, handler: Any, status: str) -> None:
    made = promise_for()
    with pytest.raises(PromiseRefused) as refused:
        moving.move(commitment=made, status=status, by=handler)
    assert refused.value.field == "reason"
    moved = moving.move(commitment=made, status=status, by=handler, reason="Geen geld.")
    assert (moved.reason, turns.of(made).last().reason) == ("Geen geld.", "Geen geld.")


def test_words_tell_how_it_stands(promise_for: Any, handler: Any) -> None:
    made = promise_for()
    turn = moving.update(
        commitment=made, by=handler, words="De verf is besteld.", evidence="https://example.org/verf"
    )
    assert (turn.words, turn.evidence, turn.status_to) == (
        "De verf is besteld.",
        "https://example.org/verf",
        "",
    )
    with pytest.raises(PromiseRefused):
        moving.update(commitment=made, by=handler, words=" ")


def test_an_official_does_not_open_again_what_was_called_done(promise_for: Any, handler: Any) -> None:
    made = promise_for()
    moving.move(commitment=made, status="done", by=handler)
    with pytest.raises(TransitionRefused):
        moving.move(commitment=made, status="in_progress", by=handler)


def test_who_was_second_is_told(promise_for: Any, handler: Any, coordinator: Any) -> None:
    made = promise_for()
    moving.move(commitment=made, status="in_progress", by=handler, version=1)
    with pytest.raises(CommitmentChanged) as changed:
        moving.move(commitment=made, status="done", by=coordinator, version=1)
    assert changed.value.commitment.status == CommitmentStatus.IN_PROGRESS
    assert [turn.status_to for turn in turns.newer_than(made, 1)] == ["in_progress"]
    with pytest.raises(CommitmentChanged):
        changing.change(
            commitment=made, by=coordinator, owner=handler, text="x", deadline=LATER, reason="x", version=1
        )


def test_every_turn_is_in_the_log_for_everybody(promise_for: Any, handler: Any) -> None:
    made = promise_for()
    moving.move(commitment=made, status="in_progress", by=handler)
    logged = Activity.objects.filter(object_id=made.pk, content_type__model="commitment")
    assert [(row.verb, row.is_public) for row in logged] == [
        ("promised", True),
        ("promise_in_progress", True),
    ]


def test_the_history_can_t_be_changed_or_removed(promise_for: Any) -> None:
    turn = turns.of(promise_for()).get()
    with pytest.raises(IntegrityError), transaction.atomic():
        CommitmentUpdate.objects.filter(pk=turn.pk).update(words="Iets anders")
    with pytest.raises(IntegrityError), transaction.atomic():
        turn.delete()
    assert CommitmentUpdate.objects.filter(pk=turn.pk).update(by=None) == 1


@pytest.mark.parametrize(
    ("deadline", "after"),
    [(TODAY + timedelta(days=3), TODAY + timedelta(days=3)), (TODAY - timedelta(days=3), None)],
)
def test_what_is_opened_again_has_a_date_that_is_still_to_come(
    promise_for: Any, handler: Any, deadline: Any, after: Any
) -> None:
    made = promise_for(deadline=deadline)
    moving.move(commitment=made, status="done", by=handler)
    reopened = moving.reopen(commitment=made, by=None)
    assert reopened.status == "in_progress"
    assert reopened.deadline == after if after else reopened.deadline > TODAY + timedelta(days=10)
