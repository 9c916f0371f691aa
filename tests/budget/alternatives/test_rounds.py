"""Preparing, opening, extending and closing a round, and its lines."""

from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from budget.domain.rounds import lines, opening, preparing, proposing, telling
from budget.domain.rounds.lines import Words
from budget.domain.rounds.preparing import Plan
from budget.domain.rounds.proposing import Choice
from budget.domain.rounds.refusals import RoundRefused
from budget.enums import LineKind
from budget.forms.rounds import AddLineForm
from budget.method import CHOOSE_THEMES, MOST_LINES
from budget.models import Round, RoundLine
from tests.factories.budget import BudgetFactory, BudgetTrajectoryFactory, ProgrammeFactory, ThemeFactory
from tests.factories.core import ParticipantFactory
from tests.factories.enrolment import EnrolmentFactory
from trajecten.models import Notification

TODAY = timezone.localdate
PLAN = Plan("Wat doet u ermee?")


@pytest.fixture
def prepare(trajectory: Any, budget: Any, coordinator: Any) -> Any:
    def made(**fields: Any) -> Round:
        asked = {"trajectory": trajectory, "budget": budget, "plan": PLAN, "choice": Choice(), **fields}
        return preparing.prepare(**asked, by=coordinator)

    return made


def shape(found: Round) -> list[tuple[str, int, int, int]]:
    return [(line.code, line.baseline, line.floor, line.cap) for line in found.lines.all()]


def test_lines_come_from_the_expenditure_of_comparable_task_fields(prepare: Any) -> None:
    """What only moves within the books and what rounds to nothing is left out; a duty can't go down."""
    made = prepare()
    assert shape(made) == [("2.1", 800, 640, 960), ("5.3", 500, 400, 600), ("6.3", 1000, 1000, 1200)]
    duty = made.lines.get(code="6.3")
    assert duty.floor_reason not in ("", made.lines.get(code="5.3").floor_reason)


def test_codes_of_later_years_are_taken_together(prepare: Any, in_scope: Any) -> None:
    newer = BudgetFactory(municipality=in_scope, year=2027, lines={"5.31": 300_000, "5.32": 200_000})
    assert shape(prepare(budget=newer, choice=Choice(percent=10))) == [("5.3", 500, 450, 550)]


def test_only_the_themes_that_were_chosen(prepare: Any, trajectory: Any) -> None:
    ThemeFactory(trajectory=trajectory, task_fields=["5.3"], is_chosen=True, choice_reason="Zo kozen zij.")
    ThemeFactory(trajectory=trajectory, task_fields=["2.1"])
    assert [code for code, *_ in shape(prepare(choice=Choice(only_chosen=True)))] == ["5.3"]


def test_lines_of_programmes_take_their_part_of_task_fields(prepare: Any, in_scope: Any) -> None:
    ProgrammeFactory(municipality=in_scope, code="1", shares={"5.3": "0.5", "2": 1})
    ProgrammeFactory(municipality=in_scope, code="9", from_year=2030, shares={"5.3": "0.5"})
    made = prepare(choice=Choice(by=proposing.PROGRAMMES))
    assert shape(made) == [("1", 1050, 840, 1260)]
    assert made.lines.get().kind == LineKind.PROGRAMME


def test_lines_from_before_they_told_of_what_they_are_keep_their_meaning(prepare: Any) -> None:
    """What has the form of a task field was one, and all else a programme."""
    made = prepare()
    given = {"2.1": "6.71a", "5.3": "6", "6.3": "P.12"}
    for old, new in given.items():
        made.lines.filter(code=old).update(code=new)
    step = import_module("budget.migrations.0006_what_lines_of_rounds_are_of")
    with connection.cursor() as cursor:
        cursor.execute(step.OTHERS)
    assert dict(made.lines.values_list("code", "kind")) == {
        "6.71a": LineKind.FIELD,
        "6": LineKind.PROGRAMME,
        "P.12": LineKind.PROGRAMME,
    }


@pytest.mark.parametrize(
    ("kind", "code", "wrong"),
    [
        ("field", "6", []),
        ("field", "6.711", []),
        ("programme", "6.711", []),
        ("programme", "X", []),
        ("field", "X", ["code"]),
        ("field", "9", ["code"]),
        ("", "6", ["kind"]),
    ],
)
def test_who_adds_a_line_says_of_what_its_code_is(kind: str, code: str, wrong: list[str]) -> None:
    words = {"name": "Regel", "baseline": "10", "floor": "5", "cap": "15", "kind": kind, "code": code}
    form = AddLineForm({f"new-{name}": value for name, value in words.items()}, kind=LineKind.FIELD)
    assert list(form.errors) == wrong


def test_of_a_programme_that_was_entered_anew_the_last_counts(prepare: Any, in_scope: Any) -> None:
    ProgrammeFactory(municipality=in_scope, code="1", from_year=2010, shares={"2": 1})
    ProgrammeFactory(municipality=in_scope, code="1", from_year=2012, shares={"5.3": "0.5", "2": 1})
    assert shape(prepare(choice=Choice(by=proposing.PROGRAMMES))) == [("1", 1050, 840, 1260)]


def test_a_choice_without_lines_is_refused(prepare: Any) -> None:
    with pytest.raises(RoundRefused) as refused:
        prepare(choice=Choice(only_chosen=True))
    assert refused.value.field == "by"
    assert not Round.objects.exists()


def test_there_is_one_round_at_a_time(prepare: Any, coordinator: Any) -> None:
    prepare()
    with pytest.raises(RoundRefused):
        prepare()


WORDS = Words(name="Cultuur", text="Theater", baseline=500, floor=450, cap=550, floor_reason="Zo is het")


def test_lines_are_changed_taken_off_and_added_before_opening(prepare: Any, coordinator: Any) -> None:
    made = prepare()
    by_code = {line.code: line for line in made.lines.all()}
    rows = {by_code["5.3"].pk: WORDS, 0: WORDS}
    lines.keep(found=made, rows=rows, remove=[by_code["2.1"].pk], by=coordinator)
    lines.add(found=made, kind=LineKind.PROGRAMME, code="X", words=WORDS, by=coordinator)
    assert shape(made) == [("5.3", 500, 450, 550), ("6.3", 1000, 1000, 1200), ("X", 500, 450, 550)]
    assert made.lines.get(code="5.3").text == "Theater"
    with pytest.raises(RoundRefused) as refused:
        lines.add(found=made, kind=LineKind.PROGRAMME, code="X", words=WORDS, by=coordinator)
    assert refused.value.field == "code"


@pytest.mark.parametrize(
    ("bounds", "field"), [((501, 550), "floor"), ((-1, 550), "floor"), ((450, 499), "cap")]
)
def test_bounds_lie_around_the_budget(prepare: Any, coordinator: Any, bounds: Any, field: str) -> None:
    made = prepare()
    words = Words(name="x", text="", baseline=500, floor=bounds[0], cap=bounds[1])
    with pytest.raises(RoundRefused) as refused:
        lines.keep(found=made, rows={made.lines.first().pk: words}, by=coordinator)
    assert refused.value.field == field


def test_more_lines_than_people_read_are_refused(prepare: Any, coordinator: Any) -> None:
    made = prepare()
    fields = {"municipality": made.municipality, "round": made, "baseline": 1, "floor": 0, "cap": 2}
    RoundLine.objects.bulk_create(
        RoundLine(**fields, position=n + 9, code=f"C{n}", name="x") for n in range(MOST_LINES - 3)
    )
    with pytest.raises(RoundRefused):
        lines.add(found=made, kind=LineKind.PROGRAMME, code="X", words=WORDS, by=coordinator)


def test_after_opening_nothing_of_the_lines_changes(found: Any, coordinator: Any) -> None:
    before = shape(found)
    for act in (
        lambda: lines.keep(found=found, rows={found.lines.first().pk: WORDS}, by=coordinator),
        lambda: lines.keep(found=found, rows={}, remove=[found.lines.first().pk], by=coordinator),
        lambda: lines.add(found=found, kind=LineKind.PROGRAMME, code="X", words=WORDS, by=coordinator),
        lambda: preparing.change(found=found, plan=PLAN, by=coordinator),
    ):
        with pytest.raises(RoundRefused):
            act()
    assert shape(found) == before


def test_opening_tells_members_once(prepare: Any, coordinator: Any, trajectory: Any) -> None:
    member = EnrolmentFactory(trajectory=trajectory).participant
    ParticipantFactory(municipality=trajectory.municipality)
    made = prepare()
    for _ in range(2):
        opened = opening.open_round(found=made, by=coordinator, closes_on=TODAY())
        assert opened.is_open
    told = Notification.objects.filter(key=telling.OPENED)
    assert [row.participant for row in told] == [member]


@pytest.mark.parametrize("days", [-1, 400, None])
def test_opening_needs_a_last_day_that_is_to_come_and_not_far(
    prepare: Any, coordinator: Any, days: int | None
) -> None:
    made = prepare()
    day = None if days is None else TODAY() + timedelta(days=days)
    with pytest.raises(RoundRefused) as refused:
        opening.open_round(found=made, by=coordinator, closes_on=day)
    assert refused.value.field == "closes_on"
    assert Round.objects.get().opened_at is None


def test_opening_needs_lines_that_can_move(prepare: Any, coordinator: Any) -> None:
    made = prepare()
    made.lines.exclude(code="6.3").delete()
    with pytest.raises(RoundRefused):
        opening.open_round(found=made, by=coordinator, closes_on=TODAY())
    made = Round.objects.get()
    fixed = {"municipality": made.municipality, "round": made, "position": 8, "name": "x"}
    RoundLine.objects.create(**fixed, code="X", baseline=5, floor=5, cap=5)
    with pytest.raises(RoundRefused):
        opening.open_round(found=made, by=coordinator, closes_on=TODAY())


def test_opening_needs_the_step_for_it(prepare: Any, coordinator: Any, in_scope: Any) -> None:
    made = prepare(trajectory=BudgetTrajectoryFactory(municipality=in_scope, act=CHOOSE_THEMES))
    with pytest.raises(RoundRefused):
        opening.open_round(found=made, by=coordinator, closes_on=TODAY())


def test_people_get_more_time_and_never_less(found: Any, coordinator: Any) -> None:
    later = found.closes_on + timedelta(days=7)
    assert opening.extend(found=found, closes_on=later, by=coordinator).closes_on == later
    with pytest.raises(RoundRefused):
        opening.extend(found=found, closes_on=TODAY(), by=coordinator)


def test_a_closed_round_stays_closed(found: Any, coordinator: Any) -> None:
    first = opening.close(found=found, by=coordinator).closed_at
    assert opening.close(found=found, by=coordinator).closed_at == first
    for act in (
        lambda: opening.open_round(found=found, by=coordinator),
        lambda: opening.extend(found=found, closes_on=found.closes_on, by=coordinator),
    ):
        with pytest.raises(RoundRefused):
            act()


def test_what_was_never_opened_is_not_closed(prepare: Any, coordinator: Any) -> None:
    with pytest.raises(RoundRefused):
        opening.close(found=prepare(), by=coordinator)
