"""The amendment of residents: it covers itself, the council decides on each line, and what it adopts is promised."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone, translation

from budget.domain.amendments import lines
from budget.domain.amendments.drafting import change, draft
from budget.domain.amendments.handing_in import hand_in
from budget.domain.amendments.promising import deadline
from budget.domain.amendments.refusals import AmendmentChanged, AmendmentRefused
from budget.domain.outcomes.freezing import freeze
from budget.domain.outcomes.reasons import summarise
from budget.domain.outcomes.refusals import OutcomeRefused
from budget.domain.rounds.opening import close
from budget.models import Amendment
from trajecten.domain.council.deciding import decide
from trajecten.domain.council.decisions import Decision, Judged, NewPromise
from trajecten.enums import CommitmentStatus, LineDecision
from trajecten.models import CouncilItem

pytestmark = pytest.mark.usefixtures("english")
TODAY = timezone.localdate()


@pytest.fixture
def item(amendment: Amendment, coordinator: Any) -> CouncilItem:
    return hand_in(amendment=amendment, by=coordinator, submitted_on=TODAY, version=1)


def say(item: CouncilItem, by: Any, *, why: str = "", **amounts: int | None) -> None:
    """Decide on both points: ``less`` and ``more`` are the amounts adopted, None for a rejected one."""
    asked = {"less": (1, -10000), "more": (2, 10000)}
    judged = []
    for name, (number, amount) in asked.items():
        adopted = amounts[name]
        if adopted == amount:
            judged.append(Judged(number, LineDecision.ADOPTED))
        elif adopted is None:
            judged.append(Judged(number, LineDecision.REJECTED, reason="Te veel."))
        else:
            judged.append(Judged(number, LineDecision.CHANGED, reason="Een deel.", amount=adopted))
    decision = Decision(decided_on=TODAY, reason="Dit kan.", lines=judged, why_corrected=why)
    decide(item=item, by=by, version=CouncilItem.objects.get(pk=item.pk).version, decision=decision)


def promises(item: CouncilItem) -> list[tuple[int, str | None]]:
    rows = item.lines.select_related("commitment")
    return [(row.adopted_amount, row.commitment and row.commitment.status) for row in rows]


def test_the_lines_cover_themselves(amendment: Amendment) -> None:
    shifts = lines.shifts(amendment.outcome)
    assert [(shift.line.line.code, shift.now, shift.change, shift.becomes) for shift in shifts] == [
        ("5.1", 100_000, -10_000, 90_000),
        ("6.1", 200_000, 10_000, 210_000),
    ]
    assert sum(shift.change for shift in shifts) == 0
    assert lines.moved(shifts) == 10_000


def test_it_begins_with_words_to_go_on_from(outcome: Any, coordinator: Any) -> None:
    row = outcome.lines.get(line__code="6.1")
    summarise(line=row, by=coordinator, text="Ontmoeten.")
    made = draft(outcome=outcome, by=coordinator)
    assert "6 people" in made.findings
    assert outcome.sha256[:12] in made.findings
    assert made.considerations == "Regel 6.1: Ontmoeten."
    assert draft(outcome=outcome, by=coordinator) == made


def test_without_reasons_it_is_not_handed_in(outcome: Any, coordinator: Any) -> None:
    made = draft(outcome=outcome, by=coordinator)
    assert made.considerations == ""
    with pytest.raises(AmendmentRefused, match="what the council considers"):
        hand_in(amendment=made, by=coordinator, submitted_on=timezone.localdate(), version=made.version)


def test_without_a_change_there_is_nothing_to_amend(opened: Any, finish: Any, coordinator: Any) -> None:
    finish(5)
    close(found=opened, by=coordinator)
    with pytest.raises(AmendmentRefused, match="nothing to amend"):
        draft(outcome=freeze(round=opened, by=coordinator), by=coordinator)


def test_an_interim_count_is_not_amended(opened: Any, finish: Any, coordinator: Any) -> None:
    finish(5, changes={"5.1": -12, "6.1": 12})
    with pytest.raises(AmendmentRefused, match="interim"):
        draft(outcome=freeze(round=opened, by=coordinator), by=coordinator)


def test_who_writes_in_an_old_page_hears_so(amendment: Amendment, coordinator: Any) -> None:
    words = {"title": "Meer voor de buurt", "findings": "Zo is het.", "considerations": "Daarom."}
    assert change(amendment=amendment, by=coordinator, version=1, **words).version == 2
    with pytest.raises(AmendmentChanged):
        change(amendment=amendment, by=coordinator, version=1, **words)
    with pytest.raises(AmendmentRefused, match="changed since"):
        hand_in(amendment=amendment, by=coordinator, submitted_on=TODAY, version=1)


def test_handed_in_it_is_a_council_item_with_a_point_a_line(
    amendment: Amendment, item: CouncilItem, coordinator: Any
) -> None:
    assert (item.kind, item.body, item.status) == ("amendment", "council", "submitted")
    assert list(item.lines.values_list("number", "amount")) == [(1, -10_000), (2, 10_000)]
    assert [origin.origin for origin in item.origins.all()] == [amendment.outcome]
    assert [row.outcome_line.line.code for row in amendment.lines.all()] == ["5.1", "6.1"]
    again = hand_in(amendment=amendment, by=coordinator, submitted_on=TODAY, version=1)
    assert (again, CouncilItem.objects.count()) == (item, 1)
    amendment.refresh_from_db()
    with pytest.raises(AmendmentRefused, match="stays as it is"):
        change(amendment=amendment, by=coordinator, version=1, title="a", findings="b", considerations="c")
    with pytest.raises(OutcomeRefused, match="handed in"):
        summarise(line=amendment.outcome.lines.first(), by=coordinator, text="Anders.")


def test_it_waits_for_the_step_of_proposing(amendment: Amendment, coordinator: Any) -> None:
    trajectory = amendment.outcome.trajectory
    trajectory.current_step = "themes"
    trajectory.save()
    with pytest.raises(AmendmentRefused, match="not open"):
        hand_in(amendment=amendment, by=coordinator, submitted_on=TODAY, version=1)


def test_what_is_adopted_is_promised(item: CouncilItem, clerk: Any, coordinator: Any) -> None:
    say(item, clerk, less=None, more=4000)
    assert promises(item) == [(0, None), (4000, "promised")]
    made = item.lines.get(number=2).commitment
    year = item.budget_amendment.outcome.round.budget.year
    assert (made.owner, made.deadline) == (coordinator, deadline(year, TODAY))
    assert "4" in made.text
    assert "Regel 6.1" in made.text
    outcome = item.budget_amendment.outcome
    assert outcome.pk in made.origins.values_list("object_id", flat=True)
    page = (
        Client()
        .get(f"/polderwijk/begroting/bewonersbegroting/{outcome.round_id}/{outcome.number}/")
        .content.decode()
    )
    assert ": adopted in part.</strong>" in page


def test_a_correction_to_another_amount_makes_another_promise(item: CouncilItem, clerk: Any) -> None:
    say(item, clerk, less=-10000, more=4000)
    first = item.lines.get(number=2).commitment
    kept = item.lines.get(number=1).commitment
    say(item, clerk, less=-10000, more=6000, why="Er stond een fout.")
    first.refresh_from_db()
    assert first.status == CommitmentStatus.WITHDRAWN
    assert promises(item) == [(-10000, "promised"), (6000, "promised")]
    assert item.lines.get(number=1).commitment == kept
    say(item, clerk, less=-10000, more=None, why="Toch niet.")
    assert promises(item) == [(-10000, "promised"), (0, "withdrawn")]


def test_what_the_clerk_promises_of_a_line_stands_as_it_was_typed(item: CouncilItem, clerk: Any) -> None:
    """Also when the words name the line, and when the amount is corrected."""
    typed = NewPromise("De wethouder geeft meer uit aan Regel 6.1.", clerk, TODAY + timedelta(days=30))
    lines = [
        Judged(1, LineDecision.REJECTED, reason="Te veel."),
        Judged(2, LineDecision.ADOPTED, promise=typed),
    ]
    decision = Decision(decided_on=TODAY, reason="Dit kan.", lines=lines)
    decide(item=item, by=clerk, version=CouncilItem.objects.get(pk=item.pk).version, decision=decision)
    made = item.lines.get(number=2).commitment
    assert (made.text, made.owner, made.status) == (typed.text, clerk, CommitmentStatus.PROMISED)
    say(item, clerk, less=None, more=4000, why="Er stond een fout.")
    assert item.lines.get(number=2).commitment == made


def test_promises_are_written_in_the_language_of_the_municipality(
    item: CouncilItem, clerk: Any, settings: Any
) -> None:
    settings.LANGUAGE_CODE = "nl"
    with translation.override("en"):
        say(item, clerk, less=None, more=4000)
    assert "uit aan Regel 6.1" in item.lines.get(number=2).commitment.text
    with translation.override("nl"):
        say(item, clerk, less=None, more=4000, why="Alleen de reden.")
    assert promises(item) == [(0, None), (4000, "promised")]


@pytest.mark.parametrize(
    ("today", "day"),
    [
        (date(2026, 11, 28), date(2026, 12, 31)),
        (date(2026, 12, 31), date(2027, 7, 15)),
        (date(2027, 7, 15), date(2027, 7, 15) + timedelta(days=90)),
    ],
)
def test_a_promise_runs_until_the_figures_are_there(today: date, day: date) -> None:
    assert deadline(2026, today) == day
