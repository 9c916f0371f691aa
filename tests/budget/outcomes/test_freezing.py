"""Freezing the residents' alternative: what is counted, under which number, and the files to check it by."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from budget.domain.alternative import reading
from budget.domain.alternative.outcome import work_out
from budget.domain.alternative.proposals import gather
from budget.domain.outcomes import files, reasons
from budget.domain.outcomes.freezing import freeze
from budget.domain.outcomes.reasons import summarise
from budget.domain.outcomes.refusals import OutcomeRefused, SummaryChanged
from budget.domain.rounds.opening import close, extend
from budget.domain.rounds.refusals import RoundRefused
from budget.enums import AlternativeState
from budget.models import AlternativeChange, Outcome
from tests.factories.budget import AlternativeFactory
from tests.factories.core import AreaFactory
from trajecten.models import Activity

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_what_was_finished_is_counted_and_balances(opened: Any, finish: Any, coordinator: Any) -> None:
    finish(4, changes={"5.1": -10, "6.1": 10})
    finish(1, changes={"5.1": 5, "6.1": -5})
    finish(1)
    AlternativeFactory(round=opened, changes={"5.1": -20, "6.1": 20})
    finish(1, confirmed_at=None, changes={"5.1": -20, "6.1": 20})
    outcome = freeze(round=opened, by=coordinator)
    found = {line.line.code: line for line in outcome.lines.select_related("line")}
    assert (outcome.number, outcome.residents, outcome.was_open) == (1, 6, True)
    assert {code: (line.total, line.mean) for code, line in found.items()} == {
        "5.1": (-35, -6),
        "6.1": (35, 6),
        "6.3": (0, 0),
    }
    of_sports = found["5.1"]
    assert (of_sports.raised_by, of_sports.lowered_by, of_sports.unchanged_by) == (1, 4, 1)
    assert (of_sports.median, of_sports.common_rank) == (-10, -10)
    assert outcome.counted.count() == 6
    logged = Activity.objects.get(verb="residents_alternative_frozen")
    assert (logged.actor_user, logged.details) == (coordinator, {"number": 1})


def test_the_files_come_to_the_same(opened: Any, finish: Any, coordinator: Any) -> None:
    finish(5, changes={"5.1": -7, "6.1": 7})
    finish(2)
    outcome = freeze(round=opened, by=coordinator)
    given = reading.proposals(outcome.file.encode(), file="voorstellen.csv")
    lines = reading.lines(outcome.lines_file.encode(), file="regels.csv")
    again = work_out(gather(lines=lines, changes=given.changes, unchanged=given.unchanged))
    assert again.residents == 7
    assert [line.mean_rounded for line in again.lines] == [line.mean for line in outcome.lines.all()]
    assert outcome.sha256 == files.checksum(outcome.file)
    assert len({row["resident"] for row in rows(outcome.file)}) == 7


def test_who_is_who_is_not_in_the_file(opened: Any, finish: Any, coordinator: Any) -> None:
    """The numbers follow nothing that is known of the people: the first to finish is not the first in the file."""
    firsts = set()
    for _number in range(12):
        Outcome.objects.all().delete()
        opened.alternatives.all().delete()
        first = finish(1, changes={"5.1": -20, "6.1": 20})
        finish(5)
        file = rows(freeze(round=opened, by=coordinator).file)
        firsts.add(next(row["resident"] for row in file if row["line"]))
        assert str(first[0].pk) not in {row["resident"] for row in file} or first[0].pk <= 6
    assert len(firsts) > 1


def test_with_few_people_nothing_is_counted(opened: Any, finish: Any, coordinator: Any) -> None:
    finish(4, changes={"5.1": -10, "6.1": 10})
    with pytest.raises(OutcomeRefused, match="Only 4 alternatives"):
        freeze(round=opened, by=coordinator)
    opened.opened_at = None
    opened.save()
    with pytest.raises(OutcomeRefused, match="not been opened"):
        freeze(round=opened, by=coordinator)


def change(code: str, amount: int, people: int | None = None) -> None:
    """Change what people want for a line: all of them, or so many."""
    rows = AlternativeChange.objects.filter(line__code=code).order_by("alternative")
    AlternativeChange.objects.filter(pk__in=list(rows.values_list("pk", flat=True)[:people])).update(
        change=amount
    )


def test_pressing_twice_makes_one_and_what_is_new_makes_the_next(
    opened: Any, finish: Any, coordinator: Any
) -> None:
    finish(5, changes={"5.1": -10, "6.1": 10})
    first = freeze(round=opened, by=coordinator)
    assert freeze(round=opened, by=coordinator) == first
    change("5.1", -20)
    change("6.1", 20)
    second = freeze(round=opened, by=coordinator)
    assert (second.number, second.lines.get(line__code="6.1").mean) == (2, 20)
    first.refresh_from_db()
    assert (first.lines.get(line__code="6.1").mean, first.sha256) == (10, files.checksum(first.file))


@pytest.mark.parametrize(("came", "changed"), [(1, 0), (4, 0), (0, 1), (5, 4), (0, 4)])
def test_a_number_that_would_show_who_wants_what_is_refused(
    opened: Any, finish: Any, coordinator: Any, came: int, changed: int
) -> None:
    """What few people wanted, or want now, would be the difference between the files of both numbers."""
    finish(6, changes={"5.1": -10, "6.1": 10})
    freeze(round=opened, by=coordinator)
    finish(came, changes={"5.1": -5, "6.1": 5})
    for code, amount in (("5.1", -20), ("6.1", 20)):
        change(code, amount, changed)
    with pytest.raises(OutcomeRefused, match="fewer than 5"):
        freeze(round=opened, by=coordinator)
    assert Outcome.objects.count() == 1


def test_when_the_round_ends_everybody_counts_however_few_came(
    opened: Any, finish: Any, coordinator: Any
) -> None:
    finish(6, changes={"5.1": -10, "6.1": 10})
    freeze(round=opened, by=coordinator)
    finish(1, changes={"5.1": -5, "6.1": 5})
    close(found=opened, by=coordinator)
    last = freeze(round=opened, by=coordinator)
    assert (last.number, last.residents, last.was_open) == (2, 7, False)
    assert freeze(round=opened, by=coordinator) == last


def test_what_was_interim_is_counted_for_everybody_though_nothing_changed(
    opened: Any, finish: Any, coordinator: Any
) -> None:
    finish(6, changes={"5.1": -10, "6.1": 10})
    interim = freeze(round=opened, by=coordinator)
    close(found=opened, by=coordinator)
    last = freeze(round=opened, by=coordinator)
    assert (last.number, last.was_open, interim.was_open) == (2, False, True)


def test_what_everybody_sees_is_counted_once(opened: Any, finish: Any, coordinator: Any) -> None:
    """Also when its last day just passed: two numbers that everybody sees would differ by who came or left."""
    made = finish(6, changes={"5.1": -10, "6.1": 10})
    last_day, opened.closes_on = opened.closes_on, timezone.localdate() - timedelta(days=1)
    opened.save()
    first = freeze(round=opened, by=coordinator)
    with pytest.raises(RoundRefused, match="is public"):
        extend(found=opened, closes_on=last_day, by=coordinator)
    made[0].delete()
    close(found=opened, by=coordinator)
    assert freeze(round=opened, by=coordinator) == first
    assert (first.was_open, first.residents) == (False, 6)


def test_an_interim_count_differs_enough_from_all_before_it(
    opened: Any, finish: Any, coordinator: Any
) -> None:
    finish(6, changes={"5.1": -10, "6.1": 10})
    freeze(round=opened, by=coordinator)
    for amount, number in ((20, 2), (10, 3)):
        if number == 3:
            finish(1, changes={"5.1": -6, "6.1": 6})
        for code, sign in (("5.1", -1), ("6.1", 1)):
            change(code, sign * amount, 5)
        if number == 2:
            assert freeze(round=opened, by=coordinator).number == 2
    with pytest.raises(OutcomeRefused, match="since number 1"):
        freeze(round=opened, by=coordinator)


def test_what_was_written_of_an_interim_count_is_there_to_go_on_from(
    opened: Any, finish: Any, coordinator: Any
) -> None:
    finish(6, changes={"5.1": -10, "6.1": 10})
    interim = freeze(round=opened, by=coordinator)
    summarise(line=interim.lines.get(line__code="6.1"), by=coordinator, text="Ontmoeten.")
    close(found=opened, by=coordinator)
    lines = freeze(round=opened, by=coordinator).lines
    assert lines.get(line__code="6.1").summary == "Ontmoeten."
    assert (lines.get(line__code="6.1").summary_by, lines.get(line__code="5.1").summary) == (coordinator, "")


def test_two_who_summarise_a_line_lose_nothing(outcome: Outcome, coordinator: Any, handler: Any) -> None:
    first, second = (outcome.lines.get(line__code="6.1") for _ in range(2))
    summarise(line=first, by=coordinator, text="Ontmoeten.")
    with pytest.raises(SummaryChanged, match="Ontmoeten"):
        summarise(line=second, by=handler, text="Samen eten.")
    assert outcome.lines.get(line__code="6.1").summary == "Ontmoeten."
    summarise(line=second, by=handler, text="Ontmoeten.")
    summarise(line=second, by=handler, text="Samen eten.", seen="Ontmoeten.")
    assert outcome.lines.get(line__code="6.1").summary == "Samen eten."


def test_who_goes_on_after_it_was_frozen_changes_nothing_of_it(
    opened: Any, finish: Any, coordinator: Any
) -> None:
    made = finish(6, changes={"5.1": -10, "6.1": 10})
    outcome = freeze(round=opened, by=coordinator)
    kept = (outcome.file, list(outcome.lines.values_list("mean", flat=True)))
    made[0].state, made[0].finished_at = AlternativeState.DRAFT, None
    made[0].save()
    AlternativeChange.objects.filter(alternative=made[0]).delete()
    outcome.refresh_from_db()
    assert (outcome.file, list(outcome.lines.values_list("mean", flat=True))) == kept


def test_who_was_counted_can_go_and_stays_counted(opened: Any, finish: Any, coordinator: Any) -> None:
    made = finish(6, changes={"5.1": -10, "6.1": 10})
    outcome = freeze(round=opened, by=coordinator)
    made[0].delete()
    outcome.refresh_from_db()
    assert (outcome.residents, outcome.counted.count()) == (6, 5)


def test_what_was_counted_and_opened_again_is_read_by_nobody(
    opened: Any, finish: Any, coordinator: Any
) -> None:
    made = finish(6, changes={"5.1": -10, "6.1": 10})
    AlternativeChange.objects.filter(alternative=made[0], line__code="6.1").update(reason="Nog niet af")
    line = freeze(round=opened, by=coordinator).lines.get(line__code="6.1")
    made[0].state, made[0].finished_at = AlternativeState.DRAFT, None
    made[0].save()
    assert (reasons.of_line(line), reasons.of_line(line, only_public=True)) == ([], [])


def test_small_groups_are_left_out(opened: Any, finish: Any, coordinator: Any, municipality: Any) -> None:
    west, east = (AreaFactory(municipality=municipality, name=name) for name in ("West", "Oost"))
    finish(6, area=west, changes={"5.1": -10, "6.1": 10})
    finish(7, area=east)
    finish(5, area=None, kind="entrepreneur")
    shown = freeze(round=opened, by=coordinator).breakdown
    assert [(row["key"], row["residents"]) for row in shown["area"]] == [("", 5), ("Oost", 7), ("West", 6)]
    assert [(row["key"], row["residents"]) for row in shown["kind"]] == [
        ("entrepreneur", 5),
        ("resident", 13),
    ]
    west_row = next(row for row in shown["area"] if row["key"] == "West")
    assert west_row["lines"][0][0] == -10
    finish(2, area=None, kind="entrepreneur", finished_at=timezone.now())
    finish(1, kind="professional")
    close(found=opened, by=coordinator)
    hidden = freeze(round=opened, by=coordinator).breakdown
    assert {row["key"]: row["residents"] for row in hidden["kind"]}["professional"] is None


def test_the_reasons_of_a_line_are_read_and_summarised(opened: Any, finish: Any, coordinator: Any) -> None:
    made = finish(5, changes={"5.1": -10, "6.1": 10})
    AlternativeChange.objects.filter(alternative=made[0], line__code="6.1").update(reason="Voor ontmoeting")
    hidden = made[1]
    AlternativeChange.objects.filter(alternative=hidden, line__code="6.1").update(reason="Scheldwoord")
    hidden.moderation = "hidden"
    hidden.save()
    line = freeze(round=opened, by=coordinator).lines.get(line__code="6.1")
    assert [reason.words for reason in reasons.of_line(line)] == ["Voor ontmoeting", "Scheldwoord"]
    assert [reason.words for reason in reasons.of_line(line, only_public=True)] == ["Voor ontmoeting"]
    reasons.summarise(line=line, by=coordinator, text=" Vooral ontmoeten. ")
    line.refresh_from_db()
    assert (line.summary, line.summary_by) == ("Vooral ontmoeten.", coordinator)
