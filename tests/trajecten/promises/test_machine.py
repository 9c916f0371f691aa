"""Whatever officials and residents do to a promise, in whatever order: it stays within its table and its history."""

from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from django_scopes import scope
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.factories.buurtschouw import ReportFactory, SupportFactory
from tests.factories.core import ParticipantFactory, UserFactory
from trajecten.domain import verdicts
from trajecten.domain.promises import changing, judging, making, moving
from trajecten.domain.promises import turns as promise_turns
from trajecten.domain.promises.judging import VerdictRefused
from trajecten.domain.promises.refusals import CommitmentChanged, PromiseRefused
from trajecten.enums import COMMITMENT_TRANSITIONS, CommitmentStatus, VerdictValue
from trajecten.models import Commitment
from trajecten.transitions import TransitionRefused

STATUSES = st.sampled_from(CommitmentStatus.values)
WORDS = st.sampled_from(["", " ", "Het is zo."])
VALUES = st.sampled_from(VerdictValue.values)
REFUSALS = (TransitionRefused, PromiseRefused, CommitmentChanged, VerdictRefused)


class Promises(RuleBasedStateMachine):
    """One promise in answer to a report with an author and two supporters, and to two of people without a name.

    Everything is undone afterwards.
    """

    def __init__(self) -> None:
        super().__init__()
        self.undoing = transaction.atomic()
        self.undoing.__enter__()
        self.report = ReportFactory(author=ParticipantFactory())
        self.scoping = scope(municipality=self.report.municipality)
        self.scoping.__enter__()
        self.author = self.report.author
        self.others = [SupportFactory(report=self.report).participant for _ in range(2)]
        self.nameless = [ReportFactory(schouw=self.report.schouw, anonymous=True) for _ in range(2)]
        self.official = UserFactory()
        self.promise = making.promise_for(
            trajectory=self.report.trajectory,
            origins=[self.report, *self.nameless],
            text="Wij doen het.",
            deadline=timezone.localdate() + timedelta(days=3),
            owner=self.official,
            by=self.official,
        )
        self.reopenings = 0
        self.said: dict[tuple[int, int], str] = {}

    def teardown(self) -> None:
        self.scoping.__exit__(None, None, None)
        transaction.set_rollback(True)
        self.undoing.__exit__(None, None, None)

    def now(self) -> Commitment:
        return Commitment.objects.get(pk=self.promise.pk)

    @rule(status=STATUSES, reason=WORDS, words=WORDS, behind=st.integers(0, 1))
    def official_moves(self, status: str, reason: str, words: str, behind: int) -> None:
        before = self.now()
        try:
            with transaction.atomic():
                moving.move(
                    commitment=before,
                    status=status,
                    by=self.official,
                    reason=reason,
                    text=words,
                    version=before.version - behind,
                )
        except REFUSALS:
            assert self.now().version == before.version
        else:
            assert not behind
            assert status in COMMITMENT_TRANSITIONS[before.status]
            assert before.status != CommitmentStatus.DONE

    @rule(days=st.integers(-3, 30), reason=WORDS)
    def official_changes(self, days: int, reason: str) -> None:
        before = self.now()
        try:
            with transaction.atomic():
                changing.change(
                    commitment=before,
                    text=before.text,
                    deadline=(asked := before.deadline + timedelta(days=days)),
                    owner=self.official,
                    by=self.official,
                    reason=reason,
                )
        except REFUSALS:
            assert not before.is_open or not reason.strip() or asked < timezone.localdate()

    @rule(words=WORDS)
    def official_tells(self, words: str) -> None:
        try:
            with transaction.atomic():
                moving.update(commitment=self.promise, by=self.official, words=words)
        except REFUSALS:
            assert not words.strip()

    @rule(value=VALUES, who=st.integers(0, 2), late=st.integers(0, 1))
    def resident_judges(self, value: str, who: int, late: int) -> None:
        before, person = self.now(), [self.author, *self.others][who]
        known = verdicts.of(before).filter(round=before.round, participant=person).first()
        try:
            with transaction.atomic():
                judging.judge(
                    commitment=before, participant=person, value=value, round_number=before.round - late
                )
        except REFUSALS:
            assert self.now().status == before.status
            return
        self.said[before.round - late, who] = value
        opened = self.now().status != before.status
        is_new = known is None or known.value != value
        assert opened == (before.is_claimed and not late and not who and value == "no" and is_new)
        self.reopenings += opened

    @rule(value=VALUES, which=st.integers(0, 1))
    def somebody_without_a_name_judges(self, value: str, which: int) -> None:
        before = self.now()
        judging.take_over(contribution=self.nameless[which], participant=None, value=value)
        if before.is_claimed:
            self.said[before.round, 3 + which] = value

    @precondition(lambda self: self.now().is_claimed)
    @rule()
    def stranger_judges(self) -> None:
        before = self.now()
        with pytest.raises(VerdictRefused):
            judging.judge(
                commitment=before, participant=ParticipantFactory(), value="no", round_number=before.round
            )

    @invariant()
    def the_history_leads_to_how_it_is(self) -> None:
        promise, turns = self.now(), list(promise_turns.of(self.promise))
        moves = [turn for turn in turns if turn.status_to]
        assert (moves[0].status_from, moves[0].status_to) == ("", "promised")
        for earlier, later in pairwise(moves):
            assert later.status_from == earlier.status_to
            assert later.status_to in COMMITMENT_TRANSITIONS[later.status_from]
        assert moves[-1].status_to == promise.status
        assert len(turns) == promise.version
        dates = [turn.deadline_to for turn in turns if turn.deadline_to]
        assert dates[-1] == promise.deadline

    @invariant()
    def an_end_has_its_reason(self) -> None:
        promise = self.now()
        if promise.status in ("broken", "withdrawn"):
            assert promise.reason.strip()
        assert (promise.closed_at is None) == promise.is_open

    @invariant()
    def only_an_author_opens_again_what_was_done(self) -> None:
        opened = [
            turn
            for turn in promise_turns.of(self.promise)
            if turn.status_from == "done" and turn.status_to == "in_progress"
        ]
        assert all(turn.by_participant_id == self.author.pk for turn in opened)
        assert len(opened) <= self.reopenings

    @invariant()
    def each_has_one_verdict_a_round(self) -> None:
        promise = self.now()
        said = [value for (number, _who), value in self.said.items() if number == promise.round]
        counted = (promise.verdict_yes, promise.verdict_partly, promise.verdict_no)
        assert counted == tuple(said.count(value) for value in ("yes", "partly", "no"))

    @invariant()
    def the_counters_are_the_rows(self) -> None:
        promise = self.now()
        rows = list(verdicts.of(promise).filter(round=promise.round).values_list("value", flat=True))
        assert (promise.verdict_yes, promise.verdict_partly, promise.verdict_no) == tuple(
            rows.count(value) for value in ("yes", "partly", "no")
        )
        assert not judging.recount(promise)


@pytest.fixture
def quiet(monkeypatch: Any) -> None:
    """No worker is woken: nothing is committed here."""
    monkeypatch.setattr("trajecten.domain.telling.waking.wake", lambda: None)


def test_any_course_of_a_promise(db: None, quiet: None) -> None:
    few = settings(
        max_examples=25, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
    )
    run_state_machine_as_test(Promises, settings=few)
